package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// Every action that is defined is among the actions of its product, under the name of
// its variable.
func TestEveryActionIsListed(t *testing.T) {
	for _, p := range server.Products() {
		names := map[string]bool{}
		for _, a := range p.Actions {
			assert.False(t, names[a.Name], "%s is listed twice", label(a))
			names[a.Name] = true
		}
		for _, name := range defined(t, strings.ToLower(p.Name)) {
			assert.True(t, names[name], "%s is not in the actions of %s", name, p.Name)
			delete(names, name)
		}
		assert.Empty(t, names, "these are named otherwise than their variables")
	}
}

// defined returns the names of the variables of a package that are actions.
func defined(t *testing.T, name string) (names []string) {
	notTest := func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }
	packages, err := parser.ParseDir(token.NewFileSet(), name, notTest, parser.SkipObjectResolution)
	require.NoError(t, err)
	ast.Inspect(packages[name], func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || len(v.Values) != 1 {
			return true
		}
		if call, ok := v.Values[0].(*ast.CallExpr); ok && isDefine(call.Fun) {
			names = append(names, v.Names[0].Name)
		}
		return true
	})
	return names
}

// Every action has exchange files.
func TestEveryActionHasExchanges(t *testing.T) {
	for _, a := range allActions() {
		files, err := os.ReadDir("../testdata/actions/" + label(a))
		assert.NoError(t, err)
		assert.NotEmpty(t, files, "testdata/actions/%s has no exchange file", label(a))
	}
}

func isDefine(fun ast.Expr) bool {
	f, ok := fun.(*ast.Ident)
	return ok && f.Name == "define"
}

// A parameter is one that an action declares, with a query that lacks it and otherwise
// decodes without an error.
type parameter struct {
	*param.Doc
	action *action
	name   string // as it is sent: Tag.1.Key
	query  url.Values
}

// parameters returns those of all actions. The fields of Permissions are left out: they
// are declared together with the flat ones.
func parameters(t *testing.T) []parameter {
	var list []parameter
	for _, a := range allActions() {
		for i := range a.Params {
			d := &a.Params[i]
			if d.Type != "Array" {
				list = append(list, parameter{d, a, d.Name, exampleWithout(t, a, d.Name)})
			}
			if d.Name == "Permissions" {
				continue
			}
			for j := range d.Fields {
				if f := &d.Fields[j]; f.Type != "Array" && f.Name != "" {
					name := d.Name + ".1." + f.Name
					query := exampleWithout(t, a, name)
					for _, other := range d.Fields {
						if other.Required && other.Name != f.Name {
							query.Set(d.Name+".1."+other.Name, other.Example)
						}
					}
					list = append(list, parameter{f, a, name, query})
				}
			}
		}
	}
	return list
}

func exampleWithout(t *testing.T, a *action, name string) url.Values {
	query, err := url.ParseQuery(a.Example)
	require.NoError(t, err)
	query.Del(name)
	query.Set("Action", a.Name)
	return query
}

// decode returns the request with a value of the parameter, "" for none.
func (p *parameter) decode(value string) (any, error) {
	if p.query.Del(p.name); value != "" {
		p.query.Set(p.name, value)
	}
	r := &http.Request{Method: http.MethodGet, Host: "127.0.0.1", URL: &url.URL{Path: "/", RawQuery: p.query.Encode()}}
	return p.action.Decode(rpc.Read(r, "", p.action.Product), false)
}

// A declared default is what the handler gets where the parameter is absent, and
// another value is something else to it.
func TestDefaultsAreSet(t *testing.T) {
	tried := 0
	for _, p := range parameters(t) {
		if p.Default == "" {
			continue
		}
		tried++
		absent, err := p.decode("")
		require.NoError(t, err, "%s %s", label(p.action), p.name)
		same, err := p.decode(p.Default)
		require.NoError(t, err, "%s %s", label(p.action), p.name)
		assert.Equal(t, same, absent, "%s %s", label(p.action), p.name)
		differs := false
		for _, other := range append(p.Values, p.Example, "11", "true") {
			if value, err := p.decode(other); other != p.Default && err == nil {
				differs = differs || !assert.ObjectsAreEqual(value, absent)
			}
		}
		assert.True(t, differs, "%s %s: no value makes a difference", label(p.action), p.name)
	}
	assert.Greater(t, tried, 20)
}

// A declared limit is the one that is checked: its ends are accepted, and what lies
// beyond them is refused.
func TestLimitsAreChecked(t *testing.T) {
	tried := 0
	for _, p := range parameters(t) {
		if p.Limits == "" {
			continue
		}
		tried++
		var least, most int
		_, err := fmt.Sscanf(p.Limits, "%d to %d", &least, &most)
		require.NoError(t, err, "%s %s: %s", label(p.action), p.name, p.Limits)
		value := strconv.Itoa
		if strings.HasSuffix(p.Limits, " characters") {
			value = func(n int) string { return strings.Repeat("a", max(0, n)) }
		}
		for n, accepted := range map[int]bool{least: true, most: true, least - 1: false, most + 1: false} {
			if value(n) == "" || n == 1<<31 {
				continue // absent, or not an integer of 32 bits at all
			}
			_, err := p.decode(value(n))
			assert.Equal(t, accepted, err == nil, "%s %s of %d: %v", label(p.action), p.name, n, err)
		}
	}
	assert.Greater(t, tried, 20)
}
