package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

var (
	errVPCID             = product.Hinted(product.ErrVPC, "the id of a VPC begins with vpc-")
	errEnterpriseClassic = errors.New("an enterprise group is in a VPC; give VpcId")
	errGroupQuota        = errors.New("the account already has the most groups in the region")
	errReferenced        = errors.New("a rule of another group names this group")
	errHasMembers        = errors.New("the group has members")
	errFixedAccess       = errors.New("the members of an enterprise group cannot reach each other through the group")
)

var malformedGroupName = &rpc.Failure{
	On: secgroup.ErrGroupName, Status: 400, Code: "InvalidSecurityGroupName.Malformed", Message: "Specified security group name is not valid.",
	When: "SecurityGroupName does not follow its rules.", Try: "SecurityGroupName=9lives",
}

var malformedGroupName2025 = &rpc.Failure{
	On: secgroup.ErrGroupName, Since: rpc.Edition2025, Status: 400, Code: "InvalidSecurityGroupName.Malformed", Message: "The specified parameter SecurityGroupName is not valid.",
	When: "SecurityGroupName does not follow its rules.", Try: "SecurityGroupName=9lives",
}

var malformedGroupDescription = &rpc.Failure{
	On: secgroup.ErrGroupDescription, Status: 400, Code: "InvalidSecurityGroupDiscription.Malformed", Message: "Specified security group description is not valid.",
	When: "Description does not have 2 to 256 characters, or begins with http:// or https://.", Try: "Description=x",
}

var createGroupFailures = slices.Concat([]*rpc.Failure{
	repeatedTagKey,
	malformedGroupDescription,
	malformedGroupName.To(rpc.Edition2020),
	malformedGroupName2025,
	{On: secgroup.ErrGroupType, Status: 400, Code: "InvalidParams.GroupType", Message: "The specified security group type is not valid.",
		When: "SecurityGroupType is neither normal nor enterprise.", Try: "SecurityGroupType=advanced"},
	{On: errEnterpriseClassic, Until: rpc.Edition2020, Status: 400, Code: "InvalidParams.VpcIdGroupType", Message: "Only VPC instance supports enterprise level security group.",
		When: "SecurityGroupType is enterprise and VpcId is absent.", Try: "-VpcId&SecurityGroupType=enterprise"},
	{On: errGroupQuota, Status: 403, Code: "QuotaExceed.SecurityGroup", Message: "The maximum number of security groups is reached.",
		When: "The account has 100 groups in the region.", Try: "100*SecurityGroupName=web#"},
	{On: product.ErrVPC, Status: 404, Code: "InvalidVpcId.NotFound", Message: "Specified VPC does not exist.",
		When: "VpcId does not begin with vpc-, or the VPC has to exist and does not.", Try: "VpcId=home"},
	unknownResourceGroup,
	unknownRegion.To(rpc.Edition2020),
	{On: store.ErrRegion, Since: rpc.Edition2025, Status: 404, Code: "InvalidRegionId.NotFound", Message: "The specified region does not exist.",
		When: "The region does not exist.", Try: "RegionId=cn-atlantis"},
}, groupTagFailures(), product.TokenFailures("SecurityGroupName=other"))

var deleteGroupFailures = []*rpc.Failure{
	{On: errReferenced, Status: 403, Code: "DependencyViolation", Message: "The specified security group has been authorized in another one.",
		When: "A rule of another group names this group.", Try: "SecurityGroupId=sg-F876FF7BA"},
	{On: errHasMembers, Status: 403, Code: "DependencyViolation", Message: "There is still instance(s) in the specified security group.",
		When: "An instance or a network interface is in the group.", Try: "SecurityGroupId=sg-web"},
	serviceManaged.From(rpc.Edition2020),
	unknownGroup.To(rpc.Edition2020),
	{On: store.ErrGroup, Since: rpc.Edition2025, Status: 404, Code: "InvalidSecurityGroup.NotFound", Message: "The specified security group is not found.",
		When: "The account has no such group in the region.", Try: "SecurityGroupId=sg-nowhere"},
	malformedGroup(malformedGroupText),
	missingRegion("MissingParameter.RegionId", `The parameter "RegionId" should not be null.`),
	unknownRegion,
}

var modifyGroupFailures = []*rpc.Failure{
	serviceManaged.From(rpc.Edition2020),
	unknownGroup,
	malformedGroup(malformedGroupText),
	malformedGroupDescription,
	malformedGroupName,
	unknownRegion,
}

var modifyPolicyFailures = slices.Concat([]*rpc.Failure{
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: "The Policy is invalid. Only 'Accept' and 'Drop' are supported. Ignore case.",
		When: "InnerAccessPolicy is absent, or neither Accept nor Drop.", Try: "InnerAccessPolicy=allow"},
	malformedGroup("The SecurityGroupId is invalid. Only letters, numbers and underscores are supported. Maximum length is 100 characters."),
	serviceManaged.From(rpc.Edition2025),
	{On: errFixedAccess, Status: 404, Code: "InvalidParameter.InnerAccessPolicy", Message: "The InnerAccessPolicy attribute of enterprise level security group can't be modified.",
		When: "The group is an enterprise group.", Try: "SecurityGroupId=sg-enterprise"},
	unknownGroup,
	missingRegion("MissingParamter.RegionId", "The RegionId should not be null."),
	unknownRegion,
}, product.TokenFailures("InnerAccessPolicy=Accept"))
