package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

var (
	errVPC               = errors.New("the id of a VPC begins with vpc-")
	errEnterpriseClassic = errors.New("an enterprise group is in a VPC; give VpcId")
	errGroupQuota        = errors.New("the account already has the most groups in the region")
	errReferenced        = errors.New("a rule of another group names this group")
	errHasMembers        = errors.New("the group has members")
	errFixedAccess       = errors.New("the members of an enterprise group cannot reach each other through the group")
)

var malformedGroupName = rpc.Failure{
	On: secgroup.ErrGroupName, Status: 400, Code: "InvalidSecurityGroupName.Malformed", Message: "Specified security group name is not valid.",
	When: "SecurityGroupName does not follow its rules.", Try: "SecurityGroupName=9lives",
}

var malformedGroupDescription = rpc.Failure{
	On: secgroup.ErrGroupDescription, Status: 400, Code: "InvalidSecurityGroupDiscription.Malformed", Message: "Specified security group description is not valid.",
	When: "Description does not have 2 to 256 characters, or begins with http:// or https://.", Try: "Description=x",
}

var createGroupFailures = slices.Concat([]rpc.Failure{
	repeatedTagKey,
	malformedGroupDescription,
	malformedGroupName,
	{On: secgroup.ErrGroupType, Status: 400, Code: "InvalidParams.GroupType", Message: "The specified security group type is not valid.",
		When: "SecurityGroupType is neither normal nor enterprise.", Try: "SecurityGroupType=advanced"},
	{On: errEnterpriseClassic, Status: 400, Code: "InvalidParams.VpcIdGroupType", Message: "Only VPC instance supports enterprise level security group.",
		When: "SecurityGroupType is enterprise and VpcId is absent.", Try: "-VpcId&SecurityGroupType=enterprise"},
	{On: errGroupQuota, Status: 403, Code: "QuotaExceed.SecurityGroup", Message: "The maximum number of security groups is reached.",
		When: "The account has 100 groups in the region.", Try: "100*SecurityGroupName=web#"},
	{On: errVPC, Status: 404, Code: "InvalidVpcId.NotFound", Message: "Specified VPC does not exist.",
		When: "VpcId does not begin with vpc-. Any other VPC is taken to exist.", Try: "VpcId=home"},
	unknownResourceGroup,
	unknownRegion,
}, groupTagFailures(), tokenFailures("SecurityGroupName=other"))

var deleteGroupFailures = []rpc.Failure{
	{On: errReferenced, Status: 403, Code: "DependencyViolation", Message: "The specified security group has been authorized in another one.",
		When: "A rule of another group names this group.", Try: "SecurityGroupId=sg-F876FF7BA"},
	{On: errHasMembers, Status: 403, Code: "DependencyViolation", Message: "There is still instance(s) in the specified security group.",
		When: "An instance or a network interface is in the group.", Try: "SecurityGroupId=sg-web"},
	unknownGroup,
	malformedGroup(malformedGroupText),
	unknownRegion,
}

var modifyGroupFailures = []rpc.Failure{
	unknownGroup,
	malformedGroup(malformedGroupText),
	malformedGroupDescription,
	malformedGroupName,
	unknownRegion,
}

var modifyPolicyFailures = slices.Concat([]rpc.Failure{
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: "The Policy is invalid. Only 'Accept' and 'Drop' are supported. Ignore case.",
		When: "InnerAccessPolicy is absent, or neither Accept nor Drop.", Try: "InnerAccessPolicy=allow"},
	malformedGroup("The SecurityGroupId is invalid. Only letters, numbers and underscores are supported. Maximum length is 100 characters."),
	{On: errFixedAccess, Status: 404, Code: "InvalidParameter.InnerAccessPolicy", Message: "The InnerAccessPolicy attribute of enterprise level security group can't be modified.",
		When: "The group is an enterprise group.", Try: "SecurityGroupId=sg-enterprise"},
	unknownGroup,
	unknownRegion,
}, tokenFailures("InnerAccessPolicy=Accept"))
