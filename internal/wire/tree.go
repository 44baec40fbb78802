package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
)

// A Tree is the fields of an answer in their order, as JSON has them. It is an answer
// itself.
type Tree struct {
	Members []Member
	fields  []Field // what the action declares, for the names of items in XML
}

// A Member is a field of a Tree. Its value is a string, a json.Number, a bool, nil, a
// *Tree, or a list []any of such values.
type Member struct {
	Name  string
	Value any
}

// ParseTree parses a JSON object.
func ParseTree(text []byte) (*Tree, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	v, err := parseValue(d, 0)
	if err != nil {
		return nil, err
	}
	if t, ok := v.(*Tree); ok && !d.More() {
		return t, nil
	}
	return nil, errors.New("must be one object")
}

// deepest is how many values may be within one another.
const deepest = 100

func parseValue(d *json.Decoder, depth int) (any, error) {
	if depth == deepest {
		return nil, errors.New("the values are nested too deeply")
	}
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		t := &Tree{}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			v, err := parseValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			t.Members = append(t.Members, Member{name.(string), v})
		}
		_, err = d.Token()
		return t, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := parseValue(d, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = d.Token()
		return list, err
	}
	return token, nil
}

// TreeOf returns the fields of an answer, nil for one without fields.
func TreeOf(a Answer, fields []Field) *Tree {
	t := &Tree{}
	if a != nil {
		w := To([]byte{'{'}, JSON)
		a.Fields(&w)
		if parsed, err := ParseTree(append(w.buf, '}')); err == nil || errors.Is(err, io.EOF) {
			t = parsed
		}
	}
	t.fields = fields
	return t
}

// Lay replaces fields by those of another tree, and adds those that are missing. Objects
// are laid over each other field by field; lists are replaced.
func (t *Tree) Lay(over *Tree) {
	for _, m := range over.Members {
		i := slices.IndexFunc(t.Members, func(has Member) bool { return has.Name == m.Name })
		if i < 0 {
			t.Members = append(t.Members, m)
			continue
		}
		under, isObject := t.Members[i].Value.(*Tree)
		if with, ok := m.Value.(*Tree); ok && isObject {
			under.Lay(with)
		} else {
			t.Members[i].Value = m.Value
		}
	}
}

// Fields writes the members.
func (t *Tree) Fields(w *Writer) { w.members(t, t.fields) }

func (w *Writer) members(t *Tree, fields []Field) {
	for _, m := range t.Members {
		f := &Field{}
		if i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == m.Name }); i >= 0 {
			f = &fields[i]
		}
		w.member(m, f)
	}
}

func (w *Writer) member(m Member, f *Field) {
	list, isList := m.Value.([]any)
	switch {
	case w.format == JSON:
		w.key(m.Name)
		w.value(m.Value, f)
	case isList && f.Item != "":
		w.open(m.Name)
		for _, v := range list {
			w.element(f.Item, v, f)
		}
		w.close(m.Name)
	case isList:
		for _, v := range list {
			w.element(m.Name, v, f)
		}
	default:
		w.element(m.Name, m.Value, f)
	}
}

// element writes an element of XML.
func (w *Writer) element(name string, v any, f *Field) {
	w.open(name)
	w.value(v, f)
	w.close(name)
}

// value writes a value in JSON, or the content of an element in XML.
func (w *Writer) value(v any, f *Field) {
	switch v := v.(type) {
	case *Tree:
		w.mark('{')
		w.members(v, f.inside())
		w.mark('}')
	case []any:
		w.mark('[')
		for _, one := range v {
			if w.format == JSON {
				w.comma()
				w.value(one, f)
			} else {
				w.element("Item", one, f)
			}
		}
		w.mark(']')
	case string:
		w.text(v)
	case nil:
		if w.format == JSON {
			w.buf = append(w.buf, "null"...)
		}
	default: // a number or a bool, which are the same in both formats
		text, _ := json.Marshal(v)
		w.buf = append(w.buf, text...)
	}
}

// inside returns the fields of what is in a field: of the object around a list, the list.
func (f *Field) inside() []Field {
	if f.Type == "Array" && !f.Plain {
		return []Field{{Name: f.Item, Type: "Array", Plain: true, Fields: f.Fields}}
	}
	return f.Fields
}
