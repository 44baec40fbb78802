package server_test

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFamilyClientsTerraform: a group and two rules are made, read, changed and
// destroyed. Reads say NicType=<nil>, blank parameters are everywhere, and what is
// destroyed is destroyed by flat parameters over GET.
func TestFamilyClientsTerraform(t *testing.T) {
	c := newFamilyClient(t, `{"Version": 1}`, byPostSplit)
	var made struct{ SecurityGroupId string }
	c.done(&made, "CreateSecurityGroup", "ClientToken=TF-CreateSecurityGroup-1", "SecurityGroupName=tf-web", "Description=web", "VpcId=vpc-1", "Tag.1.Key=owner", "Tag.1.Value=me")
	group := "SecurityGroupId=" + made.SecurityGroupId
	c.done(nil, "ModifySecurityGroupPolicy", group, "InnerAccessPolicy=Drop", "ClientToken=TF-ModifySecurityGroupPolicy-1")
	var groups clientGroups
	c.done(&groups, "DescribeSecurityGroups", group)
	require.Len(t, groups.SecurityGroups.SecurityGroup, 1)
	one := groups.SecurityGroups.SecurityGroup[0]
	assert.Equal(t, []string{made.SecurityGroupId, "tf-web", "web", "vpc-1", "normal", ""}, []string{one.SecurityGroupId, one.SecurityGroupName, one.Description, one.VpcId, one.SecurityGroupType, one.ResourceGroupId})
	assert.Equal(t, "owner", one.Tags.Tag[0].TagKey)
	assert.Equal(t, "me", one.Tags.Tag[0].TagValue)

	c.done(nil, "AuthorizeSecurityGroup", group, "Permissions.1.IpProtocol=tcp", "Permissions.1.PortRange=22/22", "Permissions.1.Policy=accept", "Permissions.1.Priority=1", "Permissions.1.NicType=intranet", "Permissions.1.SourceCidrIp=10.159.6.18/12", "Permissions.1.Description=")
	c.done(nil, "AuthorizeSecurityGroupEgress", group, "Permissions.1.IpProtocol=all", "Permissions.1.PortRange=-1/-1", "Permissions.1.Policy=drop", "Permissions.1.Priority=100", "Permissions.1.DestCidrIp=0.0.0.0/0", "Permissions.1.Description=out")
	read := []string{"NicType=<nil>", "Direction=", "OwnerId=", "ResourceOwnerAccount="}
	rules := c.rules(made.SecurityGroupId, read...)
	require.Len(t, rules, 2, "both directions are in one answer")
	assert.Equal(t, clientRule{
		SecurityGroupRuleId: rules[0].SecurityGroupRuleId, Direction: "ingress", IpProtocol: "TCP", PortRange: "22/22", Policy: "Accept", NicType: "intranet",
		Priority: 1, SourceCidrIp: "10.159.6.18/12", CreateTime: rules[0].CreateTime,
	}, rules[0])
	assert.Equal(t, clientRule{
		SecurityGroupRuleId: rules[1].SecurityGroupRuleId, Direction: "egress", IpProtocol: "ALL", PortRange: "-1/-1", Policy: "Drop", NicType: "intranet",
		Priority: 100, DestCidrIp: "0.0.0.0/0", Description: "out", CreateTime: rules[1].CreateTime,
	}, rules[1])

	c.way = byGet
	ssh := []string{group, "IpProtocol=tcp", "PortRange=22/22", "NicType=intranet", "Policy=accept", "Priority=1", "SourceCidrIp=10.159.6.18/12"}
	c.done(nil, "ModifySecurityGroupRule", append(ssh, "Description=ssh")...)
	c.done(nil, "ModifySecurityGroupRule", append(ssh, "Description=ssh")...) // every change is sent twice
	assert.Equal(t, "ssh", c.rules(made.SecurityGroupId, read...)[0].Description)
	c.done(nil, "RevokeSecurityGroup", append(ssh, "Description=ssh")...)
	c.done(nil, "RevokeSecurityGroupEgress", group, "IpProtocol=all", "PortRange=-1/-1", "NicType=<nil>", "Policy=drop", "Priority=100", "DestCidrIp=0.0.0.0/0", "Description=", "ClientToken=")
	assert.Empty(t, c.rules(made.SecurityGroupId, read...))

	c.way = byPostSplit
	c.done(nil, "JoinResourceGroup", "ResourceId="+made.SecurityGroupId, "ResourceType=securitygroup", "ResourceGroupId=rg-1")
	c.done(nil, "TagResources", "ResourceType=securitygroup", "ResourceId.1="+made.SecurityGroupId, "Tag.1.Key=stage", "Tag.1.Value=test")
	c.done(nil, "UntagResources", "ResourceType=securitygroup", "ResourceId.1="+made.SecurityGroupId, "TagKey.1=owner")
	c.done(nil, "ModifySecurityGroupAttribute", group, "SecurityGroupName=tf-front", "Description=")
	groups = clientGroups{}
	c.done(&groups, "DescribeSecurityGroups", group)
	one = groups.SecurityGroups.SecurityGroup[0]
	assert.Equal(t, []string{"tf-front", "", "rg-1", "stage"}, []string{one.SecurityGroupName, one.Description, one.ResourceGroupId, one.Tags.Tag[0].TagKey})
	c.done(nil, "DeleteSecurityGroup", group)
	c.refused(http.StatusNotFound, "InvalidSecurityGroupId.NotFound", "DescribeSecurityGroupAttribute", append(read, group)...)
	c.refused(http.StatusNotFound, "InvalidSecurityGroupId.NotFound", "RevokeSecurityGroup", ssh...)
}

