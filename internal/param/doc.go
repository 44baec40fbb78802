package param

import (
	"strconv"
	"strings"
)

// Doc describes a parameter.
type Doc struct {
	Name        string
	Type        string // String, Long, Integer, Boolean, or Array for one that is repeated
	Required    bool
	Description string
	Kind        string   `json:",omitempty"` // of what the parameter names, such as group
	Values      []string `json:",omitempty"` // where the set of values is closed
	Limits      string   `json:",omitempty"`
	Default     string   `json:",omitempty"`
	Example     string   `json:",omitempty"`
	Most        int      `json:",omitempty"` // of an Array: how many elements it may have
	Fields      []Doc    `json:",omitempty"` // of an Array: the parameters of each element; one without a name is the element itself
	Form        string   `json:",omitempty"` // the one of several, of which a request uses one, that the parameter belongs to: the name of an Array, or FlatForm
}

// FlatForm is the Form of parameters that are given without a list.
const FlatForm = "flat"

// A Limit is the least and the most that a value may be, or how long a text may be.
type Limit struct {
	Least, Most int
	Unit        string // "characters", or "" for the value itself
}

// String returns the limit as a sentence has it: "2 to 128 characters".
func (l Limit) String() string {
	text := strconv.Itoa(l.Least) + " to " + strconv.Itoa(l.Most)
	if l.Unit != "" {
		text += " " + l.Unit
	}
	return text
}

// Describe runs a declaration and returns the parameters that it declares.
func Describe(declare func(*Set)) []Doc {
	docs := []Doc{}
	declare(&Set{describe: &docs})
	return docs
}

func (s *Set) document(v Value, name, description string) *Doc {
	d := Doc{Name: name, Type: "String", Description: description}
	if t, ok := v.(interface{ Type() string }); ok {
		d.Type = t.Type()
	}
	if e, ok := v.(interface{ Values() []string }); ok {
		d.Values = e.Values()
	}
	if l, ok := v.(interface{ Length() (least, most int) }); ok {
		least, most := l.Length()
		d.Limits = Limit{least, most, "characters"}.String()
	}
	if r, ok := v.(interface{ Range() (least, most int) }); ok {
		least, most := r.Range()
		d.Limits = Limit{Least: least, Most: most}.String()
	}
	*s.describe = append(*s.describe, d)
	return &(*s.describe)[len(*s.describe)-1]
}

// Takes reports whether a request may send one of these parameters by the name: one
// that is not repeated by its own name, an element of an Array by its number too, as
// in Permissions.1.PortRange.
func Takes(docs []Doc, name string) bool {
	for i := range docs {
		d := &docs[i]
		rest, found := strings.CutPrefix(name, d.Name)
		switch {
		case !found:
		case rest == "":
			return true
		case len(d.Fields) > 0 && rest[0] == '.' && takesElement(d.Fields, rest[1:]):
			return true
		}
	}
	return false
}

func takesElement(fields []Doc, name string) bool {
	number, rest, more := strings.Cut(name, ".")
	if n, err := strconv.Atoi(number); err != nil || n < 1 {
		return false
	}
	if !more {
		return fields[0].Name == "" // the element itself
	}
	return Takes(fields, rest)
}
