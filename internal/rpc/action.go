package rpc

import (
	"reflect"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// A Spec is what an action declares beside its parameters and its answer.
type Spec struct {
	Product  *Product
	Name     string
	Summary  string
	Example  string     // a query that succeeds in the demo world
	Failures []*Failure // the error table
	Unmade   []*Failure // documented rows that only an injected fault produces
}

// A Description is an action without its code: for documentation, the contract and
// the explorer.
type Description struct {
	Spec
	Params []param.Doc
	Answer []wire.Field
}

// An Action is a described function of the API, called on behalf of a C: the caller
// in one account and region.
type Action[C any] struct {
	Description
	bind    func(*param.Set) any
	perform func(C, any) (wire.Answer, error)
}

// A Request declares the parameters of an action. It is a pointer.
type Request interface{ Params(*param.Set) }

// Regional is implemented by requests that name a region.
type Regional interface{ RegionID() string }

// Idempotent is implemented by requests that have a client token.
type Idempotent interface{ ClientToken() string }

// Define returns an action that is carried out by a method. Its parameters and its
// answer are described by the types of the method, which are pointers: so all actions
// share one instance of the generic code.
func Define[C any, Q Request, A wire.Answer](spec Spec, method func(C, Q) (A, error)) *Action[C] {
	request, answer := reflect.TypeFor[Q]().Elem(), reflect.TypeFor[A]().Elem()
	return &Action[C]{
		Description: Description{
			Spec:   spec,
			Params: param.Describe(reflect.New(request).Interface().(Request).Params),
			Answer: wire.Describe(reflect.New(answer).Interface().(wire.Answer)),
		},
		bind: func(s *param.Set) any {
			q := reflect.New(request).Interface()
			q.(Q).Params(s)
			return q
		},
		perform: func(c C, q any) (wire.Answer, error) {
			a, err := method(c, q.(Q))
			if err != nil {
				return nil, err
			}
			return a, nil
		},
	}
}

// FullName returns the name with that of the product, as in Vpc.TagResources.
func (d *Description) FullName() string { return fullName(d.Product, d.Name) }

func fullName(p *Product, action string) string {
	if p == nil {
		return action
	}
	return p.Name + "." + action
}

// Named reports whether the name is that of the action, with or without its product.
func (d *Description) Named(name string) bool {
	return names(name, d.Product, d.Name)
}

// names reports whether a name is that of an action, with or without its product.
func names(name string, p *Product, action string) bool {
	if name == action {
		return true
	}
	product, rest, qualified := strings.Cut(name, ".")
	return qualified && rest == action && p != nil && product == p.Name
}

// Takes reports whether the action has a parameter that is sent by the name.
func (d *Description) Takes(name string) bool { return param.Takes(d.Params, name) }

// Decode returns the request of a call, checked as far as possible without the world.
// In strict mode a parameter that the action does not know is an error.
func (a *Action[C]) Decode(c *Call, strict bool) (request any, err error) {
	c.set = param.Decode(&c.Params, strict, int(c.Edition))
	request = a.bind(&c.set)
	c.Notes, c.reader = append(c.Notes, c.set.Notes()...), &a.Description
	if c.set.Err() != nil || !strict {
		return request, c.set.Err()
	}
	for i := range c.Params {
		if p := &c.Params[i]; !p.Read {
			return request, &param.Error{Name: p.Name, Path: p.Name, Err: ErrUnknown}
		}
	}
	return request, nil
}

// Perform carries out a decoded request.
func (a *Action[C]) Perform(caller C, request any) (wire.Answer, error) {
	return a.perform(caller, request)
}

// Fail returns the outcome of an error of the action.
func (d *Description) Fail(err error, edition Edition) Outcome {
	return Answer(d.Failures, err, edition)
}

// Answer returns the outcome of an error by a table, or where the table has no row
// for it, by Gateway.
func Answer(rows []*Failure, err error, edition Edition) Outcome {
	row, name := find(rows, err, edition)
	if row == nil {
		return Refuse(err)
	}
	return outcome(row, name, err)
}

// Refuse returns the outcome of an error by Gateway. An error without a row is
// ErrInternal.
func Refuse(err error) Outcome {
	row, name := find(Gateway, err, 0)
	if row == nil {
		row, _ = find(Gateway, ErrInternal, 0)
	}
	return outcome(row, name, err)
}

func outcome(row *Failure, name string, err error) Outcome {
	if row.Status == 200 {
		return Outcome{Status: 200, Err: err}
	}
	return Outcome{Status: int(row.Status), Code: row.Code, Message: row.message(name, err), Err: err}
}
