package secgroup

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Tests write a rule as its wire fields. Far is the other side's prefix and Near
// the group's own, so that one row speaks of both directions.
const (
	ssh   = " IpProtocol=tcp PortRange=22/22 "
	ping  = " IpProtocol=icmp PortRange=-1/-1 "
	ping6 = " IpProtocol=icmpv6 PortRange=-1/-1 "
)

var sides = [...]*strings.Replacer{
	Ingress: strings.NewReplacer("Far", "Source", "Near", "Dest"),
	Egress:  strings.NewReplacer("Far", "Dest", "Near", "Source"),
}

var (
	both    = []Direction{Ingress, Egress}
	vpc     = &Group{ID: "sg-1", VPC: "vpc-1"}
	classic = &Group{ID: "sg-1"}
)

// unsettled is a rule as it was sent.
func unsettled(t *testing.T, d Direction, text string) *Rule {
	t.Helper()
	sent := map[string]string{}
	for _, field := range strings.Fields(sides[d].Replace(text)) {
		name, value, _ := strings.Cut(field, "=")
		sent[name] = value
	}
	r := &Rule{Direction: d}
	r.Fields(func(name string, v Value) {
		if text, ok := sent[name]; ok {
			require.NoError(t, v.Set(text), name)
			delete(sent, name)
		}
	})
	require.Empty(t, sent, "these are no fields of a rule")
	return r
}

// settled is a rule as its group keeps it.
func settled(t *testing.T, g *Group, d Direction, text string) *Rule {
	t.Helper()
	r := unsettled(t, d, text)
	require.NoError(t, r.Check(g.ID, false))
	r.SetDefaults(g)
	return r
}

// bothWays runs a test in each direction.
func bothWays(t *testing.T, test func(t *testing.T, d Direction)) {
	for _, d := range both {
		t.Run(d.String(), func(t *testing.T) { test(t, d) })
	}
}

func TestCheckPassesWhatTheDocumentAllows(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		for _, text := range []string{
			ssh + "FarCidrIp=10.0.0.0/8",
			ssh + "FarCidrIp=10.0.0.0/8 NearCidrIp=10.1.0.0/16 SourcePortRange=1/200",
			ssh + "Ipv6FarCidrIp=2001:db8::/32 Ipv6NearCidrIp=::/0",
			ssh + "FarGroupId=sg-2",
			ssh + "FarGroupId=sg-2 NicType=intranet Ipv6NearCidrIp=::1",
			ssh + "FarPrefixListId=pl-1",
			ssh + "FarPrefixListId=pl-1 NicType=internet", // only a group is bound to intranet
			ping + "FarCidrIp=10.0.0.1 SourcePortRange=-1/-1",
			ping6 + "Ipv6FarCidrIp=::1",
			ping6 + "FarGroupId=sg-2",
			"IpProtocol=gre PortRange=-1/-1 Ipv6FarCidrIp=::1", // only icmp is IPv4's
			"IpProtocol=all PortRange=-1/-1 FarCidrIp=0.0.0.0/0",
			"IpProtocol=udp PortRange=1/65535 FarCidrIp=0.0.0.0/0",
		} {
			assert.NoError(t, unsettled(t, d, text).Check("sg-1", false), text)
		}
	})
}

func TestCheckIgnoresTheWeakerPeer(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		for _, text := range []string{
			ssh + "FarCidrIp=10.0.0.0/8 FarGroupId=sg-1 NicType=internet",
			ssh + "Ipv6FarCidrIp=::1 FarGroupId=sg-1 NicType=internet FarPrefixListId=pl-1",
			ssh + "FarGroupId=sg-2 FarPrefixListId=pl-1",
		} {
			assert.NoError(t, unsettled(t, d, text).Check("sg-1", false), text)
		}
	})
}

