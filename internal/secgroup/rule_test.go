package secgroup

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Tests write a rule as its wire fields. Peer and Local are the prefixes of the peer's
// side and the group's side, so that one row is for both directions.
const (
	ssh   = " IpProtocol=tcp PortRange=22/22 "
	ping  = " IpProtocol=icmp PortRange=-1/-1 "
	ping6 = " IpProtocol=icmpv6 PortRange=-1/-1 "
)

var sides = [...]*strings.Replacer{
	Ingress: strings.NewReplacer("Peer", "Source", "Local", "Dest"),
	Egress:  strings.NewReplacer("Peer", "Dest", "Local", "Source"),
}

var (
	both    = []Direction{Ingress, Egress}
	vpc     = &Group{ID: "sg-1", VPC: "vpc-1"}
	classic = &Group{ID: "sg-1"}
)

// parsed returns a rule as it was sent.
func parsed(t *testing.T, d Direction, text string) *Rule {
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

// complete returns a rule with the defaults of its group.
func complete(t *testing.T, g *Group, d Direction, text string) *Rule {
	t.Helper()
	r := parsed(t, d, text)
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

func TestCheckAllowsWhatTheDocumentAllows(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		for _, text := range []string{
			ssh + "PeerCidrIp=10.0.0.0/8",
			ssh + "PeerCidrIp=10.0.0.0/8 LocalCidrIp=10.1.0.0/16 SourcePortRange=1/200",
			ssh + "Ipv6PeerCidrIp=2001:db8::/32 Ipv6LocalCidrIp=::/0",
			ssh + "PeerGroupId=sg-2",
			ssh + "PeerGroupId=sg-2 NicType=intranet Ipv6LocalCidrIp=::1",
			ssh + "PeerPrefixListId=pl-1",
			ssh + "PeerPrefixListId=pl-1 NicType=internet", // only a group is bound to intranet
			"IpProtocol=udp PortRangeListId=prl-1 PeerGroupId=sg-2 SourcePortRange=1/200",
			ping + "PeerCidrIp=10.0.0.1 SourcePortRange=-1/-1",
			ping6 + "Ipv6PeerCidrIp=::1",
			ping6 + "PeerGroupId=sg-2",
			"IpProtocol=gre PortRange=-1/-1 Ipv6PeerCidrIp=::1", // only icmp is IPv4's
			"IpProtocol=all PortRange=-1/-1 PeerCidrIp=0.0.0.0/0",
			"IpProtocol=udp PortRange=1/65535 PeerCidrIp=0.0.0.0/0",
		} {
			assert.NoError(t, parsed(t, d, text).Check("sg-1", false), text)
		}
	})
}

func TestCheckIgnoresTheWeakerPeer(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		for _, text := range []string{
			ssh + "PeerCidrIp=10.0.0.0/8 PeerGroupId=sg-1 NicType=internet",
			ssh + "Ipv6PeerCidrIp=::1 PeerGroupId=sg-1 NicType=internet PeerPrefixListId=pl-1",
			ssh + "PeerGroupId=sg-2 PeerPrefixListId=pl-1",
		} {
			assert.NoError(t, parsed(t, d, text).Check("sg-1", false), text)
		}
	})
}

func TestCheckOfPortsAndProtocol(t *testing.T) {
	const peer = " PeerCidrIp=10.0.0.0/8 "
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
			{"IpProtocol=tcp", ErrNoPorts, ErrNoPorts},
			{"IpProtocol=icmp", ErrNoPorts, ErrNoPorts},
			{"IpProtocol=icmp PortRangeListId=prl-1", ErrPortListProtocol, ErrPortListProtocol},
			{"IpProtocol=gre PortRangeListId=prl-1", ErrPortListProtocol, ErrPortListProtocol},
			{"IpProtocol=all PortRangeListId=prl-1", ErrPortListProtocol, ErrPortListProtocol},
			{"IpProtocol=tcp PortRange=-1/-1 PortRangeListId=prl-1", ErrPorts, ErrPorts},
			{ping + "PortRangeListId=prl-1", nil, nil}, // PortRange takes precedence
			{"PortRange=-1/-1", ErrProtocolCase, ErrProtocolCase},
			{ping + "SourcePortRange=1/200", ErrPorts, ErrPorts},
			{ping + "SourcePortRange=-1/-1", nil, nil},
			{ssh + "SourcePortRange=1/200", nil, nil},
			{ssh + "SourcePortRange=-1/-1", nil, ErrPorts}, // clients echo it; the document forbids it
		} {
			r := parsed(t, d, peer+row.text)
			assert.ErrorIs(t, r.Check("sg-1", false), row.lenient, row.text)
			assert.ErrorIs(t, r.Check("sg-1", true), row.stern, "%s, strict", row.text)
		}
	})
}

