package ecs

import "github.com/ecsmock/ecsmock/internal/rpc"

// Actions are the actions that the mock has, in the order of the documentation.
func Actions() []*rpc.Action[*Caller] {
	return []*rpc.Action[*Caller]{
		RevokeSecurityGroup,
		RevokeSecurityGroupEgress,
		AuthorizeSecurityGroup,
		AuthorizeSecurityGroupEgress,
		CreateSecurityGroup,
		DeleteSecurityGroup,
		DescribeSecurityGroups,
		DescribeSecurityGroupAttribute,
		DescribeRegions,
	}
}
