package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// modifyRuleFailures is the error table of ModifySecurityGroupRule.
var modifyRuleFailures = slices.Concat([]rpc.Failure{
	serviceManaged(rpc.Edition2020, "SecurityGroupId=sg-managed"),
	unknownGroup,
	malformedGroup(malformedGroupQuoted),
	{On: secgroup.ErrProtocol, Until: rpc.Edition2019, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: "IpProtocol is not a known protocol.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrNicMismatch, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "A rule of a classic group matches but for its NIC type.", Try: "SecurityGroupId=sg-classic&PortRange=1/65535&SourceCidrIp=10.0.0.0/8&NicType=intranet"},
	{On: secgroup.ErrGroupOnInternet, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "The source is a group and NicType is internet.", Try: withGroup + "sg-F876FF7BA&NicType=internet"},
	{On: secgroup.ErrNic, Until: rpc.Edition2019, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: `The specified parameter "Policy" is not valid.`,
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Source", Message: "Either SourceCidrIp or SourceGroupId must be specified.",
		When: "No source is given.", Try: "-SourceCidrIp"},
	{On: secgroup.ErrBlankPeer, Status: 403, Code: "MissingParameter", Message: `The input parameter "SourceGroupId" or "SourceCidrIp" cannot be both blank.`,
		When: "There is no source, and SourceCidrIp or SourceGroupId is present and blank.", Try: "SourceCidrIp="},
	{On: secgroup.ErrSameGroup, Status: 403, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the SourceGroupId.",
		When: "The source group is the group itself.", Try: withGroup + "sg-web"},
	{On: errPeerGroup, Status: 404, Code: "InvalidSourceGroupId.NotFound", Message: "The SourceGroupId provided does not exist in our records.",
		When: "The source group or its owner does not exist.", Try: withGroup + "sg-nowhere"},
	unknownPrefixList("-SourceCidrIp&SourcePrefixListId=pl-nowhere"),
	{On: errPeerVPC, Status: 400, Code: "InvalidSourceGroupId.Mismatch", Message: "Specified security group and source group are not in the same VPC.",
		When: "The new source group is in another VPC.", Try: sourceChange + "sg-elsewhere"},
	{On: errPeerNetwork, Status: 403, Code: "InvalidNetworkType.Mismatch", Message: "The specified SecurityGroup network type should be same with SourceGroup network type (vpc or classic).",
		When: "The new source group is in another network.", Try: sourceChange + "sg-classic"},
	{On: errEnterprisePeer, Status: 400, Code: "InvalidGroupAuthParameter.OperationDenied", Message: "The security group can not authorize to enterprise level security group.",
		When: "The new source group is an enterprise group.", Try: sourceChange + "sg-enterprise"},
	{On: secgroup.ErrNoRule, Status: 404, Code: "SecurityGroupRule.NotFound", Message: "The target security group rule not exist.",
		When: "No rule of the group matches.", Try: "Priority=2"},
}, ruleFailures(&sourceNames, "-SourceCidrIp"),
	changeFailures(&sourceNames, demoRules{
		example: "sgr-web-http", same: "PortRange=22/22&Policy=drop&Priority=100",
		listed: "sgr-database-from-list", ported: "sgr-ports-in", peered: "sgr-classic-from-peer", classic: "sgr-classic-internet",
	}),
	[]rpc.Failure{unknownRegion}, tokenFailures("Description=other"))

// sourceChange gives a rule of the demo world another source group.
const sourceChange = "SecurityGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0&SecurityGroupRuleId=sgr-database-from-app&-IpProtocol&-PortRange&-SourceCidrIp&SourceGroupId="

// modifyEgressRuleFailures is the error table of ModifySecurityGroupEgressRule. Its texts
// about ports and protocols are in no other document.
var modifyEgressRuleFailures = slices.Concat([]rpc.Failure{
	serviceManaged(rpc.Edition2020, "SecurityGroupId=sg-managed"),
	unknownGroup,
	{On: secgroup.ErrProtocol, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoNull,
		When: "IpProtocol is not a known protocol.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrProtocolCase, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoNull,
		When: "IpProtocol is absent or blank, or with -strict in upper case.", Try: "-IpProtocol"},
	{On: secgroup.ErrPorts, Status: 400, Code: "InvalidParam.PortRange", Message: "The specified param PortRange or SourcePortRange is not valid. should be integer and less than 65535, range separator is '/'.",
		When: "PortRange is absent, or PortRange or SourcePortRange is not a range that the protocol can have.", Try: "PortRange=200/1"},
	{On: secgroup.ErrNicMismatch, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "A rule of a classic group matches but for its NIC type.", Try: "SecurityGroupId=sg-classic&NicType=intranet"},
	{On: secgroup.ErrGroupOnInternet, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "The destination is a group and NicType is internet.", Try: withDestGroup + "sg-F876FF7BA&NicType=internet"},
	{On: secgroup.ErrNic, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: noNicType,
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: `The specified parameter "Policy" is not valid.`,
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrPriorityForm, Status: 400, Code: "InvalidPriority.Malformed", Message: `The specified parameter "Priority" is not valid.`,
		When: "Priority is not an integer.", Try: "Priority=high"},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Dest", Message: "The parameter DestCidrIp or DestGroupId is essential.",
		When: "No destination is given.", Try: noDest},
	{On: secgroup.ErrBlankPeer, Status: 403, Code: "MissingParameter", Message: `The input parameter "DestGroupId" or "DestCidrIp" cannot be both blank.`,
		When: "There is no destination, and DestCidrIp or DestGroupId is present and blank.", Try: "DestCidrIp="},
	{On: secgroup.ErrSameGroup, Status: 403, Code: "InvalidSecurityGroup.IsSame", Message: "The authorized SecurityGroupId should be different from the DestGroupId.",
		When: "The destination group is the group itself.", Try: withDestGroup + "sg-web"},
	{On: errPeerGroup, Status: 404, Code: "InvalidDestGroupId.NotFound", Message: "The DestGroupId provided does not exist in our records.",
		When: "The destination group or its owner does not exist.", Try: withDestGroup + "sg-nowhere"},
	unknownPrefixList("-DestCidrIp&DestPrefixListId=pl-nowhere"),
	{On: errPeerVPC, Status: 400, Code: "InvalidDestGroupId.Mismatch", Message: "Specified security group and destination group are not in the same VPC.",
		When: "The new destination group is in another VPC.", Try: destChange + "sg-elsewhere"},
	{On: errPeerNetwork, Status: 403, Code: "InvalidNetworkType.Conflict", Message: "The specified SecurityGroup network type should be same with SourceGroup network type (vpc or classic).",
		When: "The new destination group is in another network.", Try: destChange + "sg-classic"},
	{On: errEnterprisePeer, Status: 400, Code: "InvalidGroupAuthParameter.OperationDenied", Message: "The security group can not authorize to enterprise level security group.",
		When: "The new destination group is an enterprise group.", Try: destChange + "sg-enterprise"},
	{On: secgroup.ErrNoRule, Status: 404, Code: "SecurityGroupRule.NotFound", Message: "The target security group rule do not exist.",
		When: "No rule of the group matches.", Try: "Priority=2"},
	malformedGroup(malformedGroupQuoted),
}, without(ruleFailures(&destNames, noDest), secgroup.ErrProtocol, secgroup.ErrProtocolCase, secgroup.ErrPorts, secgroup.ErrNic, secgroup.ErrPriorityForm),
	changeFailures(&destNames, demoRules{
		example: "sgr-web-out", same: "IpProtocol=tcp&PortRange=25/25&Policy=drop",
		listed: "sgr-database-to-list", ported: "sgr-ports-out", peered: "sgr-classic-to-peer", classic: "sgr-classic-out",
	}),
	[]rpc.Failure{unknownRegion}, tokenFailures("Description=other"))

