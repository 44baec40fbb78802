package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// noDest takes the destination out of an egress action's example.
const noDest = "-DestCidrIp"

// revokeSecurityGroupEgressFailures is the table of this action's own document.
var revokeSecurityGroupEgressFailures = slices.Concat(egressGroupFailures, []rpc.Failure{
	{On: secgroup.ErrProtocol, Until: rpc.Edition2019, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: "The specified IpProtocol does not exist.",
		When: "IpProtocol is none of the protocols.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: `The specified parameter "Policy" is not valid.`,
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrBlankPeer, Status: 400, Code: "MissingParameter", Message: `The input parameter "DestGroupId" or "DestCidrIp" cannot be both blank.`,
		When: "There is no destination, and DestCidrIp or DestGroupId is given but blank.", Try: "DestCidrIp="},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Dest", Message: "Either DestCidrIp or DestGroupId must be specified.",
		When: "There is no destination at all.", Try: noDest},
	{On: secgroup.ErrNicMismatch, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "A rule of a classic group matches in everything but its NIC type.", Try: "SecurityGroupId=sg-classic&NicType=intranet"},
	{On: secgroup.ErrGroupOnInternet, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "The destination is a group and NicType is internet.", Try: noDest + "&DestGroupId=sg-F876FF7BA&NicType=internet"},
	{On: secgroup.ErrNic, Until: rpc.Edition2019, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrSameGroup, Status: 403, Code: "InvalidSecurityGroup.IsSame", Message: "The authorized SecurityGroupId should be different from the DestGroupId.",
		When: "The destination group is the group itself.", Try: noDest + "&DestGroupId=sg-web"},
	{On: secgroup.ErrNoRule, Until: rpc.Edition2019, Status: 403, Code: "InvalidGroupAuthItem.NotFound", Message: "Specified group authorized item does not exist in our records.",
		When: "No rule of the group matches.", Try: "Priority=2"},
	{On: errPeerGroup, Until: rpc.Edition2019, Status: 403, Code: "InvalidGroupAuthItem.NotFound", Message: "Specified group authorized item does not exist in our records.",
		When: "The destination group does not exist, so no rule matches.", Try: noDest + "&DestGroupId=sg-nowhere"},
	{On: secgroup.ErrNoRule, Since: rpc.Edition2020, Until: rpc.Edition2020, Status: 200,
		When: "No rule of the group matches: the call succeeds and deletes nothing.", Try: "Priority=2"},
	{On: secgroup.ErrNoRule, Since: rpc.Edition2024, Status: 400, Code: "InvalidSecurityGroupRule.RuleNotExist", Message: "The specified rule does not exist.",
		When: "No rule of the group matches.", Try: "Priority=2"},
	{On: errPeerGroup, Since: rpc.Edition2020, Status: 404, Code: "InvalidDestGroupId.NotFound", Message: "The DestGroupId provided does not exist in our records.",
		When: "The destination group does not exist, or its owner does not.", Try: noDest + "&DestGroupId=sg-nowhere"},
	{On: errPrefixList, Until: rpc.Edition2019, Status: 403, Code: "InvalidGroupAuthItem.NotFound", Message: "Specified group authorized item does not exist in our records.",
		When: "The prefix list does not exist, so no rule matches.", Try: noDest + "&DestPrefixListId=pl-nowhere"},
	{On: errPrefixList, Since: rpc.Edition2020, Status: 404, Code: "InvalidPrefixListId.NotFound", Message: "The specified prefix list was not found.",
		When: "The prefix list does not exist.", Try: noDest + "&DestPrefixListId=pl-nowhere"},
	{On: errRuleID, Until: rpc.Edition2020, Status: 404, Code: "InvalidSecurityGroupRuleId.NotFound", Message: "The specified SecurityGroupRuleId is not exists.",
		When: "The group has no outbound rule with this id.", Try: onlyEgressID + "sgr-nowhere"},
	{On: errRuleID, Since: rpc.Edition2024, Status: 400, Code: "InvalidSecurityGroupRule.RuleNotExist", Message: "The specified rule does not exist.",
		When: "The group has no outbound rule with this id.", Try: onlyEgressID + "sgr-nowhere"},
	{On: errIDTwice, Status: 400, Code: "InvalidParam.SecurityGroupRuleIdRepeated", Message: "The specified parameter SecurityGroupRuleId is repeated.",
		When: "An id is given twice.", Try: onlyEgressID + "sgr-web-out&SecurityGroupRuleId.2=sgr-web-out"},
}, ruleFailures(&egressSide, noDest), listFailures(&egressSide, noDest), regionFailures, tokenTry("Policy=drop"))

// onlyEgressID asks for a rule by its id instead.
const onlyEgressID = noDest + "&-IpProtocol&-PortRange&SecurityGroupRuleId.1="

// egressGroupFailures are groupFailures with the text that the documents of the
// egress actions have.
var egressGroupFailures = []rpc.Failure{
	groupFailures[0],
	{On: secgroup.ErrGroupID, Status: 400, Code: "InvalidSecurityGroupId.Malformed", Message: `The specified parameter "SecurityGroupId" is not valid.`,
		When: groupFailures[1].When, Try: groupFailures[1].Try},
}
