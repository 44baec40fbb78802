package ecs

import "github.com/ecsmock/ecsmock/internal/rpc"

// Actions are the actions that the mock has, in the order of the documentation.
func Actions() []*rpc.Action[*Caller] {
	return []*rpc.Action[*Caller]{
		RevokeSecurityGroup,
		RevokeSecurityGroupEgress,
		AuthorizeSecurityGroup,
		AuthorizeSecurityGroupEgress,
		ModifySecurityGroupRule,
		ModifySecurityGroupEgressRule,
		CreateSecurityGroup,
		DeleteSecurityGroup,
		DescribeSecurityGroups,
		DescribeSecurityGroupAttribute,
		DescribeSecurityGroupReferences,
		ModifySecurityGroupAttribute,
		ModifySecurityGroupPolicy,
		JoinSecurityGroup,
		LeaveSecurityGroup,
		JoinResourceGroup,
		TagResources,
		UntagResources,
		ListTagResources,
		DescribePrefixLists,
		DescribePrefixListAttributes,
		DescribeRegions,
		DescribeZones,
	}
}

// Descriptions are what the actions say of themselves.
func Descriptions() []rpc.Description {
	var list []rpc.Description
	for _, a := range Actions() {
		list = append(list, a.Description)
	}
	return list
}
