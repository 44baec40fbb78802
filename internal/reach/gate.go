package reach

import (
	"net/netip"
	"sort"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// A gate is what traffic has to pass at one end: the rules of one direction of its groups.
type gate struct {
	direction     secgroup.Direction
	owner, other  *End
	question      *Question
	lookup        *Lookup
	family        secgroup.Family
	local, remote int          // the dimensions of owner and other
	matching      []*candidate // in order of precedence; the last one matches everything
	missed        []missedRule // the rules of the direction that match nothing
}

// A candidate is what may decide on the connections of a box: a rule; without one the
// inner access of a group; without a group too, what happens to traffic without a rule.
type candidate struct {
	box
	group  *secgroup.Group
	rule   *secgroup.Rule
	gate   *gate
	accept bool
}

// newGate returns the gate of a direction. Rules that match none of the connections of
// asked are among those that it misses.
func (d *decision) newGate(direction secgroup.Direction) *gate {
	g := &gate{
		direction: direction, question: d.question, lookup: d.lookup, family: d.family,
		owner: &d.question.To, other: &d.question.From, local: to, remote: from,
	}
	if direction == secgroup.Egress {
		g.owner, g.other, g.local, g.remote = g.other, g.owner, from, to
	}
	var rules []*candidate
	for _, group := range g.owner.Groups {
		g.addInner(d, group)
		for r := range group.Rules() {
			if r.Direction == direction {
				rules = g.addRule(d, rules, group, r)
			}
		}
	}
	sort.SliceStable(rules, func(i, j int) bool {
		a, b := rules[i].rule, rules[j].rule
		return a.Priority < b.Priority || a.Priority == b.Priority && a.Policy > b.Policy // Drop is the greater one
	})
	g.matching = append(g.matching, rules...)
	accept := direction == secgroup.Egress && !g.owner.isEnterprise()
	g.matching = append(g.matching, &candidate{box: g.everything(), gate: g, accept: accept})
	return g
}

// everything returns the box of all connections.
func (g *gate) everything() box {
	all := whole(g.family)
	return box{all, all, ports(1, secgroup.MaxPort)}
}

// addInner adds the access inside a group, which comes before all rules.
func (g *gate) addInner(d *decision, group *secgroup.Group) {
	if group.Type == secgroup.Enterprise || group.InnerAccess != secgroup.Accept || group.Classic() && g.other.nic() != secgroup.Intranet {
		return
	}
	for _, s := range g.members(secgroup.Peer{Group: group.ID, Owner: group.Account}) {
		b := g.everything()
		b[g.remote] = s
		if d.asks(&b) {
			g.matching = append(g.matching, &candidate{box: b, group: group, gate: g, accept: true})
		}
	}
}

// addRule adds a rule to those that match something, or to those that do not.
func (g *gate) addRule(d *decision, rules []*candidate, group *secgroup.Group, r *secgroup.Rule) []*candidate {
	missed := missedRule{group: group, rule: r}
	missed.traffic(g)
	peers := g.peers(group, r)
	if !d.ends[g.remote].meet(peers) {
		missed.add(1, g.peerMiss(group, r))
	}
	b := g.everything()
	if r.SourcePorts.IsSet() && r.SourcePorts != secgroup.AllPorts {
		b[source] = ports(r.SourcePorts.First, r.SourcePorts.Last)
	}
	if block := r.Local(); block.IsSet() {
		b[g.local] = spanOf(block.Prefix)
		if !isOf(block.Prefix, g.family) || !d.ends[g.local].meet([]span{b[g.local]}) {
			missed.add(1, g.localMiss(block))
		}
	}
	if missed.misses != nil {
		g.missed = append(g.missed, missed)
		return rules
	}
	for _, s := range peers {
		if b[g.remote] = s; d.asks(&b) {
			rules = append(rules, &candidate{box: b, group: group, rule: r, gate: g, accept: r.Policy == secgroup.Accept})
		}
	}
	return rules
}

// peers returns the addresses of the other end that are a rule's peer.
func (g *gate) peers(group *secgroup.Group, r *secgroup.Rule) []span {
	switch r.PeerKind() {
	case secgroup.PeerCIDR, secgroup.PeerIPv6:
		return g.ofFamily(r.Remote().Prefix)
	case secgroup.PeerGroup:
		return g.members(r.Peer)
	}
	list := g.lookup.PrefixList(group.Account, r.Peer.PrefixList)
	if list == nil {
		return nil
	}
	var all []span
	for _, e := range list.Entries {
		all = append(all, g.ofFamily(e.CIDR.Prefix)...)
	}
	return all
}

func (g *gate) ofFamily(block netip.Prefix) []span {
	if !isOf(block, g.family) {
		return nil
	}
	return []span{spanOf(block)}
}

// members returns the addresses of the other end that are those of a group's members. If
// that end is a group or a member itself, its addresses do not matter.
func (g *gate) members(group secgroup.Peer) []span {
	switch {
	case g.other.isIn(group):
		return []span{whole(g.family)}
	case g.other.Groups != nil || g.other.Anyone:
		return nil
	}
	var all []span
	for _, a := range g.lookup.Addresses(group) {
		all = append(all, g.ofFamily(netip.PrefixFrom(a, a.BitLen()))...)
	}
	return all
}

// hasPort reports whether a rule is for the port that is asked for.
func (g *gate) hasPort(group *secgroup.Group, r *secgroup.Rule) bool {
	port := g.question.Port
	if port == 0 || r.Ports == secgroup.AllPorts {
		return true
	}
	if r.Ports.IsSet() {
		return r.Ports.First <= port && port <= r.Ports.Last
	}
	list := g.lookup.PortRangeList(group.Account, r.PortList.String())
	if list == nil {
		return false
	}
	for _, e := range list.Entries {
		if e.Ports.First <= port && port <= e.Ports.Last {
			return true
		}
	}
	return false
}
