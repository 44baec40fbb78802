package param

import (
	"fmt"
	"strconv"
)

type state uint8

const (
	absent state = iota
	blank        // there, with nothing in it
	given
)

// Var is a parameter that was just bound. Its methods say more of it, each at
// most once; they are valid until the next parameter is bound.
type Var struct {
	set    *Set
	name   string
	state  state
	number *int // where it is a number
	doc    *Doc
}

func (v *Var) fail(text string, err error) {
	s := v.set
	if err != nil && s.err == nil && !s.probing && s.why == "" {
		s.fail(&Error{Name: v.name, Path: s.path(v.name), Value: text, Err: err})
	}
}

// Require makes the parameter mandatory; blank is as good as absent.
func (v *Var) Require() *Var { return v.Else(ErrMissing) }

// Else makes the parameter mandatory and tells its absence by a cause of its own.
func (v *Var) Else(cause error) *Var {
	if v.doc != nil {
		v.doc.Required = !v.set.partial
	} else if v.state != given && !v.set.partial {
		v.fail("", cause)
	}
	return v
}

// Blank tells a parameter that is there with nothing in it by a cause of its own.
func (v *Var) Blank(cause error) *Var {
	if v.state == blank {
		v.fail("", cause)
	}
	return v
}

// NoteBlank remembers that the parameter is there with nothing in it.
func (v *Var) NoteBlank(was *bool) *Var {
	if v.state == blank {
		*was = true
	}
	return v
}

// Between bounds a number.
func (v *Var) Between(least, most int) *Var {
	if v.doc != nil {
		v.doc.Limits = fmt.Sprintf("%d to %d", least, most)
	} else if v.state == given && (*v.number < least || *v.number > most) {
		v.fail(strconv.Itoa(*v.number), ErrInvalid)
	}
	return v
}

// Example shows a value.
func (v *Var) Example(value string) *Var {
	if v.doc != nil {
		v.doc.Example = value
	}
	return v
}

// Default tells what absence means.
func (v *Var) Default(value string) *Var {
	if v.doc != nil {
		v.doc.Default = value
	}
	return v
}
