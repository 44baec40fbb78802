package ecs

import (
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// authorize adds rules, all or none. A rule that the group has already is no
// mistake: the call succeeds and adds nothing.
func (c *Caller) authorize(r *rulesRequest) (*Done, error) {
	return &Done{}, c.update(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		added, err := c.added(ns, g, r.Rules)
		if err != nil {
			return err
		}
		for _, rule := range added {
			kept := *rule
			kept.ID, kept.Created = ns.NewID("sgr-"), ns.Now()
			ns.AddRule(g, &kept)
			ns.Hide(kept.ID, c.Hide)
		}
		return nil
	})
}

// added plans which of the rules are to be added.
func (c *Caller) added(ns *store.Namespace, g *secgroup.Group, rules []rule) ([]*secgroup.Rule, error) {
	if err := c.settle(ns, g, rules); err != nil {
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
	return added, c.room(ns, g, added)
}

// room tells whether the group may hold that many more rules. One that names a
// prefix list counts as many times as the list may have entries.
func (c *Caller) room(ns *store.Namespace, g *secgroup.Group, added []*secgroup.Rule) error {
	if len(added) == 0 {
		return nil
	}
	peered, cost := g.GroupRuleCount(), g.Len()
	if g.PrefixListRuleCount() > 0 {
		for r := range g.Rules() {
			cost += units(ns, r) - 1
		}
	}
	for _, r := range added {
		cost += units(ns, r)
		if r.Peer.Group != "" {
			peered++
		}
	}
	switch {
	case cost > c.Limits.RulesPerGroup:
		return secgroup.ErrRuleQuota
	case c.Limits.GroupRules > 0 && peered > max(g.GroupRuleCount(), c.Limits.GroupRules):
		return errGroupRuleQuota
	}
	return nil
}

// units is how many rules one rule counts as.
func units(ns *store.Namespace, r *secgroup.Rule) int {
	if list, ok := ns.PrefixList(r.Peer.PrefixList); ok {
		return list.MaxEntries
	}
	return 1
}
