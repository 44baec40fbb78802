// Package internal_test checks the rules of the architecture. Each has its reason; a rule
// that turns out wrong is changed here together with its reason.
package internal_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/ecsmock/ecsmock/"

// A room is a package with the packages of this module that it may import.
type room struct {
	floor          int
	name, may, why string
}

// rooms are the packages, the lowest floor first. Imports point down, and only where
// the table allows them.
var rooms = []room{
	{0, "internal/ascii", "", "character classes depend on nothing"},
	{0, "internal/clock", "", "time and ids are below everything that uses them"},
	{0, "internal/explorer", "", "the page is a set of files"},
	{0, "internal/oneport", "", "a listener does not know what is served on it"},
	{0, "internal/param", "", "an action binds its own types, so param knows none of them"},
	{0, "internal/sign", "", "a signature is a function of texts, which test vectors can check"},
	{0, "internal/wire", "", "an answer declares its own fields, so wire knows none of them"},
	{1, "internal/account", "internal/ascii", "an account is an id and an e-mail address"},
	{1, "internal/form", "internal/ascii internal/param", "a form declares its own fields; param finds the name that was meant"},
	{1, "internal/secgroup", "internal/ascii", "the domain is pure: no HTTP, no clock, no error codes"},
	{2, "internal/compute", "internal/secgroup", "instances and interfaces are members of groups; pure as the domain of groups"},
	{2, "internal/network", "internal/secgroup", "the domain of networks is pure too; its resources have the tags that groups have"},
	{2, "internal/reach", "internal/secgroup", "whether rules let traffic through is a question of the domain; what they name is looked up by functions"},
	{3, "internal/store", "internal/account internal/clock internal/compute internal/form internal/network internal/param internal/secgroup", "the world holds groups and networks, makes their ids and sets their times; it knows no requests, and of param only the names that an unknown one resembles"},
	{3, "internal/rpc", "internal/param internal/wire", "rpc would carry any RPC-style API, so it knows no product"},
	{4, "internal/product", "internal/ascii internal/network internal/param internal/rpc internal/secgroup internal/store internal/wire", "what several products have is declared once"},
	{4, "internal/journal", "internal/rpc internal/store", "the journal keeps finished calls of any API, and what they changed in the world"},
	{4, "internal/fault", "internal/account internal/ascii internal/form internal/param internal/rpc internal/wire", "faults act on calls of any API, and change their answers"},
	{4, "internal/contract", "internal/param internal/rpc internal/wire", "the contract is made from descriptions alone, so it cannot state more than they do"},
	{4, "internal/shadow", "internal/account internal/rpc internal/sign internal/wire", "the service is another program: what is known of it is in its answers"},
	{4, "internal/sample", "internal/param internal/rpc", "samples are made from descriptions alone, so a new action needs no change there"},
	{5, "internal/vpc", "internal/network internal/param internal/product internal/rpc internal/secgroup internal/store internal/wire", "as ecs, which alone knows another product"},
	{5, "internal/sts", "internal/ascii internal/param internal/product internal/rpc internal/wire", "as vpc; the world has the keys that it makes"},
	{5, "internal/location", "internal/param internal/product internal/rpc internal/wire", "as vpc"},
	{5, "internal/resourcemanager", "internal/ascii internal/param internal/product internal/rpc internal/secgroup internal/store internal/wire", "as vpc"},
	{5, "internal/bssopenapi", "internal/param internal/product internal/rpc internal/wire", "as vpc"},
	{5, "internal/admin", "internal/account internal/clock internal/explorer internal/fault internal/form internal/journal internal/param internal/reach internal/rpc internal/sample internal/secgroup internal/shadow internal/store", "/_mock/ shows the parts of a mock; server passes them in"},
	{6, "internal/ecs", "internal/ascii internal/compute internal/network internal/param internal/product internal/rpc internal/secgroup internal/store internal/vpc internal/wire", "an action declares itself and changes the world, which gives it time and ids; two actions on VPCs are those of vpc with fewer fields"},
	{7, "internal/server", "internal/account internal/admin internal/ascii internal/bssopenapi internal/clock internal/contract internal/ecs internal/fault internal/journal internal/location internal/oneport internal/param internal/product internal/resourcemanager internal/rpc internal/secgroup internal/shadow internal/sign internal/store internal/sts internal/vpc internal/wire", "server is the one package that knows all others"},
	{8, "cmd/ecsmock", "internal/ecs internal/param internal/rpc internal/server internal/shadow", "the program turns flags into the options of a server, and the address of a service into its client; param finds the name that was meant"},
	{8, "internal/bench", "internal/sign", "the benchmark measures the program from outside, so it only signs the calls that it sends"},
	{8, "api/ecsmock", "internal/ecs internal/rpc internal/server internal/shadow internal/store", "the Go package starts a server and has no logic of its own"},
}

// imports are rules about packages of other modules.
var imports = []struct {
	path  string
	only  string // the packages that may import it; all but those of never, if that is set
	never string
	why   string
}{
	{path: "github.com/go-chi/chi/v5", only: "internal/server", why: "one package routes; the others have plain handlers"},
	{path: "github.com/google/uuid", only: "internal/clock", why: "a seed can fix the ids only if one package makes them all"},
	{path: "github.com/stretchr/testify", why: "the program contains no tests"},
	{path: "net/http", never: "internal/secgroup internal/reach internal/store internal/param internal/network internal/product internal/ecs internal/vpc internal/sts internal/location internal/resourcemanager internal/bssopenapi", why: "the meaning of a call does not depend on HTTP"},
}

