package secgroup

import "unique"

// A PortRangeList is a named list of port ranges, which may be the ports of rules.
type PortRangeList struct {
	List
	Entries []PortEntry
}

// A PortEntry is one range of a port range list.
type PortEntry struct {
	Ports       ListedPorts
	Description Text
}

// MaxPortEntries is the largest number of entries that a port range list may have.
const MaxPortEntries = 2000

// Causes of port range lists.
var ErrListedPorts = cause("an entry is a range of ports: first/last between 1 and 65535")

// ListedPorts is a range in a port range list. It cannot be every port.
type ListedPorts struct{ Ports }

// Set reads first/last.
func (p *ListedPorts) Set(text string) error {
	var v Ports
	if err := v.Set(text); err != nil || v == AllPorts {
		return ErrListedPorts
	}
	p.Ports = v
	return nil
}

// A PortListID is the id of a port range list. The zero value is absent. It takes one
// word, so that the keys of rules stay small.
type PortListID struct{ id unique.Handle[string] }

// Set sets the id.
func (p *PortListID) Set(text string) error {
	p.id = unique.Make(text)
	return nil
}

// IsSet reports whether there is an id.
func (p PortListID) IsSet() bool { return p != PortListID{} }

func (p PortListID) String() string {
	if !p.IsSet() {
		return ""
	}
	return p.id.Value()
}
