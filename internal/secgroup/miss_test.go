package secgroup

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAMissIsErrNoRule(t *testing.T) {
	err := filled(t, Ingress).Miss(settled(t, vpc, Ingress, ssh+"FarCidrIp=10.0.0.1").Key())
	assert.ErrorIs(t, err, ErrNoRule)
	assert.NotErrorIs(t, err, ErrNicMismatch)
	assert.Equal(t, ErrNoRule.Error(), err.Error())
	var miss *Miss
	assert.True(t, errors.As(fmt.Errorf("revoke: %w", err), &miss))
}

func TestAMissInAnEmptyGroupSaysSo(t *testing.T) {
	m := filled(t, Ingress).Miss(settled(t, vpc, Ingress, ssh+"FarCidrIp=10.0.0.1").Key())
	assert.Equal(t, &Miss{Group: "sg-1"}, m)
	assert.Equal(t, "sg-1 has no rules", m.Hint())
}

func TestAMissNamesTheDifference(t *testing.T) {
	const block, block6 = " FarCidrIp=10.0.0.0/8 ", " Ipv6FarCidrIp=2001:db8::/32 "
	const group = " FarGroupId=sg-2 FarGroupOwnerAccount=7 "
	peer := [...]string{Ingress: "the source", Egress: "the destination"}
	bothWays(t, func(t *testing.T, d Direction) {
		for _, row := range []struct{ has, asked, field, hasText, askedText string }{
			{ssh + block, block + "IpProtocol=udp PortRange=22/22", "IpProtocol", "TCP", "UDP"},
			{ssh + block, block + "IpProtocol=tcp PortRange=22/23", "PortRange", "22/22", "22/23"},
			{ssh + block, ssh + block + "SourcePortRange=1/2", "SourcePortRange", "none", "1/2"},
			{ssh + block + "SourcePortRange=1/2", ssh + block, "SourcePortRange", "1/2", "none"},
			{ssh + block, ssh + block + "Policy=drop", "Policy", "Accept", "Drop"},
			{ssh + block + "Priority=2", ssh + block, "Priority", "2", "1"},
			{ssh + block, ssh + "FarCidrIp=10.0.0.5/8", "FarCidrIp", "10.0.0.0/8", "10.0.0.5/8"},
			{ssh + block6, ssh + "Ipv6FarCidrIp=2001:db8::/33", "Ipv6FarCidrIp", "2001:db8::/32", "2001:db8::/33"},
			{ssh + block, ssh + block + "NearCidrIp=10.0.0.1", "NearCidrIp", "0.0.0.0/0", "10.0.0.1/32"},
			{ssh + block6 + "Ipv6NearCidrIp=::1", ssh + block6, "Ipv6NearCidrIp", "::1/128", "::/0"},
			{ping6 + group, ping6 + group + "Ipv6NearCidrIp=::1", "Ipv6NearCidrIp", "::/0", "::1/128"},
			{ssh + group, ssh + block, "FarCidrIp", "sg-2 of account 7", "10.0.0.0/8"},
			{ssh + block, ssh + group, peer[d], "10.0.0.0/8", "sg-2 of account 7"},
			{ssh + group, ssh + group + "FarGroupId=sg-3", peer[d], "sg-2 of account 7", "sg-3 of account 7"},
			{ssh + group, ssh + group + "FarGroupOwnerAccount=8", peer[d], "sg-2 of account 7", "sg-2 of account 8"},
			{ssh + "FarPrefixListId=pl-1", ssh + group, peer[d], "pl-1", "sg-2 of account 7"},
			{ssh + group, ssh + "FarPrefixListId=pl-1", peer[d], "sg-2 of account 7", "pl-1"},
		} {
			field := sides[d].Replace(row.field)
			m := filled(t, d, row.has).Miss(settled(t, vpc, d, row.asked).Key())
			assert.Equal(t, &Miss{Group: "sg-1", Rules: 1, Nearest: "sgr-1",
				Differs: []Difference{{field, row.hasText, row.askedText}}}, m, row.asked)
			assert.Equal(t, "nearest is sgr-1: "+field+" is "+row.hasText+", asked "+row.askedText, m.Hint())
		}
	})
}

