package store

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/network"
)

const twoVPCs = `{
  "Version": 1,
  "Vpcs": [
    {"RegionId": "cn-hangzhou", "VpcId": "vpc-1", "VpcName": "home", "Ipv6CidrBlock": "2408:4005:3e8:9a00::/56", "IsDefault": true, "CreationTime": "2030-01-02T03:04:05Z", "Tags": [{"TagKey": "env"}]},
    {"RegionId": "cn-hangzhou", "VpcId": "vpc-2", "CidrBlock": "10.0.0.0/16", "UserCidr": "11.0.0.0/8,12.0.0.0/8", "ResourceGroupId": "rg-1", "CreationTime": "2030-01-02T03:04:05Z"}
  ],
  "VSwitches": [
    {"RegionId": "cn-hangzhou", "VSwitchId": "vsw-1", "VpcId": "vpc-2", "ZoneId": "cn-hangzhou-b", "CidrBlock": "10.0.1.0/24", "CreationTime": "2030-01-02T03:04:05Z"},
    {"RegionId": "cn-hangzhou", "VSwitchId": "vsw-2", "VpcId": "vpc-2", "CidrBlock": "10.0.2.0/24", "IsDefault": true, "CreationTime": "2030-01-02T03:04:05Z"}
  ],
  "SecurityGroups": []
}`

// VPCs and vSwitches are read and written like the rest of a world, and a reset of their
// account removes them.
func TestVPCsAreKept(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(twoVPCs)))
	state := string(w.State())
	assert.JSONEq(t, twoVPCs, state)
	require.NoError(t, w.Load([]byte(state)))
	assert.Equal(t, state, string(w.State()))
	require.NoError(t, w.Update(account.DefaultID, "cn-hangzhou", func(ns *Namespace) error {
		v, ok := ns.VPC("vpc-2")
		require.True(t, ok)
		assert.Equal(t, []string{"vsw-2", "vsw-1"}, idsOf(ns.VSwitchesOf(v.ID)))
		assert.Equal(t, "vpc-1", ns.DefaultVPC())
		for _, id := range []string{"vpc-1", "vsw-1"} {
			assert.True(t, ns.isUsed(id), id)
		}
		for _, s := range ns.VSwitchesOf(v.ID) {
			ns.DeleteVSwitch(s)
		}
		ns.DeleteVPC(v)
		assert.Equal(t, []string{"vpc-1"}, idsOf(ns.VPCs()))
		assert.Empty(t, ns.VSwitches())
		ns.DeleteVPC(ns.VPCs()[0])
		assert.NotEqual(t, "vpc-1", ns.DefaultVPC(), "there is none, and the id is still the same each time")
		assert.Equal(t, ns.DefaultVPC(), ns.DefaultVPC())
		return nil
	}))
	require.NoError(t, w.Load([]byte(twoVPCs)))
	require.NoError(t, w.ResetAccount(account.DefaultID))
	assert.NotContains(t, string(w.State()), "vpc-")
}

func idsOf[R interface{ ResourceID() string }](all []R) (list []string) {
	for _, r := range all {
		list = append(list, r.ResourceID())
	}
	return list
}

// A state with a network that the API would refuse changes nothing.
func TestRefusedNetworks(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(twoVPCs)))
	before := string(w.State())
	vpc := func(fields string) string { return `{"Vpcs": [{"RegionId": "cn-hangzhou", ` + fields + `}]}` }
	vswitch := func(fields string) string {
		return `{"VSwitches": [{"RegionId": "cn-hangzhou", "VSwitchId": "vsw-3", ` + fields + `}]}`
	}
	for _, c := range []struct{ state, says string }{
		{vpc(`"VpcName": "x"`), "Vpcs[0].VpcId: the field is required"},
		{vpc(`"VpcId": "vpc-1"`), "Vpcs[0].VpcId: the id vpc-1 is used already in the account's cn-hangzhou"},
		{vpc(`"VpcId": "vpc-3", "CidrBlock": "10.0.0.1/8"`), "Vpcs[0].CidrBlock: " + network.ErrCIDR.Error()},
		{vpc(`"VpcId": "vpc-3", "CidrBlock": "127.0.0.0/8"`), "Vpcs[0].CidrBlock: " + network.ErrCIDR.Error()},
		{vpc(`"VpcId": "vpc-3", "Ipv6CidrBlock": "::/0"`), "Vpcs[0].Ipv6CidrBlock: " + network.ErrCIDR6.Error()},
		{vpc(`"VpcId": "vpc-3", "UserCidr": "100.64.0.0/10"`), "Vpcs[0].UserCidr: " + network.ErrUserShared.Error()},
		{vpc(`"VpcId": "vpc-3", "VpcName": "http://x"`), "Vpcs[0].VpcName: " + network.ErrName.Error()},
		{vpc(`"VpcId": "vpc-3", "IsDefault": true`), "Vpcs[0].IsDefault: the account has a default VPC in this region already"},
		{vswitch(`"VpcId": "vpc-2"`), "VSwitches[0].CidrBlock: the field is required"},
		{vswitch(`"VpcId": "vpc-9", "CidrBlock": "10.0.0.0/24"`), "VSwitches[0].VpcId: the account has no such VPC in this region"},
		{vswitch(`"VpcId": "vpc-2", "CidrBlock": "10.1.0.0/24"`), "VSwitches[0].CidrBlock: " + network.ErrOutside.Error()},
		{vswitch(`"VpcId": "vpc-2", "CidrBlock": "10.0.0.0/30"`), "VSwitches[0].CidrBlock: " + network.ErrMask.Error()},
		{vswitch(`"VpcId": "vpc-2", "CidrBlock": "10.0.0.0/22"`), "VSwitches[0].CidrBlock: " + network.ErrOverlap.Error() + "; vsw-2 has 10.0.2.0/24"},
	} {
		assert.EqualError(t, w.Merge([]byte(c.state)), c.says)
		require.Equal(t, before, string(w.State()))
	}
	require.NoError(t, w.Merge([]byte(vswitch(`"VpcId": "vpc-2", "CidrBlock": "10.0.3.0/24"`))))
}