// calendar lists the packages that may read the real time, with the reason.
var calendar = map[string]string{
	"internal/clock":   "it makes the mock's time from the real one",
	"internal/bench":   "it measures, and real time is what it measures",
	"internal/oneport": "certificates and timeouts need real time, whatever the mock's clock says",
	"internal/server":  "how long a call took is real time whatever the mock's clock says",
}

// modules are the modules that go.mod may require directly, with the reason.
var modules = map[string]string{
	"github.com/go-chi/chi/v5":    "routing",
	"github.com/google/uuid":      "request ids",
	"github.com/stretchr/testify": "tests",
}

// vague are names that do not say what a package is for.
var vague = []string{"utils", "util", "common", "models", "helpers", "misc"}

const (
	longestFile     = 300 // lines
	longestFunction = 50  // lines
	longestHandler  = 40  // lines of a function of a product; more is logic of the domain
)

func TestImportsPointDown(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		i := slices.IndexFunc(rooms, func(r room) bool { return r.name == name })
		if !assert.GreaterOrEqual(t, i, 0, "%s is not in the table of rooms: add it with its floor, its imports and a reason", name) {
			continue
		}
		for _, path := range p.Imports {
			if to, own := strings.CutPrefix(path, module); own {
				assert.True(t, has(rooms[i].may, to), "%s must not import %s: %s", name, to, rooms[i].why)
			}
		}
		for _, to := range strings.Fields(rooms[i].may) {
			assert.Contains(t, p.Imports, module+to, "%s may import %s and does not: remove it from the table", name, to)
		}
	}
}

func TestRoomsAreInOrder(t *testing.T) {
	floors := map[string]int{}
	for _, r := range rooms {
		floors[r.name] = r.floor
		assert.NotEmpty(t, r.why, r.name)
	}
	for _, r := range rooms {
		for _, to := range strings.Fields(r.may) {
			floor, known := floors[to]
			assert.True(t, known && floor < r.floor, "%s may import %s, which is not below it", r.name, to)
		}
	}
}

func TestImportsOfOtherModules(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		for _, path := range p.Imports {
			for _, rule := range imports {
				if path != rule.path && !strings.HasPrefix(path, rule.path+"/") {
					continue
				}
				allowed := has(rule.only, name)
				if rule.never != "" {
					allowed = !has(rule.never, name)
				}
				assert.True(t, allowed, "%s must not import %s: %s", name, path, rule.why)
			}
		}
	}
}

func TestTheModuleRequiresLittle(t *testing.T) {
	var mod struct {
		Go, Toolchain string
		Require       []struct {
			Path     string
			Indirect bool
		}
	}
	require.NoError(t, json.Unmarshal(run(t, "mod", "edit", "-json"), &mod))
	assert.Equal(t, "1.25", mod.Go, "a newer language would force every user's test module up")
	assert.Empty(t, mod.Toolchain, "a toolchain would force every user's test module up")
	for _, r := range mod.Require {
		assert.True(t, r.Indirect || modules[r.Path] != "", "%s is required: it needs a reason in the table of modules", r.Path)
	}
}

func TestRealTimeIsReadInFewPlaces(t *testing.T) {
	for _, f := range sources(t) {
		if f.test || f.nested() || calendar[f.dir()] != "" {
			continue
		}
		name := f.importName("time")
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && x.Name == name && slices.Contains([]string{"Now", "Since", "Until"}, s.Sel.Name) {
				t.Errorf("%s: time.%s must not be called here: calls see the time of internal/clock, which can be set", f.at(s), s.Sel.Name)
			}
			return true
		})
	}
}

func TestNothingIsTooLong(t *testing.T) {
	for _, f := range sources(t) {
		lines := f.set.File(f.syntax.Pos()).LineCount()
		assert.LessOrEqual(t, lines, longestFile, "%s has %d lines, more than %d", f.path, lines, longestFile)
		longest := longestFunction
		if slices.Contains([]string{"internal/ecs", "internal/vpc", "internal/sts", "internal/location", "internal/resourcemanager", "internal/bssopenapi"}, f.dir()) && !f.test {
			longest = longestHandler
		}
		for _, d := range f.syntax.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			lines := f.line(fn.End()) - f.line(fn.Pos()) + 1
			assert.LessOrEqual(t, lines, longest, "%s: %s has %d lines, more than %d", f.at(fn), fn.Name, lines, longest)
		}
	}
}

func TestNoInitFunctionsAndNoVagueNames(t *testing.T) {
	for _, f := range sources(t) {
		assert.NotContains(t, vague, f.syntax.Name.Name, "%s: a package is named for what it is for", f.path)
		assert.NotContains(t, vague, filepath.Base(f.dir()), "%s: a package is named for what it is for", f.path)
		for _, d := range f.syntax.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s: no init functions: what happens at the start is seen in main", f.at(fn))
			}
		}
	}
}

type goPackage struct {
	ImportPath string
	Imports    []string // of files that are no tests
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	list := json.NewDecoder(strings.NewReader(string(run(t, "list", "-json=ImportPath,Imports", "./..."))))
	var all []goPackage
	for {
		var p goPackage
		err := list.Decode(&p)
		if err == io.EOF {
			return slices.DeleteFunc(all, func(p goPackage) bool { return p.ImportPath == module+"internal" })
		}
		require.NoError(t, err)
		all = append(all, p)
	}
}

// run runs the go command at the top of the module.
func run(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = ".."
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		require.NoError(t, err, string(exit.Stderr))
	}
	require.NoError(t, err)
	return out
}
