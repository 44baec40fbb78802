package secgroup

import (
	"iter"
	"time"
)

// Group is a security group with its rules. The zero value has none.
type Group struct {
	ID             string
	Account        string
	Region         string
	Name           GroupName
	Description    GroupDescription
	VPC            string // "" for a classic group
	Type           GroupType
	ResourceGroup  string
	InnerAccess    Policy
	ServiceManaged bool
	Tags           []Tag
	Created        time.Time

	byKey       map[Key]*Rule
	byID        map[string]*Rule
	first, last *Rule
}

// Tag is a key and a value that a person put on a group.
type Tag struct{ Key, Value string }

// Classic tells whether the group is of the classic network, not of a VPC.
func (g *Group) Classic() bool { return g.VPC == "" }

// Settle gives the group what the API gives a new one: type normal, and inside
// access as its type has it.
func (g *Group) Settle() {
	if g.Type == 0 {
		g.Type = Normal
	}
	if g.InnerAccess == 0 {
		g.InnerAccess = Accept
		if g.Type == Enterprise {
			g.InnerAccess = Drop
		}
	}
}

// Len is the number of rules.
func (g *Group) Len() int { return len(g.byKey) }

// Find is the rule with a key, or nil.
func (g *Group) Find(k Key) *Rule { return g.byKey[k] }

// Rule is the rule with an id, or nil.
func (g *Group) Rule(id string) *Rule { return g.byID[id] }

// Rules visits the rules in the order of their creation.
func (g *Group) Rules() iter.Seq[*Rule] {
	return func(yield func(*Rule) bool) {
		for r := g.first; r != nil && yield(r); r = r.next {
		}
	}
}

// Add puts a settled rule at the end; its key and its id are new to the group.
func (g *Group) Add(r *Rule) {
	if g.byKey == nil {
		g.byKey, g.byID = map[Key]*Rule{}, map[string]*Rule{}
	}
	g.byKey[r.Key()], g.byID[r.ID] = r, r
	r.prev = g.last
	if g.last == nil {
		g.first = r
	} else {
		g.last.next = r
	}
	g.last = r
}

// Remove takes a rule of the group out.
func (g *Group) Remove(r *Rule) {
	delete(g.byKey, r.Key())
	delete(g.byID, r.ID)
	if r.prev == nil {
		g.first = r.next
	} else {
		r.prev.next = r.next
	}
	if r.next == nil {
		g.last = r.prev
	} else {
		r.next.prev = r.prev
	}
	r.prev, r.next = nil, nil
}

// Admits tells why a rule cannot be in the group, whatever else the group holds.
func (g *Group) Admits(r *Rule) error {
	if g.Classic() && (r.cidr().family == 6 || r.near().family == 6) {
		return ErrIPv6Classic
	}
	return nil
}
