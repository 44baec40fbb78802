package internal_test

import (
	"flag"
	"go/ast"
	"go/doc/comment"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var write = flag.Bool("write", false, "rewrite generated files instead of comparing them")

// A goType is a struct of the Go package whose JSON form is that of /_mock/.
type goType struct {
	name, doc string
	fields    []goField
}

// A goField is a field with its name in JSON.
type goField struct {
	name, kind, doc string // kind is the Go type
	required        bool
}

// answered are the types that only the mock writes.
var answered = []string{"Call", "Change", "Difference", "Differences", "Health", "Message", "Reach", "ReachRule", "Refusal"}

// absent are the fields of answers that an answer may lack.
var absent = map[string]bool{
	"Call.Changes": true, "Call.Request": true, "Call.Answer": true, "Change.SecurityGroupId": true, "Change.Was": true, "Change.Is": true,
	"Message.Target": true, "Message.Cut": true, "Message.Dropped": true, "Reach.More": true,
	"Differences.Dropped": true, "Differences.Diverged": true, "Difference.Path": true, "Difference.Service": true, "Difference.Mock": true,
}

// bareFields are fields that the Go type has in another form than JSON.
var bareFields = map[string]goField{
	"Call.Took": {"Microseconds", "int64", "how long it took, in real time", true},
}

// goTypes returns the structs of the state, a fault, a call and the health, in the order
// of their files.
func goTypes(t *testing.T) (types []goType) {
	t.Helper()
	for _, f := range sources(t) {
		if f.dir() != "api/ecsmock" || f.test {
			continue
		}
		for _, d := range f.syntax.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || len(g.Specs) != 1 {
				continue
			}
			spec, ok := g.Specs[0].(*ast.TypeSpec)
			if !ok || !slices.Contains(append(answered, "Fault"), spec.Name.Name) && filepath.Base(f.path) != "state.go" {
				continue
			}
			one := goType{name: spec.Name.Name, doc: plain(g.Doc.Text())}
			for _, field := range spec.Type.(*ast.StructType).Fields.List {
				for _, name := range field.Names {
					one.fields = append(one.fields, fieldOf(one.name, name.Name, field))
				}
			}
			types = append(types, one)
		}
	}
	require.NotEmpty(t, types)
	return types
}

func fieldOf(of, name string, field *ast.Field) goField {
	if bare, ok := bareFields[of+"."+name]; ok {
		return bare
	}
	tag := ""
	if field.Tag != nil {
		tag = reflect.StructTag(strings.Trim(field.Tag.Value, "`")).Get("json")
	}
	called, options, _ := strings.Cut(tag, ",")
	if called == "" {
		called = name
	}
	return goField{called, typeText(field.Type), strings.TrimSpace(field.Comment.Text()), options == "" && !absent[of+"."+called]}
}

// typeText returns a type as it is written.
func typeText(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.ArrayType:
		return "[]" + typeText(e.Elt)
	case *ast.StarExpr:
		return typeText(e.X)
	case *ast.MapType:
		return "map"
	case *ast.SelectorExpr:
		if e.Sel.Name != "RawMessage" {
			return e.Sel.Name
		}
	}
	return "any"
}

// plain returns a comment of Go as one paragraph.
func plain(doc string) string {
	var p comment.Parser
	return strings.Join(strings.Fields(string((&comment.Printer{TextWidth: -1}).Text(p.Parse(doc)))), " ")
}

// settings returns the flags of ecsmock serve as a type, from its help.
func settings(t *testing.T) goType {
	t.Helper()
	one := goType{name: "Settings", doc: "The settings of a mock that is started: the flags of ecsmock serve."}
	flags := regexp.MustCompile(`(?m)^  -([a-z-]+) ?([a-z]*) +ECSMOCK_[A-Z_]+\n      (.*)$`)
	for _, m := range flags.FindAllStringSubmatch(read(t, "../cmd/ecsmock/testdata/help.txt"), -1) {
		f := goField{name: m[1], kind: "string", doc: m[3]}
		switch {
		case m[2] == "":
			f.kind = "bool"
		case m[2] == "year" || m[2] == "number":
			f.kind = "number" // or its text
		case m[1] == "seed":
			f.kind = "seed" // or the state itself
		case strings.HasSuffix(m[2], "s") && m[1] != "shadow":
			f.kind = "list" // or its text
		}
		one.fields = append(one.fields, f)
	}
	require.Greater(t, len(one.fields), 10)
	return one
}

// The types of the packages for other languages are those of the Go package, and their
// settings are the flags of the program.
func TestPackageTypes(t *testing.T) {
	types, flags := goTypes(t), settings(t)
	files := javaTypes(types, flags)
	files["../api/python/src/ecsmock/types.py"] = pythonTypes(types, flags)
	files["../api/node/types.d.ts"] = nodeTypes(types, flags)
	for path, text := range files {
		if *write {
			require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		}
		assert.True(t, text == read(t, path), "%s is not current; run make docs", path)
	}
}

// upper and lower begin a name with a letter of that case: random-seed is RandomSeed or
// randomSeed.
func upper(name string) string {
	var b strings.Builder
	for _, word := range strings.Split(name, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

func lower(name string) string {
	name = upper(name)
	return strings.ToLower(name[:1]) + name[1:]
}
