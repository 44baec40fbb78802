package param

// A Param is one parameter of a request.
type Param struct {
	Name, Value string
	InBody      bool
	Read        bool // a declaration has asked for it
	Derived     bool // not sent under this name: from a JSON value, or from the host name
	Unfolded    bool // its value is a JSON array from which other parameters were derived
}

// read marks the parameter as read and returns its value. A text that means absence
// to v becomes blank.
func (p *Param) read(v Value) (string, state) {
	p.Read = true
	if a, ok := v.(absentValue); ok && a.Absent(p.Value) {
		p.Value = ""
	}
	if p.Value == "" {
		return "", blank
	}
	return p.Value, given
}

// A nameSet is a set of names that may also contain names that were not added. Most
// declared parameters are absent, and it saves looking for them among those sent.
type nameSet uint64

func (n *nameSet) add(name string)         { *n |= nameBit(name) }
func (n nameSet) mayHave(name string) bool { return n&nameBit(name) != 0 }

func nameBit(name string) nameSet {
	if name == "" {
		return 1
	}
	return 1 << ((5*len(name) + int(name[0]) + 3*int(name[len(name)-1])) & 63)
}
