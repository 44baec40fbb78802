package vpc

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// unknownVSwitch returns the row of a vSwitch that does not exist, with the text that the
// document of the action has.
func unknownVSwitch(message string) *rpc.Failure {
	return &rpc.Failure{
		On: product.ErrVSwitch, Status: 404, Code: "InvalidVSwitchId.NotFound", Message: message,
		When: "The account has no such vSwitch in the region.", Try: "VSwitchId=vsw-nowhere",
	}
}

// vswitchTextFailures are the rows of the name and the description of a vSwitch.
var vswitchTextFailures = []*rpc.Failure{
	{On: network.ErrName, Status: 400, Code: "InvalidVSwitchName.Malformed", Message: "Specified virtual switch name is not valid.",
		When: "VSwitchName does not follow its rules.", Try: "VSwitchName=http://shop"},
	{On: network.ErrDescription, Status: 400, Code: "InvalidVSwitchDiscription.Malformed", Message: "Specified virtual switch description is not valid.",
		When: "Description does not follow its rules.", Try: "Description=http://shop"},
}

// subnet6Failures are the rows of the IPv6 block of a vSwitch. try names a vSwitch, or
// nothing, in the demo world.
func subnet6Failures(none, taken string) []*rpc.Failure {
	return []*rpc.Failure{
		{On: network.ErrNoIPv6, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
			When: "The VPC has no IPv6 block.", Try: none},
		{On: network.ErrSubnet6Taken, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
			When: "Another vSwitch of the VPC has the IPv6 block.", Try: taken},
	}
}

var createVSwitchFailures = slices.Concat([]*rpc.Failure{
	{On: errZone, Status: 404, Code: "InvalidZoneId.NotFound", Message: "Specified zone does not exist.",
		When: "ZoneId is no zone of the region.", Try: "ZoneId=cn-beijing-a"},
	unknownVPC,
	{On: errPending, Status: 400, Code: "IncorrectVpcStatus", Message: "Current VPC status does not support this operation.",
		When: "The VPC is Pending.", Try: "RegionId=cn-beijing&ZoneId=cn-beijing-a&VpcId=vpc-pending"},
	{On: network.ErrCIDR, Status: 400, Code: "InvalidCidrBlock.Malformed", Message: "Specified CIDR block is not valid.",
		When: "CidrBlock is not an IPv4 block without host bits.", Try: "CidrBlock=172.18.0.1/24"},
	{On: network.ErrMask, Status: 400, Code: "InvalidCirdrBlock.MaskLength", Message: "Specified CIDR block is not valid .",
		When: "CidrBlock has fewer than 16 bits or more than 29.", Try: "CidrBlock=172.18.0.0/30"},
	{On: network.ErrOutside, Status: 400, Code: "InvalidParameter", Message: "Specified CIDR block is not valid in VPC.",
		When: "CidrBlock is not within the block of the VPC.", Try: "CidrBlock=10.0.0.0/24"},
	{On: network.ErrOverlap, Status: 400, Code: "InvalidCidrBlock.Overlapped", Message: "Specified CIDR block overlapped with other subnets.",
		When: "CidrBlock overlaps that of another vSwitch of the VPC.", Try: "CidrBlock=172.16.0.128/25"},
	{On: errVSwitchQuota, Until: rpc.Edition2020, Status: 400, Code: "QuotaExceeded.VSwitch", Message: "Virtual switch quota exceeded.",
		When: "The VPC has 24 vSwitches.", Try: "24*VpcId=vpc-empty&CidrBlock=10.0.#.0/24; VpcId=vpc-empty&CidrBlock=10.0.0.0/24"},
	{On: errVSwitchQuota, Since: rpc.Edition2025, Status: 400, Code: "QuotaExceeded.VSwitch", Message: "Virtual switch quota exceeded.",
		When: "The VPC has 150 vSwitches.", Try: "150*VpcId=vpc-empty&CidrBlock=10.0.#.0/24; VpcId=vpc-empty&CidrBlock=10.0.0.0/24"},
	{On: product.ErrRepeatedKey, Status: 400, Code: "InvalidTagKey", Message: "The tag keys are not valid.",
		When: "Two tags have the same key.", Try: "Tag.1.Key=a&Tag.2.Key=a"},
	unknownRegion,
}, vswitchTextFailures, tagFailures, subnet6Failures("Ipv6CidrBlock=1", "VpcId=vpc-six&CidrBlock=10.6.1.0/24&Ipv6CidrBlock=1"), product.TokenFailures("VSwitchName=other"))

var modifyVSwitchFailures = slices.Concat([]*rpc.Failure{
	unknownVSwitch("The specified virtual switch does not exists."),
	{On: product.ErrBool, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
		When: "EnableIPv6 is neither true nor false.", Try: "EnableIPv6=maybe"},
	unknownRegion,
}, vswitchTextFailures, subnet6Failures("Ipv6CidrBlock=1", "VSwitchId=vsw-six&Ipv6CidrBlock=1"))

var deleteVSwitchFailures = []*rpc.Failure{
	{On: errPending, Status: 400, Code: "IncorrectVSwitchStatus", Message: "The current virtual switch status does not support this operation.",
		When: "The vSwitch is Pending.", Try: "RegionId=cn-beijing&VSwitchId=vsw-pending"},
	{On: errVSwitchUsed, Status: 400, Code: "DependencyViolation", Message: "Specified object has dependent resources.",
		When: "An instance or a network interface is in the vSwitch.", Try: "VSwitchId=vsw-1"},
	unknownVSwitch("VSwitch not exist."),
	unknownRegion,
	dryRun,
}

var describeVSwitchesFailures = slices.Concat([]*rpc.Failure{
	unknownRegion,
	dryRun,
	{On: errIDs, Of: "VSwitchId", Status: 404, Code: "InvalidVSwitchIdNumber.NotSupported", Message: "The number of vSwitchIds exceeds the limit.",
		When: "VSwitchId has more than 20 ids.", Try: "VSwitchId=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21"},
	{On: errIDs, Of: "VpcId", Status: 404, Code: "InvalidVpcIdNumber.NotSupported", Message: "The number of vpcIds exceeds the limit.",
		When: "VpcId has more than 20 ids.", Try: "VpcId=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21"},
	{On: param.ErrInvalid, Of: "VSwitchOwnerId", Status: 400, Code: "IllegalParam.OwnerId", Message: "The specified parameter VSwitchOwnerId is not valid.",
		When: "VSwitchOwnerId is no number.", Try: "VSwitchOwnerId=me"},
	{On: product.ErrBool, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
		When: "IsDefault or EnableIpv6 is neither true nor false.", Try: "IsDefault=maybe"},
}, tagFailures)
