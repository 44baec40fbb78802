package store

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/clock"
)

func TestMergeAdds(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(oneRule(`"Policy": "drop"`))))
	require.NoError(t, w.Merge([]byte(strings.ReplaceAll(oneRule(`"Policy": "drop"`), "sg-1", "sg-2"))))
	require.NoError(t, w.Merge([]byte(`{"Accounts": [{"AccountId": "5", "Email": "five@example.com"}],
		"SecurityGroups": [{"AccountId": "5", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "Permissions": [
			{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2", "SourceGroupOwnerAccount": "test@aliyun.com"}]}]}`)))
	require.NoError(t, w.Merge([]byte(`{"Accounts": [{"AccountId": "5", "Email": "five@example.com"}, {"AccountId": "1234567890123456", "Email": "boss@example.com"}]}`)))
	requireSound(t, w)
	assert.Equal(t, 3, w.Groups())
	require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
		assert.Equal(t, []string{"sg-2", "sg-1"}, ids(r.Groups()))
		assert.Len(t, r.Referrers(account.DefaultID, "sg-2"), 1)
		for text, id := range map[string]string{"five@example.com": "5", "5": "5", "boss@example.com": account.DefaultID, account.DefaultEmail: account.DefaultID} {
			owner, ok := r.Owner(text)
			assert.True(t, ok)
			assert.Equal(t, id, owner)
		}
		return nil
	}))
	again := New(clock.New())
	require.NoError(t, again.Load(w.State()))
	assert.Equal(t, string(w.State()), string(again.State()))
}

func TestAnyTwoWorldsWithoutCommonIdsMerge(t *testing.T) {
	for seed := range uint64(50) {
		w, other := randomWorld(t, seed, 60), randomWorld(t, seed+1000, 60)
		added := strings.NewReplacer(`"sg-`, `"sg-other-`, `"m-`, `"m-other-`, `"pl-`, `"pl-other-`, `"prl-`, `"prl-other-`, `who@else`, `you@else`).Replace(string(other.State()))
		require.NoError(t, w.Merge([]byte(added)), "%s", added)
		requireSound(t, w)
		again := New(clock.New())
		require.NoError(t, again.Load(w.State()))
		require.Equal(t, string(w.State()), string(again.State()))
	}
}

func TestEqualWorldsGiveEqualBytes(t *testing.T) {
	states := []string{
		`{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1"}, {"RegionId": "cn-beijing", "SecurityGroupId": "sg-3"}]}`,
		`{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-2"}]}`,
		`{"SecurityGroups": [{"AccountId": "0", "RegionId": "us-west-1", "SecurityGroupId": "sg-4"}], "Accounts": [{"AccountId": "5"}]}`,
	}
	w, other := frozen(t), frozen(t)
	for i := range states {
		require.NoError(t, w.Merge([]byte(states[i])))
		require.NoError(t, other.Merge([]byte(states[len(states)-1-i])))
	}
	assert.Equal(t, string(w.State()), string(other.State()))
	assert.Equal(t, []string{"sg-4", "sg-3", "sg-1", "sg-2"}, regexp.MustCompile("sg-.").FindAllString(string(w.State()), -1), "by account, region and id")
}

func TestResetGoesBackToTheSeed(t *testing.T) {
	w := frozen(t)
	w.Reset()
	empty := string(w.State())
	require.NoError(t, w.Load([]byte(oneRule(`"Policy": "drop"`))))
	w.Reset()
	assert.Equal(t, empty, string(w.State()), "what is only loaded is no seed")

	require.NoError(t, w.Seed([]byte(oneRule(`"Policy": "drop"`))))
	seeded := string(w.State())
	require.NoError(t, w.Load([]byte(`{}`)))
	assert.Equal(t, empty, string(w.State()))
	w.Reset()
	assert.Equal(t, seeded, string(w.State()), "made ids are the same again")
	requireSound(t, w)
}

// After a reset the sequence of ids may begin anew while the world still has
// the ids that the sequence made for the seed.
func TestNewIdsAvoidThoseOfTheSeed(t *testing.T) {
	a := clock.Seeded(3)
	w := New(a)
	require.NoError(t, w.Seed([]byte(oneRule(`"Policy": "drop"`))))
	made := ruleID(t, w, "cn-hangzhou", "sg-1")
	a.Reset()
	w.Reset()
	require.Equal(t, made, ruleID(t, w, "cn-hangzhou", "sg-1"))
	require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
		assert.NotEqual(t, made, r.NewID("sgr-"))
		return nil
	}))
}

// A rule without an id does not take one that a later rule of the state has.
func TestNewIdsAvoidThoseOfTheState(t *testing.T) {
	made := clock.Seeded(3).ID("sgr-", "bp1")
	w := New(clock.Seeded(3))
	require.NoError(t, w.Load([]byte(inRules(soundRule+`, {"SecurityGroupRuleId": "`+made+`", "IpProtocol": "gre", "PortRange": "-1/-1", "SourceCidrIp": "1.1.1.1"}`))))
	requireSound(t, w)
	assert.Equal(t, 1, strings.Count(string(w.State()), made))
}
