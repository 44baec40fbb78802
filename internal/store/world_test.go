package store

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

func TestAnUnknownRegionIsAnError(t *testing.T) {
	w := New(clock.New())
	f := func(*Namespace) error { t.Error("called"); return nil }
	assert.ErrorIs(t, w.View("1", "cn-nowhere", f), ErrRegion)
	assert.ErrorIs(t, w.Update("1", "", f), ErrRegion)
}

func TestErrorsAreReturned(t *testing.T) {
	w, failure := New(clock.New()), errors.New("no")
	f := func(*Namespace) error { return failure }
	assert.Equal(t, failure, w.View("1", "cn-hangzhou", f))
	assert.Equal(t, failure, w.Update("1", "cn-hangzhou", f))
	assert.Panics(t, func() { w.Update("1", "cn-hangzhou", func(*Namespace) error { panic("bug") }) })
	assert.Equal(t, failure, w.Update("1", "cn-hangzhou", f), "a panic leaves no lock behind")
}

func TestAddGroup(t *testing.T) {
	w := frozen(t)
	rule := &secgroup.Rule{ID: "sgr-1", Protocol: secgroup.GRE, Ports: secgroup.AllPorts, Peer: secgroup.Peer{Group: "sg-2", Owner: "7"}}
	g := &secgroup.Group{ID: "sg-1", Type: secgroup.Enterprise}
	rule.SetDefaults(g)
	g.Add(rule)
	require.NoError(t, w.Update("7", "cn-beijing", func(r *Namespace) error {
		r.AddGroup(g)
		assert.Equal(t, "7", g.Account)
		assert.Equal(t, "cn-beijing", g.Region)
		assert.Equal(t, secgroup.Drop, g.InnerAccess)
		assert.Equal(t, time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), g.Created)
		return nil
	}))
	require.NoError(t, w.View("1", "cn-beijing", func(r *Namespace) error {
		id, ok := r.Owner("7")
		assert.True(t, ok, "the account is known from now on")
		assert.Equal(t, "7", id)
		_, ok = r.Owner("8")
		assert.False(t, ok)
		_, ok = r.Owner("1")
		assert.True(t, ok, "its account is always known")
		peer, ok := r.Peer("7", "sg-1")
		assert.True(t, ok)
		assert.Same(t, g, peer)
		_, ok = r.Peer("1", "sg-1")
		assert.False(t, ok)
		assert.Equal(t, []string{"sg-1"}, ids(r.Referrers("7", "sg-2")), "rules that came with the group count")
		return nil
	}))
	requireSound(t, w)
	assert.Equal(t, 1, w.Groups())
}

// An account stays known when its last group goes, and so it is in the state.
func TestAccountsWithoutGroupsAreKept(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Update("7", "cn-beijing", func(r *Namespace) error {
		g := &secgroup.Group{ID: "sg-1"}
		r.AddGroup(g)
		r.DeleteGroup(g)
		return nil
	}))
	assert.Zero(t, w.Groups())
	again := New(clock.New())
	require.NoError(t, again.Load(w.State()))
	require.NoError(t, again.View("1", "cn-beijing", func(r *Namespace) error {
		_, ok := r.Owner("7")
		assert.True(t, ok)
		return nil
	}))
}

func TestGroupsAreInDescendingOrder(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Update("1", "cn-hangzhou", func(r *Namespace) error {
		assert.Empty(t, r.Groups())
		for _, id := range []string{"sg-b", "sg-d", "sg-a", "sg-c", "sg-B"} {
			r.AddGroup(&secgroup.Group{ID: id})
		}
		assert.Equal(t, []string{"sg-d", "sg-c", "sg-b", "sg-a", "sg-B"}, ids(r.Groups()))
		g, err := r.Group("sg-c")
		require.NoError(t, err)
		r.DeleteGroup(g)
		assert.Equal(t, []string{"sg-d", "sg-b", "sg-a", "sg-B"}, ids(r.Groups()))
		return nil
	}))
}

