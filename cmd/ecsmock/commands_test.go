package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

func TestHelp(t *testing.T) {
	const golden = "testdata/help.txt"
	code, out, log := call(noEnv, "-h")
	assert.Zero(t, code)
	assert.Empty(t, log)
	if *write {
		require.NoError(t, os.WriteFile(golden, []byte(out), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), out, "make docs rewrites %s", golden)
	for _, args := range [][]string{{"--help"}, {"serve", "-h"}, {"-strict", "-h"}, {"-h", "-colour"}} {
		code, again, log := call(vars("ECSMOCK_EDITION", "wrong, but -h works all the same"), args...)
		assert.Zero(t, code, args)
		assert.Empty(t, log, args)
		assert.Equal(t, out, again, args)
	}
}

func TestHelpOfOtherCommands(t *testing.T) {
	_, health, _ := call(noEnv, "health", "-h")
	assert.Contains(t, health, "Flags of health")
	assert.Contains(t, health, "ECSMOCK_ADDR")
	assert.NotContains(t, health, "ECSMOCK_SEED")
	_, version, _ := call(noEnv, "version", "-h")
	assert.NotContains(t, version, "Flags")
}

func TestVersion(t *testing.T) {
	code, out, log := call(noEnv, "version")
	assert.Zero(t, code)
	assert.Equal(t, "ecsmock "+release+"\n", out)
	assert.Empty(t, log)
}

func exported(t *testing.T, lookup env, args ...string) string {
	t.Helper()
	var out strings.Builder
	require.Zero(t, run(t.Context(), append([]string{"env"}, args...), lookup, &out, io.Discard))
	return out.String()
}

func TestExportsInEachShell(t *testing.T) {
	assert.Contains(t, exported(t, noEnv), "export ALIBABA_CLOUD_ENDPOINT_ECS='127.0.0.1:2014'\n")
	assert.Contains(t, exported(t, noEnv, "-shell", "fish"), "set -gx ALIBABA_CLOUD_ACCESS_KEY_ID 'testid'\n")
	assert.Contains(t, exported(t, noEnv, "-shell", "powershell"), "$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'testsecret'\n")
	assert.Contains(t, exported(t, vars("SHELL", "/usr/bin/fish")), "set -gx ")
	assert.Contains(t, exported(t, noEnv, "-addr", ":9", "-credentials", "a:b"), "export ECS_ENDPOINT='127.0.0.1:9'\n")
	assert.Contains(t, exported(t, noEnv, "-credentials", "STS.a:b::c"), "export ALIBABA_CLOUD_SECURITY_TOKEN='c'\nexport ALICLOUD_SECURITY_TOKEN='c'\n")
	assert.NotContains(t, exported(t, noEnv), "SECURITY_TOKEN")
	assert.Contains(t, exported(t, noEnv), "/_mock/ca.pem")
}

// Terraform's provider needs an endpoint of each product, and what is not HCL is a comment.
func TestProviderOfTerraform(t *testing.T) {
	out := exported(t, noEnv, "-terraform", "-addr", ":9", "-credentials", "STS.a:${b}::c")
	for _, p := range server.Products() {
		assert.Regexp(t, "(?m)^    "+strings.ToLower(p.Name)+` +="?.*127.0.0.1:9"$`, out)
	}
	assert.Contains(t, out, `secret_key             = "$${b}"`+"\n")
	assert.Contains(t, out, `security_token         = "c"`+"\n")
	assert.Contains(t, out, "#   export NO_PROXY='127.0.0.1:9'\n")
	assert.NotRegexp(t, "(?m)^export", out)
	assert.Equal(t, strings.Count(out, "{\n"), strings.Count(out, "}\n"))
}

// The output can be sourced, whatever characters a secret has.
func TestBashSourcesTheExports(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("SKIPPED: bash is not installed")
	}
	script := exported(t, noEnv, "-credentials", `id:it's $HOME "\`) + `printf %s "$ALICLOUD_SECRET_KEY"`
	out, err := exec.Command(bash, "-c", script).CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Equal(t, `it's $HOME "\`, string(out))
}

const startIt = "; start it with ecsmock serve, or give its address with -addr\n"

func TestHealthOfARunningMock(t *testing.T) {
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-seed", "demo", "-log", "off")
	addr := strings.TrimPrefix(mock.url, "http://")
	_, port, err := net.SplitHostPort(addr)
	require.NoError(t, err)
	for name, test := range map[string]struct {
		lookup env
		args   []string
	}{
		"by flag":           {noEnv, []string{"health", "-addr", addr}},
		"by environment":    {vars("ECSMOCK_ADDR", addr), []string{"health"}},
		"flag wins":         {vars("ECSMOCK_ADDR", "127.0.0.1:1"), []string{"health", "-addr", addr}},
		"in a container":    {vars("ECSMOCK_ADDR", "0.0.0.0:"+port), []string{"health"}},
		"on all interfaces": {vars("ECSMOCK_ADDR", ":"+port), []string{"health"}},
		"on all of IPv6":    {vars("ECSMOCK_ADDR", "[::]:"+port), []string{"health"}},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, log := call(test.lookup, test.args...)
			assert.Zero(t, code)
			assert.Contains(t, out, `"Status": "ok"`)
			assert.Empty(t, log)
		})
	}
}

func TestHealthOfNoServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	addr := l.Addr().String()
	require.NoError(t, l.Close())
	for _, given := range []string{addr, strings.TrimPrefix(addr, "127.0.0.1")} {
		code, out, log := call(noEnv, "health", "-addr", given)
		assert.Equal(t, 1, code)
		assert.Empty(t, out)
		assert.Equal(t, "ecsmock: no answer from http://"+addr+"/_mock/health: connect: connection refused"+startIt, log)
	}
}

func TestHealthOfSomethingElse(t *testing.T) {
	for answer, status := range map[string]int{
		`{"Status": "ok"}`:   http.StatusServiceUnavailable,
		`{"Status": "sick"}`: http.StatusOK,
		`<html>`:             http.StatusOK,
	} {
		t.Run(answer, func(t *testing.T) {
			other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(status)
				w.Write([]byte(answer))
			}))
			defer other.Close()
			code, _, log := call(noEnv, "health", "-addr", strings.TrimPrefix(other.URL, "http://"))
			assert.Equal(t, 1, code)
			assert.Contains(t, log, other.URL+"/_mock/health is not a healthy ecsmock: it answered ")
			assert.Contains(t, log, startIt)
		})
	}
}
