package ecs

import (
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
)

// missing returns the row of a parameter that must be given.
func missing(parameter string) *rpc.Failure {
	return &rpc.Failure{On: param.ErrMissing, Of: parameter, Status: 400, Code: "MissingParameter", Message: "The input parameter %s that is mandatory for processing this request is not supplied.",
		When: parameter + " is absent or blank.", Try: "-" + parameter}
}

var dryRun = &rpc.Failure{
	On: product.ErrDryRun, Status: 400, Code: "DryRunOperation", Message: "Request validation has been passed with DryRun flag set.",
	When: "DryRun is true and the request would succeed.", Try: "DryRun=true",
}

var (
	malformedInstanceName = &rpc.Failure{On: errInstanceName, Status: 400, Code: "InvalidInstanceName.Malformed", Message: `The specified parameter "InstanceName" is not valid.`,
		When: "InstanceName does not follow its rules.", Try: "InstanceName=9lives"}
	malformedDescription = &rpc.Failure{On: errDescription, Status: 400, Code: "InvalidDescription.Malformed", Message: `The specified parameter "Description" is not valid.`,
		When: "Description does not have 2 to 256 characters, or begins with http:// or https://.", Try: "Description=x"}
	malformedHostName = &rpc.Failure{On: errHostName, Status: 400, Code: "InvalidHostName.Malformed", Message: `The specified parameter "HostName" is not valid.`,
		When: "HostName does not follow its rules.", Try: "HostName=-web"}
	largeUserData = &rpc.Failure{On: errUserData, Status: 400, Code: "InvalidUserData.SizeExceeded", Message: `The specified parameter "UserData" exceeds the size.`,
		When: "UserData has more than 16 KB.", Try: "UserData=" + strings.Repeat("A", 22000)}
)

// fullGroup returns the row of a group that has the most members.
var fullGroup = &rpc.Failure{On: errGroupFull, Status: 403, Code: "SecurityGroupInstanceLimitExceed", Message: "The maximum number of instances in a security group is exceeded.",
	When: "The security group has the most members."}

// launchFailures is the rows that RunInstances and CreateInstance share.
var launchFailures = slices.Concat([]*rpc.Failure{
	missing("ImageId"),
	missing("InstanceType"),
	malformedInstanceName,
	malformedDescription,
	malformedHostName,
	largeUserData,
	repeatedTagKey,
	dryRun,
	{On: errImage, Status: 404, Code: "InvalidImageId.NotFound", Message: "The specified ImageId does not exist.",
		When: "ImageId neither begins with m- nor ends with .vhd. Any other image is taken to exist.", Try: "ImageId=mine"},
	{On: errInstanceType, Status: 400, Code: "InvalidInstanceType.ValueNotSupported", Message: "The specified InstanceType does not exist or beyond the permitted range.",
		When: "InstanceType is not written like ecs.g6.large. Any other type is taken to exist.", Try: "InstanceType=large"},
	{On: errChargeType, Status: 404, Code: "InvalidInstanceChargeType.NotFound", Message: "The InstanceChargeType does not exist in our records",
		When: "InstanceChargeType is neither PrePaid nor PostPaid.", Try: "InstanceChargeType=Free"},
	{On: errSpotStrategy, Status: 400, Code: "InvalidSpotStrategy", Message: "The specified SpotStrategy is not valid.",
		When: "SpotStrategy is none of its values.", Try: "SpotStrategy=Sometimes"},
	{On: errInternetCharge, Status: 400, Code: "InvalidInternetChargeType.ValueNotSupported", Message: "The specified InternetChargeType is not valid.",
		When: "InternetChargeType is neither PayByBandwidth nor PayByTraffic.", Try: "InternetChargeType=Free"},
	{On: errBandwidthIn, Status: 400, Code: "InvalidInternetMaxBandwidthIn.Malformed", Message: "The specified parameter internetMaxBandwidthIn is not valid.",
		When: "InternetMaxBandwidthIn is more than 200.", Try: "InternetMaxBandwidthIn=201"},
	{On: errBandwidthOut, Status: 400, Code: "InvalidInternetMaxBandwidthOut.Malformed", Message: "The specified parameter internetMaxBandwidthOut is not valid.",
		When: "InternetMaxBandwidthOut is more than 100.", Try: "InternetMaxBandwidthOut=101"},
	{On: errDiskCategory, Status: 400, Code: "InvalidSystemDiskCategory.ValueNotSupported", Message: `The specified parameter "SystemDisk.Category" is not valid.`,
		When: "SystemDisk.Category is none that the mock sells.", Try: "SystemDisk.Category=floppy"},
	{On: errDiskSize, Status: 403, Code: "InvalidDisk.SystemDiskSize", Message: "The specified SystemDiskSize beyond the permitted range.",
		When: "SystemDisk.Size is not 20 to 500.", Try: "SystemDisk.Size=10"},
	{On: errNoVSwitch, Status: 400, Code: "MissingParameter", Message: `The input parameter "%s" that is mandatory for processing this request is not supplied.`,
		When: "The security group is in a VPC and VSwitchId is absent.", Try: "-VSwitchId"},
	{On: errVSwitchID, Status: 404, Code: "InvalidVSwitchId.NotFound", Message: "Specified virtual switch does not exist.",
		When: "There is no such vSwitch.", Try: "VSwitchId=switch"},
	{On: errLaunchVPC, Status: 400, Code: "InvalidParameter.Mismatch", Message: "Specified security group and virtual switch are not in the same VPC.",
		When: "The security groups and the vSwitch are not all in the same VPC.", Try: "SecurityGroupId=sg-elsewhere&VSwitchId=vsw-1"},
	{On: errVSwitchZone, Status: 400, Code: "InvalidParameter.Mismatch", Message: "Specified virtual switch is not in the specified zone.",
		When: "The vSwitch is in another zone than ZoneId.", Try: "VSwitchId=vsw-1&ZoneId=cn-hangzhou-c"},
	{On: errZone, Status: 404, Code: "InvalidZoneId.NotFound", Message: "The specified zoneId does not exist.",
		When: "The region has no such zone.", Try: "ZoneId=cn-atlantis-a"},
	{On: errPrivateAddress, Status: 400, Code: "InvalidPrivateIpAddress.Malformed", Message: "Specified private IP address is malformed.",
		When: "PrivateIpAddress is not an IPv4 address, or is given without a vSwitch.", Try: "PrivateIpAddress=10.0.0"},
	{On: errOutsideAddress, Status: 400, Code: "InvalidPrivateIpAddress", Message: "Specified private IP address is not in the CIDR block of virtual switch.",
		When: "The address is not in the block of the vSwitch.", Try: "VSwitchId=vsw-1&PrivateIpAddress=192.0.2.1"},
	{On: errUsedAddress, Status: 400, Code: "InvalidPrivateIpAddress.Duplicated", Message: "Specified private IP address is duplicated.",
		When: "The address is used already.", Try: "PrivateIpAddress=172.16.0.9; PrivateIpAddress=172.16.0.9"},
	{On: errNoAddress, Status: 400, Code: "QuotaExceeded.PrivateIpAddress", Message: "Don't have enough private IPs in this switch.",
		When: "The vSwitch has no address left.", Try: "VSwitchId=vsw-small; VSwitchId=vsw-small; VSwitchId=vsw-small; VSwitchId=vsw-small; VSwitchId=vsw-small"},
	{On: store.ErrGroup, Status: 404, Code: "InvalidSecurityGroupId.NotFound", Message: "The specified SecurityGroupId does not exist.",
		When: "The account has no such group in the region.", Try: "SecurityGroupId=sg-nowhere"},
	{On: errNoLaunchGroup, Status: 404, Code: "InvalidSecurityGroupId", Message: "The specified SecurityGroupId is invalid or does not exist.",
		When: "No security group is given.", Try: "-SecurityGroupId"},
	unknownResourceGroup,
	unknownRegion,
}, tagFailures("The specified Tag.n.Key is not valid.", "The specified Tag.n.Key is not valid.", "The specified Tag.n.Value is not valid.", ""), product.TokenFailures("InstanceName=other"))

