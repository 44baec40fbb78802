package journal

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// whole returns the newest call as ?call= shows it.
func whole(t *testing.T, j *Journal) (w struct {
	Number          int64
	Changes         []any
	Request, Answer *message
}) {
	t.Helper()
	text, err := json.Marshal(Whole{j.Select(Filter{Limit: 1})[0]})
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &w))
	return w
}

func TestWhole(t *testing.T) {
	var j Journal
	c := &rpc.Call{
		Host: "ecs.aliyuncs.com", Path: "/", Query: "Action=A&SecurityToken=sesame&X=%26", Body: "BearerToken=sesame&Y=1", RequestID: "473469C7",
		Header: http.Header{
			"Authorization": {"ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host,Signature=sesame"},
			"Accept":        {"*/*"}, "X-Acs-Security-Token": {"sesame"}, "Cookie": {"a=sesame"}, "X-Two": {"1", "2"},
		},
	}
	o := &rpc.Outcome{Status: 503, Headers: map[string]string{"Retry-After": "1"}}
	j.Add(c, o, "", "a hint", 0, Result{Body: []byte("<Error/>")})
	w := whole(t, &j)
	assert.Equal(t, &message{Target: "/?Action=A&SecurityToken=***&X=%26", Body: "BearerToken=***&Y=1", Headers: [][2]string{
		{"Accept", "*/*"}, {"Authorization", "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host,Signature=***"}, {"Cookie", "***"},
		{"Host", "ecs.aliyuncs.com"}, {"X-Acs-Security-Token", "***"}, {"X-Two", "1"}, {"X-Two", "2"},
	}}, w.Request)
	assert.Equal(t, &message{Body: "<Error/>", Headers: [][2]string{
		{"Content-Length", "8"}, {"Content-Type", "text/xml;charset=utf-8"}, {"Retry-After", "1"}, {"X-Acs-Request-Id", "473469C7"}, {"X-Ecsmock-Hint", "a hint"},
	}}, w.Answer)
	assert.Equal(t, []any{}, w.Changes)
}

func TestDamagedAnswers(t *testing.T) {
	var j Journal
	add := func(d rpc.Damage, body string) *message {
		j.Add(&rpc.Call{}, &rpc.Outcome{Damage: d}, "", "", 0, Result{Body: []byte(body)})
		return whole(t, &j).Answer
	}
	assert.True(t, add(rpc.Damage{Drop: true}, "body").Dropped)
	cut := add(rpc.Damage{TruncateAt: 2}, "body")
	assert.Equal(t, "bo", cut.Body)
	assert.True(t, cut.Cut)
	long := add(rpc.Damage{}, strings.Repeat("x", maxKeptBody+1))
	assert.Len(t, long.Body, maxKeptBody)
	assert.True(t, long.Cut)
	assert.False(t, add(rpc.Damage{}, strings.Repeat("x", maxKeptBody)).Cut)
}

// What is kept stays within its bounds, and the newest call has it.
func TestKeptIsBounded(t *testing.T) {
	for _, size := range []int{0, 100, maxKeptBody} {
		var j Journal
		for range maxKept + 50 {
			j.Add(&rpc.Call{}, &rpc.Outcome{}, "", "", 0, Result{Body: make([]byte, size)})
		}
		sum, count := 0, 0
		for _, e := range j.Select(Filter{}) {
			if e.kept.number != 0 {
				sum, count = sum+e.kept.size(), count+1
			}
		}
		assert.Equal(t, sum, j.keptBytes)
		assert.LessOrEqual(t, sum, maxKeptBytes)
		assert.Equal(t, min(maxKept, maxKeptBytes/max(size, 1)), count)
		assert.NotNil(t, whole(t, &j).Answer)
		j.ClearAccount("")
		assert.Zero(t, j.keptBytes)
		assert.Empty(t, j.Select(Filter{}))
	}
}

func TestKeptIsClearedWithTheCall(t *testing.T) {
	var j Journal
	for range 7 {
		add(&j, "A")
	}
	j.Clear()
	add(&j, "B")
	assert.EqualValues(t, 8, whole(t, &j).Number)
	assert.NotNil(t, whole(t, &j).Request)
	assert.Equal(t, j.Select(Filter{})[0].kept.size(), j.keptBytes)
}

func TestSearch(t *testing.T) {
	var j Journal
	for _, action := range []string{"RevokeSecurityGroup", "AuthorizeSecurityGroup"} {
		j.Add(&rpc.Call{Action: action, Query: "SourceCidrIp=10.0.0.0%2F8&Signature=sesame", RequestID: "473469C7"}, &rpc.Outcome{Status: 403, Code: "InvalidX", Message: "Not there."}, "1", "nearest is sgr-9", 0, Result{})
	}
	for text, want := range map[string]int{"revoke": 1, "10.0.0.0/8": 2, "473469c7 authorize": 1, "sesame": 0, "sgr-9": 2, "there invalidx": 2, "sgr-1": 0, "": 2} {
		assert.Len(t, j.Select(Filter{Words: strings.Fields(text)}), want, text)
	}
	assert.Equal(t, []int64{2}, numbers(j.Select(Filter{Limit: 1})), "the newest")
	assert.Equal(t, []int64{1}, numbers(j.Select(Filter{Before: 2})))
	assert.Equal(t, []int64{1}, numbers(j.Select(Filter{Call: 1})))
	assert.Empty(t, j.Select(Filter{Call: 3}))
	assert.Equal(t, []int64{2}, numbers(j.Select(Filter{Words: []string{"invalidx"}, Limit: 1})), "the newest that is found")
	assert.Equal(t, []int64{1}, numbers(j.Select(Filter{Words: []string{"revoke"}, Limit: 1})))
	j.Add(&rpc.Call{}, &rpc.Outcome{Status: 200}, "", "", 0, Result{})
	j.Add(&rpc.Call{}, &rpc.Outcome{Damage: rpc.Damage{Drop: true}}, "", "", 0, Result{})
	assert.Equal(t, []int64{1, 2, 4}, numbers(j.Select(Filter{Errors: true})), "a call without an answer is one")
}
