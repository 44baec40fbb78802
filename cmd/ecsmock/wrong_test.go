//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// wrongFiles are the files that the calls of the golden file name.
var wrongFiles = map[string]string{
	"unknown.json": `{"SecurityGroups": [], "Colour": "red"}`,
	"torn.json":    `{"Version": 1,`,
	"rule.json": `{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1",
		"Permissions": [{"IpProtocol": "tcp", "PortRange": "22", "SourceCidrIp": "10.0.0.0/8"}]}]}`,
	"region.json": `{"SecurityGroups": [{"RegionId": "cn-hangzhuo", "SecurityGroupId": "sg-1"}]}`,
	"newer.json":  `{"Version": 2}`,
	"other.json":  `{"name": "left-pad"}`,
	"empty.pem":   "",
}

// TestWrongCalls makes each call of the golden file, which has the exit code and the
// sentence that it gets: what is wrong, and what to do. A line that begins with > is a
// request to a mock with the demo world, with its status and the sentence. TAKEN stands for an address that
// is in use, FREE for one where nothing listens.
func TestWrongCalls(t *testing.T) {
	golden, err := filepath.Abs("../../testdata/golden/wrong-calls.txt")
	require.NoError(t, err)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, free.Close())
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off", "-seed", "demo")
	t.Chdir(t.TempDir())
	require.NoError(t, os.Mkdir("folder", 0o700))
	for name, text := range wrongFiles {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	}
	text := read(t, golden)
	real := strings.NewReplacer("TAKEN", taken.Addr().String(), "FREE", free.Addr().String())
	shown := strings.NewReplacer(taken.Addr().String(), "TAKEN", free.Addr().String(), "FREE")
	var rewritten strings.Builder
	for _, block := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if request, ok := strings.CutPrefix(block, "> "); ok {
			request, _, _ = strings.Cut(request, "\n")
			fmt.Fprintf(&rewritten, "> %s\n%s\n\n", request, wrongRequest(t, mock.url, request))
			continue
		}
		line, isCall := strings.CutPrefix(block, "$ ")
		if !isCall {
			rewritten.WriteString(block + "\n\n")
			continue
		}
		line, _, _ = strings.Cut(line, "\n")
		environ, args := shellWords(t, real.Replace(line))
		code, out, log := call(environ, args...)
		assert.Empty(t, out, line)
		sentence, ok := strings.CutPrefix(shown.Replace(log), "ecsmock: ")
		assert.True(t, ok, "%s: %s", line, log)
		assert.Equal(t, 1, strings.Count(log, "\n"), line)
		fmt.Fprintf(&rewritten, "$ %s\n%d %s\n", line, code, sentence)
	}
	if *write {
		require.NoError(t, os.WriteFile(golden, []byte(strings.TrimSpace(rewritten.String())+"\n"), 0o644))
		return
	}
	assert.Equal(t, text, strings.TrimSpace(rewritten.String())+"\n", "make docs rewrites testdata/golden/wrong-calls.txt")
}

// wrongRequest makes a request, such as POST /_mock/seed {}, and returns the status and
// the sentence of the answer: for the API the code and the hint.
func wrongRequest(t *testing.T, url, line string) string {
	t.Helper()
	method, rest, _ := strings.Cut(line, " ")
	path, body, _ := strings.Cut(rest, " ")
	r, err := http.NewRequest(method, url+path, strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Accept", "application/json")
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer answer.Body.Close()
	var says struct{ Error, Code string }
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&says), line)
	if says.Code != "" {
		says.Error = says.Code + "; " + answer.Header.Get("X-Ecsmock-Hint")
	}
	require.GreaterOrEqual(t, answer.StatusCode, 400, line)
	require.Less(t, answer.StatusCode, 500, line)
	return fmt.Sprintf("%d %s", answer.StatusCode, says.Error)
}

// shellWords returns the variables and the arguments of a call such as A=b ecsmock -c 'd e'.
func shellWords(t *testing.T, line string) (environ env, args []string) {
	t.Helper()
	environ = env{"ECSMOCK_ADDR": "127.0.0.1:0"}
	called := false
	for i, part := range strings.Split(line, "'") {
		words := []string{part}
		if i%2 == 0 {
			words = strings.Fields(part)
		}
		for _, word := range words {
			name, value, ok := strings.Cut(word, "=")
			switch {
			case !called && ok:
				environ[name] = value
			case !called:
				require.Equal(t, "ecsmock", word)
				called = true
			default:
				args = append(args, word)
			}
		}
	}
	return environ, args
}