var runInstancesFailures = slices.Concat([]*rpc.Failure{
	{On: errMinAmount, Status: 400, Code: "InvalidMinAmount.Malformed", Message: "The specified parameter MinAmount is not valid.",
		When: "MinAmount is more than Amount.", Try: "MinAmount=2"},
	{On: errTwoLaunchGroups, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
		When: "SecurityGroupId and SecurityGroupIds are both given.", Try: "SecurityGroupIds.1=sg-web"},
	{On: errTooManyGroups, Status: 400, Code: "InstanceSecurityGroupLimitExceeded", Message: "Exceeding the allowed amount of security groups that an instance can be in.",
		When: "More than five security groups are given.", Try: "-SecurityGroupId&SecurityGroupIds.1=sg-web&SecurityGroupIds.2=sg-F876FF7BA&SecurityGroupIds.3=sg-3&SecurityGroupIds.4=sg-4&SecurityGroupIds.5=sg-5&SecurityGroupIds.6=sg-6"},
	{On: errMemberType, Status: 400, Code: "InvalidOperation.MultiGroupType", Message: "The specified instance can't join different types of security group.",
		When: "The security groups are of different types.", Try: "-SecurityGroupId&SecurityGroupIds.1=sg-web&SecurityGroupIds.2=sg-enterprise"},
	{On: errLongName, Status: 403, Code: "InvalidParams.InstanceNameExceed", Message: "The uniqueSuffix takes three naming places, please shorten your InstanceName.",
		When: "UniqueSuffix is true and InstanceName has more than 125 characters.", Try: "UniqueSuffix=true&InstanceName=" + strings.Repeat("x", 126)},
	fullGroup.With("20*VSwitchId=vsw-big&Amount=100"),
	{On: errAddressAmount, Status: 403, Code: "InvalidParam.Amount", Message: "The specified Amount is invalid.",
		When: "IPv6 addresses are given for more than one instance.", Try: "Ipv6Address.1=2408:4005:3e8:9a01::9&Amount=2"},
}, furtherFailures, launchFailures)

var createInstanceFailures = append([]*rpc.Failure{fullGroup.With("1995*VSwitchId=vsw-big&InstanceName=web#")}, launchFailures...)
