package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// noSource removes the source from the document's sample request.
const noSource = "-SourceGroupId&-SourceGroupOwnerAccount"

// revokeFailures is the document's error table, in which several causes have the same
// code, followed by the causes that the document leaves out.
var revokeFailures = slices.Concat([]rpc.Failure{
	serviceManaged(rpc.Edition2020, "SecurityGroupId=sg-managed"),
	unknownGroup,
	malformedGroup(malformedGroupText),
	{On: secgroup.ErrProtocol, Until: rpc.Edition2019, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: "The specified IpProtocol does not exist.",
		When: "IpProtocol is not a known protocol.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrNicMismatch, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "A rule of a classic group matches but for its NIC type.", Try: "SecurityGroupId=sg-classic&" + noSource + "&SourceCidrIp=10.0.0.0/8&NicType=intranet"},
	{On: secgroup.ErrGroupOnInternet, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "The source is a group and NicType is internet.", Try: "NicType=internet"},
	{On: secgroup.ErrNic, Until: rpc.Edition2019, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrNoRule, Until: rpc.Edition2019, Status: 403, Code: "InvalidGroupAuthItem.NotFound", Message: "Specified group authorized item does not exist in our records.",
		When: "No rule of the group matches.", Try: "Priority=2"},
	{On: errPeerGroup, Until: rpc.Edition2019, Status: 403, Code: "InvalidGroupAuthItem.NotFound", Message: "Specified group authorized item does not exist in our records.",
		When: "The source group does not exist, so no rule matches.", Try: "SourceGroupId=sg-nowhere"},
	{On: secgroup.ErrBlankPeer, Status: 400, Code: "MissingParameter", Message: `The input parameter "SourceGroupId" or "SourceCidrIp" cannot be both blank.`,
		When: "There is no source, and SourceCidrIp or SourceGroupId is present and blank.", Try: noSource + "&SourceCidrIp="},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: `The specified parameter "Policy" is not valid.`,
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Source", Message: "Either SourceCidrIp or SourceGroupId must be specified.",
		When: "No source is given.", Try: noSource},
	{On: secgroup.ErrSameGroup, Status: 400, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the SourceGroupId.",
		When: "The source group is the group itself.", Try: "SourceGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0"},

	{On: secgroup.ErrNoRule, Since: rpc.Edition2020, Until: rpc.Edition2020, Status: 200,
		When: "No rule of the group matches. The call succeeds and deletes nothing.", Try: "Priority=2"},
	{On: secgroup.ErrNoRule, Since: rpc.Edition2025, Status: 400, Code: "InvalidSecurityGroupRule.RuleNotExist", Message: "The specified rule does not exist.",
		When: "No rule of the group matches.", Try: "Priority=2"},
	{On: errPeerGroup, Since: rpc.Edition2020, Status: 404, Code: "InvalidSourceGroupId.NotFound", Message: "The SourceGroupId provided does not exist in our records.",
		When: "The source group or its owner does not exist.", Try: "SourceGroupId=sg-nowhere"},
	{On: errPrefixList, Until: rpc.Edition2019, Status: 403, Code: "InvalidGroupAuthItem.NotFound", Message: "Specified group authorized item does not exist in our records.",
		When: "The prefix list does not exist, so no rule matches.", Try: noSource + "&SourcePrefixListId=pl-nowhere"},
	{On: errPrefixList, Since: rpc.Edition2020, Status: 404, Code: "InvalidPrefixListId.NotFound", Message: "The specified prefix list was not found.",
		When: "The account has no such prefix list in the region.", Try: noSource + "&SourcePrefixListId=pl-nowhere"},
	{On: errRuleID, Until: rpc.Edition2020, Status: 404, Code: "InvalidSecurityGroupRuleId.NotFound", Message: "The specified SecurityGroupRuleId is not exists.",
		When: "The group has no inbound rule with this id.", Try: onlyID + "sgr-nowhere"},
	{On: errRuleID, Since: rpc.Edition2025, Status: 400, Code: "InvalidParam.SecurityGroupRuleId", Message: "The specified parameter SecurityGroupRuleId is not valid.",
		When: "The group has no inbound rule with this id.", Try: onlyID + "sgr-nowhere"},
	{On: errIDTwice, Status: 400, Code: "InvalidParam.SecurityGroupRuleIdRepeated", Message: "The specified parameter SecurityGroupRuleId is repeated.",
		When: "An id is given twice.", Try: onlyID + "sgr-database-from-app&SecurityGroupRuleId.2=sgr-database-from-app"},
}, ruleFailures(&sourceNames, noSource), listFailures(&sourceNames, noSource), []rpc.Failure{unknownRegion}, tokenFailures("Policy=drop"))

