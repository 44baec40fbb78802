package store

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// form is one object of the state, being read or being written. An object's
// fields are declared once, as calls of the form's methods in the order in which
// they are written; the same calls read them in whatever order they come. What
// no call has asked for is an unknown field.
//
// The first fault of a state is kept and ends the reading; the calls after it do
// nothing that matters.
type form struct {
	out   *printer // writing, else nil
	fault **fault  // reading: the first one of the whole state

	up     *form // the object around it, in whose list name it has an index
	name   string
	index  int
	fields []member
	asked  []string // the names of fields that there may be
}

// writeForm writes an object as it is declared.
func writeForm(declare func(*form)) []byte {
	f := &form{out: &printer{}}
	f.out.open('{')
	declare(f)
	f.out.close('}')
	return append(f.out.text, '\n')
}

// readForm reads a JSON object as it is declared.
func readForm(text []byte, declare func(*form)) error {
	if err := checkSyntax(text); err != nil {
		return err
	}
	var first *fault
	f := &form{fault: &first}
	f.read(bytes.TrimSpace(text), declare)
	if first != nil {
		return first
	}
	return nil
}

func (f *form) reading() bool { return f.out == nil }

func (f *form) failed() bool { return f.fault != nil && *f.fault != nil }

// fail tells what is wrong with a field, "" for the object itself.
func (f *form) fail(name string, err error) {
	if f.failed() {
		return
	}
	path := f.path()
	if name != "" {
		path = step(path, name)
	}
	*f.fault = &fault{path, err}
}

func (f *form) path() string {
	if f.up == nil {
		return ""
	}
	return step(f.up.path(), f.name) + "[" + strconv.Itoa(f.index) + "]"
}

// read reads a sound JSON value, which is to be an object.
func (f *form) read(raw []byte, declare func(*form)) {
	if kind(raw) != anObject {
		f.fail("", stands(raw, anObject))
		return
	}
	f.fields, f.asked = members(raw, f.fields), f.asked[:0]
	declare(f)
	for i := range f.fields {
		if !f.fields[i].used && !f.failed() {
			f.fail(string(f.fields[i].name), fmt.Errorf("%w; there are %s", errNoField, strings.Join(f.asked, ", ")))
		}
	}
}

// take is a field's JSON, if it is given and is one of two kinds.
func (f *form) take(name, kind1, kind2 string) (raw []byte, ok bool) {
	f.asked = append(f.asked, name)
	for i := range f.fields {
		m := &f.fields[i]
		switch {
		case string(m.name) != name:
		case ok:
			f.fail(name, errTwice)
		default:
			m.used, raw, ok = true, m.raw, true
		}
	}
	if ok && kind(raw) != kind1 && kind(raw) != kind2 {
		f.fail(name, stands(raw, kind1))
		return nil, false
	}
	return raw, ok
}

func stands(raw []byte, wanted string) error {
	return fmt.Errorf("%s stands where %s belongs", kind(raw), wanted)
}

// value is a field of text. An empty text is an absent one, in both ways.
func (f *form) value(name string, v secgroup.Value) {
	if f.reading() {
		raw, ok := f.take(name, aText, aText)
		f.set(name, raw, ok, v)
		return
	}
	if text := v.String(); text != "" {
		f.out.field(name)
		f.out.quote(text)
	}
}

// number is a value that is written as a number, and read as one or as a text.
func (f *form) number(name string, v secgroup.Value) {
	if f.reading() {
		raw, ok := f.take(name, aNumber, aText)
		f.set(name, raw, ok, v)
		return
	}
	if text := v.String(); text != "" {
		f.out.field(name)
		f.out.text = append(f.out.text, text...)
	}
}

func (f *form) set(name string, raw []byte, given bool, v secgroup.Value) {
	if !given {
		return
	}
	if raw[0] == '"' {
		raw = unquote(raw)
	}
	if len(raw) == 0 {
		return
	}
	if err := v.Set(string(raw)); err != nil {
		f.fail(name, err)
	}
}

// needed is a value that must be given.
func (f *form) needed(name string, v secgroup.Value) {
	f.value(name, v)
	if f.reading() && v.String() == "" {
		f.fail(name, errNeeded)
	}
}

// usual is a value that is left out where it is the usual one.
func (f *form) usual(name string, v secgroup.Value, usual string) {
	switch {
	case f.reading():
		f.set(name, []byte(usual), true, v)
		f.value(name, v)
	case v.String() != usual:
		f.value(name, v)
	}
}

// flag is a field that is true or left out.
func (f *form) flag(name string, v *bool) {
	if f.reading() {
		if raw, ok := f.take(name, aFlag, aFlag); ok {
			*v = raw[0] == 't'
		}
		return
	}
	if *v {
		f.out.field(name)
		f.out.text = append(f.out.text, "true"...)
	}
}