func TestCheckWantsPortsThatSuitTheProtocol(t *testing.T) {
	const peer = " FarCidrIp=10.0.0.0/8 "
	bothWays(t, func(t *testing.T, d Direction) {
		for _, row := range []struct {
			text           string
			lenient, stern error
		}{
			{"IpProtocol=tcp PortRange=-1/-1", ErrPorts, ErrPorts},
			{"IpProtocol=udp PortRange=-1/-1", ErrPorts, ErrPorts},
			{"IpProtocol=icmp PortRange=1/200", ErrPorts, ErrPorts},
			{"IpProtocol=icmpv6 PortRange=1/200", ErrPorts, ErrPorts},
			{"IpProtocol=gre PortRange=1/200", ErrPorts, ErrPorts},
			{"IpProtocol=all PortRange=1/65535", ErrPorts, ErrPorts},
			{"IpProtocol=tcp", ErrPorts, ErrPorts},
			{"IpProtocol=icmp", ErrPorts, ErrPorts},
			{"PortRange=-1/-1", ErrProtocolCase, ErrProtocolCase},
			{ping + "SourcePortRange=1/200", ErrPorts, ErrPorts},
			{ping + "SourcePortRange=-1/-1", nil, nil},
			{ssh + "SourcePortRange=1/200", nil, nil},
			{ssh + "SourcePortRange=-1/-1", nil, ErrPorts}, // clients echo it; the document forbids it
		} {
			r := unsettled(t, d, peer+row.text)
			assert.ErrorIs(t, r.Check("sg-1", false), row.lenient, row.text)
			assert.ErrorIs(t, r.Check("sg-1", true), row.stern, "%s, strict", row.text)
		}
	})
}

func TestCheckNamesEachRelation(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		for text, want := range map[string]error{
			ssh:                            ErrNoPeer,
			ssh + "NearCidrIp=10.0.0.0/8":  ErrNoPeer, // the group's own side is none
			ssh + "FarGroupOwnerAccount=1": ErrNoPeer,
			ssh + "FarCidrIp=10.0.0.1 SourceCidrIp=10.0.0.1 Ipv6SourceCidrIp=::1": ErrTwoSources,
			ssh + "FarCidrIp=10.0.0.1 DestCidrIp=10.0.0.1 Ipv6DestCidrIp=::1":     ErrTwoDestinations,
			ping + "Ipv6FarCidrIp=::1":                       ErrIPv6Conflict,
			ping + "FarGroupId=sg-2 Ipv6NearCidrIp=::1":      ErrIPv6Conflict,
			ping6 + "FarCidrIp=10.0.0.1":                     ErrIPv4Conflict,
			ping6 + "FarGroupId=sg-2 NearCidrIp=10.0.0.1":    ErrIPv4Conflict,
			ssh + "SourceCidrIp=10.0.0.1 Ipv6DestCidrIp=::1": ErrIPv6Conflict,
			ssh + "Ipv6SourceCidrIp=::1 DestCidrIp=10.0.0.1": ErrIPv4Conflict,
			ssh + "FarGroupId=sg-2 NicType=internet":         ErrGroupOnInternet,
			ssh + "FarGroupId=sg-1":                          ErrSameGroup,
			ssh + "FarGroupId=sg-1 FarGroupOwnerAccount=2":   ErrSameGroup,
		} {
			assert.ErrorIs(t, unsettled(t, d, text).Check("sg-1", false), want, text)
		}
	})
}

