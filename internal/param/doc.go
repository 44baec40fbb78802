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
	Values      []string `json:",omitempty"` // where the set of values is closed
	Limits      string   `json:",omitempty"`
	Default     string   `json:",omitempty"`
	Example     string   `json:",omitempty"`
	Most        int      `json:",omitempty"` // of an Array: how many there may be
	Fields      []Doc    `json:",omitempty"` // of an Array: what each element has; one without a name is the element itself
}

// Describe runs a declaration to tell the parameters it takes.
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
