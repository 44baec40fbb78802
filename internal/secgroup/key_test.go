package secgroup

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestKeysAreEqualWhereOnlyTheSpellingDiffers(t *testing.T) {
	const block, group = " PeerCidrIp=10.0.0.1 ", " PeerGroupId=sg-2 PeerGroupOwnerAccount=7 "
	bothWays(t, func(t *testing.T, d Direction) {
		for _, row := range []struct{ says, a, b string }{
			{"a bare address is its /32", ssh + "PeerCidrIp=10.0.0.1", ssh + "PeerCidrIp=10.0.0.1/32"},
			{"a bare IPv6 address is its /128", ssh + "Ipv6PeerCidrIp=2001:DB8::1", ssh + "Ipv6PeerCidrIp=2001:db8:0::1/128"},
			{"on the group's side, too", ssh + block + "LocalCidrIp=10.0.0.2", ssh + block + "LocalCidrIp=10.0.0.2/32"},
			{"no block on the group's side is every address", ssh + block, ssh + block + "LocalCidrIp=0.0.0.0/0"},
			{"of a group peer too", ssh + group, ssh + group + "LocalCidrIp=0.0.0.0/0"},
			{"every IPv6 address where the other end is IPv6", ssh + "Ipv6PeerCidrIp=::1", ssh + "Ipv6PeerCidrIp=::1 Ipv6LocalCidrIp=::/0"},
			{"and where the protocol is icmpv6", ping6 + group, ping6 + group + "Ipv6LocalCidrIp=::/0"},
			{"no source ports are -1/-1", ssh + block, ssh + block + "SourcePortRange=-1/-1"},
			{"no policy is accept", ssh + block, ssh + block + "Policy=Accept"},
			{"no priority is 1", ssh + block, ssh + block + "Priority=1"},
			{"the protocol has no case", ssh + block, block + "IpProtocol=TCP PortRange=22/22"},
			{"a VPC group's NIC type is intranet", ssh + block, ssh + block + "NicType=internet"},
			{"a description is a note", ssh + block + "Description=a", ssh + block + "Description=b"},
			{"a group beside a block is ignored", ssh + block, ssh + block + group},
			{"a prefix list beside a block is ignored", ssh + block, ssh + block + "PeerPrefixListId=pl-1"},
			{"a prefix list beside a group is ignored", ssh + group, ssh + group + "PeerPrefixListId=pl-1"},
			{"a port range list beside ports is ignored", ssh + block, ssh + block + "PortRangeListId=prl-1"},
			{"an owner beside a block is ignored", ssh + block, ssh + block + "PeerGroupOwnerAccount=7"},
			{"an owner beside a prefix list is ignored", ssh + "PeerPrefixListId=pl-1", ssh + "PeerPrefixListId=pl-1 PeerGroupOwnerAccount=7"},
		} {
			t.Run(row.says, func(t *testing.T) {
				assert.Equal(t, complete(t, vpc, d, row.a).Key(), complete(t, vpc, d, row.b).Key())
			})
		}
	})
}

func TestKeysDifferInEachPartOfTheIdentity(t *testing.T) {
	const block, group = " PeerCidrIp=10.0.0.0/8 ", " PeerGroupId=sg-2 PeerGroupOwnerAccount=7 "
	bothWays(t, func(t *testing.T, d Direction) {
		for _, row := range []struct{ says, a, b string }{
			{"protocol", ssh + block, block + "IpProtocol=udp PortRange=22/22"},
			{"first port", ssh + block, block + "IpProtocol=tcp PortRange=21/22"},
			{"last port", ssh + block, block + "IpProtocol=tcp PortRange=22/23"},
			{"port range list", block + "IpProtocol=tcp PortRangeListId=prl-1", block + "IpProtocol=tcp PortRangeListId=prl-2"},
			{"ports or a port range list", ssh + block, block + "IpProtocol=tcp PortRangeListId=prl-1"},
			{"source ports", ssh + block, ssh + block + "SourcePortRange=1/65535"},
			{"NIC type of a classic group", ssh + block + "NicType=internet", ssh + block + "NicType=intranet"},
			{"policy", ssh + block, ssh + block + "Policy=drop"},
			{"priority", ssh + block, ssh + block + "Priority=2"},
			{"block", ssh + block, ssh + "PeerCidrIp=11.0.0.0/8"},
			{"length", ssh + block, ssh + "PeerCidrIp=10.0.0.0/9"},
			{"host bits", ssh + block, ssh + "PeerCidrIp=10.0.0.5/8"},
			{"host bits on the group's side", ssh + block + "LocalCidrIp=10.0.0.0/8", ssh + block + "LocalCidrIp=10.0.0.5/8"},
			{"host bits of IPv6", ssh + "Ipv6PeerCidrIp=2001:db8::/32", ssh + "Ipv6PeerCidrIp=2001:db8::1/32"},
			{"host bits where no bit counts", ssh + "PeerCidrIp=0.0.0.0/0", ssh + "PeerCidrIp=10.0.0.0/0"},
			{"family", ssh + "PeerCidrIp=0.0.0.0/0", ssh + "Ipv6PeerCidrIp=::/0"},
			{"family of a mapped address", ssh + "PeerCidrIp=10.0.0.1", ssh + "Ipv6PeerCidrIp=::ffff:10.0.0.1"},
			{"block on the group's side", ssh + block, ssh + block + "LocalCidrIp=10.0.0.0/8"},
			{"family on the group's side", ssh + group, ssh + group + "Ipv6LocalCidrIp=::/0"},
			{"group", ssh + group, ssh + group + "PeerGroupId=sg-3"},
			{"group's owner", ssh + group, ssh + group + "PeerGroupOwnerAccount=8"},
			{"prefix list", ssh + "PeerPrefixListId=pl-1", ssh + "PeerPrefixListId=pl-2"},
			{"kind of peer", ssh + block, ssh + group},
			{"kind of peer, though the id is the same", ssh + "PeerGroupId=x", ssh + "PeerPrefixListId=x"},
		} {
			t.Run(row.says, func(t *testing.T) {
				assert.NotEqual(t, complete(t, classic, d, row.a).Key(), complete(t, classic, d, row.b).Key())
			})
		}
	})
}

