package main

import (
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func exported(t *testing.T, lookup env, args ...string) string {
	t.Helper()
	var out strings.Builder
	require.Zero(t, run(t.Context(), append([]string{"env"}, args...), lookup, &out, io.Discard))
	return out.String()
}

func TestEachShellHasItsExports(t *testing.T) {
	assert.Contains(t, exported(t, noEnv), "export ALIBABA_CLOUD_ENDPOINT_ECS='127.0.0.1:2014'\n")
	assert.Contains(t, exported(t, noEnv, "-shell", "fish"), "set -gx ALIBABA_CLOUD_ACCESS_KEY_ID 'testid'\n")
	assert.Contains(t, exported(t, noEnv, "-shell", "powershell"), "$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'testsecret'\n")
	assert.Contains(t, exported(t, vars("SHELL", "/usr/bin/fish")), "set -gx ")
	assert.Contains(t, exported(t, noEnv, "-addr", ":9", "-credentials", "a:b"), "export ECS_ENDPOINT='127.0.0.1:9'\n")
	assert.Contains(t, exported(t, noEnv), "/_mock/ca.pem")
}

// What is printed is sourced, whatever a secret is made of.
func TestBashTakesTheExports(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("SKIPPED: there is no bash to source the exports")
	}
	script := exported(t, noEnv, "-credentials", `id:it's $HOME "\`) + `printf %s "$ALICLOUD_SECRET_KEY"`
	out, err := exec.Command(bash, "-c", script).CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Equal(t, `it's $HOME "\`, string(out))
}
