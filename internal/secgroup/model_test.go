package secgroup

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The model of a group is a slice of what clients sent, searched from end to end.
// It reads the texts itself and knows neither Key nor SetDefaults.
type model struct {
	classic bool
	entries []entry
}

type entry struct {
	sent sent
	rule *Rule
}

// sent is the wire fields of a rule, with Peer and Local for its two ends.
type sent map[string]string

// choices are few, so that equal rules meet, and full of equal spellings.
var choices = []struct {
	field string
	texts []string
}{
	{"Direction", []string{"ingress", "egress"}},
	{"IpProtocol", []string{"tcp", "TCP", "icmp", "icmpv6"}},
	{"PortRange", []string{"22/22", "22/23", "-1/-1"}},
	{"SourcePortRange", []string{"", "", "-1/-1", "5/6"}},
	{"NicType", []string{"", "internet", "intranet", "Intranet"}},
	{"Policy", []string{"", "accept", "Accept", "drop"}},
	{"Priority", []string{"", "1", "2"}},
	{"PeerCidrIp", []string{"", "", "10.0.0.1", "10.0.0.1/32", "10.0.0.5/8", "10.0.0.0/8"}},
	{"Ipv6PeerCidrIp", []string{"", "", "", "2001:db8::1", "2001:DB8::1/128", "2001:db8::/32"}},
	{"LocalCidrIp", []string{"", "", "", "0.0.0.0/0", "10.9.0.0/16"}},
	{"Ipv6LocalCidrIp", []string{"", "", "", "::/0", "0::0/0"}},
	{"PeerGroupId", []string{"", "sg-2", "sg-3"}},
	{"PeerGroupOwnerAccount", []string{"", "1", "2"}},
	{"PeerPrefixListId", []string{"", "pl-1", "pl-2"}},
	{"Description", []string{"", "a", "b"}},
}

// draw is a rule that the API would take: mostly one of the model's with a field
// or two drawn anew, since two rules drawn apart are hardly ever equal.
func (m *model) draw(t *testing.T, rnd *rand.Rand) (sent, *Rule) {
	g := &Group{ID: "sg-1"}
	if !m.classic {
		g.VPC = "vpc-1"
	}
	for {
		s, drawn := sent{}, len(choices)
		if len(m.entries) > 0 && rnd.IntN(4) > 0 {
			s, drawn = maps.Clone(m.entries[rnd.IntN(len(m.entries))].sent), rnd.IntN(3)
		}
		for _, i := range rnd.Perm(len(choices))[:drawn] {
			s[choices[i].field] = choices[i].texts[rnd.IntN(len(choices[i].texts))]
		}
		r := s.rule(t)
		if r.Check(g.ID, false) != nil || g.CheckRule(r) != nil {
			continue
		}
		r.SetDefaults(g)
		return s, r
	}
}

func (s sent) rule(t *testing.T) *Rule {
	d := Ingress
	if s["Direction"] == "egress" {
		d = Egress
	}
	var fields []string
	for name, text := range s {
		if name != "Direction" && text != "" {
			fields = append(fields, name+"="+text)
		}
	}
	return parsed(t, d, strings.Join(fields, " "))
}

// find returns the index of the rule that was sent, or -1.
func (m *model) find(s sent) int {
	return slices.IndexFunc(m.entries, func(e entry) bool { return m.same(e.sent, s) })
}

// same is the reading "identity of a rule", word by word: direction, protocol,
// ports, source ports, nic type, policy, priority, peer, the other end's CIDR.
func (m *model) same(a, b sent) bool {
	return a["Direction"] == b["Direction"] &&
		strings.EqualFold(a["IpProtocol"], b["IpProtocol"]) &&
		a["PortRange"] == b["PortRange"] &&
		cmp.Or(a["SourcePortRange"], "-1/-1") == cmp.Or(b["SourcePortRange"], "-1/-1") &&
		(!m.classic || strings.EqualFold(a.nic(), b.nic())) &&
		strings.EqualFold(cmp.Or(a["Policy"], "accept"), cmp.Or(b["Policy"], "accept")) &&
		cmp.Or(a["Priority"], "1") == cmp.Or(b["Priority"], "1") &&
		samePeer(a, b) &&
		covers(a.local()) == covers(b.local())
}

