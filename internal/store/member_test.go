package store

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// enrolled returns the members of each group that has any, found member by member.
func enrolled(r *Namespace) map[string][]*secgroup.Member {
	all := map[string][]*secgroup.Member{}
	for _, m := range membersOf(r) {
		for _, id := range m.Groups {
			all[id] = append(all[id], m)
		}
	}
	for _, members := range all {
		slices.SortFunc(members, byKind)
	}
	if r.groups == nil {
		return nil
	}
	return all
}

// membersOf returns the members of a namespace.
func membersOf(r *Namespace) []*secgroup.Member {
	var all []*secgroup.Member
	for _, i := range r.Instances() {
		all = append(all, &i.Member)
	}
	for _, e := range r.Interfaces() {
		all = append(all, &e.Member)
	}
	return all
}

func memberIDs(members []*secgroup.Member) []string {
	var all []string
	for _, m := range members {
		all = append(all, m.ID)
	}
	return all
}

const someMembers = `{
	"SecurityGroups": [
		{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "vpc-1"},
		{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-2", "VpcId": "vpc-1"},
		{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-classic"}],
	"Instances": [
		{"RegionId": "cn-hangzhou", "InstanceId": "i-b", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-2", "sg-1"]},
		{"RegionId": "cn-hangzhou", "InstanceId": "i-a", "VpcId": "vpc-1", "Status": "Stopped", "SecurityGroupIds": ["sg-1"]},
		{"RegionId": "cn-hangzhou", "InstanceId": "i-old", "SecurityGroupIds": ["sg-classic"]}],
	"NetworkInterfaces": [
		{"RegionId": "cn-hangzhou", "NetworkInterfaceId": "eni-1", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-1"]}]}`

func TestMembersJoinAndLeave(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(someMembers)))
	require.NoError(t, w.Update(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
		in := func(group string) []string { return memberIDs(r.Members(group)) }
		assert.Equal(t, []string{"i-a", "i-b", "eni-1"}, in("sg-1"), "instances first")
		assert.Equal(t, []string{"i-old"}, in("sg-classic"))
		assert.Empty(t, in("sg-none"))

		i, ok := r.Instance("i-b")
		require.True(t, ok)
		assert.Equal(t, []string{"sg-2", "sg-1"}, i.Groups, "in the order joined")
		assert.Equal(t, compute.Running, i.State.At(r.Now()))
		_, ok = r.Interface("i-b")
		assert.False(t, ok)
		_, ok = r.Instance("i-c")
		assert.False(t, ok)

		first, _ := r.Group("sg-1")
		second, _ := r.Group("sg-2")
		r.Leave(&i.Member, second)
		assert.Empty(t, in("sg-2"))
		assert.Equal(t, []string{"sg-1"}, i.Groups)
		r.Join(&i.Member, second)
		eni, _ := r.Interface("eni-1")
		r.Join(&eni.Member, second)
		r.Leave(&i.Member, first)
		assert.Equal(t, []string{"i-a", "eni-1"}, in("sg-1"))
		assert.Equal(t, []string{"i-b", "eni-1"}, in("sg-2"))
		assert.Equal(t, []string{"sg-2"}, i.Groups)
		return nil
	}))
	requireSound(t, w)
}

func TestMembersOfGroupsMatchTheGroupsOfMembers(t *testing.T) {
	for seed := range uint64(5) {
		d, w := roll(seed), frozen(t)
		require.NoError(t, w.Update("1", "cn-hangzhou", func(r *Namespace) error {
			for n := range 8 {
				r.AddGroup(&secgroup.Group{ID: fmt.Sprint("sg-", n)})
				addMember(r, fmt.Sprint("m-", n), "", n%2 == 0)
			}
			for range 500 {
				d.join(r, r.Groups()[d.IntN(8)])
				require.Equal(t, enrolled(r), r.inGroup)
			}
			return nil
		}))
	}
}

