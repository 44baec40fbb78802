package clients_test

import (
	"fmt"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// described is a group as the list of groups tells it, members counted.
func (w *world) described(id string) ecs.SecurityGroup {
	w.t.Helper()
	request := ecs.CreateDescribeSecurityGroupsRequest()
	request.SecurityGroupId, request.IsQueryEcsCount = id, requests.NewBoolean(true)
	answer, err := w.DescribeSecurityGroups(request)
	require.NoError(w.t, err)
	require.Len(w.t, answer.SecurityGroups.SecurityGroup, 1)
	return answer.SecurityGroups.SecurityGroup[0]
}

func TestAGroupIsChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	name := ecs.CreateModifySecurityGroupAttributeRequest()
	name.SecurityGroupId, name.SecurityGroupName, name.Description = w.web, "front", "renamed"
	_, err := w.ModifySecurityGroupAttribute(name)
	require.NoError(t, err)
	move := ecs.CreateJoinResourceGroupRequest()
	move.ResourceType, move.ResourceId, move.ResourceGroupId = "securitygroup", w.web, "rg-1"
	_, err = w.JoinResourceGroup(move)
	require.NoError(t, err)
	group := w.described(w.web)
	assert.Equal(t, []string{"front", "renamed", "rg-1"}, []string{group.SecurityGroupName, group.Description, group.ResourceGroupId})

	drop := ecs.CreateModifySecurityGroupPolicyRequest()
	drop.SecurityGroupId, drop.InnerAccessPolicy = w.web, "Drop"
	_, err = w.ModifySecurityGroupPolicy(drop)
	require.NoError(t, err)
	attribute := ecs.CreateDescribeSecurityGroupAttributeRequest()
	attribute.SecurityGroupId = w.web
	answer, err := w.DescribeSecurityGroupAttribute(attribute)
	require.NoError(t, err)
	assert.Equal(t, "Drop", answer.InnerAccessPolicy)
}

func TestRulesAreChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := ecs.CreateModifySecurityGroupRuleRequest()
	in.SecurityGroupId, in.IpProtocol, in.PortRange, in.SourceCidrIp, in.Description = w.web, "tcp", "22/22", "10.0.0.0/8", "inside"
	_, err := w.ModifySecurityGroupRule(in)
	require.NoError(t, err)
	assert.Equal(t, "inside", w.rules(w.web)[0].Description)

	open := ecs.CreateAuthorizeSecurityGroupEgressRequest()
	open.SecurityGroupId, open.IpProtocol, open.PortRange, open.DestCidrIp = w.app, "tcp", "443/443", "0.0.0.0/0"
	_, err = w.AuthorizeSecurityGroupEgress(open)
	require.NoError(t, err)
	out := ecs.CreateModifySecurityGroupEgressRuleRequest()
	out.SecurityGroupId, out.IpProtocol, out.PortRange, out.DestCidrIp, out.Description = w.app, "tcp", "443/443", "0.0.0.0/0", "outside"
	_, err = w.ModifySecurityGroupEgressRule(out)
	require.NoError(t, err)
	assert.Equal(t, "outside", w.rules(w.app)[0].Description)
}

func TestTagsComeAndGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tag := ecs.CreateTagResourcesRequest()
	tag.ResourceType, tag.ResourceId = "securitygroup", &[]string{w.web, w.app}
	tag.Tag = &[]ecs.TagResourcesTag{{Key: "tier", Value: "front"}, {Key: "owner", Value: "me"}}
	_, err := w.TagResources(tag)
	require.NoError(t, err)
	untag := ecs.CreateUntagResourcesRequest()
	untag.ResourceType, untag.ResourceId, untag.TagKey = "securitygroup", &[]string{w.app}, &[]string{"tier"}
	_, err = w.UntagResources(untag)
	require.NoError(t, err)

	tagged := ecs.CreateListTagResourcesRequest() // by tag alone, as Gardener asks
	tagged.ResourceType, tagged.Tag = "securitygroup", &[]ecs.ListTagResourcesTag{{Key: "tier", Value: "front"}}
	answer, err := w.ListTagResources(tagged)
	require.NoError(t, err)
	require.NotEmpty(t, answer.TagResources.TagResource)
	for _, resource := range answer.TagResources.TagResource {
		assert.Equal(t, w.web, resource.ResourceId)
	}
	var tags []string
	for _, pair := range w.described(w.web).Tags.Tag {
		tags = append(tags, pair.TagKey+"="+pair.TagValue)
	}
	assert.ElementsMatch(t, []string{"tier=front", "owner=me"}, tags)
}

func TestReferencesAreTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	grant := w.ssh()
	grant.SourceCidrIp, grant.SourceGroupId = "", w.app
	_, err := w.AuthorizeSecurityGroup(grant)
	require.NoError(t, err)
	request := ecs.CreateDescribeSecurityGroupReferencesRequest()
	request.SecurityGroupId = &[]string{w.app, w.web}
	answer, err := w.DescribeSecurityGroupReferences(request)
	require.NoError(t, err)
	references := answer.SecurityGroupReferences.SecurityGroupReference
	require.Len(t, references, 1)
	assert.Equal(t, w.app, references[0].SecurityGroupId)
	require.Len(t, references[0].ReferencingSecurityGroups.ReferencingSecurityGroup, 1)
	assert.Equal(t, w.web, references[0].ReferencingSecurityGroups.ReferencingSecurityGroup[0].SecurityGroupId)
}

// Instances and prefix lists are of the state that a mock is given.
func TestMembersAndPrefixListsAreThoseOfTheState(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	load(t, fmt.Sprintf(`{"Version": 1,
		"Instances": [{"AccountId": %[1]q, "RegionId": %[2]q, "InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": [%[3]q]}],
		"PrefixLists": [{"AccountId": %[1]q, "RegionId": %[2]q, "PrefixListId": "pl-1", "PrefixListName": "office", "MaxEntries": 5, "Entries": [{"Cidr": "10.1.0.0/16"}]}]}`,
		w.id, region, w.web))
	join := ecs.CreateJoinSecurityGroupRequest()
	join.SecurityGroupId, join.InstanceId = w.app, "i-1"
	_, err := w.JoinSecurityGroup(join)
	require.NoError(t, err)
	assert.Equal(t, 1, w.described(w.app).EcsCount)
	leave := ecs.CreateLeaveSecurityGroupRequest()
	leave.SecurityGroupId, leave.InstanceId = w.web, "i-1"
	_, err = w.LeaveSecurityGroup(leave)
	require.NoError(t, err)
	assert.Equal(t, 0, w.described(w.web).EcsCount)

	lists, err := w.DescribePrefixLists(ecs.CreateDescribePrefixListsRequest())
	require.NoError(t, err)
	require.Len(t, lists.PrefixLists.PrefixList, 1)
	assert.Equal(t, "office", lists.PrefixLists.PrefixList[0].PrefixListName)
	request := ecs.CreateDescribePrefixListAttributesRequest()
	request.PrefixListId = "pl-1"
	list, err := w.DescribePrefixListAttributes(request)
	require.NoError(t, err)
	require.Len(t, list.Entries.Entry, 1)
	assert.Equal(t, "10.1.0.0/16", list.Entries.Entry[0].Cidr)

	zones, err := w.DescribeZones(ecs.CreateDescribeZonesRequest())
	require.NoError(t, err)
	require.NotEmpty(t, zones.Zones.Zone)
	assert.Contains(t, zones.Zones.Zone[0].ZoneId, region)
}
