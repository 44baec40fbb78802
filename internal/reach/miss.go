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
func (g *gate) nearest() (list []Ruling) {
	sort.SliceStable(g.missed, func(i, j int) bool { return g.missed[i].cost < g.missed[j].cost })
	for _, m := range g.missed {
		if m.rule.Policy == secgroup.Drop || len(list) == mostMissed {
			continue
		}
		list = append(list, Ruling{m.group, m.rule, false, "It does not match: " + strings.Join(m.misses, "; ") + "."})
	}
	return list
}

// traffic adds in what a rule is for other traffic, its two ends aside.
func (m *missedRule) traffic(g *gate) {
	r, asked := m.rule, protocolText(g.question.Protocol)
	switch {
	case r.Protocol != g.question.Protocol && r.Protocol != secgroup.All:
		m.add(4, "IpProtocol is "+r.Protocol.String()+", asked "+asked)
	case !g.hasPort(m.group, r):
		has := "PortRange is " + r.Ports.String()
		if !r.Ports.IsSet() {
			has = "PortRangeListId is " + r.PortList.String()
		}
		m.add(2, has+", asked "+strings.TrimPrefix(g.traffic(), asked+" "))
	}
	if nic := g.other.nic(); m.group.Classic() && r.Nic != nic {
		m.add(1, "NicType is "+r.Nic.String()+", asked "+nic.String())
	}
}

func (m *missedRule) add(cost int, miss string) {
	m.cost += cost
	m.misses = append(m.misses, miss)
}

// peerMiss returns how a rule's peer differs from the other end.
func (g *gate) peerMiss(group *secgroup.Group, r *secgroup.Rule) string {
	side := "the source is "
	if g.direction == secgroup.Egress {
		side = "the destination is "
	}
	return side + peerText(group, r) + ", asked " + g.other.Name
}

// localMiss returns how a block of the group's side differs from the member.
func (g *gate) localMiss(block secgroup.Block) string {
	field := "DestCidrIp"
	if g.direction == secgroup.Egress {
		field = "SourceCidrIp"
	}
	if block.Prefix.Addr().Is6() {
		field = "Ipv6" + field
	}
	return field + " is " + block.String() + ", asked " + g.owner.Name
}