const (
	protoNull = "The specified parameter IpProtocol should not be null and only tcp, udp, icmp, gre or all is supported. Ignore case."
	// destChange gives a rule of the demo world another destination group.
	destChange = "SecurityGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0&SecurityGroupRuleId=sgr-database-to-app&-IpProtocol&-PortRange&-DestCidrIp&DestGroupId="
)

// without returns the rows without those of some causes.
func without(rows []rpc.Failure, causes ...error) []rpc.Failure {
	return slices.DeleteFunc(rows, func(f rpc.Failure) bool { return slices.Contains(causes, f.On) })
}

// demoRules names rules of the demo world that the rows of a change by id need.
type demoRules struct {
	example string // a rule of the example's group
	same    string // the fields of another rule of that group
	listed  string // a rule that names a prefix list
	peered  string // a rule of the classic group that names a group
	ported  string // a rule that names a port range list
	classic string // a rule of the classic group that names a CIDR block
}

// changeFailures returns the rows of a change by id. The documents of 2019 do not have
// it; later ones have the same rows in both directions.
func changeFailures(n *endNames, demo demoRules) []rpc.Failure {
	byID := "-IpProtocol&-PortRange&-" + n.cidr4 + "&SecurityGroupRuleId="
	example := byID + demo.example
	listed := byID + demo.listed + "&SecurityGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0"
	classic := "&SecurityGroupId=sg-classic"
	return []rpc.Failure{
		{On: errRuleID, Status: 404, Code: "InvalidSecurityGroupRuleId.NotFound", Message: "The specified SecurityGroupRuleId is not exists.",
			When: "The group has no rule with this id in this direction.", Try: "SecurityGroupRuleId=sgr-nowhere"},
		{On: errNoChange, Status: 400, Code: "InvalidParam.InvalidModifyRuleRequest", Message: "The request parameters are illegal.",
			When: "SecurityGroupRuleId is given without a field to change.", Try: example + "&-Description"},
		portListProtocol(byID + demo.ported + "&SecurityGroupId=sg-ports&IpProtocol=icmp"),
		unknownPortRangeList(byID + demo.ported + "&SecurityGroupId=sg-ports&PortRangeListId=prl-nowhere"),
		{On: secgroup.ErrRuleQuota, Status: 403, Code: "AuthorizationLimitExceed", Message: "The limit of authorization records in the security group reaches.",
			When: "The rule would name a list that may have more entries than the group has room for.", Try: byID + demo.ported + "&SecurityGroupId=sg-ports&PortRangeListId=prl-large"},
		{On: errPortsKind, Status: 400, Code: "InvalidOperation.ModifyPortRangeType", Message: "The PortRange type is not allowed to be modified. You cannot modify a rule from using the port list to not using it, and vice versa.",
			When: "The rule has ports and PortRangeListId is given, or the other way round.", Try: example + "&PortRangeListId=prl-web"},
		{On: errPeerKind, Status: 400, Code: "InvalidOperation.ModifySgRuleEntityType", Message: "The source or destination type of the rules cannot be modified.",
			When: "The peer would become one of another kind: an IPv4 block, an IPv6 block, a group or a prefix list.", Try: example + "&" + n.group + "=sg-F876FF7BA"},
		{On: errPrefixListFamily, Status: 400, Code: "InvalidParam.PrefixListAddressFamilyMismatch", Message: "The address family of the prefix list does not match the rule.",
			When: "The address family of the rule would not fit its prefix list.", Try: listed + "&IpProtocol=icmpv6&PortRange=-1/-1"},
		{On: secgroup.ErrIPv6Classic, Status: 400, Code: "InvalidSecurityGroup.InvalidNetworkType", Message: networkType,
			When: "A rule of a classic group would become an IPv6 rule.", Try: byID + demo.peered + classic + "&IpProtocol=icmpv6&PortRange=-1/-1"},
		{On: errNicChange, Status: 400, Code: "InvalidOperation.ModifyNicType", Message: "NicType is not allowed to modify.",
			When: "NicType is not that of the rule, and its group is classic.", Try: byID + demo.classic + classic + "&NicType=intranet"},
		{On: errSameAsRule, Status: 400, Code: "InvalidOperation.RuleDuplicate", Message: "The specified rule already exists.",
			When: "Another rule is the same as the changed one.", Try: example + "&" + demo.same},
	}
}
