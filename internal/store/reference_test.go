package store

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// counts tells how many rules of a group, by account and id, name a group.
type counts map[named]map[named]int

func counted(p *place) counts {
	all := counts{}
	for to, r := range p.named {
		all[to] = map[named]int{}
		for g, n := range r.by {
			all[to][named{g.Account, g.ID}] = n
		}
	}
	return all
}

// recount does the same the slow way.
func recount(p *place) counts {
	all := counts{}
	for _, r := range p.realms {
		for _, g := range r.groups {
			for rule := range g.Rules() {
				if rule.Peer.Group == "" {
					continue
				}
				to := named{rule.Peer.Owner, rule.Peer.Group}
				if all[to] == nil {
					all[to] = map[named]int{}
				}
				all[to][named{g.Account, g.ID}]++
			}
		}
	}
	return all
}

func TestReferencesAreThoseOfTheRules(t *testing.T) {
	for seed := range uint64(20) {
		d, w := roll(seed), randomWorld(t, seed, 0)
		for range 200 {
			require.NoError(t, w.Update(d.account(), d.region(), d.change))
			requireSound(t, w)
		}
	}
}

func TestReferrersAreInOrder(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{"SecurityGroups": [
		{"AccountId": "2", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-a", "Permissions": [
			{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-x", "SourceGroupOwnerAccount": "1"}]},
		{"AccountId": "1", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-c", "Permissions": [
			{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-x"},
			{"Direction": "egress", "IpProtocol": "all", "PortRange": "-1/-1", "DestGroupId": "sg-x"}]},
		{"AccountId": "1", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-b", "Permissions": [
			{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-x"}]},
		{"AccountId": "1", "RegionId": "cn-beijing", "SecurityGroupId": "sg-d", "Permissions": [
			{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-x"}]},
		{"AccountId": "1", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-x"}]}`)))
	require.NoError(t, w.Update("1", "cn-hangzhou", func(r *Realm) error {
		assert.Equal(t, []string{"sg-b", "sg-c", "sg-a"}, ids(r.Referrers("1", "sg-x")))
		assert.Empty(t, r.Referrers("2", "sg-x"))
		c, _ := r.Group("sg-c")
		rules := []*secgroup.Rule{}
		for rule := range c.Rules() {
			rules = append(rules, rule)
		}
		r.RemoveRule(c, rules[0])
		assert.Equal(t, []string{"sg-b", "sg-c", "sg-a"}, ids(r.Referrers("1", "sg-x")), "one rule is left")
		r.RemoveRule(c, rules[1])
		assert.Equal(t, []string{"sg-b", "sg-a"}, ids(r.Referrers("1", "sg-x")))
		b, _ := r.Group("sg-b")
		r.DeleteGroup(b)
		assert.Equal(t, []string{"sg-a"}, ids(r.Referrers("1", "sg-x")))
		return nil
	}))
}

// The API refuses a rule that names its own group; if there were one, it would
// not keep the group from being deleted.
func TestAGroupIsNoReferrerOfItself(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Update("1", "cn-hangzhou", func(r *Realm) error {
		g := &secgroup.Group{ID: "sg-1", VPC: "vpc-1"}
		r.AddGroup(g)
		rule := &secgroup.Rule{ID: r.NewID("sgr-"), Protocol: secgroup.GRE, Ports: secgroup.AllPorts}
		rule.Peer = secgroup.Peer{Owner: "1", Group: "sg-1"}
		rule.Settle(g)
		r.AddRule(g, rule)
		assert.Empty(t, r.Referrers("1", "sg-1"))
		return nil
	}))
}
