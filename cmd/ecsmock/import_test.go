package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// withKeys returns an environment that has the keys of an import and more variables.
func withKeys(pairs ...string) env {
	return vars(append(pairs, "ALIBABA_CLOUD_ACCESS_KEY_ID", "STS.idofthekey", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "secretofthekey", "ALIBABA_CLOUD_SECURITY_TOKEN", "tokenofthekey")...)
}

// A mock that takes the place of the service requires signatures, over HTTPS, and the
// state that is imported from it is its own.
func TestImportOverHTTPS(t *testing.T) {
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off", "-seed", "demo", "-signatures", "require", "-credentials", "STS.idofthekey:secretofthekey:1234567890123456:tokenofthekey")
	_, ca := get(t, mock.url+"/_mock/ca.pem")
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, []byte(ca), 0o600))
	secure := strings.Replace(mock.url, "http://", "https://", 1)
	args := []string{"import", "-endpoint", secure, "-region", "cn-hangzhou,cn-beijing", "-rate", "100"}

	code, out, log := call(withKeys("ECSMOCK_SHADOW_CA", file), args...)
	assert.Zero(t, code, log)
	_, want := get(t, mock.url+"/_mock/state")
	assert.Equal(t, want, out)
	assert.NotContains(t, log, "ofthekey")

	code, out, log = call(withKeys(), args...)
	assert.Equal(t, 1, code)
	assert.Empty(t, out)
	assert.Contains(t, log, "; give the authority of its certificate with -shadow-ca\n")
	assert.NotContains(t, log, "ofthekey")
}

// An anonymous state is one that seed check takes.
func TestImportWithoutNames(t *testing.T) {
	mock, _ := demoMock(t)
	code, out, log := call(withKeys("ECSMOCK_ANONYMIZE", "true"), "import", "-endpoint", mock.url, "-region", "cn-hangzhou", "-region", "cn-beijing", "-region", "cn-beijing", "-rate", "100")
	assert.Zero(t, code, log)
	assert.NotContains(t, out, `"database"`)
	assert.Equal(t, 2, strings.Count(out, "vpc-pending"), "a region that is named twice is read once")
	file := filepath.Join(t.TempDir(), "state.json")
	require.NoError(t, os.WriteFile(file, []byte(out), 0o600))
	code, checked, log := call(noEnv, "seed", "check", file)
	assert.Zero(t, code, log)
	_, demo, _ := call(noEnv, "seed", "check", "demo")
	assert.Equal(t, strings.Replace(demo, "seed demo", "seed "+file, 1), checked)
}

// The calls are those of the account of the key, and all of them only read.
func TestImportOnlyReads(t *testing.T) {
	mock, _ := demoMock(t)
	code, _, log := call(withKeys(), "import", "-endpoint", mock.url, "-region", "cn-hangzhou", "-rate", "100")
	assert.Zero(t, code, log)
	journal := journalOf(t, mock.url)
	assert.Greater(t, len(journal), 20)
	for _, c := range journal {
		assert.Regexp(t, "^(Describe|List|Get)", c.Action)
	}
	text, err := json.Marshal(journal)
	require.NoError(t, err)
	assert.NotContains(t, string(text), "secretofthekey")
}
