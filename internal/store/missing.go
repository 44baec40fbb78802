package store

import (
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Errors of calls.
var (
	ErrRegion        = errors.New("there is no such region")
	ErrGroup         = errors.New("the account has no such group in this region")
	ErrTokenMismatch = errors.New("the client token was used with other parameters")
)

// A Missing is the error for a group that the namespace does not have, or that is hidden.
// It is ErrGroup.
type Missing struct {
	ID      string
	region  string   // of a group with this id
	account string   // of that group, "" for the same one
	similar []string // ids of groups of the namespace
	hidden  bool     // the namespace has it
}

func (m *Missing) Error() string { return ErrGroup.Error() }

// Is reports whether target is ErrGroup.
func (m *Missing) Is(target error) bool { return target == ErrGroup }

// Hint returns where the group is, or "".
func (m *Missing) Hint() string {
	switch {
	case m.hidden:
		return "the group exists, but a fault hides it"
	case m.account != "":
		return "the group is that of account " + m.account + " in " + m.region
	case m.region != "":
		return "the group is in " + m.region
	case len(m.similar) > 0:
		return ErrGroup.Error() + "; " + param.DidYouMean(m.ID, m.similar, "")
	}
	return ""
}

// missing finds out where a group is that the namespace lacks. But for rules that name
// a peer, nothing else looks beyond the namespace, and only a hint has the result.
func (ns *Namespace) missing(id string) *Missing {
	m := &Missing{ID: id}
	if ns.all.groupIDs[id] == 0 {
		for _, g := range ns.sorted[:min(len(ns.sorted), maxSimilar)] {
			m.similar = append(m.similar, g.ID)
		}
		m.similar = param.Nearest(id, m.similar)
		return m
	}
	for _, in := range ns.all.sortedRegions() {
		if in.group(ns.Account, id) != nil {
			m.region, m.account = in.ID, ""
			return m
		}
		for _, account := range slices.Sorted(maps.Keys(in.namespaces)) {
			if m.region == "" && in.group(account, id) != nil {
				m.region, m.account = in.ID, account
			}
		}
	}
	return m
}

// maxSimilar is with how many ids of groups an id is compared that no group has.
const maxSimilar = 100

// Hide keeps a group or a rule out of answers for a time of the mock's clock; 0 hides
// nothing. In every other way it is there. The state form does not have it, so
// whatever replaces the world ends it.
func (ns *Namespace) Hide(id string, d time.Duration) {
	if d <= 0 {
		return
	}
	now := ns.Now()
	if len(ns.hidden) >= ns.sweepAt { // seldom: a sweep of all at each call would cost more and more
		maps.DeleteFunc(ns.hidden, func(_ string, until time.Time) bool { return !now.Before(until) })
		ns.sweepAt = 2*len(ns.hidden) + 16
	}
	if ns.hidden == nil {
		ns.hidden = map[string]time.Time{}
	}
	ns.hidden[id] = now.Add(d)
}

// Hidden reports whether a group or a rule is hidden.
func (ns *Namespace) Hidden(id string) bool {
	if len(ns.hidden) == 0 {
		return false
	}
	until, ok := ns.hidden[id]
	return ok && ns.Now().Before(until)
}

// VisibleGroup returns a group of the namespace; one that is hidden is Missing.
func (ns *Namespace) VisibleGroup(id string) (*secgroup.Group, error) {
	if ns.Hidden(id) {
		return nil, &Missing{ID: id, hidden: true}
	}
	return ns.Group(id)
}

// HiddenRules returns how many of a group's rules are hidden, and how many of those have
// a group as their peer.
func (ns *Namespace) HiddenRules(g *secgroup.Group) (rules, peered int) {
	if len(ns.hidden) == 0 {
		return 0, 0
	}
	for rule := range g.Rules() {
		if !ns.Hidden(rule.ID) {
			continue
		}
		rules++
		if rule.Peer.Group != "" {
			peered++
		}
	}
	return rules, peered
}
