// Package secgroup is the domain: security groups, their rules, and the values of
// a rule. Values parse themselves, rules check themselves, and two rules are the
// same when their keys are equal.
//
// The package knows nothing of HTTP, the clock and error codes: why something is
// refused is a cause, such as ErrPorts, for which an action has a code.
package secgroup

import (
	"iter"
	"time"
)

// A Group is a security group with its rules. The zero value has none.
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

	byKey          map[Key]*Rule
	byID           IDs
	first, last    *Rule
	position       uint64 // of the last rule that was added
	peered, listed int    // rules whose peer is a group, and a prefix list
	portListed     int    // rules with a port range list
	size           int
}

// IDs finds the rules of one or more groups by their ids.
type IDs map[string]location

type location struct {
	group *Group
	rule  *Rule
}

// ListID returns the id.
func (g *Group) ListID() string { return g.ID }

// Share makes the group keep the ids of its rules in an index that it shares with
// other groups.
func (g *Group) Share(ids IDs) {
	g.byID = ids
	for r := range g.Rules() {
		ids[r.ID] = location{g, r}
	}
}

// Classic reports whether the group is of the classic network, not of a VPC.
func (g *Group) Classic() bool { return g.VPC == "" }

// SetDefaults gives the group the defaults of the API: type normal, and the access
// inside the group that its type has.
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

// Len returns the number of rules.
func (g *Group) Len() int { return g.size }

// Find returns the rule with the key, or nil.
func (g *Group) Find(k Key) *Rule { return g.byKey[k] }

// Rule returns the rule with the id, or nil.
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

// After visits the rules behind a position, which was that of the rule with the id.
// The id makes it quick while that rule exists; without it, all rules are looked at.
// After("", 0) visits all.
func (g *Group) After(id string, position uint64) iter.Seq[*Rule] {
	return func(yield func(*Rule) bool) {
		if r := g.Rule(id); r != nil {
			walk(r.next, yield)
			return
		}
		r := g.first
		for r != nil && r.position <= position {
			r = r.next
		}
		walk(r, yield)
	}
}

// PrefixListRuleCount returns the number of rules whose peer is a prefix list.
func (g *Group) PrefixListRuleCount() int { return g.listed }

// PortListRuleCount returns the number of rules with a port range list.
func (g *Group) PortListRuleCount() int { return g.portListed }

// GroupRuleCount returns the number of rules whose peer is a group.
func (g *Group) GroupRuleCount() int { return g.peered }

// Copy returns the group without its rules, but with their numbers. It may be read
// when the group has already changed.
func (g *Group) Copy() Group {
	c := *g
	c.byKey, c.byID, c.first, c.last = nil, nil, nil, nil
	return c
}

// Add adds a rule that has its defaults at the end. Its key and its id are new to the group.
func (g *Group) Add(r *Rule) {
	if g.byID == nil {
		g.byID = IDs{}
	}
	if g.byKey == nil {
		g.byKey = map[Key]*Rule{}
	}
	g.position++
	r.position = g.position
	g.byKey[r.Key()] = r
	g.byID[r.ID] = location{g, r}
	g.count(r, 1)
	r.prev = g.last
	if g.last == nil {
		g.first = r
	} else {
		g.last.next = r
	}
	g.last = r
}

// Remove removes a rule of the group.
func (g *Group) Remove(r *Rule) {
	delete(g.byKey, r.Key())
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

// Change replaces the values of a rule of the group by those of another one, whose key
// no other rule has. The id, the time of creation and the position stay.
func (g *Group) Change(r *Rule, to Rule) {
	delete(g.byKey, r.Key())
	g.count(r, -1)
	to.ID, to.Created, to.position, to.prev, to.next = r.ID, r.Created, r.position, r.prev, r.next
	*r = to
	g.byKey[r.Key()] = r
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
	if r.PortList.IsSet() {
		g.portListed += n
	}
}

// CheckRule returns the cause for which a rule cannot be in the group, whatever other
// rules it has. It looks at the key, so that icmpv6 without a block is refused like
// icmpv6 with ::/0.
func (g *Group) CheckRule(r *Rule) error {
	if !g.Classic() {
		return nil
	}
	if k := r.Key(); k.remote.Addr().Is6() || k.local.Addr().Is6() {
		return ErrIPv6Classic
	}
	return nil
}

// Limits are the limits of the service. A state that is loaded may exceed them.
type Limits struct {
	RulesPerGroup   int // in and out together
	GroupRules      int // rules whose peer is a group; 0 is no limit
	GroupsPerRegion int // of one account
	ListsPerRegion  int // of one account: prefix lists, and port range lists
	TagsPerGroup    int
}

// LimitsOf returns the limits of an edition, by its year.
func LimitsOf(year int) Limits {
	l := Limits{RulesPerGroup: 200, GroupsPerRegion: 100, ListsPerRegion: 100, TagsPerGroup: 20}
	if year >= 2025 {
		l.GroupRules = 20
	}
	if year < 2020 {
		l.RulesPerGroup = 100
	}
	return l
}

// Capacity returns how many instances the group can have.
func (g *Group) Capacity() int {
	switch {
	case g.Type == Enterprise:
		return 65536
	case g.Classic():
		return 1000
	}
	return 2000
}
