package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

var describeSecurityGroupsFailures = slices.Concat([]rpc.Failure{
	{On: errNextToken, Status: 400, Code: "InValidParameter.NextToken", Message: "The parameter NextToken is invalid.",
		When: "NextToken is not one that an answer held.", Try: "NextToken=next"},
	{On: secgroup.ErrGroupType, Status: 400, Code: "InvalidParameter.SecurityGroupType", Message: "The specified SecurityGroupType is not valid.",
		When: "SecurityGroupType is neither normal nor enterprise.", Try: "SecurityGroupType=advanced"},
	{On: errGroupIDs, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
		When: "SecurityGroupIds is no JSON list, or one of more than 100 ids.", Try: "SecurityGroupIds=sg-web"},
	{On: errNetwork, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
		When: "NetworkType is neither vpc nor classic.", Try: "NetworkType=lan"},
	{On: errBool, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
		When: "ServiceManaged is neither true nor false.", Try: "ServiceManaged=maybe"},
	{On: errDryRun, Status: 400, Code: "DryRunOperation", Message: "Request validation has been passed with DryRun flag set.",
		When: "DryRun is true and the request would succeed.", Try: "DryRun=true"},
}, tagFilterFailures, regionFailures)

// tagFilterFailures are those of tags that choose: a key may stand twice.
var tagFilterFailures = tagFailures[1:]
