package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// counts are how many rules of a group, by account and id, name a peer.
type counts map[secgroup.Peer]map[ownedID]int

type ownedID struct{ account, id string }

func counted(p *regionContents) counts {
	all := counts{}
	for to, r := range p.named {
		all[to] = map[ownedID]int{}
		for g, n := range r.by {
			all[to][ownedID{g.Account, g.ID}] = n
		}
	}
	return all
}

// recount returns the same, counted rule by rule.
func recount(p *regionContents) counts {
	all := counts{}
	for _, r := range p.namespaces {
		for _, g := range r.groups {
			for rule := range g.Rules() {
				to := rule.Peer
				switch {
				case to.PrefixList != "":
					to.Owner = r.Account
				case to.Group == "":
					continue
				}
				if all[to] == nil {
					all[to] = map[ownedID]int{}
				}
				all[to][ownedID{g.Account, g.ID}]++
			}
		}
	}
	return all
}

func TestReferencesMatchTheRules(t *testing.T) {
	for seed := range uint64(8) {
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
	require.NoError(t, w.Update("1", "cn-hangzhou", func(r *Namespace) error {
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

func TestReferencesFollowAChangedRule(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Update("1", "cn-hangzhou", func(r *Namespace) error {
		g := &secgroup.Group{ID: "sg-1", VPC: "vpc-1"}
		r.AddGroup(g)
		rule := &secgroup.Rule{ID: r.NewID("sgr-"), Protocol: secgroup.GRE, Ports: secgroup.AllPorts, Peer: secgroup.Peer{Owner: "1", Group: "sg-2"}}
		rule.SetDefaults(g)
		r.AddRule(g, rule)
		id, created := rule.ID, rule.Created
		body := "sg-3 pl-1"
		for _, step := range []struct {
			peer  secgroup.Peer
			named map[string]int // how many groups name each of these
		}{
			{secgroup.Peer{Owner: "1", Group: body[:4]}, map[string]int{"sg-3": 1}},
			{secgroup.Peer{Owner: "1", Group: body[:4]}, map[string]int{"sg-3": 1}},
			{secgroup.Peer{PrefixList: body[5:]}, map[string]int{"pl-1": 1}},
			{secgroup.Peer{}, nil},
			{secgroup.Peer{Owner: "1", Group: "sg-2"}, map[string]int{"sg-2": 1}},
		} {
			to := *rule
			to.ID, to.Created = "sgr-other", time.Time{}
			to.Peer = step.peer
			if to.Peer == (secgroup.Peer{}) {
				require.NoError(t, to.Source4.Set("10.0.0.1"))
			} else {
				to.Source4 = secgroup.Source4{}
			}
			r.ChangeRule(g, rule, to)
			assert.Same(t, rule, g.Rule(id))
			assert.Same(t, rule, g.Find(to.Key()))
			assert.Equal(t, created, rule.Created)
			assert.Equal(t, step.peer, rule.Peer)
			for _, id := range []string{"sg-2", "sg-3"} {
				assert.Len(t, r.Referrers("1", id), step.named[id], id)
			}
			assert.Equal(t, step.named["pl-1"], r.Associations("pl-1"))
			assert.True(t, r.isUsed(id))
			assert.False(t, r.isUsed("sgr-other"))
		}
		return nil
	}))
	requireSound(t, w)
}

func TestAssociationsCountTheAccountsGroups(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{"PrefixLists": [{"AccountId": "1", "RegionId": "cn-hangzhou", "PrefixListId": "pl-1"}], "SecurityGroups": [
		{"AccountId": "1", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-a", "Permissions": [
			{"IpProtocol": "all", "PortRange": "-1/-1", "SourcePrefixListId": "pl-1"},
			{"Direction": "egress", "IpProtocol": "all", "PortRange": "-1/-1", "DestPrefixListId": "pl-1"},
			{"IpProtocol": "all", "PortRange": "-1/-1", "SourcePrefixListId": "pl-gone"}]},
		{"AccountId": "1", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-b", "Permissions": [
			{"IpProtocol": "all", "PortRange": "-1/-1", "SourcePrefixListId": "pl-1"},
			{"IpProtocol": "gre", "PortRange": "-1/-1", "SourceGroupId": "pl-1"}]},
		{"AccountId": "2", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-c", "Permissions": [
			{"IpProtocol": "all", "PortRange": "-1/-1", "SourcePrefixListId": "pl-1"}]},
		{"AccountId": "1", "RegionId": "cn-beijing", "SecurityGroupId": "sg-d", "Permissions": [
			{"IpProtocol": "all", "PortRange": "-1/-1", "SourcePrefixListId": "pl-1"}]}]}`)))
	require.NoError(t, w.View("1", "cn-hangzhou", func(r *Namespace) error {
		assert.Equal(t, 2, r.Associations("pl-1"))
		assert.Equal(t, 1, r.Associations("pl-gone"), "it need not exist")
		assert.Zero(t, r.Associations("pl-2"))
		assert.Equal(t, []string{"sg-b"}, ids(r.Referrers("1", "pl-1")), "a group by that id is another thing")
		return nil
	}))
	requireSound(t, w)
}

// The API refuses a rule that names its own group; if there were one, it would
// not keep the group from being deleted.
func TestAGroupIsNoReferrerOfItself(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Update("1", "cn-hangzhou", func(r *Namespace) error {
		g := &secgroup.Group{ID: "sg-1", VPC: "vpc-1"}
		r.AddGroup(g)
		rule := &secgroup.Rule{ID: r.NewID("sgr-"), Protocol: secgroup.GRE, Ports: secgroup.AllPorts}
		rule.Peer = secgroup.Peer{Owner: "1", Group: "sg-1"}
		rule.SetDefaults(g)
		r.AddRule(g, rule)
		assert.Empty(t, r.Referrers("1", "sg-1"))
		return nil
	}))
}
