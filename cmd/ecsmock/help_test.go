package main

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
		code, again, log := call(vars("ECSMOCK_EDITION", "a wrong value that must not keep anyone from help"), args...)
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
	assert.Regexp(t, regexp.MustCompile(`^ecsmock \S+\n$`), out)
	assert.Empty(t, log)

	release = "v1.2.3"
	defer func() { release = "" }()
	_, out, _ = call(noEnv, "version")
	assert.Equal(t, "ecsmock v1.2.3\n", out)
}
