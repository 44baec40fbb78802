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
	Type   string  // String, Integer, Boolean or Array
	Item   string  `json:",omitempty"` // of an Array: the name each item has in XML, and the JSON key of the list
	Fields []Field `json:",omitempty"` // of an Array's items; none for items of text
}

// Writer writes the fields of one answer, or describes them.
type Writer struct {
	buf      []byte
	format   Format
	describe *[]Field // where fields are described, nil when they are written
}

// To makes a writer that appends to buf.
func To(buf []byte, f Format) Writer { return Writer{buf: buf, format: f} }

// Describe runs an answer's declaration to tell its fields. Answer may be a zero
// value: lists describe their items whether or not there are any.
func Describe(a Answer) []Field {
	fields := []Field{}
	a.Fields(&Writer{describe: &fields})
	return fields
}

// Text writes a text; an absent text is "".
func (w *Writer) Text(name, value string) {
	if w.begin(name, "String") {
		w.text(value)
		w.end(name)
	}
}

// Int writes a number; in JSON it is a number too, never a string.
func (w *Writer) Int(name string, value int) {
	if w.begin(name, "Integer") {
		w.buf = strconv.AppendInt(w.buf, int64(value), 10)
		w.end(name)
	}
}

// Bool writes true or false.
func (w *Writer) Bool(name string, value bool) {
	if w.begin(name, "Boolean") {
		w.buf = strconv.AppendBool(w.buf, value)
		w.end(name)
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
	w.list(name, item, len(items), func(i int) {
		w.mark('{')
		fields(&items[i], w)
		w.mark('}')
	})
}

// Texts writes texts in their wrapper: <Kinds><Kind>a</Kind></Kinds> in XML,
// "Kinds":{"Kind":["a"]} in JSON.
func (w *Writer) Texts(name, item string, texts []string) {
	if w.describe != nil {
		w.note(Field{Name: name, Type: "Array", Item: item})
		return
	}
	w.list(name, item, len(texts), func(i int) { w.text(texts[i]) })
}

func (w *Writer) list(name, item string, n int, write func(i int)) {
	if w.format == XML {
		w.open(name)
		for i := range n {
			w.open(item)
			write(i)
			w.close(item)
		}
		w.close(name)
		return
	}
	w.key(name)
	w.mark('{')
	w.key(item)
	w.mark('[')
	for i := range n {
		w.comma()
		write(i)
	}
	w.mark(']')
	w.mark('}')
}

// begin begins a field that is to be written. One that is described is done.
func (w *Writer) begin(name, kind string) bool {
	switch {
	case w.describe != nil:
		w.note(Field{Name: name, Type: kind})
		return false
	case w.format == JSON:
		w.key(name)
	default:
		w.open(name)
	}
	return true
}

func (w *Writer) end(name string) {
	if w.format == XML {
		w.close(name)
	}
}

func (w *Writer) text(value string) {
	if w.format == JSON {
		w.buf = appendJSON(w.buf, value)
		return
	}
	w.buf = appendXML(w.buf, value, xmlEscape)
}

// mark writes a brace or bracket, where the format has any.
func (w *Writer) mark(c byte) {
	if w.format == JSON {
		w.buf = append(w.buf, c)
	}
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
