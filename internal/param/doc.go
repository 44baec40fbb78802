package param

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
