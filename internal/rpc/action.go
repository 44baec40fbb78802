package rpc

import (
	"context"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// Spec is what an action says of itself.
type Spec struct {
	Name     string
	Summary  string
	Example  string    // a query that succeeds in the demo world
	Failures []Failure // its error table
	Unmade   []Failure // rows that its documents have, but that no request to a mock makes
}

// Description is an action for those who do not call it: documentation, the
// contract, the explorer.
type Description struct {
	Spec
	Params []param.Doc
	Answer []wire.Field
}

// Action is a described function of the API, called on behalf of a C: whoever
// performs the calls of one account in one region.
type Action[C any] struct {
	Description
	bind    func(*param.Set) any
	perform func(context.Context, C, any) (wire.Answer, error)
}

// Request declares the parameters of an action.
type Request[Q any] interface {
	*Q
	Params(*param.Set)
}

// Response declares the fields of an answer.
type Response[A any] interface {
	*A
	wire.Answer
}

// Define makes an action from a method. What the action takes and answers is read
// off the types of the method's request and response.
func Define[C, Q, A any, PQ Request[Q], PA Response[A]](spec Spec, method func(C, context.Context, PQ) (PA, error)) *Action[C] {
	return &Action[C]{
		Description: Description{
			Spec:   spec,
			Params: param.Describe(PQ(new(Q)).Params),
			Answer: wire.Describe(PA(new(A))),
		},
		bind: func(s *param.Set) any {
			q := PQ(new(Q))
			q.Params(s)
			return q
		},
		perform: func(ctx context.Context, c C, q any) (wire.Answer, error) {
			a, err := method(c, ctx, q.(PQ))
			if err != nil {
				return nil, err
			}
			return a, nil
		},
	}
}

// Takes reports whether the action has a parameter that is sent by the name.
func (d *Description) Takes(name string) bool { return param.Takes(d.Params, name) }

// Decode binds the call's parameters and checks what can be checked without the
// world. In strict mode a parameter that nobody read is refused.
func (a *Action[C]) Decode(c *Call, strict bool) (request any, err error) {
	c.set = param.Decode(&c.Params, strict)
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
func (a *Action[C]) Perform(ctx context.Context, caller C, request any) (wire.Answer, error) {
	return a.perform(ctx, caller, request)
}

// Fail is the outcome of an action that met err.
func (d *Description) Fail(err error, edition Edition) Outcome {
	return Answer(d.Failures, err, edition)
}

// Answer is the outcome of err by a table, or as every action answers it.
func Answer(rows []Failure, err error, edition Edition) Outcome {
	row, name := find(rows, err, edition)
	if row == nil {
		return Refuse(err)
	}
	return outcome(row, name, err)
}

// Refuse is the outcome of a request that no action saw, or of an error that every
// action answers alike.
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
	return Outcome{Status: row.Status, Code: row.Code, Message: row.message(name), Err: err}
}