func TestCheckOfRelations(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		for text, want := range map[string]error{
			ssh:                             ErrNoPeer,
			ssh + "LocalCidrIp=10.0.0.0/8":  ErrNoPeer, // a block on the group's side is no peer
			ssh + "PeerGroupOwnerAccount=1": ErrNoPeer,
			ssh + "PeerCidrIp=10.0.0.1 SourceCidrIp=10.0.0.1 Ipv6SourceCidrIp=::1": ErrTwoSources,
			ssh + "PeerCidrIp=10.0.0.1 DestCidrIp=10.0.0.1 Ipv6DestCidrIp=::1":     ErrTwoDestinations,
			ping + "Ipv6PeerCidrIp=::1":                      ErrIPv6Conflict,
			ping + "PeerGroupId=sg-2 Ipv6LocalCidrIp=::1":    ErrIPv6Conflict,
			ping6 + "PeerCidrIp=10.0.0.1":                    ErrIPv4Conflict,
			ping6 + "PeerGroupId=sg-2 LocalCidrIp=10.0.0.1":  ErrIPv4Conflict,
			ssh + "SourceCidrIp=10.0.0.1 Ipv6DestCidrIp=::1": ErrIPv6Conflict,
			ssh + "Ipv6SourceCidrIp=::1 DestCidrIp=10.0.0.1": ErrIPv4Conflict,
			ssh + "PeerGroupId=sg-2 NicType=internet":        ErrGroupOnInternet,
			ssh + "PeerGroupId=sg-1":                         ErrSameGroup,
			ssh + "PeerGroupId=sg-1 PeerGroupOwnerAccount=2": ErrSameGroup,
		} {
			assert.ErrorIs(t, parsed(t, d, text).Check("sg-1", false), want, text)
		}
	})
}

// Each row has two neighbours of the documented order at fault, or, where no rule
// can have both, the nearest two that one can.
func TestCheckReturnsTheFirstCause(t *testing.T) {
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
		{"two sources, icmp with IPv6", ping + "PeerGroupId=sg-2 PeerCidrIp=10.0.0.1 SourceCidrIp=10.0.0.1 Ipv6SourceCidrIp=::1", both, ErrTwoSources},
		{"two destinations, icmp with IPv6", ping + "PeerCidrIp=10.0.0.1 DestCidrIp=10.0.0.1 Ipv6DestCidrIp=::1", both, ErrTwoDestinations},
		{"two destinations, icmpv6 with IPv4", ping6 + "Ipv6PeerCidrIp=::1 DestCidrIp=10.0.0.1 Ipv6DestCidrIp=::1", both, ErrTwoDestinations},
		{"icmp with IPv6, IPv6 to IPv4", ping + "Ipv6SourceCidrIp=::1 DestCidrIp=10.0.0.1", both, ErrIPv6Conflict},
		{"icmpv6 with IPv4, IPv4 to IPv6", ping6 + "SourceCidrIp=10.0.0.1 Ipv6DestCidrIp=::1", both, ErrIPv4Conflict},
		{"icmp with IPv6, group on internet", ping + "PeerGroupId=sg-2 Ipv6LocalCidrIp=::1 NicType=internet", both, ErrIPv6Conflict},
		{"IPv4 to IPv6, where a weaker group is on internet",
			ssh + "SourceCidrIp=10.0.0.1 Ipv6DestCidrIp=::1 PeerGroupId=sg-2 NicType=internet", both, ErrIPv6Conflict},
		{"group on internet, group itself", ssh + "PeerGroupId=sg-1 NicType=internet", both, ErrGroupOnInternet},
	} {
		for _, d := range row.ways {
			t.Run(row.says+", "+d.String(), func(t *testing.T) {
				assert.ErrorIs(t, parsed(t, d, row.text).Check("sg-1", false), row.want)
			})
		}
	}
}

func TestDefaultsOfRules(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		r := complete(t, vpc, d, ssh+"PeerCidrIp=10.0.0.0/8")
		assert.Equal(t, []any{Accept, Priority(1), Intranet}, []any{r.Policy, r.Priority, r.Nic})

		r = complete(t, vpc, d, ssh+"PeerCidrIp=10.0.0.0/8 Policy=drop Priority=100")
		assert.Equal(t, Drop, r.Policy)
		assert.Equal(t, Priority(100), r.Priority)
	})
}

