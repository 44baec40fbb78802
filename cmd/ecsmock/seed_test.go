package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSeedCheckOfTheDemoWorld(t *testing.T) {
	code, out, log := call(noEnv, "seed", "check", "demo")
	assert.Zero(t, code)
	assert.Empty(t, log)
	text, err := os.ReadFile("../../internal/ecs/demo.json")
	require.NoError(t, err)
	var demo struct{ SecurityGroups, Instances, Vpcs, VSwitches []map[string]any }
	require.NoError(t, json.Unmarshal(text, &demo))
	var rules int
	for _, g := range demo.SecurityGroups {
		list, _ := g["Permissions"].([]any)
		rules += len(list)
	}
	require.Positive(t, rules)
	assert.True(t, strings.HasPrefix(out, "the seed demo is valid\n"), out)
	for name, n := range map[string]int{
		"SecurityGroups": len(demo.SecurityGroups), "SecurityGroups.Permissions": rules,
		"Instances": len(demo.Instances), "Vpcs": len(demo.Vpcs), "VSwitches": len(demo.VSwitches),
	} {
		assert.Contains(t, out, fmt.Sprintf(" %d %s\n", n, name))
	}
	assert.NotContains(t, out, "Version")
	assert.NotContains(t, out, " 0 ")
}

func TestSeedCheckOfAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "world.json")
	require.NoError(t, os.WriteFile(file, []byte(`{"SecurityGroups": [{"RegionId": "cn-beijing", "SecurityGroupId": "sg-1"}]}`), 0o600))
	code, out, _ := call(noEnv, "seed", "check", file)
	assert.Zero(t, code)
	assert.Equal(t, "the seed "+file+" is valid\n     1 SecurityGroups\n", out)
	require.NoError(t, os.WriteFile(file, []byte(`{"SecurityGroups": [{"RegionId": "cn-beijin", "SecurityGroupId": "sg-1"}]}`), 0o600))
	code, out, log := call(noEnv, "seed", "check", file)
	assert.Equal(t, 1, code)
	assert.Empty(t, out)
	assert.Contains(t, log, "ecsmock: the seed "+file+" is not valid: SecurityGroups[0].RegionId: there is no such region")
}

func TestSeedCheckOfStandardInput(t *testing.T) {
	input := os.Stdin
	defer func() { os.Stdin = input }()
	for text, want := range map[string]string{
		`{"Version": 1}`: "the seed of standard input is valid\n",
		`{"Colour": 1}`:  "ecsmock: the seed of standard input is not valid: Colour: there is no such field",
		"":               "ecsmock: the seed of standard input is not valid: ",
	} {
		file := filepath.Join(t.TempDir(), "in")
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		var err error
		os.Stdin, err = os.Open(file)
		require.NoError(t, err)
		_, out, log := call(noEnv, "seed", "check", "-")
		require.NoError(t, os.Stdin.Close())
		assert.True(t, strings.HasPrefix(out+log, want), out+log)
	}
}
