package internal_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// guides are README and the pages of api/docs.
func guides(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob("../api/docs/*.md")
	require.NoError(t, err)
	require.NotEmpty(t, pages)
	return append([]string{"../README.md"}, pages...)
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(text)
}

// block is a block of code in a page.
var block = regexp.MustCompile("(?s)```([a-z]+)\n(.*?)```")

// suites are the files that contain the code of the guides, by language. The code of the
// packages' READMEs is run by testdata/clients/<language>/package.
var suites = map[string][]string{
	"go":     {"../testdata/clients/go/*.go", "../testdata/clients/go/container/*.go", "../api/ecsmock/*_test.go"},
	"python": {"../testdata/clients/python/sdk/*.py", "../testdata/clients/python/container/*.py", "../api/python/README.md"},
	"java":   {"../testdata/clients/java/src/test/java/ecsmock/*.java", "../testdata/clients/java/package/java/*.java", "../api/java/README.md"},
	"js":     {"../testdata/clients/node/*.js", "../testdata/clients/node/package/*.mjs", "../api/node/README.md"},
}

// Code in the guides is code of a suite, which runs it.
func TestGuidesShowCodeThatRuns(t *testing.T) {
	shown := map[string]int{}
	for _, page := range guides(t) {
		for _, b := range block.FindAllStringSubmatch(read(t, page), -1) {
			language, code := b[1], b[2]
			if suites[language] == nil {
				continue
			}
			shown[language]++
			code = strings.TrimPrefix(code, "import \"github.com/ecsmock/ecsmock/api/ecsmock\"\n")
			code = strings.ReplaceAll(code, `"testdata/web.json"`, `"../../testdata/seeds/web.json"`)
			runs := slices.ContainsFunc(contents(t, suites[language]), func(text string) bool {
				return strings.Contains(text, unindented(code))
			})
			assert.True(t, runs, "%s shows code that is in no suite:\n%s", page, code)
		}
	}
	for language := range suites {
		assert.Positive(t, shown[language], "no guide shows code in %s", language)
	}
}

// contents returns the texts of the files of some patterns.
func contents(t *testing.T, patterns []string) []string {
	t.Helper()
	var texts []string
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files, pattern)
		for _, file := range files {
			texts = append(texts, unindented(read(t, file)))
		}
	}
	return texts
}

// unindented returns a text without the white space before its lines.
func unindented(text string) string {
	return strings.TrimSpace(regexp.MustCompile(`(?m)^[ \t]+`).ReplaceAllString(text, ""))
}

// prelude replaces the commands that install, build or start something.
const prelude = `set -e; go() { :; }; pip() { :; }; npm() { :; }; make() { :; }; docker() { :; }; ecsmock() { :; }
`

// withoutProxy hides the proxies that the machine may have.
var withoutProxy = []string{"HTTPS_PROXY=", "https_proxy=", "http_proxy=", "ALL_PROXY=", "all_proxy=", "NO_PROXY=", "no_proxy="}

// The shell blocks of a page work in the order in which they are shown, against a new
// server with the demo world. Those with the comment "# 403" are refused, the others
// succeed. If the next block is XML, it is the answer.
func TestShellBlocks(t *testing.T) {
	for _, program := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("SKIPPED: %s is not installed", program)
		}
	}
	for _, page := range guides(t) {
		t.Run(filepath.Base(page), func(t *testing.T) {
			t.Parallel()
			address, dir := demo(t), t.TempDir()
			all := block.FindAllStringSubmatch(read(t, page), -1)
			for i, b := range all {
				if b[1] != "sh" {
					continue
				}
				c := exec.CommandContext(t.Context(), "bash", "--norc", "-c", prelude+strings.ReplaceAll(b[2], "127.0.0.1:2014", address))
				c.Dir, c.Env = dir, append(os.Environ(), withoutProxy...)
				c.Env = append(c.Env, "CURL_HOME="+dir)
				var log strings.Builder
				c.Stderr = &log
				out, err := c.Output()
				require.NoError(t, err, "%s\n%s\n%s", b[2], out, log.String())
				if strings.Contains(b[2], "# 403") {
					assert.Contains(t, string(out), "HTTP/1.1 403", b[2])
				} else {
					assert.NotRegexp(t, `"error"|<Code>`, string(out), b[2])
				}
				if i+1 < len(all) && all[i+1][1] == "xml" {
					assert.Equal(t, withoutID(all[i+1][2]), withoutID(string(out)), b[2])
				}
			}
		})
	}
}

func withoutID(answer string) string {
	return strings.TrimSpace(regexp.MustCompile(`<RequestId>[^<]*`).ReplaceAllString(answer, "<RequestId>"))
}

// demo serves the demo world until the test ends, and returns the address.
func demo(t *testing.T) string {
	t.Helper()
	s, err := server.New(server.Options{Seed: ecs.Demo})
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	t.Cleanup(func() {
		assert.NoError(t, s.Stop(context.Background()))
		assert.NoError(t, <-done)
	})
	return l.Addr().String()
}

// A mock is for its machine alone: anyone who reaches its port can change everything. The
// files in which others start it are tested by testdata/clients/containers.
func TestGuidesPublishPortsToTheMachineAlone(t *testing.T) {
	for _, page := range guides(t) {
		assert.NotRegexp(t, `docker run.* -p \d`, strings.ReplaceAll(read(t, page), "-p 127.0.0.1:2014:2014", ""), page)
	}
	assert.Contains(t, read(t, "../README.md"), "docker run --rm -p 127.0.0.1:2014:2014 ecsmock")
}

// README's table has the clients that people ask for, one line each.
func TestReadmeHasTheClients(t *testing.T) {
	for _, client := range []string{"`aliyun` CLI", "Terraform", "Kubernetes' cloud provider", "Packer", "Ansible", "Steampipe", "Prowler"} {
		assert.Regexp(t, "(?m)^\\| "+client+".* \\| .+ \\|$", read(t, "../README.md"))
	}
}

// Files and folders that the guides name or link to exist.
func TestGuidesNameFilesThatExist(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	named := regexp.MustCompile("`((?:cmd|internal|api|testdata|\\.ci)/[\\w./-]*)`")
	for _, page := range guides(t) {
		text := read(t, page)
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			_, err := os.Stat(filepath.Join(filepath.Dir(page), m[1]))
			assert.NoError(t, err, page)
		}
		for _, m := range named.FindAllStringSubmatch(text, -1) {
			_, err := os.Stat(filepath.Join("..", m[1]))
			assert.NoError(t, err, page)
		}
	}
}

func TestGuidesNameEveryEdition(t *testing.T) {
	for _, e := range rpc.Editions() {
		assert.Regexp(t, fmt.Sprintf("(?m)^\\| `-edition` .*`%d`", e), read(t, "../README.md"))
		assert.Regexp(t, fmt.Sprintf(`(?m)^\| \|.* %d \|`, e), read(t, "../api/docs/readings-and-editions.md"))
	}
}

// README is short enough to be read.
func TestReadmeIsShort(t *testing.T) {
	assert.LessOrEqual(t, strings.Count(read(t, "../README.md"), "\n"), 160)
}
