// Package form reads and writes JSON documents that people write by hand. The
// fields of an object are declared once, by calls of its methods in the order in
// which they are written; the same calls read them, in whatever order they come.
//
// Reading stops at the first error, which has the JSON path of the field that is
// wrong. A field that no call declares is an error.
package form

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/ascii"
	"github.com/ecsmock/ecsmock/internal/param"
)

// A Value is a field that reads and prints itself, as a flag.Value does. The text of
// an absent value is "".
type Value interface {
	Set(text string) error
	String() string
}

// An Error is why a document is refused.
type Error struct {
	Path string // of the JSON value, "" for the whole document
	Err  error
}

func (e *Error) Error() string {
	if e.Path == "" {
		return e.Err.Error()
	}
	return e.Path + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// Why a document is refused, besides the errors of its values.
var (
	ErrEmpty    = errors.New("the document is empty")
	ErrNoField  = errors.New("there is no such field")
	ErrTwice    = errors.New("the field is given twice; leave one of them out")
	ErrRequired = errors.New("the field is required")
)

// An Object is a JSON object that is being read or written.
type Object struct {
	out   *printer // in writing, else nil
	path  string
	err   *error // in reading: the first error of the document
	given []member
	names []string // of the fields that are declared
	keep  bool     // in writing: the next list, if it is empty
}

// Read reads a JSON object. All errors are of the type *Error.
func Read(text []byte, declare func(*Object)) error {
	return read(text, func(root *Object, raw []byte) { root.read(raw, declare) })
}

// ReadAll reads a JSON object, or a list of them, each as it is declared.
func ReadAll(text []byte, declare func(*Object)) error {
	return read(text, func(root *Object, raw []byte) {
		if kind(raw) == aList {
			root.elements(raw, func(o *Object, raw []byte) { o.read(raw, declare) })
			return
		}
		root.read(raw, declare)
	})
}

func read(text []byte, declare func(root *Object, raw []byte)) (err error) {
	if err := checkSyntax(text); err != nil {
		return &Error{Err: err}
	}
	declare(&Object{err: &err}, bytes.TrimSpace(text))
	return err
}

// Reading reports whether the object is being read, not written.
func (o *Object) Reading() bool { return o.out == nil }

// Failed reports whether reading has found an error. What was read is not to be used then.
func (o *Object) Failed() bool { return o.err != nil && *o.err != nil }

// Fail refuses a field, or the object itself if name is "".
func (o *Object) Fail(name string, err error) {
	if o.Failed() {
		return
	}
	path := o.path
	if name != "" {
		path = join(path, name)
	}
	*o.err = &Error{path, err}
}

// Has reports whether the object that is read has a field.
func (o *Object) Has(name string) bool {
	for i := range o.given {
		if o.given[i].name == name {
			return true
		}
	}
	return false
}

// Value declares a field with a string. An empty string is an absent field.
func (o *Object) Value(name string, v Value) {
	if o.Reading() {
		o.set(name, o.take(name, aString), v)
		return
	}
	if text := v.String(); text != "" {
		o.out.field(name)
		o.out.quote(text)
	}
}

// Number declares a value that is written as a number. It may be read from a string, too.
func (o *Object) Number(name string, v Value) {
	if o.Reading() {
		o.set(name, o.take(name, aNumber, aString), v)
		return
	}
	if text := v.String(); text != "" {
		o.out.field(name)
		o.out.text = append(o.out.text, text...)
	}
}

// Required declares a value that must be given.
func (o *Object) Required(name string, v Value) {
	o.Value(name, v)
	if o.Reading() && v.String() == "" {
		o.Fail(name, ErrRequired)
	}
}

// Default declares a value that is left out where it is the usual one.
func (o *Object) Default(name string, v Value, usual string) {
	if o.Reading() {
		v.Set(usual) // a text that the value accepts
		o.Value(name, v)
		return
	}
	if v.String() != usual {
		o.Value(name, v)
	}
}

// Text declares a field with any string.
func (o *Object) Text(name string, text *string) { o.Value(name, (*anyText)(text)) }

type anyText string

func (t *anyText) Set(text string) error { *t = anyText(text); return nil }

func (t *anyText) String() string { return string(*t) }

// ReadObject reads a field with an object of any fields, as it is written.
func (o *Object) ReadObject(name string, into *[]byte) {
	if raw := o.take(name, anObject); raw != nil {
		*into = bytes.Clone(raw)
	}
}

// Flag declares a field that is true or left out.
func (o *Object) Flag(name string, v *bool) {
	if o.Reading() {
		if raw := o.take(name, aBoolean); raw != nil {
			*v = raw[0] == 't'
		}
		return
	}
	if *v {
		o.out.field(name)
		o.out.text = append(o.out.text, "true"...)
	}
}

// ReadMap reads a field with an object of strings, which may be written as numbers.
func (o *Object) ReadMap(name string, into *map[string]string) {
	raw := o.take(name, anObject)
	if raw == nil {
		return
	}
	sub := &Object{err: o.err, path: join(o.path, name), given: members(raw, nil)}
	*into = map[string]string{}
	for _, m := range sub.given {
		text := sub.take(m.name, aString, aNumber)
		if text != nil && text[0] == '"' {
			text = unquote(text)
		}
		(*into)[m.name] = string(text)
	}
}

// read reads a JSON value, which must be an object.
func (o *Object) read(raw []byte, declare func(*Object)) {
	if kind(raw) != anObject {
		what := "must be"
		if o.path == "" {
			what = "the document must be"
		}
		o.Fail("", fmt.Errorf("%s an object, got %s", what, kind(raw)))
		return
	}
	o.given, o.names = members(raw, o.given), o.names[:0]
	declare(o)
	for i := range o.given {
		if m := &o.given[i]; !m.taken && !o.Failed() {
			o.Fail(m.name, fmt.Errorf("%w; %s", ErrNoField,
				param.DidYouMean(m.name, o.names, "the fields are "+strings.Join(o.names, ", "))))
		}
	}
}

// take returns a field's JSON, nil if it is absent or of none of the kinds.
func (o *Object) take(name string, kinds ...string) (raw []byte) {
	o.names = append(o.names, name)
	for i := range o.given {
		m := &o.given[i]
		switch {
		case m.name != name:
		case raw != nil:
			o.Fail(name, ErrTwice)
		default:
			m.taken, raw = true, m.raw
		}
	}
	if raw == nil {
		return nil
	}
	for _, k := range kinds {
		if kind(raw) == k {
			return raw
		}
	}
	o.Fail(name, fmt.Errorf("must be %s, got %s", kinds[0], kind(raw)))
	return nil
}

// set reads a field's JSON, nil if it is absent.
func (o *Object) set(name string, raw []byte, v Value) {
	if len(raw) > 0 && raw[0] == '"' {
		raw = unquote(raw)
	}
	if len(raw) == 0 {
		return
	}
	if err := v.Set(string(raw)); err != nil {
		o.Fail(name, err)
	}
}

// join returns the path of a field of the object at path.
func join(path, name string) string {
	switch {
	case !ascii.IsWord(name, "_"):
		return path + "[" + strconv.Quote(name) + "]"
	case path == "":
		return name
	}
	return path + "." + name
}