func TestDefaultNicType(t *testing.T) {
	const block, group, list = "PeerCidrIp=10.0.0.0/8 ", "PeerGroupId=sg-2 ", "PeerPrefixListId=pl-1 "
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
			{"for IPv6 too", classic, "Ipv6PeerCidrIp=::1", Internet},
			{"and for a prefix list", classic, list, Internet},
			{"but a group peer means intranet", classic, group, Intranet},
			{"unless a block is stronger", classic, block + group, Internet},
			{"a group is stronger than a prefix list", classic, group + list, Intranet},
			{"a classic group keeps what was sent", classic, block + "NicType=intranet", Intranet},
			{"either of the two", classic, block + "NicType=internet", Internet},
		} {
			t.Run(row.says, func(t *testing.T) {
				assert.Equal(t, row.want, complete(t, row.g, d, ssh+row.text).Nic)
			})
		}
	})
}

func TestDefaultsKeepTheStrongestPeer(t *testing.T) {
	const group, list = "PeerGroupId=sg-2 PeerGroupOwnerAccount=7 ", "PeerPrefixListId=pl-1 "
	bothWays(t, func(t *testing.T, d Direction) {
		for _, row := range []struct {
			text string
			want Peer
		}{
			{"PeerCidrIp=10.0.0.0/8 " + group + list, Peer{}},
			{"Ipv6PeerCidrIp=::1 " + group + list, Peer{}},
			{"PeerCidrIp=10.0.0.0/8 PeerGroupOwnerAccount=7", Peer{}},
			{group + list, Peer{Group: "sg-2", Owner: "7"}},
			{group + list + "LocalCidrIp=10.0.0.0/8", Peer{Group: "sg-2", Owner: "7"}}, // a block on the group's side is no peer
			{list, Peer{PrefixList: "pl-1"}},
			{list + "PeerGroupOwnerAccount=7", Peer{PrefixList: "pl-1"}}, // an owner of no group
		} {
			assert.Equal(t, row.want, complete(t, vpc, d, ssh+row.text).Peer, row.text)
		}
	})
}

// Describe and the state form give back what was sent; only keys have defaults.
func TestDefaultsKeepBlocksAndSourcePorts(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		r := complete(t, vpc, d, ssh+"PeerCidrIp=10.0.0.5/8")
		text := map[string]string{}
		r.Fields(func(name string, v Value) { text[name] = v.String() })
		peer, local := sides[d].Replace("PeerCidrIp"), sides[d].Replace("LocalCidrIp")
		assert.Equal(t, "10.0.0.5/8", text[peer])
		assert.Empty(t, text[local])
		assert.Empty(t, text["Ipv6"+local])
		assert.Empty(t, text["SourcePortRange"])

		r = complete(t, vpc, d, ssh+"PeerCidrIp=10.0.0.1 LocalCidrIp=0.0.0.0/0 SourcePortRange=-1/-1")
		r.Fields(func(name string, v Value) { text[name] = v.String() })
		assert.Equal(t, "10.0.0.1", text[peer])
		assert.Equal(t, "0.0.0.0/0", text[local])
		assert.Equal(t, "-1/-1", text["SourcePortRange"])
	})
}

func TestFieldsHaveWireNames(t *testing.T) {
	const common = "IpProtocol PortRange PortRangeListId SourcePortRange NicType Policy Priority" +
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

// No two fields are one: in a table of pointers a line is easily copied and not changed.
func TestFieldsSetTheRule(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		r := parsed(t, d, "IpProtocol=udp PortRange=1/2 PortRangeListId=prl-14 SourcePortRange=3/4 NicType=internet Policy=drop Priority=5"+
			" SourceCidrIp=10.0.0.6 Ipv6SourceCidrIp=::7 DestCidrIp=10.0.0.8 Ipv6DestCidrIp=::9"+
			" PeerGroupId=sg-10 PeerGroupOwnerAccount=11 PeerPrefixListId=pl-12 Description=13")
		assert.Equal(t, []any{UDP, Ports{1, 2}, Ports{3, 4}, Internet, Drop, Priority(5)},
			[]any{r.Protocol, r.Ports, r.SourcePorts, r.Nic, r.Policy, r.Priority})
		assert.Equal(t, []string{"10.0.0.6", "::7", "10.0.0.8", "::9"},
			[]string{r.Source4.String(), r.Source6.String(), r.Dest4.String(), r.Dest6.String()})
		assert.Equal(t, Peer{Group: "sg-10", Owner: "11", PrefixList: "pl-12"}, r.Peer)
		assert.Equal(t, []string{"13", "prl-14"}, []string{r.Description.String(), r.PortList.String()})
	})
}
