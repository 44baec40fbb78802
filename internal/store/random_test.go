package store

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// dice makes random worlds, small enough that ids, owners and keys meet often.
type dice struct{ *rand.Rand }

func roll(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 2014))} }

func (d dice) of(texts ...string) string { return texts[d.IntN(len(texts))] }

func (d dice) account() string { return d.of(account.DefaultID, "2222222222222222", "acct3") }
func (d dice) region() string  { return d.of("cn-hangzhou", "cn-beijing", "us-west-1") }
func (d dice) groupID() string { return fmt.Sprintf("sg-%d", d.IntN(8)) }

func (d dice) group() *secgroup.Group {
	g := &secgroup.Group{
		ID:             d.groupID(),
		Name:           secgroup.GroupName(d.of("", "web", "数据库", "a-b.c:d_e")),
		Description:    secgroup.GroupDescription(d.of("", "for <web> & \"more\"", "back\\slash \u2028 line\n")),
		VPC:            d.of("", "vpc-1", "vpc-2"),
		ResourceGroup:  d.of("", "rg-1"),
		Type:           secgroup.GroupType(d.IntN(3)),
		InnerAccess:    secgroup.Policy(d.IntN(3)),
		ServiceManaged: d.IntN(4) == 0,
	}
	for i := range d.IntN(3) {
		g.Tags = append(g.Tags, secgroup.Tag{Key: fmt.Sprint("key", i), Value: d.of("", "v", "é")})
	}
	return g
}

// rule returns a rule for a group, or nil if the dice made one that the API refuses.
func (d dice) rule(r *Namespace, g *secgroup.Group) *secgroup.Rule {
	rule := &secgroup.Rule{Direction: secgroup.Direction(d.IntN(2))}
	rule.Fields(func(name string, v secgroup.Value) {
		texts, ok := ruleTexts[name]
		if text := d.of(texts...); ok && text != "" {
			if err := v.Set(text); err != nil {
				panic(name + " " + text)
			}
		}
	})
	switch d.IntN(4) {
	case 0:
		rule.Source4, rule.Dest4 = secgroup.Source4{}, secgroup.Dest4{}
	case 1:
		rule.Source6, rule.Dest6 = secgroup.Source6{}, secgroup.Dest6{}
	case 2:
		rule.Source4, rule.Dest4 = secgroup.Source4{}, secgroup.Dest4{}
		rule.Source6, rule.Dest6 = secgroup.Source6{}, secgroup.Dest6{}
	}
	if rule.Protocol != secgroup.TCP && rule.Protocol != secgroup.UDP {
		rule.Ports, rule.SourcePorts = secgroup.AllPorts, secgroup.Ports{}
	}
	if rule.Check(g.ID, false) != nil || g.CheckRule(rule) != nil {
		return nil
	}
	rule.SetDefaults(g)
	if rule.Peer.Group != "" && rule.Peer.Owner == "" {
		rule.Peer.Owner = g.Account
	}
	if g.Find(rule.Key()) != nil {
		return nil
	}
	rule.ID = r.NewID("sgr-")
	return rule
}

// ruleOf returns a rule of a group, or nil.
func (d dice) ruleOf(g *secgroup.Group) *secgroup.Rule {
	rules := slices.Collect(g.Rules())
	if len(rules) == 0 {
		return nil
	}
	return rules[d.IntN(len(rules))]
}

var ruleTexts = map[string][]string{
	"IpProtocol":              {"tcp", "udp", "icmp", "icmpv6", "gre", "all"},
	"PortRange":               {"22/22", "80/443", "1/65535", ""},
	"PortRangeListId":         {"prl-1", "prl-pl-1", ""},
	"SourcePortRange":         {"", "", "-1/-1", "1024/2048"},
	"NicType":                 {"", "internet", "intranet"},
	"Policy":                  {"", "accept", "drop"},
	"Priority":                {"", "1", "2", "100"},
	"SourceCidrIp":            {"", "10.0.0.0/8", "10.0.0.5/8", "10.0.0.1", "10.0.0.1/32"},
	"DestCidrIp":              {"", "0.0.0.0/0", "192.168.0.1"},
	"Ipv6SourceCidrIp":        {"", "::/0", "2001:db8::/32", "::ffff:10.0.0.1"},
	"Ipv6DestCidrIp":          {"", "2001:db8::1"},
	"SourceGroupId":           {"", "sg-0", "sg-1", "sg-2", "sg-gone", "any text"},
	"DestGroupId":             {"", "sg-0", "sg-1", "sg-2", "sg-gone"},
	"SourceGroupOwnerAccount": {"", "2222222222222222", "acct3", account.DefaultID, "who@else"},
	"DestGroupOwnerAccount":   {"", "2222222222222222", "acct3", account.DefaultID, "who@else"},
	"SourcePrefixListId":      {"", "pl-1"},
	"DestPrefixListId":        {"", "pl-1"},
	"Description":             {"", "x", "a <note> of \"mine\""},
}

