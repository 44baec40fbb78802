package vpc

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

var unknownRegion = &rpc.Failure{
	On: store.ErrRegion, Status: 404, Code: "InvalidRegionId.NotFound", Message: `Specified value of "regionId" is not supported.`,
	When: "The region does not exist.", Try: "RegionId=cn-atlantis",
}

var dryRun = &rpc.Failure{
	On: product.ErrDryRun, Status: 400, Code: "DryRunOperation", Message: "Request validation has been passed with DryRun flag set.",
	When: "DryRun is true and the request would succeed.", Try: "DryRun=true",
}

// tagFailures are the rows of a list of tags.
var tagFailures = []*rpc.Failure{
	{On: secgroup.ErrTagKeyPrefix, Status: 400, Code: "InvalidTagKey", Message: "The tag keys are not valid.",
		When: "A key begins with aliyun, acs:, http:// or https://.", Try: "Tag.1.Key=acs:owner"},
	{On: secgroup.ErrTagKey, Status: 400, Code: "InvalidTagKey", Message: "The tag keys are not valid.",
		When: "A tag has no key, or one of more than 128 characters.", Try: "-Tag.1.Key&Tag.1.Value=lonely"},
	{On: secgroup.ErrTagValue, Status: 400, Code: "InvalidTagValue", Message: "The tag values are not valid.",
		When: "A value has more than 128 characters, or begins with http:// or https://.", Try: "Tag.1.Key=home&Tag.1.Value=http://localhost"},
}

var createVpcFailures = slices.Concat([]*rpc.Failure{
	unknownRegion,
	{On: network.ErrCIDR, Status: 400, Code: "InvalidParameter", Message: "Specified CIDR block is not valid",
		When: "CidrBlock is not a block that a VPC can have in the edition.", Try: "CidrBlock=10.0.0.1/16"},
	{On: network.ErrName, Status: 400, Code: "InvalidVpcName.Malformed", Message: "Specified VPC name is not valid.",
		When: "VpcName does not follow its rules.", Try: "VpcName=http://shop"},
	{On: network.ErrDescription, Status: 400, Code: "InvalidVpcDiscription.Malformed", Message: "Specified VPC description is not valid.",
		When: "Description does not follow its rules.", Try: "Description=http://shop"},
	{On: errVPCQuota, Status: 400, Code: "QuotaExceeded.Vpc", Message: "VPC quota exceeded.",
		When: "The account has 10 VPCs in the region.", Try: "8*VpcName=net#"},
	{On: network.ErrUserCIDR, Status: 400, Code: "InvalidParameter", Message: "Specified UserCidr invalid format.",
		When: "UserCidr is not IPv4 blocks without host bits, separated by commas.", Try: "UserCidr=10.0.0.1/8"},
	{On: network.ErrUserCIDRs, Status: 400, Code: "InvalidUserCidr.Quota", Message: "Specified UserCidr number is greater than 3.",
		When: "UserCidr has more than three blocks.", Try: "UserCidr=11.0.0.0/8,12.0.0.0/8,13.0.0.0/8,14.0.0.0/8"},
	{On: network.ErrUserShared, Status: 400, Code: "InvalidUserCidr.Malformed", Message: "Specified UserCidr overlapping in of 100.64.0.0/10.",
		When: "A block of UserCidr overlaps 100.64.0.0/10.", Try: "UserCidr=100.64.0.0/16"},
	{On: product.ErrResourceGroup, Status: 400, Code: "InvalidResourceGroupId", Message: "The specified ResourceGroupId does not exist.",
		When: "ResourceGroupId does not begin with rg-, or has to exist and does not.", Try: "ResourceGroupId=mine"},
	{On: network.ErrCIDR6, Status: 400, Code: "InvalidIpv6CidrBlock.Malformed", Message: "Specified Ipv6CidrBlock is not valid.",
		When: "Ipv6CidrBlock is not an IPv6 block of 56 bits.", Try: "Ipv6CidrBlock=2408::/64"},
	{On: product.ErrRepeatedKey, Status: 400, Code: "InvalidTagKey", Message: "The tag keys are not valid.",
		When: "Two tags have the same key.", Try: "Tag.1.Key=a&Tag.2.Key=a"},
	dryRun,
}, tagFailures, product.TokenFailures("VpcName=other"))

var pendingVPC = &rpc.Failure{
	On: errPending, Status: 400, Code: "IncorrectVpcStatus", Message: "Current VPC status does not support this operation.",
	When: "The VPC is Pending.", Try: "RegionId=cn-beijing&VpcId=vpc-pending",
}

var unknownVPC = &rpc.Failure{
	On: product.ErrVPC, Status: 404, Code: "InvalidVpcId.NotFound", Message: "Specified VPC does not exist.",
	When: "The account has no such VPC in the region.", Try: "VpcId=vpc-nowhere",
}

var deleteVpcFailures = slices.Concat([]*rpc.Failure{
	pendingVPC,
	{On: errHasVSwitches, Status: 400, Code: "DependencyViolation.VSwitch", Message: "Specified object has dependent resources",
		When: "A vSwitch is in the VPC.", Try: "VpcId=vpc-1"},
	{On: errHasGroups, Status: 400, Code: "DependencyViolation.SecurityGroup", Message: "Specified object has dependent resources SecurityGroup.",
		When: "A security group is in the VPC.", Try: "VpcId=vpc-2"},
	unknownVPC,
	unknownRegion,
	dryRun,
}, product.TokenFailures("VpcId=vpc-2"))

var describeVpcsFailures = slices.Concat([]*rpc.Failure{
	unknownRegion,
	dryRun,
	{On: errIDs, Status: 404, Code: "InvalidVpcIdNumber.NotSupported", Message: "The number of vpcIds exceeds the limit.",
		When: "VpcId has more than 20 ids.", Try: "VpcId=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21"},
	{On: product.ErrBool, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
		When: "IsDefault or EnableIpv6 is neither true nor false.", Try: "IsDefault=maybe"},
}, tagFailures)
