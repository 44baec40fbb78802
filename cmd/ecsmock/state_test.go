package main

import (
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// post sends a call that must succeed.
func post(t *testing.T, url, body string) string {
	t.Helper()
	answer, err := http.Post(url, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	defer answer.Body.Close()
	require.Equal(t, http.StatusOK, answer.StatusCode, url)
	var created struct{ SecurityGroupId string }
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&created))
	return created.SecurityGroupId
}

func TestTheWorldSurvivesStopAndStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	lookup := vars("ECSMOCK_ADDR", "127.0.0.1:0", "ECSMOCK_STATE", path, "ECSMOCK_LOG", "off")
	mock := start(t, lookup, "-seed", "demo")
	id := post(t, mock.url+create, "")
	_, last := get(t, mock.url+"/_mock/state")
	require.Contains(t, last, id)
	assert.Zero(t, mock.stop())
	assert.Equal(t, last, read(t, path))

	mock = start(t, lookup, "-seed", "../../testdata/seeds/web.json")
	_, now := get(t, mock.url+"/_mock/state")
	assert.Equal(t, last, now, "the file beats the seed")
	assert.Contains(t, mock.curl, "Action=DescribeSecurityGroups", "which works whatever the file has")
	post(t, mock.url+"/_mock/reset", "")
	_, now = get(t, mock.url+"/_mock/state")
	assert.Contains(t, now, `"sg-web"`, "reset goes back to the seed")
	assert.NotContains(t, now, id)
	assert.Zero(t, mock.stop())
	assert.Equal(t, now, read(t, path))
	assert.Empty(t, mock.log.String())
}

func TestStateFilesThatAreRefusedAreToldInOneSentence(t *testing.T) {
	for name, test := range map[string]struct{ text, why string }{
		"torn":    {`{"Version": 1, "SecurityGroups": [`, "line 1, column 34: unexpected end of JSON input"},
		"foreign": {`{"name": "left-pad"}`, "name: there is no such field; the fields are Version, Accounts, SecurityGroups, Instances, NetworkInterfaces, PrefixLists"},
		"newer":   {`{"Version": 2}`, "Version: the version of the form is 1; a newer one needs a newer program"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "state.json")
			require.NoError(t, os.WriteFile(path, []byte(test.text), 0o600))
			code, out, log := call(vars("ECSMOCK_ADDR", "127.0.0.1:0"), "-state", path, "-seed", "demo")
			assert.Equal(t, 1, code)
			assert.Empty(t, out)
			assert.Equal(t, "ecsmock: the state file "+path+" is refused: "+test.why+"; it was not changed; correct it, or give another file\n", log)
			assert.Equal(t, test.text, read(t, path))
		})
	}
}

func TestASecondServerOnAFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off", "-state", path)
	code, out, log := call(noEnv, "-addr", "127.0.0.1:0", "-state", path)
	assert.Equal(t, 1, code)
	assert.Empty(t, out)
	assert.Equal(t, "ecsmock: the state file "+path+" is in use by another server; stop that one, or give this one another file\n", log)
	post(t, mock.url+create, "")
	assert.Zero(t, mock.stop())

	start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off", "-state", path)
}

// A mock that cannot listen gives its state file back.
func TestAPortThatIsTakenHoldsNoStateFile(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	path := filepath.Join(t.TempDir(), "state.json")
	code, _, log := call(noEnv, "-addr", taken.Addr().String(), "-state", path)
	assert.Equal(t, 1, code)
	assert.Contains(t, log, "cannot listen on")
	start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off", "-state", path)
}

func TestAStateThatIsLostAtStopIsAFailure(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off", "-state", path)
	before := read(t, path)
	require.NoError(t, os.MkdirAll(filepath.Join(path+".tmp", "in the way"), 0o700))
	post(t, mock.url+create, "")
	assert.Equal(t, 1, mock.stop())
	assert.Regexp(t, "^ecsmock: the state file .+ cannot be written: .+; .+\n$", mock.log.String())
	assert.Equal(t, before, read(t, path))
}
