package clients_test

import (
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// story is an account of the older SDK that has nothing yet, with clients of both products.
type story struct {
	*ecs.Client
	vpc *vpc.Client
	key
	t *testing.T
}

func newStory(t *testing.T) *story {
	t.Helper()
	k := newKey(t, ofECS)
	network, err := vpc.NewClientWithAccessKey(region, k.id, k.secret)
	require.NoError(t, err)
	network.Domain = endpoint
	network.GetConfig().Scheme = "HTTP"
	return &story{Client: newECS(t, "HTTP", k), vpc: network, key: k, t: t}
}

// A program makes all that an instance needs, and removes it again.
func TestAWholeProgram(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	assert.False(t, s.owns(t), "the account begins with nothing")
	vpcID, vSwitchID := s.network()
	groupID := s.group(vpcID)
	instanceID := s.instance(vSwitchID, groupID)
	assert.True(t, s.owns(t))

	describe := ecs.CreateDescribeInstancesRequest()
	describe.SecurityGroupId = groupID
	answer, err := s.DescribeInstances(describe)
	require.NoError(t, err)
	require.Len(t, answer.Instances.Instance, 1)
	instance := answer.Instances.Instance[0]
	assert.Equal(t, instanceID, instance.InstanceId)
	assert.Equal(t, "Running", instance.Status)
	assert.Equal(t, vpcID, instance.VpcAttributes.VpcId)
	assert.Equal(t, vSwitchID, instance.VpcAttributes.VSwitchId)
	assert.Equal(t, []string{groupID}, instance.SecurityGroupIds.SecurityGroupId)
	require.Len(t, instance.VpcAttributes.PrivateIpAddress.IpAddress, 1)
	assert.Regexp(t, `^10\.1\.2\.\d+$`, instance.VpcAttributes.PrivateIpAddress.IpAddress[0])

	drop := ecs.CreateDeleteSecurityGroupRequest()
	drop.SecurityGroupId = groupID
	_, err = s.DeleteSecurityGroup(drop)
	refused(t, err, refusal{403, "DependencyViolation", "There is still instance(s) in the specified security group."})
	s.removeInstance(instanceID, groupID)
	_, err = s.DeleteSecurityGroup(drop)
	require.NoError(t, err)
	s.removeNetwork(vpcID, vSwitchID)
	assert.False(t, s.owns(t), "nothing is left")
}

func (s *story) network() (vpcID, vSwitchID string) {
	s.t.Helper()
	create := vpc.CreateCreateVpcRequest()
	create.VpcName, create.CidrBlock = "shop", "10.1.0.0/16"
	made, err := s.vpc.CreateVpc(create)
	require.NoError(s.t, err)
	divide := vpc.CreateCreateVSwitchRequest()
	divide.VpcId, divide.ZoneId, divide.CidrBlock = made.VpcId, "cn-hangzhou-b", "10.1.2.0/24"
	part, err := s.vpc.CreateVSwitch(divide)
	require.NoError(s.t, err)
	return made.VpcId, part.VSwitchId
}

func (s *story) group(vpcID string) string {
	s.t.Helper()
	create := ecs.CreateCreateSecurityGroupRequest()
	create.VpcId, create.SecurityGroupName = vpcID, "web"
	made, err := s.CreateSecurityGroup(create)
	require.NoError(s.t, err)
	allow := ecs.CreateAuthorizeSecurityGroupRequest()
	allow.SecurityGroupId, allow.IpProtocol, allow.PortRange, allow.SourceCidrIp = made.SecurityGroupId, "tcp", "22/22", "10.0.0.0/8"
	_, err = s.AuthorizeSecurityGroup(allow)
	require.NoError(s.t, err)
	return made.SecurityGroupId
}

func (s *story) instance(vSwitchID, groupID string) string {
	s.t.Helper()
	run := ecs.CreateRunInstancesRequest()
	run.ImageId, run.InstanceType, run.VSwitchId, run.SecurityGroupId = "m-1", "ecs.g6.large", vSwitchID, groupID
	made, err := s.RunInstances(run)
	require.NoError(s.t, err)
	require.Len(s.t, made.InstanceIdSets.InstanceIdSet, 1)
	return made.InstanceIdSets.InstanceIdSet[0]
}

func (s *story) removeInstance(instanceID, groupID string) {
	s.t.Helper()
	revoke := ecs.CreateRevokeSecurityGroupRequest()
	revoke.SecurityGroupId, revoke.IpProtocol, revoke.PortRange, revoke.SourceCidrIp = groupID, "tcp", "22/22", "10.0.0.0/8"
	_, err := s.RevokeSecurityGroup(revoke)
	require.NoError(s.t, err)
	remove := ecs.CreateDeleteInstanceRequest()
	remove.InstanceId, remove.Force = instanceID, requests.NewBoolean(true)
	_, err = s.DeleteInstance(remove)
	require.NoError(s.t, err)
}

func (s *story) removeNetwork(vpcID, vSwitchID string) {
	s.t.Helper()
	part := vpc.CreateDeleteVSwitchRequest()
	part.VSwitchId = vSwitchID
	_, err := s.vpc.DeleteVSwitch(part)
	require.NoError(s.t, err)
	whole := vpc.CreateDeleteVpcRequest()
	whole.VpcId = vpcID
	_, err = s.vpc.DeleteVpc(whole)
	require.NoError(s.t, err)
}
