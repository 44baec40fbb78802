package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// source is a Go file anywhere in the repository.
type source struct {
	path   string // from the top
	test   bool
	set    *token.FileSet
	syntax *ast.File
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	require.NoError(t, filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{".git", "bin", "node_modules"}, d.Name()) {
			return fs.SkipDir
		}
		if d.IsDir() || filepath.Ext(path) != ".go" {
			return nil
		}
		set := token.NewFileSet()
		syntax, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution|parser.ParseComments)
		all = append(all, source{filepath.ToSlash(path[len("../"):]), strings.HasSuffix(path, "_test.go"), set, syntax})
		return err
	}))
	return all
}

func (f *source) dir() string { return filepath.ToSlash(filepath.Dir(f.path)) }

// nested reports whether the file is in another module, for tests only.
func (f *source) nested() bool { return strings.HasPrefix(f.path, "testdata/") }

func (f *source) line(p token.Pos) int { return f.set.Position(p).Line }

func (f *source) at(n ast.Node) string { return fmt.Sprintf("%s:%d", f.path, f.line(n.Pos())) }

// importName returns the name of an imported package in the file, or "".
func (f *source) importName(path string) string {
	for _, i := range f.syntax.Imports {
		switch {
		case i.Path.Value != `"`+path+`"`:
		case i.Name != nil:
			return i.Name.Name
		default:
			return path[strings.LastIndexByte(path, '/')+1:]
		}
	}
	return ""
}

// has reports whether a list of words has a word.
func has(words, word string) bool { return slices.Contains(strings.Fields(words), word) }