func samePeer(a, b sent) bool {
	switch {
	case a.peer() != "" || b.peer() != "":
		return a.peer() != "" && b.peer() != "" && covers(a.peer()) == covers(b.peer())
	case a["PeerGroupId"] != "" || b["PeerGroupId"] != "":
		return a["PeerGroupId"] == b["PeerGroupId"] && a["PeerGroupOwnerAccount"] == b["PeerGroupOwnerAccount"]
	}
	return a["PeerPrefixListId"] == b["PeerPrefixListId"]
}

// nic is the NIC type of a classic group's rule.
func (s sent) nic() string {
	if s["NicType"] == "" && s.peer() == "" && s["PeerGroupId"] != "" {
		return "intranet"
	}
	return cmp.Or(s["NicType"], "internet")
}

// peer and local are the blocks of the two ends; a rule has one family at an end.
func (s sent) peer() string { return s["PeerCidrIp"] + s["Ipv6PeerCidrIp"] }

func (s sent) local() string {
	every := "0.0.0.0/0"
	if s["IpProtocol"] == "icmpv6" || s["Ipv6PeerCidrIp"] != "" {
		every = "::/0"
	}
	return cmp.Or(s["LocalCidrIp"]+s["Ipv6LocalCidrIp"], every)
}

func covers(text string) netip.Prefix {
	if addr, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(addr, addr.BitLen())
	}
	return netip.MustParsePrefix(text)
}

// Add a seed that failed to the list.
func TestAGroupMatchesASliceOfItsRules(t *testing.T) {
	for _, seed := range []uint64{1, 2, rand.Uint64()} {
		for _, classic := range []bool{false, true} {
			t.Run(fmt.Sprintf("seed %d, classic %t", seed, classic), func(t *testing.T) {
				drive(t, &model{classic: classic}, rand.New(rand.NewPCG(seed, 0)))
			})
		}
	}
}

func drive(t *testing.T, m *model, rnd *rand.Rand) {
	var g Group
	met := 0
	for step := range 1000 {
		s, r := m.draw(t, rnd)
		i := m.find(s)
		if i < 0 {
			require.Nil(t, g.Find(r.Key()), "step %d: %v is new", step, s)
			require.Equal(t, m.nearest(r.Key()), g.Miss(r.Key()).Nearest, "step %d: what is nearest to %v", step, s)
		} else {
			met++
			require.Same(t, m.entries[i].rule, g.Find(r.Key()), "step %d: %v is %v", step, s, m.entries[i].sent)
		}
		switch {
		case i >= 0:
			g.Remove(m.entries[i].rule)
			m.entries = slices.Delete(m.entries, i, i+1)
		case len(m.entries) < 30:
			r.ID = fmt.Sprintf("sgr-%d", step)
			g.Add(r)
			m.entries = append(m.entries, entry{s, r})
		default:
			i = rnd.IntN(len(m.entries))
			g.Remove(m.entries[i].rule)
			m.entries = slices.Delete(m.entries, i, i+1)
		}
		m.compare(t, &g, step)
	}
	require.Greater(t, met, 100, "too few draws met a rule to prove anything")
}

// nearest is the id of the first of the rules that differ the least from a key, or of
// the first that differs in one field, where a search ends.
func (m *model) nearest(asked Key) string {
	id, least := "", 100
	for _, e := range m.entries {
		k := e.rule.Key()
		if n := k.distance(&asked); n < least {
			id, least = e.rule.ID, n
		}
		if least == 1 {
			break
		}
	}
	return id
}

// compare wants the group to hold the model's rules, in order and by both indexes.
func (m *model) compare(t *testing.T, g *Group, step int) {
	require.Equal(t, len(m.entries), g.Len(), "step %d", step)
	i, peered := 0, 0
	for r := range g.Rules() {
		require.Less(t, i, len(m.entries), "step %d", step)
		require.Same(t, m.entries[i].rule, r, "step %d, rule %d", step, i)
		require.Same(t, r, g.Find(r.Key()), "step %d, rule %d", step, i)
		require.Same(t, r, g.Rule(r.ID), "step %d, rule %d", step, i)
		if s := m.entries[i].sent; s.peer() == "" && s["PeerGroupId"] != "" {
			peered++
		}
		i++
	}
	require.Equal(t, len(m.entries), i, "step %d", step)
	require.Equal(t, peered, g.GroupRuleCount(), "step %d", step)
}