func TestHintsOfMissingGroups(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{"SecurityGroups": [
		{"AccountId": "1", "RegionId": "cn-beijing", "SecurityGroupId": "sg-north"},
		{"AccountId": "1", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-database"},
		{"AccountId": "2", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-theirs"},
		{"AccountId": "2", "RegionId": "us-west-1", "SecurityGroupId": "sg-far"},
		{"AccountId": "2", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-north"}]}`)))
	for id, hint := range map[string]string{
		"sg-north":   "the group is in cn-beijing",
		"sg-theirs":  "the group is that of account 2 in cn-hangzhou",
		"sg-far":     "the group is that of account 2 in us-west-1",
		"sg-gone":    "",
		"sg-datbase": "the account has no such group in this region; did you mean sg-database?",
	} {
		err := w.View("1", "cn-hangzhou", func(r *Namespace) error {
			_, err := r.Group(id)
			return err
		})
		assert.ErrorIs(t, err, ErrGroup)
		assert.EqualError(t, err, ErrGroup.Error())
		var missing *Missing
		require.ErrorAs(t, err, &missing)
		assert.Equal(t, id, missing.ID)
		assert.Equal(t, hint, missing.Hint())
	}
}

func TestNewIDsHaveTheLettersOfTheRegion(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.View("1", "us-west-1", func(r *Namespace) error {
		assert.Regexp(t, "^sgr-rj9[0-9a-z]{17}$", r.NewID("sgr-"))
		assert.Equal(t, w.clock.Now(), r.Now())
		return nil
	}))
}

// A million rules that name one group have its id in memory once, and not as a piece of
// the requests in which it was sent.
func TestRulesShareThePeersStrings(t *testing.T) {
	w := frozen(t)
	body := "7 sg-1"
	require.NoError(t, w.Update("1", "cn-hangzhou", func(r *Namespace) error {
		g := &secgroup.Group{ID: "sg-2", VPC: "vpc-1"}
		r.AddGroup(g)
		var first *secgroup.Rule
		for i := range 2 {
			rule := &secgroup.Rule{ID: r.NewID("sgr-"), Protocol: secgroup.TCP, Ports: secgroup.Ports{First: 1, Last: int32(i + 1)}}
			rule.Peer = secgroup.Peer{Owner: body[:1], Group: body[2:6]}
			rule.SetDefaults(g)
			r.AddRule(g, rule)
			assert.Same(t, rule, g.Find(rule.Key()))
			assert.Equal(t, secgroup.Peer{Owner: "7", Group: "sg-1"}, rule.Peer)
			assert.NotSame(t, unsafe.StringData(body[2:]), unsafe.StringData(rule.Peer.Group))
			if first == nil {
				first = rule
			}
			assert.Same(t, unsafe.StringData(first.Peer.Group), unsafe.StringData(rule.Peer.Group))
			assert.Same(t, unsafe.StringData(first.Peer.Owner), unsafe.StringData(rule.Peer.Owner))
		}
		return nil
	}))
}

func TestRulesShareThePrefixListsStrings(t *testing.T) {
	w := frozen(t)
	body := "pl-1"
	require.NoError(t, w.Update("1", "cn-hangzhou", func(r *Namespace) error {
		g := &secgroup.Group{ID: "sg-2", VPC: "vpc-1"}
		r.AddGroup(g)
		var names []*byte
		for _, d := range []secgroup.Direction{secgroup.Ingress, secgroup.Egress} {
			rule := &secgroup.Rule{ID: r.NewID("sgr-"), Direction: d, Protocol: secgroup.GRE, Ports: secgroup.AllPorts, Peer: secgroup.Peer{PrefixList: body}}
			rule.SetDefaults(g)
			r.AddRule(g, rule)
			assert.Equal(t, secgroup.Peer{PrefixList: "pl-1"}, rule.Peer, "a list has no owner")
			names = append(names, unsafe.StringData(rule.Peer.PrefixList))
		}
		assert.NotSame(t, unsafe.StringData(body), names[0])
		assert.Same(t, names[0], names[1])
		return nil
	}))
}

func TestConcurrentUpdates(t *testing.T) {
	w := randomWorld(t, 1, 30)
	state := w.State()
	require.NoError(t, w.Seed(state))
	var all sync.WaitGroup
	for n := range uint64(8) {
		all.Go(func() {
			d := roll(n)
			for i := range 200 {
				assert.NoError(t, w.Update(d.account(), d.region(), d.change))
				assert.NoError(t, w.View(d.account(), d.region(), func(r *Namespace) error {
					for _, g := range r.Groups() {
						r.Referrers(g.Account, g.ID)
					}
					r.Group(d.groupID())
					return nil
				}))
				switch i % 50 {
				case 10:
					w.Reset()
				case 20:
					assert.NoError(t, w.Load(state))
				case 30:
					assert.NoError(t, New(clock.New()).Load(w.State()))
				case 40:
					w.Merge([]byte(strings.ReplaceAll(oneRule(`"Policy": "drop"`), "sg-1", fmt.Sprint("sg-", n, "-", i))))
				}
				once(t, w, TokenKey{Account: d.account(), Token: fmt.Sprint(i)}, "", func() (any, error) { return w.Groups(), nil })
			}
		})
	}
	all.Wait()
	requireSound(t, w)
}
