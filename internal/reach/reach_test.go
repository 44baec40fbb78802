package reach

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// world returns groups of the account 1 with rules, each written as fields: a group is
// "sg-web", or "sg-web enterprise", "… classic", "… Drop" and "… of 2".
func world(t *testing.T, texts map[string][]string) map[string]*secgroup.Group {
	groups := map[string]*secgroup.Group{}
	for name, rules := range texts {
		words := strings.Fields(name)
		g := &secgroup.Group{ID: words[0], Account: "1", VPC: "vpc-1"}
		for i, word := range words[1:] {
			switch word {
			case "enterprise":
				g.Type = secgroup.Enterprise
			case "classic":
				g.VPC = ""
			case "Drop":
				g.InnerAccess = secgroup.Drop
			case "of":
				g.Account = words[i+2]
			}
		}
		g.SetDefaults()
		for i, text := range rules {
			r := naiveRule{"id": fmt.Sprintf("sgr-%d", i+1)}
			for _, field := range strings.Fields(text) {
				name, value, _ := strings.Cut(field, "=")
				r[name] = value
			}
			rule, err := r.rule(g)
			require.NoError(t, err, text)
			g.Add(rule)
		}
		groups[g.ID] = g
	}
	return groups
}

// end returns an end: anyone, a block, groups, or a member with its groups, written as
// i-1=sg-web=10.0.0.1.
func end(groups map[string]*secgroup.Group, text string) End {
	words := strings.Split(text, "=")
	e := End{Name: words[0], Anyone: text == "anyone", Member: strings.HasPrefix(text, "i-")}
	for _, word := range words {
		if p, err := netip.ParsePrefix(word); err == nil {
			e.Blocks = append(e.Blocks, p)
		} else if a, err := netip.ParseAddr(word); err == nil {
			e.Blocks = append(e.Blocks, netip.PrefixFrom(a, a.BitLen()))
		} else if g := groups[word]; g != nil {
			e.Groups = append(e.Groups, g)
		}
	}
	return e
}

var lookup = &Lookup{
	Addresses: func(p secgroup.Peer) []netip.Addr {
		if p.Group == "sg-web" && p.Owner == "1" {
			return []netip.Addr{netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("10.0.0.2")}
		}
		return nil
	},
	PrefixList: func(account, id string) *secgroup.PrefixList {
		l := &secgroup.PrefixList{}
		for _, text := range []string{"198.51.100.0/24", "203.0.113.0/24"} {
			l.Entries = append(l.Entries, secgroup.Entry{CIDR: secgroup.Block{Prefix: netip.MustParsePrefix(text)}})
		}
		return l
	},
	PortRangeList: func(account, id string) *secgroup.PortRangeList {
		return &secgroup.PortRangeList{Entries: []secgroup.PortEntry{{Ports: secgroup.ListedPorts{Ports: secgroup.Ports{First: 80, Last: 90}}}}}
	},
}

// tables has a group for each part of the precedence. Its rules are sgr-1, sgr-2 and so on.
var tables = map[string][]string{
	"sg-web": {
		"IpProtocol=tcp PortRange=22/22 SourceCidrIp=0.0.0.0/0",
		"IpProtocol=tcp PortRange=22/22 SourceCidrIp=10.0.0.0/8 Priority=2 Policy=drop",
		"IpProtocol=tcp PortRange=80/80 SourceCidrIp=0.0.0.0/0 Priority=3",
		"IpProtocol=tcp PortRange=80/80 SourceCidrIp=10.0.0.0/8 Priority=3 Policy=drop",
		"IpProtocol=tcp PortRange=443/443 PeerGroupId=sg-lb PeerOwner=1",
		"IpProtocol=tcp PortRange=444/444 PeerGroupId=sg-far PeerOwner=2",
		"IpProtocol=udp PortRangeListId=prl-1 PeerPrefixListId=pl-1",
		"IpProtocol=tcp PortRange=25/25 SourceCidrIp=0.0.0.0/0 DestCidrIp=10.0.0.5 SourcePortRange=1024/65535",
		"IpProtocol=tcp PortRange=26/26 SourceCidrIp=0.0.0.0/1",
		"IpProtocol=tcp PortRange=26/27 SourceCidrIp=128.0.0.0/1",
		"IpProtocol=icmpv6 PortRange=-1/-1 Ipv6SourceCidrIp=::/0",
		"IpProtocol=tcp PortRange=28/28 SourceCidrIp=0.0.0.0/0 SourcePortRange=5/6",
		"IpProtocol=tcp PortRange=29/29 Ipv6SourceCidrIp=2001:db8::/32",
		"Direction=egress IpProtocol=tcp PortRange=25/25 DestCidrIp=0.0.0.0/0 Policy=drop",
	},
	"sg-lb":             nil,
	"sg-iso Drop":       nil,
	"sg-extra Drop":     {"IpProtocol=all PortRange=-1/-1 SourceCidrIp=10.0.0.0/8 Policy=drop"},
	"sg-ent enterprise": {"Direction=egress IpProtocol=tcp PortRange=53/53 DestCidrIp=0.0.0.0/0"},
	"sg-far of 2":       nil,
	"sg-old classic":    {"IpProtocol=tcp PortRange=22/22 SourceCidrIp=0.0.0.0/0", "IpProtocol=tcp PortRange=23/23 SourceCidrIp=0.0.0.0/0 NicType=intranet"},
}

