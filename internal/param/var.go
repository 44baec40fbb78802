package param

import "errors"

// The methods of Var are not inlined: a thousand declarations call them, and inlined they
// would make the program larger without making a call quicker.

type state uint8

const (
	absent state = iota
	blank        // present, with an empty value
	given
)

// A Var is a parameter that was just bound. Its methods declare more of it, each at
// most once. It is valid until the next parameter is bound.
type Var struct {
	set   *Set
	name  string
	text  string // as sent
	state state
	value Value
	doc   *Doc
}

func (v *Var) fail(text string, err error) {
	s := v.set
	if err != nil && s.err == nil && !s.probing && s.ignoring == "" {
		s.fail(&Error{Name: v.name, Path: s.path(v.name), Value: text, Err: err})
	}
}

// Require makes the parameter mandatory. A blank parameter counts as absent.
//
//go:noinline
func (v *Var) Require() *Var { return v.Else(ErrMissing) }

// Else makes the parameter mandatory; cause is the error where it is absent or blank.
//
//go:noinline
func (v *Var) Else(cause error) *Var {
	if v.doc != nil {
		v.doc.Required = !v.set.partial
	} else if v.state != given && !v.set.partial {
		v.fail("", cause)
	}
	return v
}

// Blank makes cause the error where the parameter is present and empty.
//
//go:noinline
func (v *Var) Blank(cause error) *Var {
	if v.state == blank {
		v.fail("", cause)
	}
	return v
}

// NoteBlank sets isBlank where the parameter is present and empty.
//
//go:noinline
func (v *Var) NoteBlank(isBlank *bool) *Var {
	if v.state == blank {
		*isBlank = true
	}
	return v
}

// Between limits a parameter that was bound by Int.
//
//go:noinline
func (v *Var) Between(least, most int) *Var {
	limit := Limit{Least: least, Most: most}
	if v.doc != nil {
		v.doc.Limits = limit.String()
		return v
	}
	n, ok := v.value.(*integer)
	if !ok || v.state != given {
		return v
	}
	switch {
	case v.set.err != nil:
		v.replace(errLarge, limit)
	case int(*n) < least || int(*n) > most:
		v.fail(v.text, outside(limit))
	}
	return v
}

// replace replaces the error of the parameter by that of its limit if cause is the reason.
func (v *Var) replace(cause error, limit Limit) {
	if e := (*Error)(nil); errors.As(v.set.err, &e) && e.Path == v.set.path(v.name) && errors.Is(e.Err, cause) {
		e.Err = outside(limit)
	}
}

// Example shows a value.
//
//go:noinline
func (v *Var) Example(value string) *Var {
	if v.doc != nil {
		v.doc.Example = value
	}
	return v
}

// Default sets the value where the parameter is absent or blank, unless the set is
// partial.
//
//go:noinline
func (v *Var) Default(value string) *Var {
	switch s := v.set; {
	case v.doc != nil:
		v.doc.Default = value
	case v.state != given && !s.partial && !s.probing && s.ignoring == "":
		v.fail(value, v.value.Set(value))
	}
	return v
}
