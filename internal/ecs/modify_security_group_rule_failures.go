package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// modifySecurityGroupRuleFailures is the table of this action's own document.
var modifySecurityGroupRuleFailures = slices.Concat(egressGroupFailures, []rpc.Failure{
	{On: secgroup.ErrProtocol, Until: rpc.Edition2019, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: "IpProtocol is none of the protocols.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrNicMismatch, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "A rule of a classic group matches in everything but its NIC type.", Try: "SecurityGroupId=sg-classic&PortRange=1/65535&SourceCidrIp=10.0.0.0/8&NicType=intranet"},
	{On: secgroup.ErrGroupOnInternet, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "The source is a group and NicType is internet.", Try: withGroup + "sg-F876FF7BA&NicType=internet"},
	{On: secgroup.ErrNic, Until: rpc.Edition2019, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: `The specified parameter "Policy" is not valid.`,
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Source", Message: "Either SourceCidrIp or SourceGroupId must be specified.",
		When: "There is no source at all.", Try: "-SourceCidrIp"},
	{On: secgroup.ErrBlankPeer, Status: 403, Code: "MissingParameter", Message: `The input parameter "SourceGroupId" or "SourceCidrIp" cannot be both blank.`,
		When: "There is no source, and SourceCidrIp or SourceGroupId is given but blank.", Try: "SourceCidrIp="},
	{On: secgroup.ErrSameGroup, Status: 403, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the SourceGroupId.",
		When: "The source group is the group itself.", Try: withGroup + "sg-web"},
	{On: errPeerGroup, Status: 404, Code: "InvalidSourceGroupId.NotFound", Message: "The SourceGroupId provided does not exist in our records.",
		When: "The source group does not exist, or its owner does not.", Try: withGroup + "sg-nowhere"},
	{On: errPrefixList, Status: 404, Code: "InvalidPrefixListId.NotFound", Message: "The specified prefix list was not found.",
		When: "The prefix list does not exist.", Try: "-SourceCidrIp&SourcePrefixListId=pl-nowhere"},
	{On: errPeerVPC, Status: 400, Code: "InvalidSourceGroupId.Mismatch", Message: "Specified security group and source group are not in the same VPC.",
		When: "The source group would become one of another VPC.", Try: sourceChange + "sg-elsewhere"},
	{On: errPeerNetwork, Status: 403, Code: "InvalidNetworkType.Mismatch", Message: "The specified SecurityGroup network type should be same with SourceGroup network type (vpc or classic).",
		When: "The source group would become one of another network.", Try: sourceChange + "sg-classic"},
	{On: errEnterprisePeer, Status: 400, Code: "InvalidGroupAuthParameter.OperationDenied", Message: "The security group can not authorize to enterprise level security group.",
		When: "The source group would become an enterprise group.", Try: sourceChange + "sg-enterprise"},
	{On: secgroup.ErrNoRule, Status: 404, Code: "SecurityGroupRule.NotFound", Message: "The target security group rule not exist.",
		When: "No rule of the group matches.", Try: "Priority=2"},
}, ruleFailures(&ingressSide, "-SourceCidrIp"),
	changeFailures(&ingressSide, "SecurityGroupRuleId=sgr-web-http&-IpProtocol&-PortRange&-SourceCidrIp", "SecurityGroupRuleId=sgr-classic-internet&-SourceCidrIp&-IpProtocol&-PortRange"),
	regionFailures, tokenTry("Description=other"))

// sourceChange gives the demo world's rule that names a group another one.
const sourceChange = "SecurityGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0&SecurityGroupRuleId=sgr-database-from-app&-IpProtocol&-PortRange&-SourceCidrIp&SourceGroupId="
