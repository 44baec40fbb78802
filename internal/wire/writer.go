// Package wire writes answers. An answer declares its fields once, and the same
// declaration writes JSON, writes XML and describes the answer.
//
// It is not encoding/json or encoding/xml: those escape what the service does not
// (\u003c, &#34;), write null for an empty list and cost ten times as much.
package wire

import "strconv"

// Format is how an answer is written.
type Format uint8

// The formats.
const (
	XML Format = iota
	JSON
)

// Answer declares what an action answers, field by field.
type Answer interface{ Fields(w *Writer) }

// Field describes one field of an answer.
type Field struct {
	Name   string
	Type   string  // String, Integer, Boolean, Object or Array
	Item   string  `json:",omitempty"` // of an Array: the name each item has in XML, and the JSON key of the list
	Fields []Field `json:",omitempty"` // of an Object, or of an Array's items; none for items of text
}

// Writer writes the fields of one answer, or describes them.
type Writer struct {
	buf      []byte
	format   Format
	describe *[]Field // where fields are described, nil when they are written
}

// Describe runs an answer's declaration to tell its fields. Answer may be a zero
// value: lists describe their items whether or not there are any.
func Describe(a Answer) []Field {
	fields := []Field{}
	a.Fields(&Writer{describe: &fields})
	return fields
}

// Text writes a text; an absent text is "".
func (w *Writer) Text(name, value string) {
	switch {
	case w.describe != nil:
		w.note(Field{Name: name, Type: "String"})
	case w.format == JSON:
		w.key(name)
		w.buf = appendJSON(w.buf, value)
	default:
		w.open(name)
		w.buf = appendXML(w.buf, value)
		w.close(name)
	}
}

// Int writes a number; in JSON it is a number too, never a string.
func (w *Writer) Int(name string, value int) {
	switch {
	case w.describe != nil:
		w.note(Field{Name: name, Type: "Integer"})
	case w.format == JSON:
		w.key(name)
		w.buf = strconv.AppendInt(w.buf, int64(value), 10)
	default:
		w.open(name)
		w.buf = strconv.AppendInt(w.buf, int64(value), 10)
		w.close(name)
	}
}

// Bool writes true or false.
func (w *Writer) Bool(name string, value bool) {
	switch {
	case w.describe != nil:
		w.note(Field{Name: name, Type: "Boolean"})
	case w.format == JSON:
		w.key(name)
		w.buf = strconv.AppendBool(w.buf, value)
	default:
		w.open(name)
		w.buf = strconv.AppendBool(w.buf, value)
		w.close(name)
	}
}

// List writes items in their wrapper: <Regions><Region>…</Region></Regions> in
// XML, "Regions":{"Region":[{…}]} in JSON. An empty list keeps its wrapper.
func List[T any](w *Writer, name, item string, items []T, fields func(*T, *Writer)) {
	if w.describe != nil {
		inner := []Field{}
		fields(new(T), &Writer{describe: &inner})
		w.note(Field{Name: name, Type: "Array", Item: item, Fields: inner})
		return
	}
	w.list(name, item, len(items), func(i int) { fields(&items[i], w) })
}

func (w *Writer) list(name, item string, n int, fields func(i int)) {
	if w.format == XML {
		w.open(name)
		for i := range n {
			w.open(item)
			fields(i)
			w.close(item)
		}
		w.close(name)
		return
	}
	w.key(name)
	w.buf = append(w.buf, '{')
	w.key(item)
	w.buf = append(w.buf, '[')
	for i := range n {
		w.comma()
		w.buf = append(w.buf, '{')
		fields(i)
		w.buf = append(w.buf, '}')
	}
	w.buf = append(w.buf, "]}"...)
}

func (w *Writer) note(f Field) { *w.describe = append(*w.describe, f) }

func (w *Writer) open(name string) {
	w.buf = append(append(append(w.buf, '<'), name...), '>')
}

func (w *Writer) close(name string) {
	w.buf = append(append(append(w.buf, "</"...), name...), '>')
}

func (w *Writer) key(name string) {
	w.comma()
	w.buf = append(append(append(w.buf, '"'), name...), `":`...)
}

// comma separates from what came before in the same object or list, if anything did.
func (w *Writer) comma() {
	if n := len(w.buf); n > 0 && w.buf[n-1] != '{' && w.buf[n-1] != '[' {
		w.buf = append(w.buf, ',')
	}
}
