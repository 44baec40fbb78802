package clients_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// common are the parameters that an SDK adds to those of a sample.
var common = regexp.MustCompile(`^(Action|Version|Format|Timestamp|AccessKeyId|Signature|SignatureMethod|SignatureVersion|SignatureNonce|SignatureType|RegionId)$`)

// action is one of those that a mock has, with a query that succeeds on its demo world.
type action struct{ Name, Example string }

// The programs that the mock writes in Go, for each of its actions, are built all at
// once, run one by one on a fresh world, and do what the action's example says.
func TestSamplesDoWhatTheySay(t *testing.T) {
	if edition != "2019" {
		t.Skip("samples are the same in each edition")
	}
	t.Parallel()
	host, stop, err := start("ECSMOCK_SEED=demo", "ECSMOCK_SIGNATURES=require")
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, stop()) })
	var all struct{ Products []struct{ Actions []action } }
	require.NoError(t, json.Unmarshal(get(t, host, "actions"), &all))
	require.NotEmpty(t, all.Products)
	contract := all.Products[0] // ECS: the SDKs' samples are of it alone
	require.NotEmpty(t, contract.Actions)
	bin := build(t, host, contract.Actions)

	for _, c := range clients {
		for _, a := range contract.Actions {
			if c.isOlderThan(a.Name) {
				continue
			}
			post(t, host, "reset", "")
			out, err := exec.Command(filepath.Join(bin, c.sample+"-"+a.Name)).CombinedOutput()
			if !assert.NoError(t, err, "%s of %s: %s", c.sample, a.Name, out) {
				continue
			}
			calls, err := journal(host, "")
			require.NoError(t, err)
			if assert.Len(t, calls, 1) && isExample(t, calls[0], a.Example) {
				sampled[c.sample] = append(sampled[c.sample], a.Name)
			}
		}
		post(t, host, "reset", "")
		isRefusedInTheEnd(t, filepath.Join(bin, c.sample+"-RevokeSecurityGroup"))
	}
}

// isRefusedInTheEnd runs a sample whose call succeeds once.
func isRefusedInTheEnd(t *testing.T, program string) {
	t.Helper()
	require.NoError(t, exec.Command(program).Run())
	out, err := exec.Command(program).CombinedOutput()
	assert.ErrorContains(t, err, "exit status 1")
	assert.Regexp(t, `InvalidGroupAuthItem\.NotFound: .*[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}`, string(out))
}

// build builds the samples of actions for all clients, and answers with the directory
// of the programs.
func build(t *testing.T, host string, actions []action) string {
	t.Helper()
	dir := newModule(t)
	for _, c := range clients {
		for _, a := range actions {
			if c.isOlderThan(a.Name) {
				continue
			}
			main := filepath.Join(dir, c.sample+"-"+a.Name, "main.go")
			require.NoError(t, os.Mkdir(filepath.Dir(main), 0o700))
			require.NoError(t, os.WriteFile(main, get(t, host, "samples/"+c.sample+"?Action="+a.Name), 0o600))
		}
	}
	bin := filepath.Join(dir, "bin")
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", bin+"/", "./...")
	build.Dir = dir
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return bin
}

// newModule is a scratch module that has the SDKs of this one.
func newModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, file := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, file), content, 0o600))
	}
	return dir
}

// isExample tells whether a call succeeded and said what an example says, and no more.
func isExample(t *testing.T, c call, example string) bool {
	t.Helper()
	query, err := url.ParseQuery(example)
	require.NoError(t, err)
	want, got := params{"Action": c.Action}, params{"Action": c.Action}
	for name := range query {
		want[name] = query.Get(name)
	}
	for name, value := range c.Params {
		if _, asked := want[name]; asked || !common.MatchString(name) {
			got[name] = value
		}
	}
	return assert.Equal(t, http.StatusOK, c.Status, c.Action) && assert.Equal(t, want, got)
}

func get(t *testing.T, host, path string) []byte {
	t.Helper()
	answer, err := http.Get("http://" + host + "/_mock/" + path)
	require.NoError(t, err)
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, answer.StatusCode, "%s: %s", path, said)
	return said
}