func TestDirectionIsPartOfTheKey(t *testing.T) {
	const text = ssh + "SourceCidrIp=10.0.0.1 DestCidrIp=10.0.0.1"
	assert.NotEqual(t, complete(t, vpc, Ingress, text).Key(), complete(t, vpc, Egress, text).Key())
}

func TestIDAndTimeAreNoPartOfTheKey(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		a := complete(t, vpc, d, ssh+"PeerCidrIp=10.0.0.1")
		b := *a
		b.ID, b.Created = "sgr-1", time.Unix(1, 0)
		assert.Equal(t, a.Key(), b.Key())
	})
}

func TestTheKeyOfTheOtherNicType(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		internet := complete(t, classic, d, ssh+"PeerCidrIp=10.0.0.1").Key()
		intranet := complete(t, classic, d, ssh+"PeerCidrIp=10.0.0.1 NicType=intranet").Key()
		assert.Equal(t, Internet, internet.Nic())
		assert.Equal(t, intranet, internet.WithNic(internet.Nic().Other()))
		assert.Equal(t, internet, intranet.WithNic(intranet.Nic().Other()))
	})
}

func TestAMissIsErrNoRule(t *testing.T) {
	err := filled(t, Ingress).Miss(complete(t, vpc, Ingress, ssh+"PeerCidrIp=10.0.0.1").Key())
	assert.ErrorIs(t, err, ErrNoRule)
	assert.NotErrorIs(t, err, ErrNicMismatch)
	assert.Equal(t, ErrNoRule.Error(), err.Error())
	var miss *Miss
	assert.True(t, errors.As(fmt.Errorf("revoke: %w", err), &miss))
}

func TestAMissInAnEmptyGroup(t *testing.T) {
	m := filled(t, Ingress).Miss(complete(t, vpc, Ingress, ssh+"PeerCidrIp=10.0.0.1").Key())
	assert.Equal(t, &Miss{Group: "sg-1"}, m)
	assert.Equal(t, "sg-1 has no rules", m.Hint())
}

