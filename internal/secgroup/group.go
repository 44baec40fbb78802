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
	Tags           []Tag // never changed in place
	Created        time.Time

	byKey                index
	byID                 IDs
	first, last          *Rule
	size, peered, listed int
}

// IDs finds rules by their ids.
type IDs map[string]place

// place is where a rule is.
type place struct {
	group *Group
	rule  *Rule
}

// Share makes the group file the ids of its rules in an index that it shares with
// other groups, among all of which they are unique.
func (g *Group) Share(ids IDs) {
	g.byID = ids
	for r := range g.Rules() {
		ids[r.ID] = place{g, r}
	}
}

// Classic tells whether the group is of the classic network, not of a VPC.
func (g *Group) Classic() bool { return g.VPC == "" }

// SetDefaults gives the group what the API gives a new one: type normal, and inside
// access as its type has it.
func (g *Group) SetDefaults() {
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
func (g *Group) Len() int { return g.size }

// Find is the rule with a key, or nil.
func (g *Group) Find(k Key) *Rule { return g.byKey.find(k) }

// Rule is the rule with an id, or nil.
func (g *Group) Rule(id string) *Rule {
	if at := g.byID[id]; at.group == g {
		return at.rule
	}
	return nil
}

// Rules visits the rules in the order of their creation. The rule that is visited
// may be removed.
func (g *Group) Rules() iter.Seq[*Rule] {
	return func(yield func(*Rule) bool) { walk(g.first, yield) }
}

func walk(r *Rule, yield func(*Rule) bool) {
	for r != nil {
		next := r.next // Remove forgets it
		if !yield(r) {
			return
		}
		r = next
	}
}

// After visits the rules that come after the one with an id; all where the id is
// "", none where no rule has it.
func (g *Group) After(id string) iter.Seq[*Rule] {
	if id == "" {
		return g.Rules()
	}
	return func(yield func(*Rule) bool) {
		if after := g.Rule(id); after != nil {
			walk(after.next, yield)
		}
	}
}

// PrefixListRuleCount is the number of rules whose other side is a prefix list.
func (g *Group) PrefixListRuleCount() int { return g.listed }

// GroupRuleCount is the number of rules whose other side is a group.
func (g *Group) GroupRuleCount() int { return g.peered }

// Copy is the group without its rules, though it can tell how many there are: what
// may be kept and read when the group itself may already have changed.
func (g *Group) Copy() Group {
	c := *g
	c.byKey, c.byID, c.first, c.last = index{}, nil, nil, nil
	return c
}

// Add puts a settled rule at the end; its key and its id are new to the group.
func (g *Group) Add(r *Rule) {
	if g.byID == nil {
		g.byID = IDs{}
	}
	g.byKey.add(r)
	g.byID[r.ID] = place{g, r}
	g.count(r, 1)
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
	g.byKey.remove(r)
	delete(g.byID, r.ID)
	g.count(r, -1)
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

// Change makes a rule of the group what another one is, whose key is free or the
// rule's own. Its id, the time of its creation and its place in the order stay.
func (g *Group) Change(r *Rule, to Rule) {
	g.byKey.remove(r)
	g.count(r, -1)
	to.ID, to.Created, to.prev, to.next = r.ID, r.Created, r.prev, r.next
	*r = to
	g.byKey.add(r)
	g.count(r, 1)
}

func (g *Group) count(r *Rule, n int) {
	g.size += n
	if r.Peer.Group != "" {
		g.peered += n
	}
	if r.Peer.PrefixList != "" {
		g.listed += n
	}
}

// CheckRule tells why a rule cannot be in the group, whatever else the group holds. It
// asks the key, so that icmpv6 without a block is refused like icmpv6 with ::/0.
func (g *Group) CheckRule(r *Rule) error {
	if !g.Classic() {
		return nil
	}
	if k := r.Key(); k.far.family == 6 || k.near.family == 6 {
		return ErrIPv6Classic
	}
	return nil
}