// TestFamilyClientsKubernetes: the cloud provider finds its enterprise group by tags,
// and revokes rules by sending back what Describe gave.
func TestFamilyClientsKubernetes(t *testing.T) {
	bothWays(t, `{"Version": 1}`, byPostInQuery, callAsKubernetes)
}

func callAsKubernetes(c *familyClient) {
	t := c.t
	tags := []string{"Tag.1.Key=kubernetes.io/cluster", "Tag.1.Value=c1", "Tag.2.Key=kubernetes.io/node", "Tag.2.Value=n1"}
	var made struct{ SecurityGroupId string }
	c.done(&made, "CreateSecurityGroup", append([]string{"SecurityGroupType=enterprise", "VpcId=vpc-1", "SecurityGroupName=nodes"}, tags...)...)
	c.done(nil, "CreateSecurityGroup", "VpcId=vpc-1", tags[0], tags[1])
	var found clientGroups
	c.done(&found, "DescribeSecurityGroups", append([]string{"NextToken="}, tags...)...)
	require.Len(t, found.SecurityGroups.SecurityGroup, 1)
	require.Equal(t, made.SecurityGroupId, found.SecurityGroups.SecurityGroup[0].SecurityGroupId)
	group := "SecurityGroupId=" + made.SecurityGroupId

	add := []string{group}
	for i, r := range []struct{ cidr, policy, priority string }{{"10.0.0.1/32", "accept", "1"}, {"10.0.0.2", "accept", "1"}, {"0.0.0.0/0", "drop", "100"}} {
		p := "Permissions." + strconv.Itoa(i+1) + "."
		add = append(add, p+"IpProtocol=All", p+"PortRange=-1/-1", p+"SourceCidrIp="+r.cidr, p+"Policy="+r.policy, p+"Priority="+r.priority, p+"Description=k8s "+r.cidr)
	}
	c.done(nil, "AuthorizeSecurityGroup", add...)
	rules := c.rules(made.SecurityGroupId)
	require.Len(t, rules, 3)
	c.done(nil, "ModifySecurityGroupRule", group, "SecurityGroupRuleId="+rules[1].SecurityGroupRuleId, "IpProtocol=ALL", "PortRange=-1/-1", "Policy=Accept", "Priority=1", "NicType=intranet", "SourceCidrIp=10.0.0.3", "Description=moved")
	rules = c.rules(made.SecurityGroupId, "Direction=ingress")
	assert.Equal(t, []string{"10.0.0.1/32", "10.0.0.3", "0.0.0.0/0"}, []string{rules[0].SourceCidrIp, rules[1].SourceCidrIp, rules[2].SourceCidrIp})
	assert.Equal(t, "moved", rules[1].Description)

	gone := []string{group}
	for i, r := range rules[1:] {
		p := "Permissions." + strconv.Itoa(i+1) + "."
		gone = append(gone, p+"IpProtocol="+r.IpProtocol, p+"PortRange="+r.PortRange, p+"SourceCidrIp="+r.SourceCidrIp, p+"Ipv6SourceCidrIp="+r.Ipv6SourceCidrIp, p+"SourceGroupId="+r.SourceGroupId,
			p+"NicType="+r.NicType, p+"Policy="+r.Policy, p+"Priority="+strconv.Itoa(r.Priority), p+"Description="+r.Description, p+"DestCidrIp="+r.DestCidrIp, p+"SourcePortRange="+r.SourcePortRange)
	}
	assert.Equal(t, "Permissions.1.IpProtocol=ALL", gone[1])
	c.done(nil, "RevokeSecurityGroup", gone...)
	rules = c.rules(made.SecurityGroupId)
	require.Len(t, rules, 1)
	assert.Equal(t, "10.0.0.1/32", rules[0].SourceCidrIp)
	c.done(nil, "DeleteSecurityGroup", group)
}

