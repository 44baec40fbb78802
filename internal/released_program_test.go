package internal_test

import (
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// goLines returns what the Go package exports.
func goLines(t *testing.T) (lines []string) {
	t.Helper()
	file := strings.TrimSpace(string(run(t, "list", "-export", "-f", "{{.Export}}", "./api/ecsmock")))
	open := func(string) (io.ReadCloser, error) { return os.Open(file) }
	p, err := importer.ForCompiler(token.NewFileSet(), "gc", open).Import(module + "api/ecsmock")
	require.NoError(t, err)
	for _, name := range p.Scope().Names() {
		o := p.Scope().Lookup(name)
		if !o.Exported() {
			continue
		}
		switch o := o.(type) {
		case *types.TypeName:
			lines = append(lines, typeLines(p, o)...)
		case *types.Func:
			lines = append(lines, "func "+name+signature(p, o))
		case *types.Const:
			lines = append(lines, "const "+name+" "+typeName(p, o.Type()))
		default:
			lines = append(lines, "var "+name+" "+typeName(p, o.Type()))
		}
	}
	return lines
}

// typeLines returns a type with its exported fields and methods. An interface is one line,
// since one more method breaks the types that have the others.
func typeLines(p *types.Package, o *types.TypeName) (lines []string) {
	switch under := o.Type().Underlying().(type) {
	case *types.Struct:
		lines = append(lines, "type "+o.Name()+" struct")
		for f := range under.Fields() {
			if f.Exported() {
				lines = append(lines, "field "+o.Name()+"."+f.Name()+" "+typeName(p, f.Type()))
			}
		}
	case *types.Interface:
		var methods []string
		for m := range under.Methods() {
			methods = append(methods, m.Name()+signature(p, m))
		}
		return []string{"type " + o.Name() + " interface { " + strings.Join(methods, "; ") + " }"}
	default:
		lines = append(lines, "type "+o.Name()+" "+typeName(p, under))
	}
	ofValues := types.NewMethodSet(o.Type())
	for m := range types.NewMethodSet(types.NewPointer(o.Type())).Methods() {
		receiver := "(*" + o.Name() + ") "
		if ofValues.Lookup(p, m.Obj().Name()) != nil {
			receiver = "(" + o.Name() + ") "
		}
		if m.Obj().Exported() {
			lines = append(lines, "method "+receiver+m.Obj().Name()+signature(p, m.Obj()))
		}
	}
	return lines
}

// signature returns the parameters and results of a function without their names.
func signature(p *types.Package, f types.Object) string {
	s := f.Type().(*types.Signature)
	bare := func(list *types.Tuple) *types.Tuple {
		var vars []*types.Var
		for v := range list.Variables() {
			vars = append(vars, types.NewParam(token.NoPos, p, "", v.Type()))
		}
		return types.NewTuple(vars...)
	}
	return strings.TrimPrefix(typeName(p, types.NewSignatureType(nil, nil, nil, bare(s.Params()), bare(s.Results()), s.Variadic())), "func")
}

func typeName(p *types.Package, of types.Type) string {
	return types.TypeString(of, types.RelativeTo(p))
}

// formLines returns the fields of the JSON forms. Those that may be absent have a mark.
func formLines(t *testing.T) (lines []string) {
	t.Helper()
	for _, one := range goTypes(t) {
		for _, f := range one.fields {
			line := one.name + "." + f.name + " " + f.kind
			if !f.required {
				line += " (may be absent)"
			}
			lines = append(lines, line)
		}
	}
	return lines
}

var (
	helpCommand = regexp.MustCompile(`(?m)^  ([a-z]+)  +[a-z]`)
	helpFlag    = regexp.MustCompile(`(?m)^  -([a-z-]+) ?([a-z:]*) +(ECSMOCK_[A-Z_]+)\n.*?(?: \(default (.*)\))?$`)
	helpExit    = regexp.MustCompile(`([0-9]) ([a-z ]+)[,.]`)
	valueError  = regexp.MustCompile(`(?m)^\$ ecsmock ?([a-z]*) .*\n2 -([a-z-]+) is ((?:[a-z0-9]+, )*[a-z0-9]+ or [a-z0-9]+), got`)
)

// programLines returns the commands of the program, their flags with the values that these
// take where they are few, and the exit codes. They are in the files that the tests of
// cmd/ecsmock compare with the program: its help and its errors.
func programLines(t *testing.T) (lines []string) {
	t.Helper()
	help := read(t, "../cmd/ecsmock/testdata/help.txt")
	for _, m := range helpCommand.FindAllStringSubmatch(help, -1) {
		lines = append(lines, "command "+m[1])
	}
	_, exits, found := strings.Cut(help, "Exit codes: ")
	require.True(t, found)
	for _, m := range helpExit.FindAllStringSubmatch(exits, -1) {
		lines = append(lines, "exit "+m[1]+" "+m[2])
	}
	pages, err := filepath.Glob("../cmd/ecsmock/testdata/help*.txt")
	require.NoError(t, err)
	for _, page := range pages {
		name := strings.TrimPrefix(strings.TrimSuffix(filepath.Base(page), ".txt"), "help")
		command := strings.TrimPrefix(name, "-")
		if command == "" {
			command = "serve"
		}
		for _, m := range helpFlag.FindAllStringSubmatch(read(t, page), -1) {
			line := fmt.Sprintf("flag %s -%s %s %s", command, m[1], m[2], m[3])
			if m[4] != "" {
				line += " default " + m[4]
			}
			lines = append(lines, strings.Join(strings.Fields(line), " "))
		}
	}
	for _, m := range valueError.FindAllStringSubmatch(read(t, "../testdata/golden/wrong-calls.txt"), -1) {
		if m[1] == "" {
			m[1] = "serve"
		}
		for _, value := range strings.Split(strings.ReplaceAll(m[3], " or ", ", "), ", ") {
			lines = append(lines, "value "+m[1]+" -"+m[2]+" "+value)
		}
	}
	return lines
}
