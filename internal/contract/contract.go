// Package contract describes what the mock answers: as JSON for programs, and as pages
// for people: api/COVERAGE.md, and one of the errors for each edition. All are made from
// the descriptions that the actions execute, so they cannot differ from what the mock does.
package contract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// A Contract is a description of the API as the mock answers it.
type Contract struct {
	Service   string
	Version   string        // of the API
	Editions  []rpc.Edition // the first is the default
	Actions   []Action      // in the order of the documentation
	Gateway   []Row         // errors that every action shares
	Signature []Row         // errors of signatures, where they are required
	NotMocked []string      // actions that the product has and the mock does not, sorted
}

// An Action is one action with its parameters, its answer and its errors.
type Action struct {
	Name       string
	Summary    string
	Example    string // a query that succeeds in the demo world, Action included
	Parameters []param.Doc
	Answer     []wire.Field // without RequestId, which every answer has
	Errors     []Row
	Unmade     []Row `json:",omitempty"` // errors that the vendor's documents list and only an injected fault causes
}

// A Row is one row of an error table.
type Row struct {
	Status    int           // 200 if the call succeeds in these editions
	Code      string        `json:",omitempty"`
	Message   string        `json:",omitempty"` // %s stands for the name of the parameter or action
	Parameter string        `json:",omitempty"` // the only parameter that the row applies to
	When      string        `json:",omitempty"` // the condition, or why no request causes the error
	Editions  []rpc.Edition `json:",omitempty"` // none means all
	Strict    bool          `json:",omitempty"` // only with -strict
	Steps     []Step        `json:",omitempty"` // calls to the demo world; the last one has this answer
}

// Of returns the contract of actions of a product. The gateway rows are shared by all
// actions.
func Of(p *rpc.Product, actions []rpc.Description, gateway, signature []rpc.Failure) *Contract {
	c := &Contract{
		Service: p.Title, Version: p.Version,
		Editions: rpc.Editions(),
		Actions:  []Action{}, Gateway: []Row{}, Signature: []Row{}, NotMocked: []string{},
	}
	mocked := map[string]bool{}
	for i := range actions {
		c.Actions = append(c.Actions, actionOf(&actions[i]))
		mocked[actions[i].Name] = true
	}
	for _, name := range p.Upstream() {
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
		r := rowOf(&signature[i])
		r.Steps = signatureSteps(signature[i].Try)
		c.Signature = append(c.Signature, r)
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

// File returns the name of the file of the contract for programs.
func (c *Contract) File() string { return strings.ToLower(c.Service) + "-" + c.Version + ".json" }

// JSON returns the contract for programs.
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
