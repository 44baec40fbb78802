package sample

import (
	"encoding/json"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// awkward returns texts that are hard to write as literals: every character of ASCII,
// alone and between letters, and others.
func awkward() []string {
	list := []string{
		"", `\u0041`, `\\u0041`, `\`, `\\`, `\'`, `\"`, "${x}", "$${x}", "%{x}", "$", "a$", "`id`", "#{x}", "{Action} {host}",
		"ünï 漢字", "😀", "\u00a0\u2028\u2029\ufeff\u200b", "e\u0301", "\U0010ffff", "*/", "//", "-n", "@x", "a=b", "it's", "don''t",
	}
	for c := rune(1); c < 0x80; c++ {
		list = append(list, string(c), "a"+string(c)+"7")
	}
	return list
}

func TestGoText(t *testing.T) {
	for _, text := range awkward() {
		got, err := strconv.Unquote(goText(text))
		require.NoError(t, err, goText(text))
		assert.Equal(t, text, got)
	}
}

// Java's literals are ASCII, and valid JSON.
func TestJavaText(t *testing.T) {
	for _, text := range awkward() {
		var got string
		require.NoError(t, json.Unmarshal([]byte(javaText(text)), &got), javaText(text))
		assert.Equal(t, text, got)
		for _, c := range []byte(javaText(text)) {
			assert.True(t, ' ' <= c && c < 0x7f, javaText(text))
		}
	}
}

// Terraform's literals are Go's, except for the start of an expression.
func TestHCLText(t *testing.T) {
	for _, text := range awkward() {
		literal := hclText(text)
		assert.NotRegexp(t, `(^|[^$])\$\{|(^|[^%])%\{`, strings.ReplaceAll(strings.ReplaceAll(literal, "$${", ""), "%%{", ""))
		got, err := strconv.Unquote(strings.NewReplacer("$${", "${", "%%{", "%{").Replace(literal))
		require.NoError(t, err, literal)
		assert.Equal(t, text, got)
	}
}

func TestShellText(t *testing.T) {
	words := make([]string, len(awkward()))
	for i, text := range awkward() {
		words[i] = shellWord(text)
	}
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("SKIPPED: sh is not installed")
	}
	got, err := exec.Command("sh", "-c", `printf '%s\0' `+strings.Join(words, " ")).Output()
	require.NoError(t, err)
	assert.Equal(t, awkward(), strings.Split(strings.TrimSuffix(string(got), "\x00"), "\x00"))
}

func TestPythonText(t *testing.T) {
	got := run(t, "python3", "-c", "import json, sys; json.dump(eval(sys.stdin.read()), sys.stdout)", list(pythonText))
	assert.Equal(t, awkward(), got)
}

func TestJSText(t *testing.T) {
	got := run(t, "node", "-e", "process.stdout.write(JSON.stringify(eval(require('fs').readFileSync(0, 'utf8'))))", list(jsText))
	assert.Equal(t, awkward(), got)
}

// list returns the awkward texts as a list in Python or JavaScript.
func list(literal func(string) string) string {
	var out []string
	for _, text := range awkward() {
		out = append(out, literal(text))
	}
	return "[" + strings.Join(out, ",\n") + "]"
}

// run returns the texts that an interpreter reads.
func run(t *testing.T, program, flag, script, input string) (got []string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		require.NotEqual(t, "true", os.Getenv("CI"), "%s is not installed", program)
		t.Skipf("SKIPPED: %s is not installed", program)
	}
	cmd := exec.Command(program, flag, script)
	cmd.Stdin, cmd.Stderr = strings.NewReader(input), os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(out, &got), string(out))
	return got
}