func TestAMissNamesTheNicTypeOfAClassicRule(t *testing.T) {
	g := &Group{ID: "sg-1"}
	g.Add(settled(t, g, Ingress, ssh+"FarCidrIp=10.0.0.1"))
	m := g.Miss(settled(t, g, Ingress, ssh+"FarCidrIp=10.0.0.1 NicType=intranet").Key())
	assert.Equal(t, []Difference{{"NicType", "internet", "intranet"}}, m.Differs)
}

func TestAMissFindsTheRuleOfTheOtherDirection(t *testing.T) {
	const text = ssh + "SourceCidrIp=10.0.0.1 DestCidrIp=10.0.0.1"
	m := filled(t, Egress, text).Miss(settled(t, vpc, Ingress, text).Key())
	assert.Equal(t, []Difference{{"Direction", "egress", "ingress"}}, m.Differs)
}

func TestAMissNamesEveryDifferenceOfTheNearestRule(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		g := filled(t, d,
			ping+"FarGroupId=sg-2 Policy=drop Priority=9",       // all is different
			ssh+"FarCidrIp=10.0.0.0/8 Policy=drop Priority=9",   // two are
			ssh+"FarCidrIp=10.0.0.0/8 Policy=drop Priority=100", // two again: the older one is named
			ssh+"FarCidrIp=10.0.0.0/9 Policy=drop Priority=9",   // three are
		)
		m := g.Miss(settled(t, vpc, d, ssh+"FarCidrIp=10.0.0.0/8").Key())
		assert.Equal(t, "sgr-2", m.Nearest)
		assert.Equal(t, 4, m.Rules)
		assert.Equal(t, "nearest is sgr-2: Policy is Drop, asked Accept; Priority is 9, asked 1", m.Hint())
	})
}

func TestAnotherGroupIsADifference(t *testing.T) {
	bothWays(t, func(t *testing.T, d Direction) {
		g := filled(t, d, ssh+"FarGroupId=sg-3 Policy=drop", ssh+"FarPrefixListId=pl-1 Policy=drop", ssh+"FarGroupId=sg-2 Policy=drop")
		assert.Equal(t, "sgr-3", g.Miss(settled(t, vpc, d, ssh+"FarGroupId=sg-2").Key()).Nearest)
	})
}

// Every field that counts in the distance has a name, and the other way round.
func TestAMissCanDifferInEverything(t *testing.T) {
	for _, d := range both {
		has := settled(t, classic, d, ssh+"FarCidrIp=10.0.0.1 NearCidrIp=10.9.0.0/16").Key()
		asked := settled(t, classic, 1-d, ping6+"Ipv6FarCidrIp=::1 SourcePortRange=-1/-1 NicType=intranet Policy=drop Priority=2").Key()
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
	const asked = ssh + "FarCidrIp=10.0.0.1"
	g := filled(t, Ingress, asked+" Policy=drop Priority=2", asked+" Priority=2", asked)
	assert.Equal(t, "sgr-2", g.Miss(settled(t, vpc, Ingress, asked).Key()).Nearest)
}

func TestAMissLooksAt256Rules(t *testing.T) {
	far := make([]string, 255)
	for i := range far {
		far[i] = fmt.Sprintf("%s FarCidrIp=10.1.0.%d Priority=2", ssh, i)
	}
	const asked = ssh + "FarCidrIp=10.0.0.1"
	const near, other = asked + " Priority=3", ssh + "FarCidrIp=10.2.0.1 Priority=2"
	key := settled(t, vpc, Ingress, asked).Key()

	m := filled(t, Ingress, append(far, near, other)...).Miss(key)
	assert.Equal(t, "sgr-256", m.Nearest)

	m = filled(t, Ingress, append(far, other, near)...).Miss(key)
	assert.Equal(t, "sgr-1", m.Nearest, "the 257th is nearer but too far down")
	assert.Equal(t, 257, m.Rules, "all are counted")
}
