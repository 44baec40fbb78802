package contract_test

import (
	"encoding/json"
	"flag"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
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
	coverageFile = "../../api/COVERAGE.md"
	contractFile = "../../api/ecs-2014-05-26.json"
)

// write is set by make docs.
var write = flag.Bool("write", false, "rewrite the generated files instead of comparing with them")

func current() *contract.Contract {
	p := ecs.Product()
	return contract.Of(p.Product, p.Descriptions(), rpc.Gateway, server.SignatureFailures)
}

// The files in api/ are what the actions declare today.
func TestGenerated(t *testing.T) {
	for name, content := range map[string][]byte{coverageFile: current().Coverage(), contractFile: current().JSON()} {
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

// The steps of the contract, which are escaped, make the same calls as the steps that
// server's test of the error tables executes.
func TestStepsMakeTheCallsOfTheTries(t *testing.T) {
	c := current()
	for i, d := range ecs.Product().Descriptions() {
		for j, f := range d.Failures {
			if f.Try == "" {
				continue
			}
			var want, got []map[string]string
			for _, q := range d.Steps(f.Try) {
				want = append(want, parameters("Action="+d.Name+"&"+q))
			}
			for _, s := range c.Actions[i].Errors[j].Steps {
				for n := range max(1, s.Times) {
					query := s.Query
					if s.Times > 0 {
						query = strings.ReplaceAll(query, "#", strconv.Itoa(n+1))
					}
					got = append(got, parameters(query))
				}
			}
			assert.Equal(t, want, got, "%s: %s", d.Name, f.Try)
		}
	}
}

// parameters returns the parameters of a query. Of two with one name the last counts.
func parameters(query string) map[string]string {
	values := map[string]string{}
	for _, p := range rpc.Pairs(query) {
		values[p.Name] = p.Value
	}
	return values
}

// Each row of the gateway has a step that causes it. Steps with options of curl are
// tested with the real curl, in testdata/clients/curl.
func TestGatewaySteps(t *testing.T) {
	code := regexp.MustCompile(`<Code>([^<]*)</Code>`)
	for i, row := range current().Gateway {
		if rpc.Gateway[i].On == rpc.ErrInternal {
			assert.Empty(t, row.Steps)
			continue
		}
		require.Len(t, row.Steps, 1, "%s: %s", row.Code, row.When)
		if row.Steps[0].Options != "" {
			continue
		}
		s, err := server.New(server.Options{Seed: ecs.Demo, Strict: row.Strict})
		require.NoError(t, err)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", "/?"+row.Steps[0].Query, nil))
		assert.Equal(t, row.Status, w.Code, row.Steps[0].Query)
		found := code.FindStringSubmatch(w.Body.String())
		require.NotNil(t, found, w.Body)
		assert.Equal(t, row.Code, found[1], row.Steps[0].Query)
	}
}

// Nothing is lost in JSON.
func TestJSONIsTheContract(t *testing.T) {
	var read contract.Contract
	require.NoError(t, json.Unmarshal(current().JSON(), &read))
	assert.Equal(t, current().Coverage(), read.Coverage())
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
		"| 403 | `C`<br>The \"PortRange\". | <br>Only with `-edition 2019` or `-edition 2020` |  |": {
			Status: 403, Code: "C", Message: `The "%s".`, Of: "PortRange", Until: rpc.Edition2020},
		"| 200 | no error | <br>Only with `-edition 2019` |  |": {Status: 200, Until: rpc.Edition2019},
	} {
		assert.Contains(t, odd(row), "\n"+want+"\n")
	}
}

// odd returns the page of an action with one row that takes any parameters.
func odd(row rpc.Failure) string {
	d := rpc.Description{Spec: rpc.Spec{Name: "Odd", Example: "A=1/2", Failures: []rpc.Failure{row}}}
	return string(contract.Of(ecs.Product().Product, []rpc.Description{d}, nil, nil).Coverage())
}
