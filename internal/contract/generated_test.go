package contract_test

import (
	"encoding/json"
	"flag"
	"os"
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

// write is what make docs sets.
var write = flag.Bool("write", false, "rewrite the generated files instead of comparing with them")

func current() *contract.Contract {
	return contract.Of(ecs.Descriptions(), rpc.Gateway, server.SignatureFailures, ecs.Upstream())
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
			t.Errorf("%s is not what the actions declare; run make docs\n%s", name, firstDifference(string(disk), string(content)))
		}
	}
}

// firstDifference is short where a comparison of whole files is not.
func firstDifference(disk, declared string) string {
	n := 0
	for n < len(disk) && n < len(declared) && disk[n] == declared[n] {
		n++
	}
	around := func(text string) string { return text[max(0, n-80):min(len(text), n+80)] }
	return "on disk:\n…" + around(disk) + "…\ndeclared:\n…" + around(declared) + "…"
}

// The steps of the contract, escaped and folded as they are, say to the mock what
// the steps say that the tests of the error tables execute.
func TestStepsAreThoseOfTheTries(t *testing.T) {
	c := current()
	for i, d := range ecs.Descriptions() {
		for j, f := range d.Failures {
			if f.Try == "" {
				continue
			}
			var want, got []map[string]string
			for _, q := range d.Steps(f.Try) {
				want = append(want, said("Action="+d.Name+"&"+q))
			}
			for _, s := range c.Actions[i].Errors[j].Steps {
				for _, q := range unfold(s) {
					got = append(got, said(q))
				}
			}
			assert.Equal(t, want, got, "%s: %s", d.Name, f.Try)
		}
	}
}

// said is what the API makes of a query. Of two parameters with one name the last
// counts.
func said(query string) map[string]string {
	parameters := map[string]string{}
	for _, p := range rpc.Pairs(query) {
		parameters[p.Name] = p.Value
	}
	return parameters
}

// Programs can read the contract as the page's twin: nothing is lost in JSON.
func TestJSONIsTheContract(t *testing.T) {
	var read contract.Contract
	require.NoError(t, json.Unmarshal(current().JSON(), &read))
	assert.Equal(t, current().Coverage(), read.Coverage())
}
