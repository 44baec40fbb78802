// Package param binds the parameters of a request. An action declares what it
// takes once, as a sequence of calls on a Set; the declaration, run on a zero
// value, describes the parameters, and, run on a request, decodes them.
//
// The order of the calls is the order of the checks: the first thing wrong is
// what the client is told. Everything is read all the same, so that a parameter
// which nobody reads can be told apart.
package param

import (
	"cmp"
	"errors"
	"strings"
)

// Value is a place for one parameter, which parses itself.
type Value interface{ Set(text string) error }

// strictly is a value that knows more to refuse when leniency is off.
type strictly interface{ Strictly(text string) error }

// absenter is a value that has a text for none.
type absenter interface{ Absent(text string) bool }

// What can be wrong with a parameter whatever its type. A parameter's own type has its own causes.
var (
	ErrMissing = errors.New("the parameter is required")
	ErrInvalid = errors.New("the value is not of the parameter's type")
	ErrIndex   = errors.New("the number in the parameter's name is not one that the list may have")
	ErrJSON    = errors.New("the value is no JSON list of objects")
	ErrForms   = errors.New("the rules are given in one form only: by id, as a list of permissions, or by plain parameters")
)

// Param is one parameter as it was sent.
type Param struct {
	Name, Value string
	InBody      bool
	Read        bool // somebody asked for it
	Derived     bool // it was not sent so: it comes out of a JSON value, or out of the host
	Unfolded    bool // its value is JSON, out of which other parameters came
}

// Error tells which parameter is wrong, and why.
type Error struct {
	Name  string // as the declaration has it: SourceCidrIp
	Path  string // as it was sent: Permissions.1.SourceCidrIp
	Value string
	Err   error
}

func (e *Error) Error() string { return e.Path + ": " + e.Err.Error() }

func (e *Error) Unwrap() error { return e.Err }

// Parameter is the name of the parameter.
func (e *Error) Parameter() string { return e.Name }

// Hint tells a person what was sent and what would have been right.
func (e *Error) Hint() string {
	why := e.Err.Error()
	if h := (interface{ Hint() string })(nil); errors.As(e.Err, &h) {
		why = cmp.Or(h.Hint(), why)
	}
	if e.Value == "" {
		return e.Path + ": " + why
	}
	return e.Path + `="` + e.Value + `": ` + why
}

// Set is the parameters of one request, or of one element of a list in it.
type Set struct {
	sent   *[]Param
	pick   []member // which of sent are in this scope, nil for all
	scope  string   // what the names in this scope begin with, such as "Permissions.1."
	strict bool

	err      error
	notes    []string
	outer    Param  // the last that Outer was asked for: every element of a list asks for the same
	why      string // set while what is read is ignored
	partial  bool   // nothing is required
	probing  bool   // only looking whether anything is there
	found    bool
	describe *[]Doc
	current  Var
}

// Decode makes a set that reads what was sent. Strict refuses what the document
// forbids though the service lets it pass.
func Decode(sent *[]Param, strict bool) Set { return Set{sent: sent, strict: strict} }

// Err is the first thing that was wrong.
func (s *Set) Err() error { return s.err }

// Notes are sentences about what was ignored.
func (s *Set) Notes() []string { return s.notes }

// Strict tells whether leniency is off.
func (s *Set) Strict() bool { return s.strict }

// Fail tells what is wrong between parameters that are fine one by one. It does
// nothing once something is wrong, nor while parameters are being described.
func (s *Set) Fail(err error) {
	if err != nil && s.scope != "" {
		e := &Error{Path: s.path(""), Err: err}
		if p := (interface{ Parameter() string })(nil); errors.As(err, &p) {
			e.Name = p.Parameter()
		}
		err = e
	}
	s.fail(err)
}

func (s *Set) fail(err error) {
	if s.err == nil && s.describe == nil && !s.probing {
		s.err = err
	}
}

