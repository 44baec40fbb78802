package contract_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/contract"
	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

const (
	api          = "../../api/"
	coverageFile = api + "COVERAGE.md"
)

// write is set by make docs.
var write = flag.Bool("write", false, "rewrite the generated files instead of comparing with them")

func current() *contract.Contract {
	p := ecs.Product()
	return contract.Of(p.Product, p.Descriptions(), rpc.Gateway, server.SignatureFailures)
}

// The files in api/ are what the actions declare today.
func TestGenerated(t *testing.T) {
	c := current()
	files := map[string][]byte{coverageFile: c.Coverage(), api + c.File(): c.JSON()}
	for _, e := range c.Editions {
		files[api+c.ErrorsFile(e)] = c.Errors(e)
	}
	for name, content := range files {
		if *write {
			require.NoError(t, os.WriteFile(name, content, 0o644))
			continue
		}
		disk, err := os.ReadFile(name)
		require.NoError(t, err)
		if string(disk) != string(content) {
			t.Errorf("%s differs from the declarations; run make docs\n%s", name, firstDifference(string(disk), string(content)))
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
	require.NoError(t, json.Unmarshal(current().JSON(), &read))
	assert.Equal(t, current().Coverage(), read.Coverage())
	for _, e := range read.Editions {
		assert.Equal(t, current().Errors(e), read.Errors(e))
	}
}

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
		assert.Contains(t, odd(rpc.Failure{Status: 400, Code: "Odd", Message: "m", When: "w", Try: try}),
			"\n| 400 | `Odd`<br>m | w | `"+line+"` |\n", try)
	}
}

func TestRows(t *testing.T) {
	for want, row := range map[string]rpc.Failure{
		"| 400 | `A.B`<br>a\\|b \\*c\\* \\_d\\_ \\<e> \\[f] \"%s\" \\\\g \\`h\\` ? /? | x \\| y. |  |": {
			Status: 400, Code: "A.B", Message: `a|b *c* _d_ <e> [f] "%s" \g ` + "`h` ? /?", When: "x | y."},
		"| 403 | `C`<br>The \"PortRange\". |  |  |": {
			Status: 403, Code: "C", Message: `The "%s".`, Of: "PortRange", Until: rpc.Edition2020},
		"| 200 | no error |  |  |": {Status: 200, Until: rpc.Edition2019},
	} {
		assert.Contains(t, odd(row), "\n"+want+"\n")
	}
	assert.Contains(t, odd(rpc.Failure{Status: 400, Code: "Later", Since: rpc.Edition2020}), "\n\nOnly the errors of every action.\n")
}

// odd returns the page of 2019 for an action with one row that takes any parameters.
func odd(row rpc.Failure) string {
	d := rpc.Description{Spec: rpc.Spec{Name: "Odd", Example: "A=1/2", Failures: []rpc.Failure{row}}}
	return string(contract.Of(ecs.Product().Product, []rpc.Description{d}, nil, nil).Errors(rpc.Edition2019))
}
