package clients_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGenericGroupIsChanged(t *testing.T) {
	t.Parallel()
	p := newPlain(t)
	web := params{"SecurityGroupId": p.web}
	p.does("ModifySecurityGroupAttribute", with(web, params{"SecurityGroupName": "front"}))
	p.does("ModifySecurityGroupPolicy", with(web, params{"InnerAccessPolicy": "Drop"}))
	p.does("ModifySecurityGroupRule", with(p.ssh(), params{"Description": "inside"}))
	out := with(web, params{"IpProtocol": "all", "PortRange": "-1/-1", "DestCidrIp": "0.0.0.0/0"})
	p.does("AuthorizeSecurityGroupEgress", out)
	p.does("ModifySecurityGroupEgressRule", with(out, params{"Description": "outside"}))
	answer := p.does("DescribeSecurityGroupAttribute", web)
	assert.Subset(t, answer, map[string]any{"SecurityGroupName": "front", "InnerAccessPolicy": "Drop"})
	var texts []any
	for _, rule := range list(answer, "Permissions", "Permission") {
		texts = append(texts, rule["Description"])
	}
	assert.ElementsMatch(t, []any{"inside", "outside"}, texts)

	resource := params{"ResourceType": "securitygroup", "ResourceId.1": p.web}
	p.does("TagResources", with(resource, params{"Tag.1.Key": "tier", "Tag.1.Value": "front", "Tag.2.Key": "owner", "Tag.2.Value": "me"}))
	p.does("UntagResources", with(resource, params{"TagKey.1": "owner"}))
	tags := list(p.does("ListTagResources", resource), "TagResources", "TagResource")
	require.Len(t, tags, 1)
	assert.Equal(t, "tier", tags[0]["TagKey"])
	p.does("JoinResourceGroup", params{"ResourceType": "securitygroup", "ResourceId": p.web, "ResourceGroupId": "rg-1"})
	groups := list(p.does("DescribeSecurityGroups", params{"ResourceGroupId": "rg-1"}), "SecurityGroups", "SecurityGroup")
	require.Len(t, groups, 1)
	assert.Equal(t, p.web, groups[0]["SecurityGroupId"])
}

func TestGenericSurroundings(t *testing.T) {
	t.Parallel()
	p := newPlain(t)
	app := p.create("app")
	load(t, fmt.Sprintf(`{"Version": 1,
		"Instances": [{"AccountId": %[1]q, "RegionId": %[2]q, "InstanceId": "i-1", "VpcId": "vpc-1", "SecurityGroupIds": [%[3]q]}],
		"PrefixLists": [{"AccountId": %[1]q, "RegionId": %[2]q, "PrefixListId": "pl-1", "PrefixListName": "office", "MaxEntries": 5, "Entries": [{"Cidr": "10.1.0.0/16"}]}]}`,
		p.id, region, p.web))
	p.does("JoinSecurityGroup", params{"SecurityGroupId": app, "InstanceId": "i-1"})
	_, err := p.call("DeleteSecurityGroup", params{"RegionId": region}, params{"SecurityGroupId": app})
	refusedGeneric(t, err, 403, "DependencyViolation", "^There is still instance\\(s\\) in the specified security group.$")
	p.does("LeaveSecurityGroup", params{"SecurityGroupId": app, "InstanceId": "i-1"})
	p.does("DeleteSecurityGroup", params{"SecurityGroupId": app})
	assert.Len(t, list(p.does("DescribeSecurityGroups", nil), "SecurityGroups", "SecurityGroup"), 1)

	references := p.does("DescribeSecurityGroupReferences", params{"SecurityGroupId.1": p.web})
	assert.Empty(t, list(references, "SecurityGroupReferences", "SecurityGroupReference"))
	lists := list(p.does("DescribePrefixLists", nil), "PrefixLists", "PrefixList")
	require.Len(t, lists, 1)
	entries := list(p.does("DescribePrefixListAttributes", params{"PrefixListId": "pl-1"}), "Entries", "Entry")
	require.Len(t, entries, 1)
	assert.Equal(t, "10.1.0.0/16", entries[0]["Cidr"])
	for action, names := range map[string][2]string{"DescribeRegions": {"Regions", "Region"}, "DescribeZones": {"Zones", "Zone"}} {
		assert.NotEmpty(t, list(p.does(action, nil), names[0], names[1]), action)
	}
}
