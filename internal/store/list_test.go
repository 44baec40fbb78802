package store

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Lists of port ranges are found by the rules of the namespace that name them.
func TestGroupsWithPorts(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{"SecurityGroups": [
		{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-2", "VpcId": "vpc-1", "Permissions": [
			{"IpProtocol": "tcp", "PortRangeListId": "prl-1", "SourceCidrIp": "10.0.0.0/8"},
			{"IpProtocol": "udp", "PortRangeListId": "prl-1", "SourceCidrIp": "10.0.0.0/8"}]},
		{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "vpc-1", "Permissions": [
			{"IpProtocol": "tcp", "PortRangeListId": "prl-1", "SourceCidrIp": "10.0.0.0/8"},
			{"IpProtocol": "tcp", "PortRangeListId": "prl-2", "SourceCidrIp": "10.0.0.0/8"}]},
		{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-3", "VpcId": "vpc-1", "Permissions": [
			{"IpProtocol": "tcp", "PortRange": "1/1", "SourceCidrIp": "10.0.0.0/8"}]},
		{"RegionId": "cn-beijing", "SecurityGroupId": "sg-4", "VpcId": "vpc-1", "Permissions": [
			{"IpProtocol": "tcp", "PortRangeListId": "prl-1", "SourceCidrIp": "10.0.0.0/8"}]}],
		"PortRangeLists": [{"RegionId": "cn-hangzhou", "PortRangeListId": "prl-1", "Entries": [{"PortRange": "80/80"}]}]}`)))
	requireSound(t, w)
	require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(ns *Namespace) error {
		assert.Equal(t, []string{"sg-1", "sg-2"}, ids(ns.GroupsWithPorts("prl-1")))
		assert.Equal(t, []string{"sg-1"}, ids(ns.GroupsWithPorts("prl-2")), "a list that does not exist")
		assert.Empty(t, ns.GroupsWithPorts(""))
		assert.Empty(t, ns.GroupsWithPorts("prl-3"))
		g, err := ns.Group("sg-1")
		require.NoError(t, err)
		assert.Equal(t, 2, g.PortListRuleCount())
		p, ok := ns.PortRangeList("prl-1")
		require.True(t, ok)
		assert.Equal(t, 1, p.MaxEntries)
		assert.Equal(t, secgroup.Ports{First: 80, Last: 80}, p.Entries[0].Ports.Ports)
		return nil
	}))
	again := frozen(t)
	require.NoError(t, again.Load(w.State()))
	assert.Equal(t, string(w.State()), string(again.State()))
}
