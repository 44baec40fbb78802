package clients_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// key is what a client signs with.
type key struct{ id, secret string }

// An access key of 16 digits is an account of its own. With what it begins tells
// whose calls the journal has.
const (
	ofECS     = "1000000000"
	ofOpenAPI = "2000000000"
	ofBoth    = "3000000000"
)

var accounts atomic.Int64

// newKey is the key of an account that no other test has, or of an empty one.
func newKey(t *testing.T, prefix string) key {
	t.Helper()
	if service != "" {
		return beginShadow(t)
	}
	n := accounts.Add(1)
	require.Less(t, n, int64(1e6))
	return key{id: fmt.Sprintf("%s%06d", prefix, n), secret: secret}
}

// call is a finished call, as the journal tells it.
type call struct {
	Number    int64
	AccountId string
	Product   string
	Action    string
	Params    map[string]string
	Status    int
	Code      string
}

// name is that of the action, with its product unless that is ECS.
func (c call) name() string { return nameOf(c.Product, c.Action) }

// nameOf is the name of a product's action.
func nameOf(product, action string) string {
	if product == "Ecs" {
		return action
	}
	return product + "." + action
}

// journal is the calls that a mock has answered, of which a query may choose some.
func journal(host, query string) ([]call, error) {
	answer, err := http.Get("http://" + host + "/_mock/journal?" + query)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var read struct{ Calls []call }
	err = json.NewDecoder(answer.Body).Decode(&read)
	return read.Calls, err
}

// owns reports whether the state has anything of a key's account, beside the account.
func (k key) owns(t *testing.T) bool {
	t.Helper()
	var state map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(get(t, endpoint, "state"), &state))
	delete(state, "Accounts")
	for _, resources := range state {
		if strings.Contains(string(resources), `"`+k.id+`"`) {
			return true
		}
	}
	return false
}

// codes are how a key's calls of an action were answered, "" for a success.
func (k key) codes(t *testing.T, action string) []string {
	t.Helper()
	calls, err := journal(endpoint, "action="+action+"&account="+k.id)
	require.NoError(t, err)
	var codes []string
	for _, c := range calls {
		codes = append(codes, c.Code)
	}
	return codes
}

// fail makes the next calls of an action fail for this key alone.
func (k key) fail(t *testing.T, action, code string, times int) {
	t.Helper()
	fault, err := json.Marshal(map[string]any{"Action": action, "AccountId": k.id, "Code": code, "Times": times})
	require.NoError(t, err)
	post(t, hosts()[0], "faults", string(fault))
}

// post asks something of a mock.
func post(t *testing.T, host, path, body string) {
	t.Helper()
	answer, err := http.Post("http://"+host+"/_mock/"+path, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, answer.StatusCode, "%s", said)
}
