// Package param binds the parameters of a request to the fields of a Go value. An
// action declares its parameters once, as a sequence of calls on a Set. Run on a zero
// value, the declaration describes the parameters; run on a request, it decodes them.
//
// The order of the calls is the order of the checks: the first fault is the one that
// is reported. Decoding continues after a fault, so that every known parameter is
// marked as read.
package param

import (
	"cmp"
	"errors"
	"strings"
)

// A Value is a place for one parameter and parses its text.
//
// These methods of a Value are optional: Type() string is the type in the
// documentation, Values() []string the closed set of values, Length() (least, most
// int) the limit in characters, Range() (least, most int) that of a number.
type Value interface{ Set(text string) error }

// strictValue is a Value that refuses more in strict mode, by the documentation of an
// edition, which is a year.
type strictValue interface {
	Strictly(text string, edition int) error
}

// absentValue is a Value for which some text means that the parameter is absent.
type absentValue interface{ Absent(text string) bool }

// Errors of parameters of any type. The types of single parameters have more.
var (
	ErrMissing = errors.New("the parameter is required")
	ErrInvalid = errors.New("the value is invalid")
	ErrIndex   = errors.New("the number in the parameter's name is outside the range of the list")
	ErrJSON    = errors.New("the value is not a JSON array of objects")
	ErrForms   = errors.New("give the rules in one form only: by id, as Permissions, or as plain parameters")
)

// An Error is the fault of one parameter.
type Error struct {
	Name  string // as declared: SourceCidrIp
	Path  string // as sent: Permissions.1.SourceCidrIp
	Value string
	Err   error
}

func (e *Error) Error() string { return e.Path + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Parameter returns the declared name of the parameter.
func (e *Error) Parameter() string { return e.Name }

// Hint returns a sentence that shows what was sent and what would be right.
func (e *Error) Hint() string {
	why := e.Err.Error()
	if h := (interface{ Hint() string })(nil); errors.As(e.Err, &h) {
		why = cmp.Or(h.Hint(), why)
	} else if r := (*refused)(nil); errors.As(e.Err, &r) {
		return r.hint(e.Path, e.Value)
	}
	if e.Value == "" {
		return e.Path + ": " + why
	}
	return e.Path + `="` + e.Value + `": ` + why
}

// A Set is the parameters of one request, or of one element of a list in it.
type Set struct {
	sent    *[]Param
	pick    []member // the indexes in sent that are in this scope, nil for all
	scope   string   // the prefix of the names in this scope, such as "Permissions.1."
	names   nameSet  // of the parameters in this scope
	strict  bool
	edition int // whose documentation strict mode follows

	err      error
	notes    []string
	outer    Param  // the last result of Outer: all elements of a list ask for the same
	ignoring string // not "": the reason why parameters are ignored now
	partial  bool   // no parameter is required
	probing  bool   // only finding out whether any parameter is given
	found    bool
	describe *[]Doc
	current  Var
}

// Decode returns a set that reads the parameters of a request. In strict mode values
// are refused that the document of the edition forbids though the service accepts them.
func Decode(sent *[]Param, strict bool, edition int) Set {
	s := Set{sent: sent, strict: strict, edition: edition}
	for i := range *sent {
		s.names.add((*sent)[i].Name)
	}
	return s
}

// Err returns the first fault, or nil.
func (s *Set) Err() error { return s.err }

// Notes returns sentences about parameters that were ignored.
func (s *Set) Notes() []string { return s.notes }

// Strict reports whether the set is in strict mode.
func (s *Set) Strict() bool { return s.strict }

// Edition returns the edition that the request is read in, 0 while parameters are described.
func (s *Set) Edition() int { return s.edition }

// Fail reports a fault that lies between parameters. It does nothing where err is
// nil, after an earlier fault, and while parameters are described.
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

// Element returns the name of the list element that is in scope, such as
// "Permissions.1", or "" outside of lists.
func (s *Set) Element() string { return s.path("") }

// Outer returns the value of a parameter of the request itself, whatever the scope.
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

// Partial makes the parameters that follow optional and without defaults while on is
// true: a request that changes a thing need not repeat the rest of it.
func (s *Set) Partial(on bool) { s.partial = on }

// IsPartial reports whether parameters are optional now.
func (s *Set) IsPartial() bool { return s.partial }

// Describing reports whether the declaration is run to describe the parameters.
func (s *Set) Describing() bool { return s.describe != nil }

// Ignoring makes the set ignore the parameters that follow, for a reason, if on is
// true. Ignoring(false, "") ends it.
func (s *Set) Ignoring(on bool, reason string) {
	s.ignoring = ""
	if on && s.describe == nil {
		s.ignoring = reason
	}
}

// Ignored declares a parameter that is known and has no effect.
func (s *Set) Ignored(name, reason string) {
	if s.describe != nil {
		return
	}
	switch _, state := s.take(name, nil); {
	case state != given:
	case s.probing:
		s.found = true
	default:
		s.noteIgnored(name, reason)
	}
}

func (s *Set) noteIgnored(name, reason string) {
	s.notes = append(s.notes, s.path(name)+" is ignored: "+reason)
}

// Var binds a parameter to the place for its value.
func (s *Set) Var(v Value, name, description string) *Var {
	s.current.set, s.current.name, s.current.value = s, name, v
	if s.describe != nil {
		s.current.doc = s.document(v, name, description)
		return &s.current
	}
	text, state := s.take(name, v)
	s.current.state, s.current.text = state, text
	switch {
	case state == given && s.probing:
		s.found = true
	case state == given && s.ignoring != "":
		s.noteIgnored(name, s.ignoring)
	case state == given && s.err == nil:
		s.current.fail(text, s.set(v, text))
	}
	return &s.current
}

func (s *Set) set(v Value, text string) error {
	err := v.Set(text)
	if s.strict && err == nil {
		if strict, ok := v.(strictValue); ok {
			err = strict.Strictly(text, s.edition)
		}
	}
	if err == nil {
		return nil
	}
	return refuse(v, text, err)
}

// String binds a parameter of any text. The text is copied: it may be a part of a
// long request, which should not stay in memory with it.
func (s *Set) String(v *string, name, description string) *Var {
	return s.Var((*text)(v), name, description)
}

type text string

func (t *text) Set(v string) error { *t = text(strings.Clone(v)); return nil }

// take finds a parameter of this scope and marks it as read. Of two with one name the
// last counts; the parameters of the body come after those of the query.
func (s *Set) take(name string, v Value) (string, state) {
	value, found := "", absent
	if !s.names.mayHave(name) {
		return value, found
	}
	if s.pick == nil { // then the scope is "", and there is nothing to cut off
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

// len returns the number of parameters in this scope.
func (s *Set) len() int {
	if s.pick == nil {
		return len(*s.sent)
	}
	return len(s.pick)
}

// at returns one of the parameters in this scope.
func (s *Set) at(i int) *Param { return &(*s.sent)[s.index(i)] }

func (s *Set) index(i int) int {
	if s.pick == nil {
		return i
	}
	return s.pick[i].param
}

// rest returns the part of a name after the scope: IpProtocol of
// Permissions.1.IpProtocol, and "" of Permissions.1 itself.
func (s *Set) rest(p *Param) string { return p.Name[min(len(s.scope), len(p.Name)):] }

// path returns the whole name of a parameter of this scope, or for "" that of the
// element itself.
func (s *Set) path(name string) string {
	if name == "" {
		return strings.TrimSuffix(s.scope, ".")
	}
	return s.scope + name
}