func TestAMissHasTheDifference(t *testing.T) {
	const block, block6 = " PeerCidrIp=10.0.0.0/8 ", " Ipv6PeerCidrIp=2001:db8::/32 "
	const group = " PeerGroupId=sg-2 PeerGroupOwnerAccount=7 "
	peer := [...]string{Ingress: "the source", Egress: "the destination"}
	bothWays(t, func(t *testing.T, d Direction) {
		for _, row := range []struct{ has, asked, field, hasText, askedText string }{
			{ssh + block, block + "IpProtocol=udp PortRange=22/22", "IpProtocol", "TCP", "UDP"},
			{ssh + block, block + "IpProtocol=tcp PortRange=22/23", "PortRange", "22/22", "22/23"},
			{ssh + block, block + "IpProtocol=tcp PortRangeListId=prl-1", "PortRangeListId", "22/22", "prl-1"},
			{block + "IpProtocol=tcp PortRangeListId=prl-1", ssh + block, "PortRange", "prl-1", "22/22"},
			{ssh + block, ssh + block + "SourcePortRange=1/2", "SourcePortRange", "none", "1/2"},
			{ssh + block + "SourcePortRange=1/2", ssh + block, "SourcePortRange", "1/2", "none"},
			{ssh + block, ssh + block + "Policy=drop", "Policy", "Accept", "Drop"},
			{ssh + block + "Priority=2", ssh + block, "Priority", "2", "1"},
			{ssh + block, ssh + "PeerCidrIp=10.0.0.5/8", "PeerCidrIp", "10.0.0.0/8", "10.0.0.5/8"},
			{ssh + block6, ssh + "Ipv6PeerCidrIp=2001:db8::/33", "Ipv6PeerCidrIp", "2001:db8::/32", "2001:db8::/33"},
			{ssh + block, ssh + block + "LocalCidrIp=10.0.0.1", "LocalCidrIp", "0.0.0.0/0", "10.0.0.1/32"},
			{ssh + block6 + "Ipv6LocalCidrIp=::1", ssh + block6, "Ipv6LocalCidrIp", "::1/128", "::/0"},
			{ping6 + group, ping6 + group + "Ipv6LocalCidrIp=::1", "Ipv6LocalCidrIp", "::/0", "::1/128"},
			{ssh + group, ssh + block, "PeerCidrIp", "sg-2 of account 7", "10.0.0.0/8"},
			{ssh + block, ssh + group, peer[d], "10.0.0.0/8", "sg-2 of account 7"},
			{ssh + group, ssh + group + "PeerGroupId=sg-3", peer[d], "sg-2 of account 7", "sg-3 of account 7"},
			{ssh + group, ssh + group + "PeerGroupOwnerAccount=8", peer[d], "sg-2 of account 7", "sg-2 of account 8"},
			{ssh + "PeerPrefixListId=pl-1", ssh + group, peer[d], "pl-1", "sg-2 of account 7"},
			{ssh + group, ssh + "PeerPrefixListId=pl-1", peer[d], "sg-2 of account 7", "pl-1"},
		} {
			field := sides[d].Replace(row.field)
			m := filled(t, d, row.has).Miss(complete(t, vpc, d, row.asked).Key())
			assert.Equal(t, &Miss{Group: "sg-1", Rules: 1, Nearest: "sgr-1",
				Differs: []Difference{{field, row.hasText, row.askedText}}}, m, row.asked)
			assert.Equal(t, "nearest is sgr-1: "+field+" is "+row.hasText+", asked "+row.askedText, m.Hint())
		}
	})
}

func TestAMissHasTheNicTypeOfAClassicRule(t *testing.T) {
	g := &Group{ID: "sg-1"}
	g.Add(complete(t, g, Ingress, ssh+"PeerCidrIp=10.0.0.1"))
	m := g.Miss(complete(t, g, Ingress, ssh+"PeerCidrIp=10.0.0.1 NicType=intranet").Key())
	assert.Equal(t, []Difference{{"NicType", "internet", "intranet"}}, m.Differs)
}

func TestAMissFindsTheRuleOfTheOtherDirection(t *testing.T) {
	const text = ssh + "SourceCidrIp=10.0.0.1 DestCidrIp=10.0.0.1"
	m := filled(t, Egress, text).Miss(complete(t, vpc, Ingress, text).Key())
	assert.Equal(t, []Difference{{"Direction", "egress", "ingress"}}, m.Differs)
}

func TestAMissHasEveryDifferenceOfTheNearestRule(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		g := filled(t, d,
			ping+"PeerGroupId=sg-2 Policy=drop Priority=9",       // all is different
			ssh+"PeerCidrIp=10.0.0.0/8 Policy=drop Priority=9",   // two are
			ssh+"PeerCidrIp=10.0.0.0/8 Policy=drop Priority=100", // two again: the older one is named
			ssh+"PeerCidrIp=10.0.0.0/9 Policy=drop Priority=9",   // three are
		)
		m := g.Miss(complete(t, vpc, d, ssh+"PeerCidrIp=10.0.0.0/8").Key())
		assert.Equal(t, "sgr-2", m.Nearest)
		assert.Equal(t, 4, m.Rules)
		assert.Equal(t, "nearest is sgr-2: Policy is Drop, asked Accept; Priority is 9, asked 1", m.Hint())
	})
}

func TestAnotherGroupIsADifference(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		g := filled(t, d, ssh+"PeerGroupId=sg-3 Policy=drop", ssh+"PeerPrefixListId=pl-1 Policy=drop", ssh+"PeerGroupId=sg-2 Policy=drop")
		assert.Equal(t, "sgr-3", g.Miss(complete(t, vpc, d, ssh+"PeerGroupId=sg-2").Key()).Nearest)
	})
}