// Each row has two neighbours of the documented order at fault, or, where no rule
// can have both, the nearest two that one can.
func TestCheckTellsTheFirstOfTwoFaults(t *testing.T) {
	const faulty = " IpProtocol=tcp PortRange=-1/-1 "
	for _, row := range []struct {
		says, text string
		ways       []Direction
		want       error
	}{
		{"protocol missing, ports", "PortRange=22/22", both, ErrProtocolCase},
		{"ports, source missing", faulty, both, ErrPorts},
		{"source ports, source missing", ping + "SourcePortRange=1/200", both, ErrPorts},
		{"source missing, two sources", ssh + "SourceCidrIp=10.0.0.1 Ipv6SourceCidrIp=::1", []Direction{Egress}, ErrNoPeer},
		{"source missing, two destinations", ssh + "DestCidrIp=10.0.0.1 Ipv6DestCidrIp=::1", []Direction{Ingress}, ErrNoPeer},
		{"two sources, two destinations",
			ssh + "SourceCidrIp=10.0.0.1 Ipv6SourceCidrIp=::1 DestCidrIp=10.0.0.1 Ipv6DestCidrIp=::1", both, ErrTwoSources},
		{"two sources, icmp with IPv6", ping + "FarGroupId=sg-2 FarCidrIp=10.0.0.1 SourceCidrIp=10.0.0.1 Ipv6SourceCidrIp=::1", both, ErrTwoSources},
		{"two destinations, icmp with IPv6", ping + "FarCidrIp=10.0.0.1 DestCidrIp=10.0.0.1 Ipv6DestCidrIp=::1", both, ErrTwoDestinations},
		{"two destinations, icmpv6 with IPv4", ping6 + "Ipv6FarCidrIp=::1 DestCidrIp=10.0.0.1 Ipv6DestCidrIp=::1", both, ErrTwoDestinations},
		{"icmp with IPv6, IPv6 to IPv4", ping + "Ipv6SourceCidrIp=::1 DestCidrIp=10.0.0.1", both, ErrIPv6Conflict},
		{"icmpv6 with IPv4, IPv4 to IPv6", ping6 + "SourceCidrIp=10.0.0.1 Ipv6DestCidrIp=::1", both, ErrIPv4Conflict},
		{"icmp with IPv6, group on internet", ping + "FarGroupId=sg-2 Ipv6NearCidrIp=::1 NicType=internet", both, ErrIPv6Conflict},
		{"IPv4 to IPv6, where a weaker group is on internet",
			ssh + "SourceCidrIp=10.0.0.1 Ipv6DestCidrIp=::1 FarGroupId=sg-2 NicType=internet", both, ErrIPv6Conflict},
		{"group on internet, group itself", ssh + "FarGroupId=sg-1 NicType=internet", both, ErrGroupOnInternet},
	} {
		for _, d := range row.ways {
			t.Run(row.says+", "+d.String(), func(t *testing.T) {
				assert.ErrorIs(t, unsettled(t, d, row.text).Check("sg-1", false), row.want)
			})
		}
	}
}

func TestSettleFillsWhatWasNotSent(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		r := settled(t, vpc, d, ssh+"FarCidrIp=10.0.0.0/8")
		assert.Equal(t, Accept, r.Policy)
		assert.Equal(t, Priority(1), r.Priority)
		assert.Equal(t, Intranet, r.Nic)

		r = settled(t, vpc, d, ssh+"FarCidrIp=10.0.0.0/8 Policy=drop Priority=100")
		assert.Equal(t, Drop, r.Policy)
		assert.Equal(t, Priority(100), r.Priority)
	})
}

func TestSettleChoosesTheNicType(t *testing.T) {
	const block, group, list = "FarCidrIp=10.0.0.0/8 ", "FarGroupId=sg-2 ", "FarPrefixListId=pl-1 "
	bothWays(t, func(t *testing.T, d Direction) {
		for _, row := range []struct {
			says string
			g    *Group
			text string
			want Nic
		}{
			{"a VPC group knows intranet only", vpc, block, Intranet},
			{"whatever was sent", vpc, block + "NicType=internet", Intranet},
			{"and whatever the peer", vpc, list + "NicType=internet", Intranet},
			{"a classic group's default is internet", classic, block, Internet},
			{"for IPv6 too", classic, "Ipv6FarCidrIp=::1", Internet},
			{"and for a prefix list", classic, list, Internet},
			{"but a group peer means intranet", classic, group, Intranet},
			{"unless a block is stronger", classic, block + group, Internet},
			{"a group is stronger than a prefix list", classic, group + list, Intranet},
			{"a classic group keeps what was sent", classic, block + "NicType=intranet", Intranet},
			{"either of the two", classic, block + "NicType=internet", Internet},
		} {
			t.Run(row.says, func(t *testing.T) {
				assert.Equal(t, row.want, settled(t, row.g, d, ssh+row.text).Nic)
			})
		}
	})
}