// A region of an account may hold nothing but members and prefix lists.
func TestANamespaceMayHaveMembersOnly(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{
		"Instances": [{"AccountId": "7", "RegionId": "cn-hangzhou", "InstanceId": "i-1"}],
		"PrefixLists": [{"AccountId": "8", "RegionId": "cn-hangzhou", "PrefixListId": "pl-1"}]}`)))
	requireSound(t, w)
	require.NoError(t, w.View("7", "cn-hangzhou", func(r *Namespace) error {
		_, ok := r.Instance("i-1")
		assert.True(t, ok)
		_, ok = r.Owner("8")
		assert.True(t, ok)
		assert.Empty(t, r.PrefixLists(), "they are another account's")
		return nil
	}))
	assert.Zero(t, w.Groups())
	again := New(clock.New())
	require.NoError(t, again.Load(w.State()))
	assert.Equal(t, string(w.State()), string(again.State()))
}

// Members of a state may be in groups that the world has.
func TestMergedMembersJoinTheGroupsOfTheWorld(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(someMembers)))
	require.NoError(t, w.Merge([]byte(`{
		"Instances": [{"RegionId": "cn-hangzhou", "InstanceId": "i-0", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-3", "sg-1"]}],
		"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-3", "VpcId": "vpc-1"}]}`)))
	requireSound(t, w)
	require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
		assert.Equal(t, []string{"i-0", "i-a", "i-b", "eni-1"}, memberIDs(r.Members("sg-1")))
		assert.Equal(t, []string{"i-0"}, memberIDs(r.Members("sg-3")))
		return nil
	}))
}

func TestPrefixListsAreInDescendingOrder(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{"PrefixLists": [
		{"RegionId": "cn-hangzhou", "PrefixListId": "pl-b"},
		{"RegionId": "cn-hangzhou", "PrefixListId": "pl-d"},
		{"RegionId": "cn-beijing", "PrefixListId": "pl-a"}]}`)))
	require.NoError(t, w.Merge([]byte(`{"PrefixLists": [{"RegionId": "cn-hangzhou", "PrefixListId": "pl-c"}]}`)))
	requireSound(t, w)
	require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
		var all []string
		for _, p := range r.PrefixLists() {
			all = append(all, p.ID)
			found, ok := r.PrefixList(p.ID)
			assert.True(t, ok)
			assert.Same(t, p, found)
		}
		assert.Equal(t, []string{"pl-d", "pl-c", "pl-b"}, all)
		for _, id := range []string{"pl-a", "pl-bb", "pl-e", ""} {
			_, ok := r.PrefixList(id)
			assert.False(t, ok, id)
		}
		return nil
	}))
}

func TestDefaultMaxEntriesIsTheNumberOfEntries(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{"PrefixLists": [
		{"RegionId": "cn-hangzhou", "PrefixListId": "pl-0"},
		{"RegionId": "cn-hangzhou", "PrefixListId": "pl-2", "Entries": [{"Cidr": "10.0.0.1"}, {"Cidr": "10.0.0.2"}]},
		{"RegionId": "cn-hangzhou", "PrefixListId": "pl-9", "MaxEntries": "9", "Entries": [{"Cidr": "10.0.0.1"}]}]}`)))
	require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
		for id, want := range map[string]int{"pl-0": 1, "pl-2": 2, "pl-9": 9} {
			p, ok := r.PrefixList(id)
			require.True(t, ok)
			assert.Equal(t, want, p.MaxEntries, id)
			assert.Equal(t, time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), p.Created)
		}
		return nil
	}))
	assert.Contains(t, string(w.State()), `"MaxEntries": 9,`)
}

// Tags that were read under the lock may be written into an answer after it.
func TestTagsAreReadWhileTheyChange(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(inGroup(`"Tags": [{"TagKey": "a"}, {"TagKey": "b"}, {"TagKey": "c"}]`))))
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			for i := range 200 {
				assert.NoError(t, w.Update(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
					g, err := r.Group("sg-1")
					g.Tags = secgroup.WithTags(g.Tags, []secgroup.Tag{{Key: "b", Value: fmt.Sprint(n, i)}, {Key: "d", Value: fmt.Sprint(n, i)}})
					g.Tags = secgroup.WithoutTags(g.Tags, []string{"a"})
					return err
				}))
				var c secgroup.Group
				assert.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
					g, err := r.Group("sg-1")
					c = g.Copy()
					return err
				}))
				assert.Equal(t, c.Tags[0].Value, c.Tags[len(c.Tags)-1].Value, "both were written at once")
			}
		})
	}
	all.Wait()
}
