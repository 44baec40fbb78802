package internal_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// suites are the files whose code README shows, by the language of the block.
var suites = map[string][]string{
	"go":     {"../testdata/clients/go/*.go"}, // and what imports api/ecsmock, which is tested there
	"python": {"../testdata/clients/python/*.py", "../testdata/clients/python/sdk/*.py"},
	"java":   {"../testdata/clients/java/src/test/java/ecsmock/*.java"},
	"js":     {"../testdata/clients/node/*.js"},
}

// What README shows in a language stands in a suite of that language, which runs it.
func TestReadmeShowsCodeThatRuns(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	for language, patterns := range suites {
		texts := contents(t, patterns)
		blocks := regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
		assert.NotEmpty(t, blocks, "README shows nothing in %s", language)
		for _, block := range blocks {
			if strings.Contains(block[1], "api/ecsmock") {
				continue
			}
			shown := flush(block[1])
			runs := slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, shown) })
			assert.True(t, runs, "README shows what no suite runs:\n%s", block[1])
		}
	}
}

// contents is the texts of the files of some patterns.
func contents(t *testing.T, patterns []string) []string {
	var texts []string
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files, pattern)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			texts = append(texts, flush(string(text)))
		}
	}
	return texts
}

// flush is a text without the blanks before its lines.
func flush(text string) string {
	return strings.TrimSpace(regexp.MustCompile(`(?m)^[ \t]+`).ReplaceAllString(text, ""))
}
