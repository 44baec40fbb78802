package contract_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/contract"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

const api = "../../api/"

// write is set by make docs.
var write = flag.Bool("write", false, "rewrite the generated files instead of comparing with them")

// current returns the contract of the declarations.
var current = sync.OnceValue(server.Contract)

// generated returns the content of the generated files by their names in api.
func generated() map[string][]byte {
	c := current()
	files := map[string][]byte{"COVERAGE.md": c.Index()}
	for i := range c.Products {
		p := &c.Products[i]
		files[p.CoverageFile()], files[p.File()] = p.Coverage(), c.Only(p).JSON()
		for _, e := range c.Editions {
			files[p.ErrorsFile(e)] = p.Errors(e)
		}
	}
	for _, e := range c.Editions {
		files[contract.GatewayFile(e)] = c.GatewayErrors(e)
	}
	return files
}

// The files in api/ are what the actions declare today.
func TestGenerated(t *testing.T) {
	files := generated()
	for name, content := range files {
		if *write {
			require.NoError(t, os.WriteFile(api+name, content, 0o644))
			continue
		}
		disk, err := os.ReadFile(api + name)
		require.NoError(t, err, "run make docs")
		if string(disk) != string(content) {
			t.Errorf("%s differs from the declarations; run make docs\n%s", name, firstDifference(string(disk), string(content)))
		}
	}
	for _, pattern := range []string{"*-errors-*.md", "*-actions.md", "*.json"} {
		disk, err := filepath.Glob(api + pattern)
		require.NoError(t, err)
		for _, file := range disk {
			assert.Contains(t, files, filepath.Base(file), "no product has this file; remove it")
		}
	}
}

func firstDifference(disk, declared string) string {
	n := 0
	for n < len(disk) && n < len(declared) && disk[n] == declared[n] {
		n++
	}
	around := func(text string) string { return text[max(0, n-80):min(len(text), n+80)] }
	return "on disk:\n…" + around(disk) + "…\ndeclared:\n…" + around(declared) + "…"
}

// Nothing is lost in JSON.
func TestJSONIsTheContract(t *testing.T) {
	var read contract.Contract
	c := current()
	require.NoError(t, json.Unmarshal(c.JSON(), &read))
	assert.Equal(t, c.Index(), read.Index())
	require.Len(t, read.Products, len(c.Products))
	for i := range read.Products {
		p, q := &c.Products[i], &read.Products[i]
		assert.Equal(t, p.Coverage(), q.Coverage())
		for _, e := range read.Editions {
			assert.Equal(t, p.Errors(e), q.Errors(e))
			assert.Equal(t, c.GatewayErrors(e), read.GatewayErrors(e))
		}
	}
}

// A call of a product that is not the first names its version, but for one that names
// another.
func TestCallsNameTheirProduct(t *testing.T) {
	c := contract.Of([]contract.Source{{Product: shop}, {Product: shop, Actions: []rpc.Description{{Spec: rpc.Spec{
		Name: "Buy", Example: "Id=1", Failures: []*rpc.Failure{{Code: "Gone", Try: "Action=Sell; Action=Ask&Version=2; Id=2"}},
	}}}}}, &contract.Shared{})
	buy := c.Products[1].Actions[0]
	assert.Equal(t, "Action=Buy&Version=2020-02-02&Id=1", buy.Example)
	assert.Equal(t, []contract.Step{
		{Query: "Action=Sell&Version=2020-02-02&Id=1"}, {Query: "Action=Ask&Id=1&Version=2"}, {Query: "Action=Buy&Version=2020-02-02&Id=2"},
	}, buy.Errors[0].Steps)
}

var shop = &rpc.Product{Name: "Shop", Title: "Shop", Version: "2020-02-02", Upstream: func() []string { return nil }}

// A row's Try is rendered as a line of bash. Characters with a meaning to curl, bash or
// Markdown are escaped; long and repeated values are shortened.
func TestLines(t *testing.T) {
	const api = "curl -i 'http://127.0.0.1:2014/?Action=Odd"
	for try, line := range map[string]string{
		`B=a b`:                                  api + `&A=1/2&B=a%20b'`,
		`B=["x"]|{y}`:                            api + `&A=1/2&B=%5B%22x%22%5D%7C%7By%7D'`,
		"B=it's`<b>`\\^#é%C3%A9$HOME!*~":         api + "&A=1/2&B=it%27s%60%3Cb%3E%60%5C%5E%23%C3%A9%C3%A9$HOME!*~'",
		"B=" + strings.Repeat("x", 513) + "&C=1": api + `&A=1/2&B='$(printf 'x%.0s' {1..513})'&C=1'`,
		"A=#/#; 2*B=w#; -A&C=#": api + `&A=%23/%23' && ` +
			`for i in $(seq 2); do ` + api + `&A=1/2&B=w'$i; done && ` + api + `&C=%23'`,
		"2*A=#/#&B=1":          `for i in $(seq 2); do ` + api + `&A='$i'/'$i'&B=1'; done`,
		"Action=Even&B=2; B=3": `curl -i 'http://127.0.0.1:2014/?Action=Even&A=1/2&B=2' && ` + api + `&A=1/2&B=3'`,
	} {
		assert.Contains(t, odd(&rpc.Failure{Status: 400, Code: "Odd", Message: "m", When: "w", Try: try}),
			"\n| 400 | `Odd`<br>m | w | `"+line+"` |\n", try)
	}
}

func TestRows(t *testing.T) {
	for want, row := range map[string]*rpc.Failure{
		"| 400 | `A.B`<br>a\\|b \\*c\\* \\_d\\_ \\<e> \\[f] \"%s\" \\\\g \\`h\\` ? /? | x \\| y. |  |": {
			Status: 400, Code: "A.B", Message: `a|b *c* _d_ <e> [f] "%s" \g ` + "`h` ? /?", When: "x | y."},
		"| 403 | `C`<br>The \"PortRange\". |  |  |": {
			Status: 403, Code: "C", Message: `The "%s".`, Of: "PortRange", Until: rpc.Edition2020},
		"| 200 | no error |  |  |": {Status: 200, Until: rpc.Edition2019},
	} {
		assert.Contains(t, odd(row), "\n"+want+"\n")
	}
	assert.Contains(t, odd(&rpc.Failure{Status: 400, Code: "Later", Since: rpc.Edition2020}), "\n\nOnly the errors of every action.\n")
}

// odd returns the page of 2019 for an action with one row that takes any parameters.
func odd(row *rpc.Failure) string {
	d := rpc.Description{Spec: rpc.Spec{Name: "Odd", Example: "A=1/2", Failures: []*rpc.Failure{row}}}
	c := contract.Of([]contract.Source{{Product: shop, Actions: []rpc.Description{d}}}, &contract.Shared{})
	return string(c.Products[0].Errors(rpc.Edition2019))
}