// TestFamilyClientsGardener: rules are revoked by their ids, one call for each, by the
// action of the direction that each has in the answer.
func TestFamilyClientsGardener(t *testing.T) {
	bothWays(t, `{"Version": 1}`, byPostInQuery, callAsGardener)
}

func callAsGardener(c *familyClient) {
	t := c.t
	var made struct{ SecurityGroupId string }
	c.done(&made, "CreateSecurityGroup", "SecurityGroupName=shoot-sg", "VpcId=vpc-1")
	group := "SecurityGroupId=" + made.SecurityGroupId
	c.done(nil, "TagResources", "ResourceType=securitygroup", "ResourceId.1="+made.SecurityGroupId, "Tag.1.Key=kubernetes.io/cluster/shoot", "Tag.1.Value=1")
	var worn struct {
		TagResources struct {
			TagResource []struct{ ResourceId, ResourceType, TagKey, TagValue string }
		}
	}
	c.done(&worn, "ListTagResources", "ResourceType=securitygroup", "Tag.1.Key=kubernetes.io/cluster/shoot", "Tag.1.Value=1")
	require.Len(t, worn.TagResources.TagResource, 1)
	assert.Equal(t, made.SecurityGroupId, worn.TagResources.TagResource[0].ResourceId)

	for i := range 12 {
		c.done(nil, "AuthorizeSecurityGroup", group, "Permissions.1.IpProtocol=tcp", fmt.Sprintf("Permissions.1.PortRange=%d/%[1]d", 30000+i), "Permissions.1.SourceCidrIp=10.250.0.0/19", "Permissions.1.Policy=Accept", "Permissions.1.Priority=1")
	}
	c.done(nil, "AuthorizeSecurityGroupEgress", group, "Permissions.1.IpProtocol=ALL", "Permissions.1.PortRange=-1/-1", "Permissions.1.DestCidrIp=0.0.0.0/0")
	c.pagesOfRules(group)
	actions := map[string]string{"ingress": "RevokeSecurityGroup", "egress": "RevokeSecurityGroupEgress"} // letter by letter
	for _, r := range c.rules(made.SecurityGroupId) {
		require.Contains(t, actions, r.Direction)
		other := map[string]string{"ingress": "egress", "egress": "ingress"}[r.Direction]
		unknown := map[string]string{"ingress": "InvalidParam.SecurityGroupRuleId", "egress": "InvalidSecurityGroupRule.RuleNotExist"}
		c.refused(http.StatusBadRequest, unknown[other], actions[other], group, "SecurityGroupRuleId.1="+r.SecurityGroupRuleId)
		c.done(nil, actions[r.Direction], group, "SecurityGroupRuleId.1="+r.SecurityGroupRuleId)
		c.refused(http.StatusBadRequest, unknown[r.Direction], actions[r.Direction], group, "SecurityGroupRuleId.1="+r.SecurityGroupRuleId)
	}
	assert.Empty(t, c.rules(made.SecurityGroupId))
	c.done(nil, "DeleteSecurityGroup", group)
	var gone clientGroups
	c.done(&gone, "DescribeSecurityGroups", group)
	assert.NotNil(t, gone.SecurityGroups.SecurityGroup, "an empty list, not null")
	assert.Empty(t, gone.SecurityGroups.SecurityGroup, "an empty list means that it is gone")
}

// pagesOfRules wants the thirteen rules of a group in two pages, or in one that is
// just large enough: Gardener asks for ever where the first page has a token.
func (c *familyClient) pagesOfRules(group string) {
	c.t.Helper()
	for most, pages := range map[int]int{10: 2, 12: 2, 13: 1, 1000: 1} {
		seen, token := map[string]bool{}, ""
		for page := 1; page <= pages; page++ {
			var answer clientAttribute
			c.done(&answer, "DescribeSecurityGroupAttribute", group, "MaxResults="+strconv.Itoa(most), "NextToken="+token)
			token = answer.NextToken
			require.Equal(c.t, page == pages, token == "", "page %d of %d has the token %q", page, pages, token)
			for _, r := range answer.Permissions.Permission {
				seen[r.SecurityGroupRuleId] = true
			}
		}
		assert.Len(c.t, seen, 13)
	}
}
