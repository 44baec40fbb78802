package store

import (
	"maps"
	"time"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Hide keeps a group or a rule of the namespace, which is in every other way there, from
// being told for a time of the mock's clock; 0 hides nothing. The state form does not
// know of it, so whatever replaces the world ends it.
func (r *Namespace) Hide(id string, d time.Duration) {
	if d <= 0 {
		return
	}
	now := r.Now()
	if len(r.hidden) >= r.manyHidden { // seldom: to look through all each time would cost more and more
		maps.DeleteFunc(r.hidden, func(_ string, until time.Time) bool { return !now.Before(until) })
		r.manyHidden = 2*len(r.hidden) + 16
	}
	if r.hidden == nil {
		r.hidden = map[string]time.Time{}
	}
	r.hidden[id] = now.Add(d)
}

// Hidden tells whether a group or a rule is not to be told yet.
func (r *Namespace) Hidden(id string) bool {
	if len(r.hidden) == 0 {
		return false
	}
	until, ok := r.hidden[id]
	return ok && r.Now().Before(until)
}

// VisibleGroup is a group of the namespace that may be told; one that is hidden is Missing.
func (r *Namespace) VisibleGroup(id string) (*secgroup.Group, error) {
	if r.Hidden(id) {
		return nil, &Missing{ID: id, hidden: true}
	}
	return r.Group(id)
}

// HiddenRules is how many of a group's rules are hidden, and for how many of those
// the other side is a group.
func (r *Namespace) HiddenRules(g *secgroup.Group) (rules, peered int) {
	if len(r.hidden) == 0 {
		return 0, 0
	}
	for rule := range g.Rules() {
		if !r.Hidden(rule.ID) {
			continue
		}
		rules++
		if rule.Peer.Group != "" {
			peered++
		}
	}
	return rules, peered
}
