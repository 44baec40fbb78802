// Package wire writes answers in JSON and XML. An answer declares its fields once; the
// same declaration writes JSON, writes XML and describes the answer.
//
// encoding/json and encoding/xml do not fit: they escape characters that the service does
// not escape (\u003c, &#34;), write null for an empty list, and cost ten times as much.
package wire

import "strconv"

// A Format is the format of an answer.
type Format uint8

// The formats.
const (
	XML Format = iota
	JSON
)

// An Answer declares the fields of an answer.
type Answer interface{ Fields(w *Writer) }

// A Field describes one field of an answer.
type Field struct {
	Name   string
	Type   string  // String, Integer, Boolean, Object or Array
	Item   string  `json:",omitempty"` // of an Array: the name of an item in XML, and the key of the list in JSON
	Plain  bool    `json:",omitempty"` // of an Array: in JSON it is the list itself, without an object around it
	Fields []Field `json:",omitempty"` // of an Object, or of an item of an Array; none for texts
}

// A Writer writes the fields of one answer, or describes them.
type Writer struct {
	buf      []byte
	format   Format
	describe *[]Field // the descriptions, nil where fields are written
}

// To returns a writer that appends to buf.
func To(buf []byte, f Format) Writer { return Writer{buf: buf, format: f} }

// Describe returns the fields that an answer declares. The answer may be a zero value:
// an empty list describes its items too.
func Describe(a Answer) []Field {
	fields := []Field{}
	a.Fields(&Writer{describe: &fields})
	return fields
}

// Text writes a text.
func (w *Writer) Text(name, value string) {
	if w.begin(name, "String") {
		w.text(value)
		w.end(name)
	}
}

// Int writes a number. It is a number in JSON too, not a string.
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

// Object writes fields in an object: <VpcAttributes><VpcId>…</VpcId></VpcAttributes> in
// XML, "VpcAttributes":{"VpcId":…} in JSON.
func (w *Writer) Object(name string, fields func(*Writer)) {
	if w.describe != nil {
		inner := []Field{}
		fields(&Writer{describe: &inner})
		w.note(Field{Name: name, Type: "Object", Fields: inner})
		return
	}
	w.begin(name, "Object")
	w.mark('{')
	fields(w)
	w.mark('}')
	w.end(name)
}

// List writes items in a wrapper: <Regions><Region>…</Region></Regions> in XML,
// "Regions":{"Region":[{…}]} in JSON. An empty list has the wrapper too.
//
//go:noinline
func List[T any](w *Writer, name, item string, items []T, fields func(*T, *Writer)) {
	w.objects(name, item, false, len(items), func(i int, w *Writer) { fields(element(items, i), w) })
}

// PlainList writes items as newer actions do: in XML as List does, in JSON without the
// object, "Entries":[{…}].
//
//go:noinline
func PlainList[T any](w *Writer, name, item string, items []T, fields func(*T, *Writer)) {
	w.objects(name, item, true, len(items), func(i int, w *Writer) { fields(element(items, i), w) })
}

// element returns an element of a list, or a new one for a description, whose index is
// described.
func element[T any](items []T, i int) *T {
	if i == described {
		return new(T)
	}
	return &items[i]
}

const described = -1

// objects writes n objects, whose fields a function writes by their index.
func (w *Writer) objects(name, item string, plain bool, n int, fields func(i int, w *Writer)) {
	if w.describe != nil {
		inner := []Field{}
		fields(described, &Writer{describe: &inner})
		w.note(Field{Name: name, Type: "Array", Item: item, Plain: plain, Fields: inner})
		return
	}
	w.list(name, item, plain, n, func(i int) {
		w.mark('{')
		fields(i, w)
		w.mark('}')
	})
}

// Texts writes texts in a wrapper: <Kinds><Kind>a</Kind></Kinds> in XML,
// "Kinds":{"Kind":["a"]} in JSON.
func (w *Writer) Texts(name, item string, texts []string) {
	if w.describe != nil {
		w.note(Field{Name: name, Type: "Array", Item: item})
		return
	}
	w.list(name, item, false, len(texts), func(i int) { w.text(texts[i]) })
}

func (w *Writer) list(name, item string, plain bool, n int, write func(i int)) {
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
	if !plain {
		w.mark('{')
		w.key(item)
	}
	w.mark('[')
	for i := range n {
		w.comma()
		write(i)
	}
	w.mark(']')
	if !plain {
		w.mark('}')
	}
}

// begin begins a field and reports whether its value must be written: a field that is
// described has none.
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

// mark writes a brace or a bracket in JSON.
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

// comma writes a comma unless the object or list has just begun.
func (w *Writer) comma() {
	if n := len(w.buf); n > 0 && w.buf[n-1] != '{' && w.buf[n-1] != '[' {
		w.buf = append(w.buf, ',')
	}
}
