package clients_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A program makes all that an instance needs, and removes it again. One client makes the
// calls of both products; only their versions differ.
func TestGenericWholeProgram(t *testing.T) {
	t.Parallel()
	k := newKey(t, ofOpenAPI)
	p := &plain{generic: newOpenAPI(t, "HTTP", k), key: k, t: t}
	network := &plain{generic: generic{p.Client, "2016-04-28"}, key: k, t: t}
	assert.False(t, k.owns(t), "the account begins with nothing")

	vpc := params{"VpcId": network.does("CreateVpc", params{"CidrBlock": "10.1.0.0/16"})["VpcId"].(string)}
	cut := with(vpc, params{"ZoneId": "cn-hangzhou-b", "CidrBlock": "10.1.2.0/24"})
	vSwitch := params{"VSwitchId": network.does("CreateVSwitch", cut)["VSwitchId"].(string)}
	p.web = p.does("CreateSecurityGroup", vpc)["SecurityGroupId"].(string)
	group := params{"SecurityGroupId": p.web}
	p.does("AuthorizeSecurityGroup", p.ssh())
	run := with(with(vSwitch, group), params{"ImageId": "m-1", "InstanceType": "ecs.g6.large"})
	ids := p.does("RunInstances", run)["InstanceIdSets"].(map[string]any)["InstanceIdSet"].([]any)
	require.Len(t, ids, 1)
	assert.True(t, k.owns(t))

	instances := list(p.does("DescribeInstances", group), "Instances", "Instance")
	require.Len(t, instances, 1)
	assert.Subset(t, instances[0], map[string]any{
		"InstanceId": ids[0], "Status": "Running", "SecurityGroupIds": map[string]any{"SecurityGroupId": []any{p.web}},
	})
	where := instances[0]["VpcAttributes"].(map[string]any)
	assert.Subset(t, where, map[string]any{"VpcId": vpc["VpcId"], "VSwitchId": vSwitch["VSwitchId"]})
	addresses := where["PrivateIpAddress"].(map[string]any)["IpAddress"].([]any)
	require.Len(t, addresses, 1)
	assert.Regexp(t, `^10\.1\.2\.\d+$`, addresses[0])

	_, err := p.call("DeleteSecurityGroup", params{"RegionId": region}, group)
	refusedGeneric(t, err, 403, "DependencyViolation", "^There is still instance\\(s\\) in the specified security group.$")
	p.does("RevokeSecurityGroup", p.ssh())
	p.does("DeleteInstance", params{"InstanceId": ids[0].(string), "Force": "true"})
	p.does("DeleteSecurityGroup", group)
	network.does("DeleteVSwitch", vSwitch)
	network.does("DeleteVpc", vpc)
	assert.False(t, k.owns(t), "nothing is left")
}
