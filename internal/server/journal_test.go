package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// call has the fields of a call in the journal.
type call struct {
	Number                                             int64
	Time                                               time.Time
	AccountId, RegionId, Product, Action, Method, Host string
	Params                                             map[string]string
	Status                                             int
	Code, Message, RequestId, Hint                     string
}

// calls are those that a filter chooses.
func calls(t *testing.T, s *server.Server, filter string) []call {
	t.Helper()
	got := get(s, "/_mock/journal?"+filter)
	require.Equal(t, http.StatusOK, got.Status, got.Body)
	var journal struct{ Calls []call }
	require.NoError(t, json.Unmarshal([]byte(got.Body), &journal), got.Body)
	return journal.Calls
}

// numbers are the numbers of the calls that a filter chooses.
func numbers(t *testing.T, s *server.Server, filter string) []int64 {
	t.Helper()
	list := []int64{}
	for _, c := range calls(t, s, filter) {
		list = append(list, c.Number)
	}
	return list
}

// The journal has each call with its answer, refused ones, too.
func TestJournalTellsCalls(t *testing.T) {
	s := demo(t)
	hit := get(s, revokeSample+"&AccessKeyId=testid")
	miss := get(s, revokeSample+"&Colour=red")
	send(s, http.MethodPut, "/?Action=RevokeSecurityGroup", "")
	list := calls(t, s, "")
	require.Len(t, list, 3)
	assert.Equal(t, []int64{1, 2, 3}, numbers(t, s, ""))
	first, second, third := list[0], list[1], list[2]
	assert.Equal(t, []any{"1234567890123456", "cn-hangzhou", "RevokeSecurityGroup", "GET", "localhost", 200, ""},
		[]any{first.AccountId, first.RegionId, first.Action, first.Method, first.Host, first.Status, first.Code})
	assert.Equal(t, hit.Header.Get("X-Acs-Request-Id"), first.RequestId)
	assert.Equal(t, "1/65535", first.Params["PortRange"])
	assert.Equal(t, []any{403, "InvalidGroupAuthItem.NotFound", "Specified group authorized item does not exist in our records."},
		[]any{second.Status, second.Code, second.Message})
	assert.Equal(t, miss.Header.Get("X-Ecsmock-Hint"), second.Hint)
	assert.Contains(t, second.Hint, "Colour")
	assert.Equal(t, []any{"PUT", 403, "UnsupportedHTTPMethod"}, []any{third.Method, third.Status, third.Code})
}

func TestJournalFilters(t *testing.T) {
	s := demo(t)
	get(s, revokeSample)                                                              // 1
	get(s, revokeSample)                                                              // 2: a miss
	get(s, "/?Action=DescribeRegions")                                                // 3
	get(s, "/?Action=DescribeSecurityGroups&RegionId=x&AccessKeyId=6543210987654321") // 4
	all := calls(t, s, "")
	for filter, chosen := range map[string][]int64{
		"":                           {1, 2, 3, 4},
		"action=RevokeSecurityGroup": {1, 2},
		"action=RevokeSecurityGroup&code=InvalidGroupAuthItem.NotFound": {2},
		"code=InvalidRegionId.NotFound":                                 {4},
		"account=6543210987654321":                                      {4},
		"account=1234567890123456&since=1":                              {2, 3},
		"since=4":                                                       {},
		"since=" + url.QueryEscape(all[3].Time.Add(time.Second).Format(time.RFC3339Nano)): {},
		"since=2019-06-03T08:00:00Z": {1, 2, 3, 4},
		"action=DescribeInstances":   {},
		"action=Vpc.DescribeVpcs":    {},
	} {
		assert.Equal(t, chosen, numbers(t, s, filter), filter)
	}
	for _, filter := range []string{"since=yesterday", "colour=red", "action=Revoke", "action=RevokeSecurityGruop&follow"} {
		got := get(s, "/_mock/journal?"+filter)
		assert.Equal(t, http.StatusBadRequest, got.Status, filter)
		errorOf(t, got)
	}
}

// A call's number is never given twice, also when the journal was emptied.
func TestJournalForgets(t *testing.T) {
	s := demo(t)
	get(s, "/?Action=DescribeRegions")
	assert.Equal(t, http.StatusOK, send(s, http.MethodDelete, "/_mock/journal", "").Status)
	assert.Empty(t, calls(t, s, ""))
	get(s, "/?Action=DescribeRegions")
	assert.Equal(t, []int64{2}, numbers(t, s, ""))
}

// Secrets are in no journal, whichever way they were sent.
func TestJournalKeepsSecrets(t *testing.T) {
	s := demo(t)
	const secrets = "Signature=sesame1%3D&SecurityToken=sesame2&BearerToken=sesame3"
	get(s, "/?Action=DescribeRegions&SignatureNonce=nonce&"+secrets)
	send(s, http.MethodPost, "/?Action=DescribeRegions", secrets)
	send(s, http.MethodPost, "/?Action=DescribeRegions", "", "Authorization: ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host,Signature=sesame4")
	get(s, "/?Action=Nothing&"+secrets)
	got := get(s, "/_mock/journal")
	assert.NotContains(t, got.Body, "sesame")
	list := calls(t, s, "")
	require.Len(t, list, 4)
	assert.Equal(t, "***", list[0].Params["Signature"])
	assert.Equal(t, "nonce", list[0].Params["SignatureNonce"])
	assert.Equal(t, "***", list[1].Params["SecurityToken"])
}

// The memory of a call is reused for the next, which must not see its parameters, notes,
// faults or errors. Earlier answers and journal entries do not change.
func TestReuse(t *testing.T) {
	s := start(t, server.Options{})
	plain := "/?Action=DescribeRegions&Format=JSON"
	want := httptest.NewRecorder()
	s.ServeHTTP(want, httptest.NewRequest(http.MethodGet, plain, nil))
	for range 20 {
		bad := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodPost, "/?Format=XML&Version=1", strings.NewReader("Action=DescribeRegions&AccessKeyId=1111111111111111&RegionId=a&Unknown=1"))
		r.Header.Set("X-Acs-Action", "Nonsense")
		s.ServeHTTP(bad, r)
		id := bad.Header().Get("X-Acs-Request-Id")
		got := httptest.NewRecorder()
		s.ServeHTTP(got, httptest.NewRequest(http.MethodGet, plain, nil))

		assert.Equal(t, http.StatusBadRequest, bad.Code)
		assert.Contains(t, bad.Body.String(), "<RequestId>"+id+"<")
		assert.Equal(t, id, bad.Header().Get("X-Acs-Request-Id"))
		assert.Equal(t, http.StatusOK, got.Code, got.Body)
		assert.Empty(t, got.Header().Get("X-Ecsmock-Hint"))
		assert.Equal(t, want.Body.Len(), got.Body.Len())
	}
	for i, c := range calls(t, s, "") {
		got := []string{c.AccountId, c.RegionId, c.Method, c.Code, c.Params["Unknown"]}
		if i%2 == 0 {
			assert.Equal(t, []string{"1234567890123456", "", "GET", "", ""}, got)
			continue
		}
		assert.Equal(t, []string{"1111111111111111", "a", "POST", "InvalidVersion", "1"}, got)
	}
}
