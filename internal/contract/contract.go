// Package contract tells what the mock promises to answer: as JSON for programs,
// and as the page api/COVERAGE.md for people. Both come from the descriptions that
// the actions execute, so neither can say what the mock does not do.
package contract

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// Contract is all that the mock promises.
type Contract struct {
	Service   string
	Version   string        // of the API
	Editions  []rpc.Edition // years that the service can be imitated as of, the default first
	Actions   []Action      // in the order of the documentation
	Gateway   []Row         // of every action, and of requests that get to none
	Signature []Row         // of calls whose signature is refused, where signatures are required
	NotMocked []string      // actions that ECS has and the mock does not, sorted
}

// Action is what one action takes and answers.
type Action struct {
	Name       string
	Summary    string
	Example    string // a query that succeeds in the demo world, Action included
	Parameters []param.Doc
	Answer     []wire.Field // beside RequestId, which every answer has
	Errors     []Row
	Unmade     []Row `json:",omitempty"` // errors that the vendor's documents list and no request to the mock makes
}

// Row is one row of an error table.
type Row struct {
	Status    int           // 200 where these editions forgive what happened
	Code      string        `json:",omitempty"`
	Message   string        `json:",omitempty"` // %s is the name of the parameter or action it is about
	Parameter string        `json:",omitempty"` // the only parameter that the row is about
	When      string        `json:",omitempty"`
	Editions  []rpc.Edition `json:",omitempty"` // none for all
	Strict    bool          `json:",omitempty"` // only with -strict
	Steps     []Step        `json:",omitempty"` // calls to the demo world, of which the last is answered so
}

// Of is the contract of actions, given the rows that all of them share, those of
// signatures, and the sorted names of all actions that the service has.
func Of(actions []rpc.Description, gateway, signature []rpc.Failure, service []string) *Contract {
	c := &Contract{
		Service: "ECS", Version: rpc.Version,
		Editions: rpc.Editions(),
		Actions:  []Action{}, Gateway: []Row{}, Signature: []Row{}, NotMocked: []string{},
	}
	mocked := map[string]bool{}
	for i := range actions {
		c.Actions = append(c.Actions, actionOf(&actions[i]))
		mocked[actions[i].Name] = true
	}
	for _, name := range service {
		if !mocked[name] {
			c.NotMocked = append(c.NotMocked, name)
		}
	}
	for i := range gateway {
		r := rowOf(&gateway[i])
		r.Steps, r.Strict = gatewaySteps(&gateway[i])
		c.Gateway = append(c.Gateway, r)
	}
	for i := range signature {
		c.Signature = append(c.Signature, rowOf(&signature[i]))
	}
	return c
}

func actionOf(d *rpc.Description) Action {
	a := Action{
		Name: d.Name, Summary: d.Summary, Example: step(d.Name, d.Example, 0).Query,
		Parameters: d.Params, Answer: d.Answer, Errors: []Row{},
	}
	for i := range d.Failures {
		r := rowOf(&d.Failures[i])
		r.Steps = steps(d, d.Failures[i].Try)
		a.Errors = append(a.Errors, r)
	}
	for i := range d.Unmade {
		a.Unmade = append(a.Unmade, rowOf(&d.Unmade[i]))
	}
	return a
}

func rowOf(f *rpc.Failure) Row {
	return Row{
		Status: f.Status, Code: f.Code, Message: f.Message, Parameter: f.Of,
		When: f.When, Editions: f.Editions(),
	}
}

// JSON is the contract for programs.
func (c *Contract) JSON() []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(c); err != nil {
		panic(fmt.Sprintf("contract: %v", err)) // texts and numbers only
	}
	return out.Bytes()
}