// addMember adds a member that is in no group yet: an instance or a network interface.
func addMember(r *Namespace, id, vpc string, instance bool) {
	m := secgroup.Member{ID: id, VPC: vpc}
	further := compute.Further{}
	if n := byte(len(r.Instances()) + len(r.Interfaces())); n%2 == 1 {
		further = compute.Further{Secondary: []netip.Addr{netip.AddrFrom4([4]byte{10, 0, 0, n})}, IPv6: []netip.Addr{netip.AddrFrom16([16]byte{0x20, 15: n})}}
	}
	if !instance {
		r.AddInterface(&compute.Interface{Member: m, VSwitch: "vsw-1", Further: further})
		return
	}
	i := &compute.Instance{Member: m, Name: secgroup.Text(id), VSwitch: "vsw-1", Further: further}
	i.HostName = secgroup.Text(i.DefaultHostName())
	r.AddInstance(i)
}

// member adds a random member that is in no group yet, unless its id is used.
func (d dice) member(r *Namespace) {
	id, vpc, instance := fmt.Sprintf("m-%d", d.IntN(6)), d.of("", "vpc-1", "vpc-2"), d.IntN(2) == 0
	if r.isUsed(id) {
		return
	}
	addMember(r, id, vpc, instance)
	if i, ok := r.Instance(id); ok {
		i.State.To(compute.Status(d.IntN(5)))
	}
}

func (d dice) list() *secgroup.PrefixList {
	p := &secgroup.PrefixList{
		List: secgroup.List{
			ID:            fmt.Sprintf("pl-%d", d.IntN(4)),
			Name:          secgroup.Text(d.of("", "office", "a \"name\"")),
			Description:   secgroup.Text(d.of("", "é")),
			ResourceGroup: d.of("", "rg-1"),
			Created:       time.Unix(int64(d.IntN(1e9)), 0).UTC(),
		},
		Family:  secgroup.Family(d.IntN(2)),
		Entries: make([]secgroup.Entry, d.IntN(3)),
	}
	for i := range p.Entries {
		p.Entries[i].Description = secgroup.Text(d.of("", "x"))
		block := []string{"10.0.0.%d/24", "2001:db8::%d"}[p.Family]
		if err := p.CIDR(&p.Entries[i]).Set(fmt.Sprintf(block, i)); err != nil {
			panic(err)
		}
	}
	p.MaxEntries = defaultMaxEntries(len(p.Entries)) + d.IntN(2)*7
	return p
}

// join adds a random member to a group or removes it.
func (d dice) join(r *Namespace, g *secgroup.Group) {
	members := membersOf(r)
	if len(members) == 0 {
		return
	}
	m := members[d.IntN(len(members))]
	h := draftNamespace{Namespace: r}
	switch {
	case slices.Contains(m.Groups, g.ID):
		r.Leave(m, g)
	case h.checkJoin(m, g) == nil:
		r.Join(m, g)
	}
}

// portList is a port range list with the ports n/n for some n.
func (d dice) portList() *secgroup.PortRangeList {
	p := &secgroup.PortRangeList{List: d.list().List, Entries: make([]secgroup.PortEntry, d.IntN(3))}
	p.ID = "prl-" + p.ID
	for i := range p.Entries {
		p.Entries[i].Ports.Ports = secgroup.Ports{First: int32(i + 1), Last: int32(i + 1)}
	}
	p.MaxEntries = 9
	return p
}

// surround adds a random member or list to a namespace, or removes one of the lists.
func (d dice) surround(r *Namespace) {
	switch d.IntN(6) {
	case 0, 1:
		d.member(r)
	case 2:
		if p := d.portList(); !r.isUsed(p.ID) {
			r.AddPortRangeList(p)
		}
	case 3:
		if all := r.PrefixLists(); len(all) > 0 {
			r.DeletePrefixList(all[d.IntN(len(all))])
		}
	case 4:
		if all := r.PortRangeLists(); len(all) > 0 {
			r.DeletePortRangeList(all[d.IntN(len(all))])
		}
	default:
		if p := d.list(); !r.isUsed(p.ID) {
			r.AddPrefixList(p)
		}
	}
}

// change makes one random change in a namespace.
func (d dice) change(r *Namespace) error {
	groups := r.Groups()
	if d.IntN(10) == 0 {
		d.surround(r)
		return nil
	}
	if d.IntN(4) == 0 || len(groups) == 0 {
		if g := d.group(); !r.isUsed(g.ID) {
			r.AddGroup(g)
		}
		return nil
	}
	g := groups[d.IntN(len(groups))]
	switch d.IntN(14) {
	case 0:
		if len(r.Members(g.ID)) == 0 {
			r.DeleteGroup(g)
		}
	case 1, 2:
		if rule := d.ruleOf(g); rule != nil {
			r.RemoveRule(g, rule)
		}
	case 3:
		if rule, to := d.ruleOf(g), d.rule(r, g); rule != nil && to != nil {
			r.ChangeRule(g, rule, *to)
		}
	case 4, 5:
		d.join(r, g)
	case 6:
		g.Tags = secgroup.WithTags(g.Tags, []secgroup.Tag{{Key: d.of("a", "b", "c"), Value: d.of("", "v")}, {Key: d.of("a", "d")}})
	case 7:
		g.Tags = secgroup.WithoutTags(g.Tags, []string{d.of("a", "b"), d.of("c", "d")})
	default:
		if rule := d.rule(r, g); rule != nil {
			r.AddRule(g, rule)
		}
	}
	return nil
}

// randomWorld returns a world after some changes.
func randomWorld(t testing.TB, seed uint64, changes int) *World {
	d, w := roll(seed), New(clock.Seeded(seed))
	for range changes {
		require.NoError(t, w.Update(d.account(), d.region(), d.change))
	}
	return w
}