func TestSettleKeepsTheStrongestPeer(t *testing.T) {
	const group, list = "FarGroupId=sg-2 FarGroupOwnerAccount=7 ", "FarPrefixListId=pl-1 "
	bothWays(t, func(t *testing.T, d Direction) {
		for _, row := range []struct {
			text string
			want Peer
		}{
			{"FarCidrIp=10.0.0.0/8 " + group + list, Peer{}},
			{"Ipv6FarCidrIp=::1 " + group + list, Peer{}},
			{"FarCidrIp=10.0.0.0/8 FarGroupOwnerAccount=7", Peer{}},
			{group + list, Peer{Group: "sg-2", Owner: "7"}},
			{group + list + "NearCidrIp=10.0.0.0/8", Peer{Group: "sg-2", Owner: "7"}}, // the own side is no peer
			{list, Peer{PrefixList: "pl-1"}},
			{list + "FarGroupOwnerAccount=7", Peer{PrefixList: "pl-1"}}, // an owner of no group
		} {
			assert.Equal(t, row.want, settled(t, vpc, d, ssh+row.text).Peer, row.text)
		}
	})
}

// Describe and the state form give back what was sent; only keys have defaults.
func TestSettleLeavesBlocksAndSourcePortsAsTheyWereSent(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		r := settled(t, vpc, d, ssh+"FarCidrIp=10.0.0.5/8")
		text := map[string]string{}
		r.Fields(func(name string, v Value) { text[name] = v.String() })
		far, near := sides[d].Replace("FarCidrIp"), sides[d].Replace("NearCidrIp")
		assert.Equal(t, "10.0.0.5/8", text[far])
		assert.Empty(t, text[near])
		assert.Empty(t, text["Ipv6"+near])
		assert.Empty(t, text["SourcePortRange"])

		r = settled(t, vpc, d, ssh+"FarCidrIp=10.0.0.1 NearCidrIp=0.0.0.0/0 SourcePortRange=-1/-1")
		r.Fields(func(name string, v Value) { text[name] = v.String() })
		assert.Equal(t, "10.0.0.1", text[far])
		assert.Equal(t, "0.0.0.0/0", text[near])
		assert.Equal(t, "-1/-1", text["SourcePortRange"])
	})
}

func TestFieldsHaveWireNames(t *testing.T) {
	const common = "IpProtocol PortRange SourcePortRange NicType Policy Priority" +
		" SourceCidrIp Ipv6SourceCidrIp DestCidrIp Ipv6DestCidrIp"
	for d, want := range map[Direction]string{
		Ingress: common + " SourceGroupId SourceGroupOwnerAccount SourcePrefixListId Description",
		Egress:  common + " DestGroupId DestGroupOwnerAccount DestPrefixListId Description",
	} {
		var names []string
		r := Rule{Direction: d}
		r.Fields(func(name string, v Value) {
			names = append(names, name)
			assert.Empty(t, v.String(), "%s of an empty rule", name)
		})
		assert.Equal(t, want, strings.Join(names, " "))
	}
}

// Each field is its own: a table of pointers invites a line copied and not changed.
func TestFieldsReachTheRulesFields(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		r := unsettled(t, d, "IpProtocol=udp PortRange=1/2 SourcePortRange=3/4 NicType=internet Policy=drop Priority=5"+
			" SourceCidrIp=10.0.0.6 Ipv6SourceCidrIp=::7 DestCidrIp=10.0.0.8 Ipv6DestCidrIp=::9"+
			" FarGroupId=sg-10 FarGroupOwnerAccount=11 FarPrefixListId=pl-12 Description=13")
		assert.Equal(t, []any{UDP, Ports{1, 2}, Ports{3, 4}, Internet, Drop, Priority(5)},
			[]any{r.Protocol, r.Ports, r.SourcePorts, r.Nic, r.Policy, r.Priority})
		assert.Equal(t, []string{"10.0.0.6", "::7", "10.0.0.8", "::9"},
			[]string{r.Source4.String(), r.Source6.String(), r.Dest4.String(), r.Dest6.String()})
		assert.Equal(t, Peer{Group: "sg-10", Owner: "11", PrefixList: "pl-12"}, r.Peer)
		assert.Equal(t, RuleDescription("13"), r.Description)
	})
}