// Every field that counts in the distance has a name, and the other way round.
func TestAMissCanDifferInEverything(t *testing.T) {
	for _, d := range both {
		has := complete(t, classic, d, ssh+"PeerCidrIp=10.0.0.1 LocalCidrIp=10.9.0.0/16").Key()
		asked := complete(t, classic, 1-d, ping6+"Ipv6PeerCidrIp=::1 SourcePortRange=-1/-1 NicType=intranet Policy=drop Priority=2").Key()
		asked.sourcePorts = Ports{1, 2} // no rule of icmpv6 has source ports
		assert.Equal(t, 9+1, has.distance(&asked), "the direction counts twice")
		assert.Len(t, has.differences(&asked), 9)
		assert.Zero(t, has.distance(&has))
		assert.Empty(t, has.differences(&has))
	}
}

// The key asked for is in the group, which it never is in a search, to show where
// the search ends: it would be nearer than every other rule.
func TestAMissStopsAtOneDifference(t *testing.T) {
	const asked = ssh + "PeerCidrIp=10.0.0.1"
	g := filled(t, Ingress, asked+" Policy=drop Priority=2", asked+" Priority=2", asked)
	assert.Equal(t, "sgr-2", g.Miss(complete(t, vpc, Ingress, asked).Key()).Nearest)
}

func TestAMissCompares256Rules(t *testing.T) {
	far := make([]string, 255)
	for i := range far {
		far[i] = fmt.Sprintf("%s PeerCidrIp=10.1.0.%d Priority=2", ssh, i)
	}
	const asked = ssh + "PeerCidrIp=10.0.0.1"
	const near, other = asked + " Priority=3", ssh + "PeerCidrIp=10.2.0.1 Priority=2"
	key := complete(t, vpc, Ingress, asked).Key()

	m := filled(t, Ingress, append(far, near, other)...).Miss(key)
	assert.Equal(t, "sgr-256", m.Nearest)

	m = filled(t, Ingress, append(far, other, near)...).Miss(key)
	assert.Equal(t, "sgr-1", m.Nearest, "the 257th is nearer but too far down")
	assert.Equal(t, 257, m.Rules, "all are counted")
}

func TestPeerKind(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		for text, want := range map[string]PeerKind{
			ssh:                          NoPeer,
			ssh + "LocalCidrIp=10.0.0.1": NoPeer,
			ssh + "PeerCidrIp=10.0.0.1 PeerGroupId=sg-2 PeerPrefixListId=pl-1":  PeerCIDR,
			ssh + "Ipv6PeerCidrIp=::ffff:10.0.0.1 PeerGroupId=sg-2":             PeerIPv6,
			ssh + "PeerGroupId=sg-2 PeerPrefixListId=pl-1 LocalCidrIp=10.0.0.1": PeerGroup,
			ssh + "PeerPrefixListId=pl-1":                                       PeerPrefixList,
		} {
			assert.Equal(t, want, parsed(t, d, text).PeerKind(), text)
		}
	})
}

func TestFitsFamily(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		for text, want := range map[string][]Family{
			ssh:                                  {IPv4, IPv6},
			ping:                                 {IPv4},
			ping6:                                {IPv6},
			ssh + "LocalCidrIp=10.0.0.1":         {IPv4},
			ssh + "Ipv6LocalCidrIp=::1":          {IPv6},
			ssh + "PeerCidrIp=10.0.0.1":          {IPv4, IPv6}, // the peer is to be another one
			ping + "Ipv6LocalCidrIp=2001:db8::1": nil,
		} {
			var fits []Family
			for _, f := range []Family{IPv4, IPv6} {
				if parsed(t, d, text).FitsFamily(f) {
					fits = append(fits, f)
				}
			}
			assert.Equal(t, want, fits, text)
		}
	})
}

func TestWithReplacesWhatTheChangeHas(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		r := *complete(t, classic, d, ssh+"PeerCidrIp=10.0.0.1 NicType=intranet Description=old")
		r.ID = "sgr-1"
		assert.Equal(t, r, r.With(&Rule{Direction: 1 - d, ID: "sgr-2", Nic: Internet}), "id, direction and NIC type stay")
		changed := r.With(parsed(t, d, "IpProtocol=udp PortRange=1/2 SourcePortRange=3/4 Policy=drop Priority=9 Description=new "+
			"PeerCidrIp=10.0.0.2 Ipv6PeerCidrIp=::2 LocalCidrIp=10.0.0.3 Ipv6LocalCidrIp=::3 PeerGroupId=sg-3"))
		want := parsed(t, d, "IpProtocol=udp PortRange=1/2 SourcePortRange=3/4 Policy=drop Priority=9 Description=new NicType=intranet "+
			"PeerCidrIp=10.0.0.2 Ipv6PeerCidrIp=::2 LocalCidrIp=10.0.0.3 Ipv6LocalCidrIp=::3 PeerGroupId=sg-3")
		want.ID = "sgr-1"
		assert.Equal(t, *want, changed)
	})
}
