package reach

import (
	"sort"
	"strings"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// A missedRule is a rule that does not match, with each field in which it differs.
type missedRule struct {
	group  *secgroup.Group
	rule   *secgroup.Rule
	misses []string
	cost   int // how far it is from matching
}

// mostMissed is how many rules are shown that do not match.
const mostMissed = 3

// nearest returns the rules that come nearest to accepting the traffic: those that differ
// least. Another port counts more than another end, and another protocol the most.
func (s *side) nearest() (list []Ruling) {
	sort.SliceStable(s.missed, func(i, j int) bool { return s.missed[i].cost < s.missed[j].cost })
	for _, m := range s.missed {
		if m.rule.Policy == secgroup.Drop || len(list) == mostMissed {
			continue
		}
		list = append(list, Ruling{m.group, m.rule, false, "It does not match: " + strings.Join(m.misses, "; ") + "."})
	}
	return list
}

// traffic adds in what a rule is for other traffic, its two ends aside.
func (m *missedRule) traffic(s *side) {
	r, asked := m.rule, protocolText(s.question.Protocol)
	switch {
	case r.Protocol != s.question.Protocol && r.Protocol != secgroup.All:
		m.add(4, "IpProtocol is "+r.Protocol.String()+", asked "+asked)
	case !s.hasPort(m.group, r):
		has := "PortRange is " + r.Ports.String()
		if !r.Ports.IsSet() {
			has = "PortRangeListId is " + r.PortList.String()
		}
		m.add(2, has+", asked "+strings.TrimPrefix(s.traffic(), asked+" "))
	}
	if nic := s.other.nic(); m.group.Classic() && r.Nic != nic {
		m.add(1, "NicType is "+r.Nic.String()+", asked "+nic.String())
	}
}

func (m *missedRule) add(cost int, miss string) {
	m.cost += cost
	m.misses = append(m.misses, miss)
}

// peerMiss returns how a rule's peer differs from the other end.
func (s *side) peerMiss(group *secgroup.Group, r *secgroup.Rule) string {
	field := "the source is "
	if s.direction == secgroup.Egress {
		field = "the destination is "
	}
	return field + peerText(group, r) + ", asked " + s.other.Name
}

// localMiss returns how a block of the group's side differs from the member.
func (s *side) localMiss(block secgroup.Block) string {
	field := "DestCidrIp"
	if s.direction == secgroup.Egress {
		field = "SourceCidrIp"
	}
	if block.Prefix.Addr().Is6() {
		field = "Ipv6" + field
	}
	return field + " is " + block.String() + ", asked " + s.owner.Name
}