const (
	alone   = "It matches, and no rule that matches comes before it."
	there   = "It matches a part, and there no rule that matches comes before it."
	dropped = "; inbound traffic without a rule is dropped."
)

// answers are questions with their answers: each follows from the precedence that the
// comment of the package states.
var answers = []struct {
	from, to, traffic string
	why               string
	rules             []string // id, + for one that decides, and why
}{
	{"anyone", "sg-web", "tcp 22 in", "Yes: rule sgr-1 of sg-web accepts tcp 22 from 0.0.0.0/0 at priority 1.",
		[]string{"sgr-1+ " + alone, "sgr-2 It matches, but its priority 2 comes after the priority 1 of sgr-1."}},
	{"10.1.1.1", "sg-web", "tcp 80 in", "No: rule sgr-4 of sg-web drops tcp 80 from 10.0.0.0/8 at priority 3.",
		[]string{"sgr-4+ " + alone, "sgr-3 It matches, but of two rules at priority 3 that which drops comes first, here sgr-4."}},
	{"anyone", "sg-web", "tcp 80 in", "No, only in part: rule sgr-3 of sg-web accepts tcp 80 from 0.0.0.0/0 at priority 3, but rule sgr-4 of sg-web drops tcp 80 from 10.0.0.0/8 at priority 3.",
		[]string{"sgr-4+ " + there, "sgr-3+ " + there}},
	{"anyone", "sg-web", "tcp 26 in", "Yes: rule sgr-9 of sg-web accepts tcp 26 from 0.0.0.0/1 at priority 1, and others accept the rest.",
		[]string{"sgr-9+ " + there, "sgr-10+ " + there}},
	{"198.51.100.7", "sg-web", "tcp 443 in", "No: no rule of sg-web accepts tcp 443 from 198.51.100.7" + dropped,
		[]string{"sgr-5 It does not match: the source is sg-lb, asked 198.51.100.7.", "sgr-1 It does not match: PortRange is 22/22, asked 443.", "sgr-3 It does not match: PortRange is 80/80, asked 443."}},
	{"192.0.2.1", "sg-web", "udp 91 in", "No: no rule of sg-web accepts udp 91 from 192.0.2.1" + dropped,
		[]string{"sgr-7 It does not match: PortRangeListId is prl-1, asked 91; the source is pl-1, asked 192.0.2.1.", "sgr-1 It does not match: IpProtocol is TCP, asked udp.", "sgr-3 It does not match: IpProtocol is TCP, asked udp."}},
	{"198.51.100.0/24", "sg-web", "udp 85 in", "Yes: rule sgr-7 of sg-web accepts udp 85 from pl-1 at priority 1.", []string{"sgr-7+ " + alone}},
	{"anyone", "sg-web", "icmpv6 0 in", "Yes: rule sgr-11 of sg-web accepts icmpv6 from ::/0 at priority 1.", []string{"sgr-11+ " + alone}},

	// Anyone has addresses of both families, unless the other end has only one.
	{"anyone", "sg-web", "tcp 29 in", "No, only in part: rule sgr-13 of sg-web accepts tcp 29 from 2001:db8::/32 at priority 1, but no rule of sg-web accepts tcp 29 from any IPv4 address" + dropped,
		[]string{"sgr-13+ " + there, "sgr-1 It does not match: PortRange is 22/22, asked 29.", "sgr-3 It does not match: PortRange is 80/80, asked 29.", "sgr-5 It does not match: PortRange is 443/443, asked 29; the source is sg-lb, asked anyone."}},
	{"anyone", "i-1=sg-web=10.0.0.1", "tcp 29 in", "No: no rule of sg-web accepts tcp 29 from anyone" + dropped,
		[]string{"sgr-13 It does not match: the source is 2001:db8::/32, asked anyone.", "sgr-1 It does not match: PortRange is 22/22, asked 29.", "sgr-3 It does not match: PortRange is 80/80, asked 29."}},
	{"anyone", "i-1=sg-web=2001:db8::1", "tcp 22 in", "No: no rule of sg-web accepts tcp 22 from anyone" + dropped,
		[]string{"sgr-1 It does not match: the source is 0.0.0.0/0, asked anyone.", "sgr-13 It does not match: PortRange is 29/29, asked 22.", "sgr-3 It does not match: PortRange is 80/80, asked 22; the source is 0.0.0.0/0, asked anyone."}},
	{"sg-web", "anyone", "tcp 25 out", "No, only in part: no rule of sg-web drops tcp 25 to any IPv6 address; outbound traffic without a rule is accepted, but rule sgr-14 of sg-web drops tcp 25 to 0.0.0.0/0 at priority 1.",
		[]string{"sgr-14+ " + there}},
	{"i-1=sg-web=10.0.0.1", "anyone", "tcp 25 out", "No: rule sgr-14 of sg-web drops tcp 25 to 0.0.0.0/0 at priority 1.", []string{"sgr-14+ " + alone}},

	// Peer groups, of other accounts too, and members.
	{"sg-lb", "sg-web", "tcp 443 in out", "Yes: rule sgr-5 of sg-web accepts tcp 443 from sg-lb at priority 1, and no rule of sg-lb drops tcp 443 to sg-web; outbound traffic without a rule is accepted.",
		[]string{"sgr-5+ " + alone}},
	{"i-2=sg-lb=sg-iso", "sg-web", "tcp 443 in", "Yes: rule sgr-5 of sg-web accepts tcp 443 from sg-lb (i-2 is in it) at priority 1.", []string{"sgr-5+ " + alone}},
	{"sg-far", "sg-web", "tcp 444 in", "Yes: rule sgr-6 of sg-web accepts tcp 444 from sg-far of account 2 at priority 1.", []string{"sgr-6+ " + alone}},
	{"anyone", "sg-web", "tcp 443 in", "No: no rule of sg-web accepts tcp 443 from anyone" + dropped,
		[]string{"sgr-5 It does not match: the source is sg-lb, asked anyone.", "sgr-1 It does not match: PortRange is 22/22, asked 443.", "sgr-3 It does not match: PortRange is 80/80, asked 443."}},

	// The access inside a group, whatever the rules of other groups of a member are.
	{"sg-web", "sg-web", "tcp 1 in out", "Yes: members of sg-web reach each other whatever its rules are, as its InnerAccessPolicy is Accept.", nil},
	{"sg-web", "i-1=sg-extra=sg-web=10.0.0.1", "tcp 1 in", "Yes: members of sg-web reach each other whatever its rules are, as its InnerAccessPolicy is Accept.",
		[]string{"sgr-1 It matches, but the InnerAccessPolicy of sg-web comes before its rules."}},
	{"10.0.0.2", "i-1=sg-extra=sg-web=10.0.0.1", "tcp 1 in", "Yes: members of sg-web reach each other whatever its rules are, as its InnerAccessPolicy is Accept.",
		[]string{"sgr-1 It matches, but the InnerAccessPolicy of sg-web comes before its rules."}},
	{"10.0.0.0/30", "sg-lb", "tcp 1 in", "No: no rule of sg-lb accepts tcp 1 from 10.0.0.0/30" + dropped, nil},
	{"sg-iso", "sg-iso", "icmp 0 in out", "No: no rule of sg-iso accepts icmp from sg-iso" + dropped, nil},

	// Several groups of a member.
	{"10.9.9.9", "i-1=sg-web=sg-extra", "tcp 22 in", "No: rule sgr-1 of sg-extra drops tcp 22 from 10.0.0.0/8 at priority 1.",
		[]string{"sgr-1+ " + alone, "sgr-1 It matches, but of two rules at priority 1 that which drops comes first, here sgr-1.", "sgr-2 It matches, but its priority 2 comes after the priority 1 of sgr-1."}},
	{"1.1.1.1", "i-1=sg-lb=sg-iso", "gre 0 in", "No: no rule of sg-lb or sg-iso accepts gre from 1.1.1.1" + dropped, nil},

	// The other fields of rules.
	{"anyone", "sg-web", "tcp 25 in", "No, only in part: rule sgr-8 of sg-web accepts tcp 25 from 0.0.0.0/0 to 10.0.0.5 with source ports 1024/65535 at priority 1, but no rule of sg-web accepts the rest, such as that to 0.0.0.0" + dropped,
		[]string{"sgr-8+ " + there, "sgr-1 It does not match: PortRange is 22/22, asked 25.", "sgr-3 It does not match: PortRange is 80/80, asked 25.", "sgr-9 It does not match: PortRange is 26/26, asked 25."}},
	{"anyone", "i-1=sg-web=10.0.0.6", "tcp 25 in", "No: no rule of sg-web accepts tcp 25 from anyone" + dropped,
		[]string{"sgr-8 It does not match: DestCidrIp is 10.0.0.5, asked i-1.", "sgr-1 It does not match: PortRange is 22/22, asked 25.", "sgr-3 It does not match: PortRange is 80/80, asked 25."}},
	{"1.1.1.1", "sg-web", "tcp 28 in", "No, only in part: rule sgr-12 of sg-web accepts tcp 28 from 0.0.0.0/0 with source ports 5/6 at priority 1, but no rule of sg-web accepts the rest, such as that from the source port 1" + dropped,
		[]string{"sgr-12+ " + there, "sgr-1 It does not match: PortRange is 22/22, asked 28.", "sgr-3 It does not match: PortRange is 80/80, asked 28.", "sgr-8 It does not match: PortRange is 25/25, asked 28."}},

	// Outbound traffic, and enterprise groups.
	{"sg-web", "1.1.1.1", "tcp 1 out", "Yes: no rule of sg-web drops tcp 1 to 1.1.1.1; outbound traffic without a rule is accepted.", nil},
	{"sg-ent", "anyone", "tcp 53 out", "Yes: rule sgr-1 of sg-ent accepts tcp 53 to 0.0.0.0/0 at priority 1.", []string{"sgr-1+ " + alone}},
	{"sg-ent", "anyone", "tcp 1 out", "No: no rule of sg-ent accepts tcp 1 to anyone; outbound traffic of enterprise groups without a rule is dropped.",
		[]string{"sgr-1 It does not match: PortRange is 53/53, asked 1."}},
	{"sg-ent", "sg-ent", "tcp 53 in", "No: no rule of sg-ent accepts tcp 53 from sg-ent" + dropped, nil},

	// The two network interfaces of the classic network.
	{"anyone", "sg-old", "tcp 22 in", "Yes: rule sgr-1 of sg-old accepts tcp 22 from 0.0.0.0/0 at priority 1.", []string{"sgr-1+ " + alone}},
	{"10.0.0.1", "sg-old", "tcp 22 in", "No: no rule of sg-old accepts tcp 22 from 10.0.0.1" + dropped,
		[]string{"sgr-1 It does not match: NicType is internet, asked intranet.", "sgr-2 It does not match: PortRange is 23/23, asked 22."}},
}

