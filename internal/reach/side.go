package reach

import (
	"net/netip"
	"sort"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// A side is what traffic has to pass at one end: the rules of one direction of its groups.
type side struct {
	direction     secgroup.Direction
	owner, other  *End
	question      *Question
	lookup        *Lookup
	family        secgroup.Family
	local, remote int          // the dimensions of owner and other
	named         bool         // whether anyone is named by the family
	matching      []*candidate // in order of precedence; the last one matches everything
	missed        []missedRule // the rules of the direction that match nothing
}

// A candidate is what may decide on the connections of a box: a rule; without one the
// inner access of a group; without a group too, what happens to traffic without a rule.
type candidate struct {
	box
	group  *secgroup.Group
	rule   *secgroup.Rule
	side   *side
	accept bool
}

// newSide returns the side of a direction. Rules that match none of the connections of
// asked are among those that it misses.
func (d *decision) newSide(direction secgroup.Direction) *side {
	s := &side{
		direction: direction, question: d.question, lookup: d.lookup, family: d.family,
		owner: &d.question.To, other: &d.question.From, local: to, remote: from,
	}
	if direction == secgroup.Egress {
		s.owner, s.other, s.local, s.remote = s.other, s.owner, from, to
	}
	var rules []*candidate
	for _, group := range s.owner.Groups {
		s.addInner(d, group)
		for r := range group.Rules() {
			if r.Direction == direction {
				rules = s.addRule(d, rules, group, r)
			}
		}
	}
	sort.SliceStable(rules, func(i, j int) bool {
		a, b := rules[i].rule, rules[j].rule
		return a.Priority < b.Priority || a.Priority == b.Priority && a.Policy > b.Policy // Drop is the greater one
	})
	s.matching = append(s.matching, rules...)
	accept := direction == secgroup.Egress && !s.owner.isEnterprise()
	s.matching = append(s.matching, &candidate{box: s.everything(), side: s, accept: accept})
	return s
}

// everything returns the box of all connections.
func (s *side) everything() box {
	all := whole(s.family)
	return box{all, all, ports(1, secgroup.MaxPort)}
}

// addInner adds the access inside a group, which comes before all rules.
func (s *side) addInner(d *decision, group *secgroup.Group) {
	if group.Type == secgroup.Enterprise || group.InnerAccess != secgroup.Accept || group.Classic() && s.other.nic() != secgroup.Intranet {
		return
	}
	for _, sp := range s.members(secgroup.Peer{Group: group.ID, Owner: group.Account}) {
		b := s.everything()
		b[s.remote] = sp
		if d.asks(&b) {
			s.matching = append(s.matching, &candidate{box: b, group: group, side: s, accept: true})
		}
	}
}

// addRule adds a rule to those that match something, or to those that do not.
func (s *side) addRule(d *decision, rules []*candidate, group *secgroup.Group, r *secgroup.Rule) []*candidate {
	missed := missedRule{group: group, rule: r}
	missed.traffic(s)
	peers := s.peers(group, r)
	if !d.ends[s.remote].meet(peers) {
		missed.add(1, s.peerMiss(group, r))
	}
	b := s.everything()
	if r.SourcePorts.IsSet() && r.SourcePorts != secgroup.AllPorts {
		b[source] = ports(r.SourcePorts.First, r.SourcePorts.Last)
	}
	if block := r.Local(); block.IsSet() {
		b[s.local] = spanOf(block.Prefix)
		if !isOf(block.Prefix, s.family) || !d.ends[s.local].meet([]span{b[s.local]}) {
			missed.add(1, s.localMiss(block))
		}
	}
	if missed.misses != nil {
		s.missed = append(s.missed, missed)
		return rules
	}
	for _, sp := range peers {
		if b[s.remote] = sp; d.asks(&b) {
			rules = append(rules, &candidate{box: b, group: group, rule: r, side: s, accept: r.Policy == secgroup.Accept})
		}
	}
	return rules
}

// peers returns the addresses of the other end that are a rule's peer.
func (s *side) peers(group *secgroup.Group, r *secgroup.Rule) []span {
	switch r.PeerKind() {
	case secgroup.PeerCIDR, secgroup.PeerIPv6:
		return s.ofFamily(r.Remote().Prefix)
	case secgroup.PeerGroup:
		return s.members(r.Peer)
	}
	list := s.lookup.PrefixList(group.Account, r.Peer.PrefixList)
	if list == nil {
		return nil
	}
	var all []span
	for _, e := range list.Entries {
		all = append(all, s.ofFamily(e.CIDR.Prefix)...)
	}
	return all
}

func (s *side) ofFamily(block netip.Prefix) []span {
	if !isOf(block, s.family) {
		return nil
	}
	return []span{spanOf(block)}
}

// members returns the addresses of the other end that are those of a group's members. If
// that end is a group or a member itself, its addresses do not matter.
func (s *side) members(group secgroup.Peer) []span {
	switch {
	case s.other.isIn(group):
		return []span{whole(s.family)}
	case s.other.Groups != nil || s.other.Anyone:
		return nil
	}
	var all []span
	for _, a := range s.lookup.Addresses(group) {
		all = append(all, s.ofFamily(netip.PrefixFrom(a, a.BitLen()))...)
	}
	return all
}

// hasPort reports whether a rule is for the port that is asked for.
func (s *side) hasPort(group *secgroup.Group, r *secgroup.Rule) bool {
	port := s.question.Port
	if port == 0 || r.Ports == secgroup.AllPorts {
		return true
	}
	if r.Ports.IsSet() {
		return r.Ports.First <= port && port <= r.Ports.Last
	}
	list := s.lookup.PortRangeList(group.Account, r.PortList.String())
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
