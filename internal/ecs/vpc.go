package ecs

import (
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/vpc"
)

var notBoolean = &rpc.Failure{
	On: product.ErrBool, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
	When: "IsDefault is neither true nor false.", Try: "IsDefault=maybe",
}

// DescribeVpcs lists VPCs, as ECS did before there was a product VPC.
var DescribeVpcs = define(rpc.Spec{
	Name:     "DescribeVpcs",
	Summary:  "Lists the VPCs of the account in a region, with fewer fields than DescribeVpcs of VPC.",
	Example:  "RegionId=cn-hangzhou",
	Failures: []*rpc.Failure{unknownRegion, notBoolean},
}, (*Caller).describeVpcs)

func (c *Caller) describeVpcs(r *vpc.ShortVpcsRequest) (*vpc.ShortVpcsResponse, error) {
	return vpc.ShortVpcs((*product.Caller)(c), r)
}

// DescribeVSwitches lists vSwitches, as ECS did before there was a product VPC.
var DescribeVSwitches = define(rpc.Spec{
	Name:     "DescribeVSwitches",
	Summary:  "Lists the vSwitches of the account in a region, with fewer fields than DescribeVSwitches of VPC.",
	Example:  "RegionId=cn-hangzhou&VpcId=vpc-1",
	Failures: []*rpc.Failure{unknownRegion, notBoolean},
}, (*Caller).describeVSwitches)

func (c *Caller) describeVSwitches(r *vpc.ShortVSwitchesRequest) (*vpc.ShortVSwitchesResponse, error) {
	return vpc.ShortVSwitches((*product.Caller)(c), r)
}
