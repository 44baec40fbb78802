// Package contract describes what the mock answers: as JSON for programs, and as pages
// for people: api/COVERAGE.md, and for each product one of its parameters and answers and
// one of its errors in each edition. All are made from the descriptions that the actions
// execute, so they cannot differ from what the mock does.
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
	Editions  []rpc.Edition // the first is the default
	Products  []Product     // a call that names none is for the first
	Gateway   []Row         // errors that actions of every product share
	Signature []Row         // errors of signatures, where they are required
	Signed    Signed        // what the steps of Signature need
}

// A Product is one of the APIs that the mock answers.
type Product struct {
	Name      string   // as SDKs write it: Ecs, Vpc
	Title     string   // as people write it: ECS, VPC
	Version   string   // of the API
	Actions   []Action // in the order of the documentation
	NotMocked []string // actions that the product has and the mock does not, sorted
}

// An Action is one action with its parameters, its answer and its errors.
type Action struct {
	Name       string
	Summary    string
	Example    string // a query that succeeds in the demo world, with Action, and with Version if the product needs it
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

// A Source is a product with the descriptions of its actions.
type Source struct {
	*rpc.Product
	Actions []rpc.Description
}

// Of returns the contract of products. A call that names no product is for the first.
func Of(sources []Source, shared *Shared) *Contract {
	c := &Contract{Editions: rpc.Editions(), Products: []Product{}, Gateway: []Row{}, Signature: []Row{}, Signed: shared.Signed}
	for i := range sources {
		version := ""
		if i > 0 {
			version = sources[i].Version
		}
		c.Products = append(c.Products, productOf(&sources[i], version))
	}
	for _, f := range shared.Gateway {
		r := rowOf(f)
		r.Steps, r.Strict = shared.gatewaySteps(f)
		c.Gateway = append(c.Gateway, r)
	}
	for _, f := range shared.Signature {
		r := rowOf(f)
		r.Steps = shared.signatureSteps(f.Try)
		c.Signature = append(c.Signature, r)
	}
	return c
}

// productOf returns the contract of one product. Its queries have the version, if any.
func productOf(s *Source, version string) Product {
	p := Product{Name: s.Name, Title: s.Title, Version: s.Version, Actions: []Action{}, NotMocked: []string{}}
	mocked := map[string]bool{}
	for i := range s.Actions {
		p.Actions = append(p.Actions, actionOf(&s.Actions[i], version))
		mocked[s.Actions[i].Name] = true
	}
	for _, name := range s.Upstream() {
		if !mocked[name] {
			p.NotMocked = append(p.NotMocked, name)
		}
	}
	return p
}

func actionOf(d *rpc.Description, version string) Action {
	a := Action{
		Name: d.Name, Summary: d.Summary, Example: step(d.Name, version, d.Example, 0).Query,
		Parameters: withKinds(d.Params), Answer: d.Answer, Errors: []Row{},
	}
	for _, f := range d.Failures {
		r := rowOf(f)
		r.Steps = steps(d, version, f.Try)
		a.Errors = append(a.Errors, r)
	}
	for _, f := range d.Unmade {
		a.Unmade = append(a.Unmade, rowOf(f))
	}
	return a
}

func rowOf(f *rpc.Failure) Row {
	return Row{
		Status: int(f.Status), Code: f.Code, Message: f.Message, Parameter: f.Of,
		When: f.When, Editions: f.Editions(),
	}
}

// File returns the name of the file of the product's contract for programs.
func (p *Product) File() string { return p.slug() + "-" + p.Version + ".json" }

// slug returns the name of the product in names of files.
func (p *Product) slug() string { return strings.ToLower(p.Name) }

// Only returns the contract with one of its products.
func (c *Contract) Only(p *Product) *Contract {
	one := *c
	one.Products = []Product{*p}
	return &one
}

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
