package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// completers ask the script of a shell, which is in the file $1, what completes the words
// after it.
var completers = map[string]string{
	"bash": `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ecsmock; printf '%s\n' "${COMPREPLY[@]}"`,
	"zsh": `compdef() { : }; _files() { : }
		compadd() { shift; for w; do [[ $w = ${words[CURRENT]}* ]] && print -r -- $w; done; true }
		source "$1"; shift; words=("$@"); CURRENT=$#; _ecsmock`,
	"fish": `source $argv[1]; complete -C "$argv[2..-1]" | string replace -r '\t.*' ''; true`,
}

// completed returns the completions of a line in a shell. It skips the test where the
// shell is not installed.
func completed(t *testing.T, shell string, line ...string) []string {
	t.Helper()
	program, err := exec.LookPath(shell)
	if err != nil {
		t.Skipf("SKIPPED: %s is not installed", shell)
	}
	code, script, log := call(noEnv, "completion", shell)
	require.Zero(t, code)
	require.Empty(t, log)
	file := filepath.Join(t.TempDir(), "ecsmock")
	require.NoError(t, os.WriteFile(file, []byte(script), 0o600))
	out, err := exec.Command(program, "-n", file).CombinedOutput()
	require.NoError(t, err, "%s", out)
	args := []string{"-c", completers[shell]}
	if shell != "fish" {
		args = append(args, shell) // $0
	}
	cmd := exec.Command(program, append(append(args, file), line...)...)
	cmd.Dir = filepath.Dir(file)
	require.NoError(t, os.WriteFile(filepath.Join(cmd.Dir, "help.json"), nil, 0o600))
	out, err = cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return strings.Fields(string(out))
}

func TestCompletion(t *testing.T) {
	for shell := range completers {
		t.Run(shell, func(t *testing.T) {
			for line, want := range map[string]string{
				"ecsmock h":                            "health help",
				"ecsmock call DescribeSecurityGroupA":  "DescribeSecurityGroupAttribute",
				"ecsmock call Vpc.CreateVS":            "Vpc.CreateVSwitch",
				"ecsmock call -re":                     "-repeat",
				"ecsmock call DescribeRegions -re":     "-repeat",
				"ecsmock serve -tls-c":                 "-tls-cert",
				"ecsmock -tls-c":                       "-tls-cert",
				"ecsmock -strict -tls-c":               "-tls-cert",
				"ecsmock health -":                     "-addr",
				"ecsmock env -te":                      "-terraform",
				"ecsmock seed ch":                      "check",
				"ecsmock seed check dem":               "demo",
				"ecsmock completion z":                 "zsh",
				"ecsmock help com":                     "completion",
				"ecsmock help serv":                    "serve",
				"ecsmock call AuthorizeSecurityGroupE": "AuthorizeSecurityGroupEgress",
			} {
				assert.Equal(t, strings.Fields(want), completed(t, shell, strings.Fields(line)...), line)
			}
		})
	}
}

// Each script has all commands and flags, also where its shell is not installed.
func TestCompletionHasEverything(t *testing.T) {
	for _, shell := range completable() {
		_, script, _ := call(noEnv, "completion", shell)
		for _, c := range commands() {
			assert.Regexp(t, `\b`+c.name+`\b`, script)
			for _, o := range listed(c.options) {
				if shell == "fish" {
					assert.Contains(t, script, " -o "+o.name+" ")
				} else {
					assert.Regexp(t, `\*:`+c.name+`(\|\*:-\*)?\) list='[^']* ?-`+o.name+`[ ']`, script)
				}
			}
		}
		for _, name := range []string{"DescribeSecurityGroups", "Vpc.CreateVpc", "Sts.AssumeRole"} {
			assert.Contains(t, script, name, shell)
		}
	}
}
