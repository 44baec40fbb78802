package store

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// enrolled is the members of each group that has some, found the slow way.
func enrolled(r *Namespace) map[string][]*secgroup.Member {
	all := map[string][]*secgroup.Member{}
	for _, m := range r.members {
		for _, id := range m.Groups {
			all[id] = append(all[id], m)
		}
	}
	for _, members := range all {
		slices.SortFunc(members, byKind)
	}
	if r.members == nil {
		return nil
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

		i, ok := r.Member(secgroup.Instance, "i-b")
		require.True(t, ok)
		assert.Equal(t, []string{"sg-2", "sg-1"}, i.Groups, "in the order joined")
		assert.Equal(t, secgroup.Running, i.Status)
		_, ok = r.Member(secgroup.Interface, "i-b")
		assert.False(t, ok)
		_, ok = r.Member(secgroup.Instance, "i-c")
		assert.False(t, ok)

		first, _ := r.Group("sg-1")
		second, _ := r.Group("sg-2")
		r.Leave(i, second)
		assert.Empty(t, in("sg-2"))
		assert.Equal(t, []string{"sg-1"}, i.Groups)
		r.Join(i, second)
		eni, _ := r.Member(secgroup.Interface, "eni-1")
		r.Join(eni, second)
		r.Leave(i, first)
		assert.Equal(t, []string{"i-a", "eni-1"}, in("sg-1"))
		assert.Equal(t, []string{"i-b", "eni-1"}, in("sg-2"))
		assert.Equal(t, []string{"sg-2"}, i.Groups)
		return nil
	}))
	requireSound(t, w)
}

func TestMembersAreThoseWhoJoinedAndDidNotLeave(t *testing.T) {
	for seed := range uint64(5) {
		d, w := roll(seed), frozen(t)
		require.NoError(t, w.Update("1", "cn-hangzhou", func(r *Namespace) error {
			for n := range 8 {
				r.AddGroup(&secgroup.Group{ID: fmt.Sprint("sg-", n)})
				r.addMember(&secgroup.Member{ID: fmt.Sprint("m-", n), Kind: secgroup.MemberKind(n % 2)})
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
func TestAnAccountIsKnownByWhatItHas(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{
		"Instances": [{"AccountId": "7", "RegionId": "cn-hangzhou", "InstanceId": "i-1"}],
		"PrefixLists": [{"AccountId": "8", "RegionId": "cn-hangzhou", "PrefixListId": "pl-1"}]}`)))
	requireSound(t, w)
	require.NoError(t, w.View("7", "cn-hangzhou", func(r *Namespace) error {
		_, ok := r.Member(secgroup.Instance, "i-1")
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