// Outer is the value of a parameter of the request itself, whatever the scope.
func (s *Set) Outer(name string) string {
	if s.sent == nil || s.outer.Name == name {
		return s.outer.Value
	}
	s.outer = Param{Name: name}
	for _, p := range *s.sent {
		if p.Name == name {
			s.outer.Value = p.Value
		}
	}
	return s.outer.Value
}

// Partial lifts the requirements of what is read from here on, as long as when
// holds: a request that changes something need not tell the rest of it again.
func (s *Set) Partial(when bool) { s.partial = when }

// IsPartial tells whether nothing is required.
func (s *Set) IsPartial() bool { return s.partial }

// Describing tells whether the declaration is run to tell what there is.
func (s *Set) Describing() bool { return s.describe != nil }

// Ignoring makes the set pass over what is read from here on, telling why, as
// long as when holds. Ignoring(false, "") ends it.
func (s *Set) Ignoring(when bool, why string) {
	s.why = ""
	if when && s.describe == nil {
		s.why = why
	}
}

// Ignored is a parameter that is known but does nothing.
func (s *Set) Ignored(name, why string) {
	if s.describe != nil {
		return
	}
	switch _, state := s.take(name, nil); {
	case state != given:
	case s.probing:
		s.found = true
	default:
		s.ignored(name, why)
	}
}

func (s *Set) ignored(name, why string) {
	s.notes = append(s.notes, s.path(name)+" is ignored: "+why)
}

// Var binds a parameter to the place for its value.
func (s *Set) Var(v Value, name, description string) *Var {
	s.current = Var{set: s, name: name}
	if s.describe != nil {
		s.current.doc = s.document(v, name, description)
		return &s.current
	}
	text, state := s.take(name, v)
	s.current.state = state
	switch {
	case state == given && s.probing:
		s.found = true
	case state == given && s.why != "":
		s.ignored(name, s.why)
	case state == given && s.err == nil:
		s.current.fail(text, s.set(v, text))
	}
	return &s.current
}

func (s *Set) set(v Value, text string) error {
	if err := v.Set(text); err != nil || !s.strict {
		return err
	}
	if v, ok := v.(strictly); ok {
		return v.Strictly(text)
	}
	return nil
}

// String binds a parameter of any text.
func (s *Set) String(v *string, name, description string) *Var {
	return s.Var((*text)(v), name, description)
}

type text string

func (t *text) Set(v string) error { *t = text(v); return nil }

// take finds a parameter of this scope and marks it as read. Of two with one name
// the last counts: a body's come after the query's.
func (s *Set) take(name string, v Value) (string, state) {
	value, found := "", absent
	if s.pick == nil { // so there is no scope, and nothing to cut off: most calls are so
		for i := range *s.sent {
			if p := &(*s.sent)[i]; p.Name == name {
				value, found = p.read(v)
			}
		}
		return value, found
	}
	for i := range s.pick {
		if p := s.at(i); s.rest(p) == name {
			value, found = p.read(v)
		}
	}
	return value, found
}

// read marks the parameter as read. A text that its value takes for none makes it blank.
func (p *Param) read(v Value) (string, state) {
	p.Read = true
	if a, ok := v.(absenter); ok && a.Absent(p.Value) {
		p.Value = ""
	}
	if p.Value == "" {
		return "", blank
	}
	return p.Value, given
}

// len is how many parameters are in this scope.
func (s *Set) len() int {
	if s.pick == nil {
		return len(*s.sent)
	}
	return len(s.pick)
}

// at is one of the parameters in this scope.
func (s *Set) at(i int) *Param { return &(*s.sent)[s.index(i)] }

func (s *Set) index(i int) int {
	if s.pick == nil {
		return i
	}
	return s.pick[i].param
}

// rest is what follows the scope in a name: IpProtocol of Permissions.1.IpProtocol.
// It is "" for Permissions.1 itself.
func (s *Set) rest(p *Param) string { return p.Name[min(len(s.scope), len(p.Name)):] }

// path is the whole name of a parameter of this scope, "" for the element itself.
func (s *Set) path(name string) string {
	if name == "" {
		return strings.TrimSuffix(s.scope, ".")
	}
	return s.scope + name
}