// onlyID replaces the fields of the rule by an id.
const onlyID = noSource + "&-IpProtocol&-PortRange&-Priority&SecurityGroupRuleId.1="

// noDest removes the destination from the example of an egress action.
const noDest = "-DestCidrIp"

// revokeEgressFailures is the error table of RevokeSecurityGroupEgress, likewise.
var revokeEgressFailures = slices.Concat([]rpc.Failure{
	serviceManaged(rpc.Edition2020, "SecurityGroupId=sg-managed"),
	unknownGroup,
	malformedGroup(malformedGroupQuoted),
	{On: secgroup.ErrProtocol, Until: rpc.Edition2019, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: "The specified IpProtocol does not exist.",
		When: "IpProtocol is not a known protocol.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: `The specified parameter "Policy" is not valid.`,
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrBlankPeer, Status: 400, Code: "MissingParameter", Message: `The input parameter "DestGroupId" or "DestCidrIp" cannot be both blank.`,
		When: "There is no destination, and DestCidrIp or DestGroupId is present and blank.", Try: "DestCidrIp="},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Dest", Message: "Either DestCidrIp or DestGroupId must be specified.",
		When: "No destination is given.", Try: noDest},
	{On: secgroup.ErrNicMismatch, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "A rule of a classic group matches but for its NIC type.", Try: "SecurityGroupId=sg-classic&NicType=intranet"},
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
		When: "No rule of the group matches. The call succeeds and deletes nothing.", Try: "Priority=2"},
	{On: secgroup.ErrNoRule, Since: rpc.Edition2025, Status: 400, Code: "InvalidSecurityGroupRule.RuleNotExist", Message: "The specified rule does not exist.",
		When: "No rule of the group matches.", Try: "Priority=2"},
	{On: errPeerGroup, Since: rpc.Edition2020, Status: 404, Code: "InvalidDestGroupId.NotFound", Message: "The DestGroupId provided does not exist in our records.",
		When: "The destination group or its owner does not exist.", Try: noDest + "&DestGroupId=sg-nowhere"},
	{On: errPrefixList, Until: rpc.Edition2019, Status: 403, Code: "InvalidGroupAuthItem.NotFound", Message: "Specified group authorized item does not exist in our records.",
		When: "The prefix list does not exist, so no rule matches.", Try: noDest + "&DestPrefixListId=pl-nowhere"},
	{On: errPrefixList, Since: rpc.Edition2020, Status: 404, Code: "InvalidPrefixListId.NotFound", Message: "The specified prefix list was not found.",
		When: "The account has no such prefix list in the region.", Try: noDest + "&DestPrefixListId=pl-nowhere"},
	{On: errRuleID, Until: rpc.Edition2020, Status: 404, Code: "InvalidSecurityGroupRuleId.NotFound", Message: "The specified SecurityGroupRuleId is not exists.",
		When: "The group has no outbound rule with this id.", Try: onlyEgressID + "sgr-nowhere"},
	{On: errRuleID, Since: rpc.Edition2025, Status: 400, Code: "InvalidSecurityGroupRule.RuleNotExist", Message: "The specified rule does not exist.",
		When: "The group has no outbound rule with this id.", Try: onlyEgressID + "sgr-nowhere"},
	{On: errIDTwice, Status: 400, Code: "InvalidParam.SecurityGroupRuleIdRepeated", Message: "The specified parameter SecurityGroupRuleId is repeated.",
		When: "An id is given twice.", Try: onlyEgressID + "sgr-web-out&SecurityGroupRuleId.2=sgr-web-out"},
}, ruleFailures(&destNames, noDest), listFailures(&destNames, noDest), []rpc.Failure{unknownRegion}, tokenFailures("Policy=drop"))

// onlyEgressID replaces the fields of the rule by an id.
const onlyEgressID = noDest + "&-IpProtocol&-PortRange&SecurityGroupRuleId.1="
