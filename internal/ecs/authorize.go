package ecs

import (
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// authorize adds rules, all or none. A rule that the group has already is no
// mistake: the call succeeds and adds nothing.
func (c *Caller) authorize(r *rulesRequest) (*Done, error) {
	return &Done{}, c.update(r.Group, func(rm *store.Realm, g *secgroup.Group) error {
		added, err := c.added(rm, g, r.Rules)
		if err != nil {
			return err
		}
		for _, rule := range added {
			kept := *rule
			kept.ID, kept.Created = rm.NewID("sgr-"), rm.Now()
			rm.AddRule(g, &kept)
			rm.Hide(kept.ID, c.Hide)
		}
		return nil
	})
}

// added plans which of the rules are to be added.
func (c *Caller) added(rm *store.Realm, g *secgroup.Group, rules []rule) ([]*secgroup.Rule, error) {
	if err := c.settle(rm, g, rules); err != nil {
		return nil, err
	}
	added := make([]*secgroup.Rule, 0, len(rules))
	for i := range rules {
		r := &rules[i]
		if err := r.admitted(g); err != nil {
			return nil, err
		}
		if has := g.Find(r.key); has != nil {
			c.Call.Note("nothing was added: " + has.ID + " is this rule already")
			continue
		}
		added = append(added, &r.Rule)
	}
	return added, c.room(rm, g, added)
}

// room tells whether the group may hold that many more rules. One that names a
// prefix list counts as many times as the list may have entries.
func (c *Caller) room(rm *store.Realm, g *secgroup.Group, added []*secgroup.Rule) error {
	if len(added) == 0 {
		return nil
	}
	peered, cost := g.Peered(), g.Len()
	if g.Listed() > 0 {
		for r := range g.Rules() {
			cost += units(rm, r) - 1
		}
	}
	for _, r := range added {
		cost += units(rm, r)
		if r.Peer.Group != "" {
			peered++
		}
	}
	switch {
	case cost > c.Limits.RulesPerGroup:
		return secgroup.ErrRuleQuota
	case c.Limits.GroupRules > 0 && peered > max(g.Peered(), c.Limits.GroupRules):
		return errGroupRuleQuota
	}
	return nil
}

// units is how many rules one rule counts as.
func units(rm *store.Realm, r *secgroup.Rule) int {
	if list, ok := rm.PrefixList(r.Peer.PrefixList); ok {
		return list.MaxEntries
	}
	return 1
}
