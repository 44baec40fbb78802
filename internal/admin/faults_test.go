package admin

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/fault"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// ask sends a request to a handler and returns its JSON answer.
func ask(t *testing.T, handler http.HandlerFunc, method, target, body string) (status int, answer string) {
	t.Helper()
	w := httptest.NewRecorder()
	handler(w, httptest.NewRequest(method, target, strings.NewReader(body)))
	assert.Equal(t, "application/json;charset=utf-8", w.Header().Get("Content-Type"))
	require.True(t, json.Valid(w.Body.Bytes()), w.Body.String())
	return w.Code, w.Body.String()
}

// sentence returns the error of an answer.
func sentence(t *testing.T, answer string) string {
	t.Helper()
	var refusal map[string]string
	require.NoError(t, json.Unmarshal([]byte(answer), &refusal))
	require.Len(t, refusal, 1)
	return refusal["error"]
}

// newFaults returns the handlers of a mock with two actions and no faults.
func newFaults() *Faults {
	params := []param.Doc{{Name: "SecurityGroupId"}}
	return &Faults{fault.New(fault.Catalogue{Actions: []rpc.Description{
		{Spec: rpc.Spec{Name: "RevokeSecurityGroup"}, Params: params}, {Spec: rpc.Spec{Name: "DescribeRegions"}},
	}}, nil)}
}

// post adds faults.
func (f *Faults) post(t *testing.T, body string) string {
	t.Helper()
	status, answer := ask(t, f.Add, http.MethodPost, "/_mock/faults", body)
	require.Equal(t, http.StatusOK, status, answer)
	return answer
}

func TestFaults(t *testing.T) {
	f := newFaults()
	list := func() string {
		status, answer := ask(t, f.List, http.MethodGet, "/_mock/faults", "")
		assert.Equal(t, http.StatusOK, status)
		return answer
	}
	assert.JSONEq(t, `{"Faults": []}`, list())
	assert.JSONEq(t, `{"Faults": [{"Id": 1, "Action": "RevokeSecurityGroup", "Code": "Throttling.User", "Times": 2, "Matched": 0, "Acted": 0}]}`,
		f.post(t, `{"Action": "RevokeSecurityGroup", "Code": "Throttling.User", "Times": 2}`), "one is answered with its id")
	assert.JSONEq(t, `{"Faults": [
		{"Id": 2, "Action": "*", "AccountId": "1234567890123456", "Params": {"SecurityGroupId": "sg-<1>"}, "DelayMs": 5, "JitterMs": 6, "When": "after", "Matched": 0, "Acted": 0},
		{"Id": 3, "Action": "*", "After": 1, "Code": "Mine", "Status": 500, "Message": "No.", "TruncateAt": 7, "Matched": 0, "Acted": 0}]}`,
		f.post(t, `[{"Action": "*", "AccountId": "1234567890123456", "Params": {"SecurityGroupId": "sg-<1>"}, "DelayMs": 5, "JitterMs": 6, "When": "after"},
			{"Action": "*", "After": 1, "Code": "Mine", "Status": 500, "Message": "No.", "TruncateAt": 7}]`), "a list is answered with the added faults")
	for range 3 {
		f.Set.Match(&rpc.Call{Action: "RevokeSecurityGroup"}, "1")
	}
	f.Set.Match(&rpc.Call{Action: "DescribeRegions"}, "1")
	assert.JSONEq(t, `{"Faults": [
		{"Id": 1, "Action": "RevokeSecurityGroup", "Code": "Throttling.User", "Times": 2, "Matched": 3, "Acted": 2},
		{"Id": 2, "Action": "*", "AccountId": "1234567890123456", "Params": {"SecurityGroupId": "sg-<1>"}, "DelayMs": 5, "JitterMs": 6, "When": "after", "Matched": 0, "Acted": 0},
		{"Id": 3, "Action": "*", "After": 1, "Code": "Mine", "Status": 500, "Message": "No.", "TruncateAt": 7, "Matched": 2, "Acted": 1}]}`, list())

	for _, c := range []struct{ query, left string }{{"?id=3", "1 2"}, {"?account=1234567890123456", "1"}, {"?account=1", "1"}, {"", ""}, {"", ""}} {
		status, answer := ask(t, f.Remove, http.MethodDelete, "/_mock/faults"+c.query, "")
		assert.Equal(t, http.StatusOK, status, answer)
		assert.JSONEq(t, list(), answer, "it answers with what is left")
		var left struct{ Faults []struct{ Id json.Number } }
		require.NoError(t, json.Unmarshal([]byte(answer), &left))
		var ids []string
		for _, f := range left.Faults {
			ids = append(ids, f.Id.String())
		}
		assert.Equal(t, c.left, strings.Join(ids, " "), c.query)
	}
}

func TestAddRefuses(t *testing.T) {
	for body, want := range map[string]string{
		"":                                       `the document is empty; a fault is written as {"Action": "RevokeSecurityGroup", "Code": "Throttling.User", "Times": 2}`,
		`{"Action": "*", "Codes": "Throttling"}`: `Codes: there is no such field; did you mean Code?`,
		`{"Action": "RevokeSecurityGruop", "Drop": true}`:                       `Action: the mock has no action "RevokeSecurityGruop"; did you mean RevokeSecurityGroup?`,
		`[{"Action": "*", "Drop": true}, {"Action": "*", "Code": "Throttled"}]`: `[1].Code: the catalogue has no code "Throttled" (did you mean Throttling?); for a code of your own, give Status and Message too`,
		`"` + strings.Repeat("x", 1<<20) + `"`:                                  "the faults could not be read: http: request body too large; post at most 1048576 bytes at once",
	} {
		f := newFaults()
		status, answer := ask(t, f.Add, http.MethodPost, "/_mock/faults", body)
		assert.Equal(t, http.StatusBadRequest, status)
		assert.Equal(t, want, sentence(t, answer))
		assert.Empty(t, f.Set.List())
	}
}

func TestRemoveRefuses(t *testing.T) {
	f := newFaults()
	f.post(t, `{"Action": "*", "Drop": true}`)
	for _, c := range []struct {
		query    string
		status   int
		sentence string
	}{
		{"?id=2", http.StatusNotFound, "there is no fault 2; GET /_mock/faults lists the faults"},
		{"?id=first", http.StatusBadRequest, `id must be the number of a fault, got "first"`},
		{"?id=", http.StatusBadRequest, `id must be the number of a fault, got ""`},
		{"?account=", http.StatusBadRequest, "account is blank; give the AccountId of the faults, or leave account out to remove all"},
		{"?id=1&account=1", http.StatusBadRequest, "faults are removed by id or by account; leave out one of them"},
		{"?action=RevokeSecurityGroup", http.StatusBadRequest, `faults cannot be removed by "action"; give id, account, or nothing to remove all`},
	} {
		status, answer := ask(t, f.Remove, http.MethodDelete, "/_mock/faults"+c.query, "")
		assert.Equal(t, c.status, status, c.query)
		assert.Equal(t, c.sentence, sentence(t, answer))
		assert.Len(t, f.Set.List(), 1, c.query)
	}
	status, answer := ask(t, f.List, http.MethodGet, "/_mock/faults?account=1", "")
	assert.Equal(t, http.StatusBadRequest, status)
	assert.Equal(t, "the list of faults has no filters; leave out the query", sentence(t, answer))
}
