package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// modifySecurityGroupEgressRuleFailures is the table of this action's own
// document, where ports and protocols have texts that no other has.
var modifySecurityGroupEgressRuleFailures = slices.Concat([]rpc.Failure{
	groupFailures[0],
	{On: secgroup.ErrProtocol, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoNull,
		When: "IpProtocol is none of the protocols.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrProtocolCase, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoNull,
		When: "IpProtocol is missing or blank, or, with -strict, in upper case.", Try: "-IpProtocol"},
	{On: secgroup.ErrPorts, Status: 400, Code: "InvalidParam.PortRange", Message: "The specified param PortRange or SourcePortRange is not valid. should be integer and less than 65535, range separator is '/'.",
		When: "PortRange is missing, or it or SourcePortRange is not a range that the protocol may have.", Try: "PortRange=200/1"},
	{On: secgroup.ErrNicMismatch, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "A rule of a classic group matches in everything but its NIC type.", Try: "SecurityGroupId=sg-classic&NicType=intranet"},
	{On: secgroup.ErrGroupOnInternet, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "The destination is a group and NicType is internet.", Try: withDestGroup + "sg-F876FF7BA&NicType=internet"},
	{On: secgroup.ErrNic, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: noNicType,
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: `The specified parameter "Policy" is not valid.`,
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrPriorityForm, Status: 400, Code: "InvalidPriority.Malformed", Message: `The specified parameter "Priority" is not valid.`,
		When: "Priority is not an integer.", Try: "Priority=high"},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Dest", Message: "The parameter DestCidrIp or DestGroupId is essential.",
		When: "There is no destination at all.", Try: noDest},
	{On: secgroup.ErrBlankPeer, Status: 403, Code: "MissingParameter", Message: `The input parameter "DestGroupId" or "DestCidrIp" cannot be both blank.`,
		When: "There is no destination, and DestCidrIp or DestGroupId is given but blank.", Try: "DestCidrIp="},
	{On: secgroup.ErrSameGroup, Status: 403, Code: "InvalidSecurityGroup.IsSame", Message: "The authorized SecurityGroupId should be different from the DestGroupId.",
		When: "The destination group is the group itself.", Try: withDestGroup + "sg-web"},
	{On: errPeerGroup, Status: 404, Code: "InvalidDestGroupId.NotFound", Message: "The DestGroupId provided does not exist in our records.",
		When: "The destination group does not exist, or its owner does not.", Try: withDestGroup + "sg-nowhere"},
	{On: errPrefixList, Status: 404, Code: "InvalidPrefixListId.NotFound", Message: "The specified prefix list was not found.",
		When: "The prefix list does not exist.", Try: "-DestCidrIp&DestPrefixListId=pl-nowhere"},
	{On: errPeerVPC, Status: 400, Code: "InvalidDestGroupId.Mismatch", Message: "Specified security group and destination group are not in the same VPC.",
		When: "The destination group would become one of another VPC.", Try: destChange + "sg-elsewhere"},
	{On: errPeerNetwork, Status: 403, Code: "InvalidNetworkType.Conflict", Message: "The specified SecurityGroup network type should be same with SourceGroup network type (vpc or classic).",
		When: "The destination group would become one of another network.", Try: destChange + "sg-classic"},
	{On: errEnterprisePeer, Status: 400, Code: "InvalidGroupAuthParameter.OperationDenied", Message: "The security group can not authorize to enterprise level security group.",
		When: "The destination group would become an enterprise group.", Try: destChange + "sg-enterprise"},
	{On: secgroup.ErrNoRule, Status: 404, Code: "SecurityGroupRule.NotFound", Message: "The target security group rule do not exist.",
		When: "No rule of the group matches.", Try: "Priority=2"},
	{On: secgroup.ErrGroupID, Status: 400, Code: "InvalidSecurityGroupId.Malformed", Message: `The specified parameter "SecurityGroupId" is not valid.`,
		When: groupFailures[1].When, Try: groupFailures[1].Try},
}, without(ruleFailures(&egressSide, noDest), secgroup.ErrProtocol, secgroup.ErrProtocolCase, secgroup.ErrPorts, secgroup.ErrNic, secgroup.ErrPriorityForm),
	changeFailures(&egressSide, "SecurityGroupRuleId=sgr-web-out&-IpProtocol&-PortRange&-DestCidrIp", "SecurityGroupRuleId=sgr-classic-out&-DestCidrIp&-IpProtocol&-PortRange"),
	regionFailures, tokenTry("Description=other"))

const (
	protoNull = "The specified parameter IpProtocol should not be null and only tcp, udp, icmp, gre or all is supported. Ignore case."
	// destChange gives the demo world's outbound rule that names a group another one.
	destChange = "SecurityGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0&SecurityGroupRuleId=sgr-database-to-app&-IpProtocol&-PortRange&-DestCidrIp&DestGroupId="
)

// without is rows but for those of some causes.
func without(rows []rpc.Failure, causes ...error) []rpc.Failure {
	return slices.DeleteFunc(rows, func(f rpc.Failure) bool { return slices.Contains(causes, f.On) })
}
