package internal_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// suites are the files whose tests README shows, by the language of the block.
var suites = map[string]string{
	"python": "../testdata/clients/python/test_fixture.py",
	"java":   "../testdata/clients/java/src/test/java/ecsmock/RevokeTest.java",
	"js":     "../testdata/clients/node/ecsmock.test.js",
}

// What README shows in other languages is what their suites run.
func TestReadmeShowsTestsThatRun(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	for language, file := range suites {
		suite, err := os.ReadFile(file)
		require.NoError(t, err)
		blocks := regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
		assert.NotEmpty(t, blocks, "README shows no test in %s", language)
		for _, block := range blocks {
			assert.Contains(t, flush(string(suite)), flush(block[1]), "README shows what %s does not run", file)
		}
	}
}

// flush is a text without the blanks before its lines.
func flush(text string) string {
	return strings.TrimSpace(regexp.MustCompile(`(?m)^[ \t]+`).ReplaceAllString(text, ""))
}