func TestAnswersSayWhy(t *testing.T) {
	groups := world(t, tables)
	for _, c := range answers {
		q := &Question{From: end(groups, c.from), To: end(groups, c.to)}
		for i, word := range strings.Fields(c.traffic) {
			switch {
			case i == 0:
				require.NoError(t, q.Protocol.Set(word))
			case i == 1:
				n, _ := strconv.Atoi(word)
				q.Port = int32(n)
			case word == "in":
				q.Ingress = true
			default:
				q.Egress = true
			}
		}
		a, err := Ask(q, lookup)
		require.NoError(t, err)
		var rules []string
		for _, r := range a.Rules {
			id := r.Rule.ID
			if r.Decides {
				id += "+"
			}
			rules = append(rules, id+" "+r.Why)
		}
		asked := c.from + " to " + c.to + ", " + c.traffic
		assert.Equal(t, c.why, a.Why, asked)
		assert.Equal(t, c.rules, rules, asked)
		assert.Equal(t, strings.HasPrefix(c.why, "Yes: "), a.Reaches, asked)
		assert.Equal(t, strings.HasPrefix(c.why, "No, only in part: "), a.Partly, asked)
	}
}

// Families that do not mix have no answer.
func TestFamiliesDoNotMix(t *testing.T) {
	groups := world(t, tables)
	for _, c := range [][2]string{{"::1", "icmp"}, {"10.0.0.1", "icmpv6"}} {
		q := &Question{From: end(groups, c[0]), To: end(groups, "sg-web"), Ingress: true}
		require.NoError(t, q.Protocol.Set(c[1]))
		_, err := Ask(q, lookup)
		assert.ErrorIs(t, err, ErrFamily, c)
	}
}

// A group with many rules has an answer soon: each cut halves them. The rules are counted,
// so that the answer is not that of some only.
func TestManyRules(t *testing.T) {
	g := &secgroup.Group{ID: "sg-1", Account: "1", VPC: "vpc-1"}
	g.SetDefaults()
	const many = 20000
	for i := range many {
		a := netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)})
		r, err := naiveRule{"id": fmt.Sprintf("sgr-%d", i), "IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": a.String()}.rule(g)
		require.NoError(t, err)
		g.Add(r)
	}
	q := &Question{From: End{Name: "10.0.0.0/19", Blocks: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/19")}}, To: End{Groups: []*secgroup.Group{g}}, Protocol: secgroup.TCP, Port: 22, Ingress: true}
	a, err := Ask(q, lookup)
	require.NoError(t, err)
	assert.True(t, a.Reaches, a.Why)
	assert.Equal(t, mostRulings, len(a.Rules))
	assert.Equal(t, 1<<13-mostRulings, a.More)
}
