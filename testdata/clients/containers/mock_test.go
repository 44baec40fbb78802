// Package containers checks the files of api/docs/containers.md, in which others start the
// mock.
package containers

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// endpointVariable is the variable of the reader's program.
const endpointVariable = "MY_APP_ECS_ENDPOINT"

// A claim is what a file says of the mock.
type claim struct {
	image          string
	variables      map[string]string
	ports          []string // that it has in the container and outside
	endpoint, host string   // what the program under test gets, and the host that it should have
	command        []string // of the health check, if any
	path           string   // of the health check, if any
	script         string   // which may send requests
}

// check runs the program with the variables of a file, and tries the rest on it.
func check(t *testing.T, c claim) {
	t.Helper()
	assert.Equal(t, "ghcr.io/ecsmock/ecsmock", c.image)
	dockerfile, err := os.ReadFile("../../../Dockerfile")
	require.NoError(t, err)
	port := regexp.MustCompile(`(?m)^EXPOSE (\d+)$`).FindSubmatch(dockerfile)
	require.NotNil(t, port)
	assert.Contains(t, string(dockerfile), "\nENV ECSMOCK_ADDR=0.0.0.0:"+string(port[1])+"\n")
	for _, p := range c.ports {
		assert.Equal(t, string(port[1]), p)
	}
	assert.Equal(t, c.host+":"+string(port[1]), c.endpoint)

	url := start(t, c.variables)
	status, body := get(t, url+"/_mock/health", c.endpoint)
	assert.Equal(t, http.StatusOK, status, "%s", body)
	if edition := c.variables["ECSMOCK_EDITION"]; edition != "" {
		assert.Contains(t, body, `"Edition": `+edition)
	}
	if c.path != "" {
		status, body = get(t, url+c.path, "10.0.0.1:2014") // as a kubelet, which uses the address of the pod
		assert.Equal(t, http.StatusOK, status, "%s", body)
	}
	if c.command != nil {
		require.Equal(t, "/ecsmock", c.command[0])
		assert.Contains(t, string(dockerfile), `ENTRYPOINT ["/ecsmock"]`)
		run := exec.Command(os.Getenv("PROGRAM"), c.command[1:]...)
		run.Env = []string{"ECSMOCK_ADDR=" + strings.TrimPrefix(url, "http://")}
		out, err := run.CombinedOutput()
		assert.NoError(t, err, "%s", out)
	}
	commands(t, c, url)
}

// commands runs the lines of a script that send requests.
func commands(t *testing.T, c claim, url string) {
	t.Helper()
	for _, line := range regexp.MustCompile(`curl -.*`).FindAllString(c.script, -1) {
		require.Contains(t, line, "http://"+c.endpoint+"/")
		line = strings.ReplaceAll(line, "http://"+c.endpoint, url)
		line = strings.ReplaceAll(line, "testdata/web.json", "../../seeds/web.json")
		run := exec.Command("bash", "-c", line)
		run.Env = append(os.Environ(), "http_proxy=", "HTTP_PROXY=", "ALL_PROXY=", "all_proxy=")
		out, err := run.CombinedOutput()
		require.NoError(t, err, "%s\n%s", line, out)
		_, state := get(t, url+"/_mock/state", c.endpoint)
		assert.Contains(t, state, `"sg-web"`)
	}
}

// start starts the program with variables, which it must know, and returns its URL.
func start(t *testing.T, variables map[string]string) (url string) {
	t.Helper()
	program := os.Getenv("PROGRAM")
	require.NotEmpty(t, program, "start the tests with the script run")
	run := exec.Command(program, "-addr", "127.0.0.1:0", "-until-eof")
	for name, value := range variables {
		run.Env = append(run.Env, name+"="+value)
	}
	var log bytes.Buffer
	run.Stderr = &log
	in, err := run.StdinPipe()
	require.NoError(t, err)
	out, err := run.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, run.Start())
	t.Cleanup(func() {
		in.Close()
		assert.NoError(t, run.Wait(), log.String())
		assert.NotContains(t, log.String(), "is ignored", "a variable that no flag has")
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if url, found := strings.CutPrefix(lines.Text(), "listening on "); found {
			go io.Copy(io.Discard, out)
			return url
		}
	}
	require.Fail(t, "the program did not start")
	return ""
}

// get sends a request to a URL as if it was to a host.
func get(t *testing.T, url, host string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	r.Host = host
	answer, err := (&http.Transport{}).RoundTrip(r)
	require.NoError(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(text)
}
