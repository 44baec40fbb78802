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
type action struct{ Product, Version, Name, Example string }

// name is that of the action, with its product unless that is ECS.
func (a action) name() string { return nameOf(a.Product, a.Name) }

// contract is the actions of all products. Both SDKs make their calls.
func contract(t *testing.T, host string) []action {
	t.Helper()
	var all struct {
		Products []struct {
			Name, Version string
			Actions       []action
		}
	}
	require.NoError(t, json.Unmarshal(get(t, host, "actions"), &all))
	var actions []action
	for _, p := range all.Products {
		for _, a := range p.Actions {
			actions = append(actions, action{p.Name, p.Version, a.Name, a.Example})
		}
	}
	require.NotEmpty(t, actions)
	return actions
}

// The programs that the mock writes in Go, for each of its actions, are built all at
// once, run one by one on a fresh world, and do what the action's example says.
func TestSamplesDoWhatTheySay(t *testing.T) {
	needsOwnAnswers(t)
	if edition != "2019" {
		t.Skip("samples are the same in each edition")
	}
	t.Parallel()
	host, stop, err := start("ECSMOCK_SEED=demo", "ECSMOCK_SIGNATURES=require")
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, stop()) })
	actions := contract(t, host)
	bin := build(t, host, actions)

	for _, c := range clients {
		for _, a := range actions {
			if c.isOlderThan(a.Name) {
				continue
			}
			post(t, host, "reset", "")
			out, err := exec.Command(filepath.Join(bin, c.sample+"-"+a.name())).CombinedOutput()
			if !assert.NoError(t, err, "%s of %s: %s", c.sample, a.name(), out) {
				continue
			}
			calls, err := journal(host, "")
			require.NoError(t, err)
			if assert.Len(t, calls, 1) && isExample(t, calls[0], a) {
				sampled[c.sample] = append(sampled[c.sample], a.name())
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
			main := filepath.Join(dir, c.sample+"-"+a.name(), "main.go")
			require.NoError(t, os.Mkdir(filepath.Dir(main), 0o700))
			require.NoError(t, os.WriteFile(main, get(t, host, "samples/"+c.sample+"?Action="+a.Name+"&Version="+a.Version), 0o600))
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

// isExample reports whether a call succeeded and said what an action's example says, and no
// more.
func isExample(t *testing.T, c call, a action) bool {
	t.Helper()
	query, err := url.ParseQuery(a.Example)
	require.NoError(t, err)
	query.Del("Action") // some clients say these in headers
	query.Del("Version")
	want, got := params{}, params{}
	for name := range query {
		want[name] = query.Get(name)
	}
	for name, value := range c.Params {
		if _, asked := want[name]; asked || !common.MatchString(name) {
			got[name] = value
		}
	}
	return assert.Equal(t, http.StatusOK, c.Status, a.name()) && assert.Equal(t, a.name(), c.name()) && assert.Equal(t, want, got, a.name())
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
