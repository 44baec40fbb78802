package store

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Of the rules that an account revoked, the last 10,000 are remembered, however often
// calls look for one meanwhile.
func TestTheOldestRevokedRuleIsForgotten(t *testing.T) {
	for _, every := range []int{7, 3 * revokedCap} {
		t.Run(fmt.Sprintf("looked for after every %d", every), func(t *testing.T) { revokeMany(t, every) })
	}
}

func revokeMany(t *testing.T, every int) {
	const all = 2*revokedCap + 5
	w := New(clock.Seeded(1))
	require.NoError(t, w.Load([]byte(`{"SecurityGroups": [{"RegionId": "cn-beijing", "SecurityGroupId": "sg-1", "VpcId": "vpc-1"}]}`)))
	require.NoError(t, w.Update(account.DefaultID, "cn-beijing", func(r *Namespace) error {
		g, err := r.Group("sg-1")
		require.NoError(t, err)
		var keys []secgroup.Key
		for i := range all {
			rule := &secgroup.Rule{ID: fmt.Sprintf("sgr-%d", i)}
			require.NoError(t, rule.Protocol.Set("tcp"))
			require.NoError(t, rule.Ports.Set(fmt.Sprintf("%d/%d", i+1, i+1)))
			require.NoError(t, rule.Source4.Set("10.0.0.0/8"))
			rule.SetDefaults(g)
			r.AddRule(g, rule)
			keys = append(keys, rule.Key())
			by := r.Revoke(g, []*secgroup.Rule{rule}, r.Now())
			by.Number.Store(int64(i + 1))
			if i%every == 0 {
				require.Equal(t, by, r.RevokedID(g, rule.ID))
			}
		}
		for _, i := range []int{0, 4, all - revokedCap - 1, all - revokedCap, all - 1} {
			id, by := r.RevokedKey(g, keys[i])
			require.Equal(t, by, r.RevokedID(g, fmt.Sprintf("sgr-%d", i)))
			if i < all-revokedCap {
				require.Nil(t, by, i)
				continue
			}
			require.Equal(t, fmt.Sprintf("sgr-%d", i), id)
			require.EqualValues(t, i+1, by.Number.Load())
		}
		past := r.all.revoked[account.DefaultID]
		assert.Len(t, past.ring, revokedCap)
		assert.Len(t, past.byID, revokedCap)
		assert.Len(t, past.byKey, revokedCap)
		return nil
	}))
	w.Reset()
	assert.Empty(t, w.contents.revoked)
}

// Account 9 has an address and nothing else.
const threeAccounts = `{"Accounts": [{"AccountId": "1", "Email": "one@example.com"}, {"AccountId": "2", "Email": "two@example.com"}, {"AccountId": "9", "Email": "nine@example.com"}], "SecurityGroups": [
	{"AccountId": "1", "RegionId": "cn-beijing", "SecurityGroupId": "sg-1", "VpcId": "vpc-1"},
	{"AccountId": "2", "RegionId": "cn-beijing", "SecurityGroupId": "sg-2", "VpcId": "vpc-1", "Permissions": [
		{"SecurityGroupRuleId": "sgr-2", "IpProtocol": "tcp", "PortRange": "22/22", "SourceGroupId": "sg-1", "SourceGroupOwnerAccount": "1"}]}]}`

func TestResetOfAnAccount(t *testing.T) {
	w := New(clock.Seeded(1))
	require.NoError(t, w.Seed([]byte(threeAccounts)))
	seeded := string(w.State())
	require.NoError(t, w.Merge([]byte(`{"SecurityGroups": [{"AccountId": "1", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-3", "VpcId": "vpc-1"}]}`)))
	merged := string(w.State())
	require.NoError(t, w.ResetAccount("2"))
	assert.Equal(t, merged, string(w.State()), "the other account's part stays")
	require.NoError(t, w.ResetAccount("1"))
	assert.Equal(t, seeded, string(w.State()))
	require.NoError(t, w.ResetAccount("3"))
	assert.Equal(t, seeded, string(w.State()), "an account that has nothing has nothing then")

	for _, accounts := range []string{
		`{"AccountId": "3", "Email": "one@example.com"}`,
		`{"AccountId": "3", "Email": "one@example.com"}, {"AccountId": "1"}`,
		`{"AccountId": "3", "Email": "one@example.com"}, {"AccountId": "1", "Email": "new@example.com"}`,
	} {
		require.NoError(t, w.Load([]byte(`{"Accounts": [`+accounts+`], "SecurityGroups": [
			{"AccountId": "1", "RegionId": "cn-beijing", "SecurityGroupId": "sg-4"}]}`)))
		before := string(w.State())
		assert.EqualError(t, w.ResetAccount("1"), "account 3 has this address")
		assert.Equal(t, before, string(w.State()))
		requireSound(t, w)
		require.NoError(t, w.Merge([]byte(`{"SecurityGroups": [{"AccountId": "1", "RegionId": "cn-beijing", "SecurityGroupId": "sg-5", "Permissions": [
			{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-9", "SourceGroupOwnerAccount": "one@example.com"}]}]}`)))
		assert.Contains(t, string(w.State()), `"SourceGroupOwnerAccount": "3"`, "the address is the other account's still")
	}

	require.NoError(t, w.Load([]byte(`{"Accounts": [{"AccountId": "1", "Email": "new@example.com"}, {"AccountId": "9", "Email": "late@example.com"}], "SecurityGroups": [
		{"AccountId": "2", "RegionId": "cn-beijing", "SecurityGroupId": "sg-2", "VpcId": "vpc-1", "Permissions": [
			{"SecurityGroupRuleId": "sgr-2", "IpProtocol": "tcp", "PortRange": "22/22", "SourceGroupId": "sg-1", "SourceGroupOwnerAccount": "1", "CreateTime": "2030-01-02T03:04:05Z"}], "CreationTime": "2030-01-02T03:04:05Z"}]}`)))
	require.NoError(t, w.ResetAccount("1"), "its address is what it was in the seed again")
	assert.Contains(t, string(w.State()), `{"AccountId": "1", "Email": "one@example.com"}`)
	assert.NotContains(t, string(w.State()), "new@example.com")
	assert.Contains(t, string(w.State()), "late@example.com", "other accounts stay")
}

func TestResetOfAnAccountWithoutSeed(t *testing.T) {
	w := New(clock.Seeded(1))
	require.NoError(t, w.Load([]byte(threeAccounts)))
	for _, account := range []string{"1", "2"} {
		once(t, w, TokenKey{Account: account, Token: "t"}, "", func() (any, error) { return 1, nil })
	}
	require.NoError(t, w.ResetAccount("1"))
	assert.Equal(t, 1, w.Groups())
	assert.Contains(t, string(w.State()), "sg-1", "the other account's rule dangles")
	assert.Len(t, w.Tokens.byKey, 1)
	assert.Contains(t, w.Tokens.byKey, TokenKey{Account: "2", Token: "t"})
}
