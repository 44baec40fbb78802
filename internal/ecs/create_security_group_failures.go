package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

var (
	errVPC               = errors.New("the id of a VPC begins with vpc-")
	errEnterpriseClassic = errors.New("an enterprise group is of a VPC, so VpcId is needed")
	errGroupQuota        = errors.New("the account has as many groups in the region as it may")
)

var tagFailures = []rpc.Failure{
	{On: errRepeatedKey, Status: 400, Code: "Duplicate.TagKey", Message: "The Tag.N.Key contain duplicate key.",
		When: "Two tags have one key.", Try: "Tag.1.Key=a&Tag.2.Key=a"},
	{On: secgroup.ErrTagKeyPrefix, Status: 400, Code: "InvalidTagKey.Malformed", Message: "Specified key is not valid.",
		When: "A key begins with aliyun, acs:, http:// or https://.", Try: "Tag.1.Key=acs:owner"},
	{On: secgroup.ErrTagKey, Status: 400, Code: "InvalidTagKey.Malformed", Message: "The specified Tag.N.Key is not valid.",
		When: "A tag has no key, or one of more than 128 characters.", Try: "Tag.1.Value=lonely"},
	{On: secgroup.ErrTagValue, Status: 400, Code: "InvalidTagValue.Malformed", Message: "The specified Tag.N.Value is not valid.",
		When: "A value has more than 128 characters, or begins with http:// or https://.", Try: "Tag.1.Key=home&Tag.1.Value=http://localhost"},
}

var createSecurityGroupFailures = slices.Concat(tagFailures, []rpc.Failure{
	{On: secgroup.ErrGroupDescription, Status: 400, Code: "InvalidSecurityGroupDiscription.Malformed", Message: "Specified security group description is not valid.",
		When: "Description has not 2 to 256 characters, or begins with http:// or https://.", Try: "Description=x"},
	{On: secgroup.ErrGroupName, Status: 400, Code: "InvalidSecurityGroupName.Malformed", Message: "Specified security group name is not valid.",
		When: "SecurityGroupName breaks its rules.", Try: "SecurityGroupName=9lives"},
	{On: secgroup.ErrGroupType, Status: 400, Code: "InvalidParams.GroupType", Message: "The specified security group type is not valid.",
		When: "SecurityGroupType is neither normal nor enterprise.", Try: "SecurityGroupType=advanced"},
	{On: errEnterpriseClassic, Status: 400, Code: "InvalidParams.VpcIdGroupType", Message: "Only VPC instance supports enterprise level security group.",
		When: "SecurityGroupType is enterprise and there is no VpcId.", Try: "-VpcId&SecurityGroupType=enterprise"},
	{On: errGroupQuota, Status: 403, Code: "QuotaExceed.SecurityGroup", Message: "The maximum number of security groups is reached.",
		When: "The account has 100 groups in the region.", Try: "100*SecurityGroupName=web#"},
	{On: errVPC, Status: 404, Code: "InvalidVpcId.NotFound", Message: "Specified VPC does not exist.",
		When: "VpcId does not begin with vpc-; any other VPC is taken to exist.", Try: "VpcId=home"},
}, resourceGroupFailures, regionFailures, tokenTry("SecurityGroupName=other"))
