package ecs_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// change is one statement of testdata/upstream/today.txt, on how the service has changed
// since the document.
type change struct {
	editions []string // in which it holds
	text     string   // what it is about, and the statement
	test     string   // the Go test that proves it: directory and name
	not      string   // why the mock does otherwise
}

func readChanges(t *testing.T) []change {
	file, err := os.ReadFile("../../testdata/upstream/today.txt")
	require.NoError(t, err)
	var list []change
	for line := range strings.Lines(string(file)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == '[' {
			continue
		}
		if name, ok := strings.CutPrefix(line, "test: "); ok {
			list[len(list)-1].test = name
			continue
		}
		if reason, ok := strings.CutPrefix(line, "not: "); ok {
			list[len(list)-1].not = reason
			continue
		}
		editions, text, ok := strings.Cut(line, " | ")
		require.True(t, ok, line)
		c := change{text: text}
		if editions != "all" {
			c.editions = strings.Split(editions, ",")
		}
		for _, e := range c.editions {
			_, err := rpc.ParseEdition(e)
			require.NoError(t, err, line)
		}
		list = append(list, c)
	}
	require.Len(t, list, 80, "the statements of today.txt")
	return list
}

// citation is an exchange file that quotes a statement: doc: "The statement." (today).
type citation struct {
	file     string
	editions []string // in which the file runs
}

// citations returns the files that quote each text.
func citations(t *testing.T) map[string][]citation {
	files, err := filepath.Glob("../../testdata/actions/*/*.txt")
	require.NoError(t, err)
	cited := map[string][]citation{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		head, _, _ := strings.Cut(string(text), "\n\n")
		c := citation{filepath.Base(file), []string{"2019"}}
		if _, flags, ok := strings.Cut(head, "edition="); ok {
			flags, _, _ = strings.Cut(flags, "\n")
			flags, _, _ = strings.Cut(flags, " ")
			c.editions = strings.Split(flags, ",")
		}
		for line := range strings.SplitSeq(head, "\n") {
			quote, ok := strings.CutSuffix(line, `" (today)`)
			if quote, isDoc := strings.CutPrefix(quote, `doc: "`); ok && isDoc {
				cited[quote] = append(cited[quote], c)
			}
		}
	}
	return cited
}

// Each statement on how the service has changed is proved by an exchange file that quotes
// it and runs in its editions, or by a Go test. What the mock does otherwise has a reason.
func TestChangesAreProved(t *testing.T) {
	cited := citations(t)
	for _, c := range readChanges(t) {
		var editions []string
		for _, file := range cited[c.text] {
			editions = append(editions, file.editions...)
		}
		missing := func(e string) bool { return !slices.Contains(editions, e) }
		switch {
		case c.test != "" || c.not != "":
			assert.Empty(t, editions, "an exchange file proves it: %s", c.text)
			assert.True(t, c.test == "" || hasTest(t, c.test), "there is no %s", c.test)
		case editions == nil:
			t.Errorf("no exchange file proves: %s", c.text)
		case slices.ContainsFunc(c.editions, missing):
			t.Errorf("it holds in %v, but the exchange files that quote it run in %v: %s", c.editions, editions, c.text)
		}
		delete(cited, c.text)
	}
	for text, files := range cited {
		t.Errorf("%s: today.txt has no %q", files[0].file, text)
	}
}

// hasTest reports whether a directory has a test.
func hasTest(t *testing.T, where string) bool {
	dir, name, _ := strings.Cut(where, " ")
	files, err := filepath.Glob("../../" + dir + "/*_test.go")
	require.NoError(t, err)
	return slices.ContainsFunc(files, func(file string) bool {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		return strings.Contains(string(text), "\nfunc "+name+"(")
	})
}
