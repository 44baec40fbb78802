package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/clock"
)

func TestKeys(t *testing.T) {
	w := frozen(t)
	k := w.Keys.Make("7", "reader", "alice", time.Hour)
	assert.Equal(t, w.clock.Now().Add(time.Hour), k.Expires)
	got, ok := w.Keys.Get(k.ID)
	assert.True(t, ok)
	assert.Equal(t, k, got)
	other := w.Keys.Make("8", "reader", "alice", time.Hour)
	assert.NotEqual(t, k.ID, other.ID)
	assert.NotEqual(t, k.Token, other.Token)

	require.NoError(t, w.ResetAccount("7"))
	_, ok = w.Keys.Get(k.ID)
	assert.False(t, ok)
	_, ok = w.Keys.Get(other.ID)
	assert.True(t, ok)
	w.Reset()
	_, ok = w.Keys.Get(other.ID)
	assert.False(t, ok)
}

func TestTheOldestKeysAreForgotten(t *testing.T) {
	ks := Keys{clock: clock.New()}
	first := ks.Make("7", "r", "s", time.Hour)
	for range keyCap {
		ks.Make("7", "r", "s", time.Hour)
	}
	assert.Len(t, ks.byID, keyCap)
	_, ok := ks.Get(first.ID)
	assert.False(t, ok)
}

func TestResourceGroups(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Seed([]byte(`{"ResourceGroups": [{"AccountId": "7", "ResourceGroupId": "rg-1"}, {"AccountId": "8", "ResourceGroupId": "rg-1"}],
		"Vpcs": [{"AccountId": "7", "RegionId": "cn-beijing", "VpcId": "vpc-1", "ResourceGroupId": "rg-1"}]}`)))
	for account, member := range map[string]string{"7": "vpc-1", "8": ""} {
		require.NoError(t, w.Update(account, "cn-hangzhou", func(ns *Namespace) error {
			assert.Equal(t, member, ns.InResourceGroup("rg-1"), "of account %s, in every region", account)
			g, ok := ns.ResourceGroup("rg-1")
			require.True(t, ok)
			ns.DeleteResourceGroup(g)
			return nil
		}))
	}
	require.NoError(t, w.ResetAccount("7"))
	assert.Contains(t, string(w.State()), `"AccountId": "7",
      "ResourceGroupId": "rg-1"`)
	assert.NotContains(t, string(w.State()), `"AccountId": "8",
      "ResourceGroupId"`)
	for state, says := range map[string]string{
		`{"ResourceGroups": [{"ResourceGroupId": "1"}]}`:                                                                     "ResourceGroups[0].ResourceGroupId: " + errResourceGroupID.Error(),
		`{"ResourceGroups": [{"AccountId": "7", "ResourceGroupId": "rg-1"}]}`:                                                "ResourceGroups[0].ResourceGroupId: the account has the resource group rg-1 already",
		`{"ResourceGroups": [{"AccountId": "9", "ResourceGroupId": "rg-2"}, {"AccountId": "9", "ResourceGroupId": "rg-2"}]}`: "ResourceGroups[1].ResourceGroupId: the account has the resource group rg-2 already",
	} {
		assert.EqualError(t, w.Merge([]byte(state)), says)
	}
}
