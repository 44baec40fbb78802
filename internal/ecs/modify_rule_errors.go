package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// modifyRuleFailures is the error table of ModifySecurityGroupRule.
var modifyRuleFailures = slices.Concat([]*rpc.Failure{
	serviceManaged.From(rpc.Edition2020),
	unknownGroup,
	{On: secgroup.ErrProtocol, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: whenProtocol, Try: "IpProtocol=sctp"},
	{On: secgroup.ErrProtocolCase, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: whenProtocolCase, Try: "-IpProtocol"},
	{On: secgroup.ErrNoPorts, Until: rpc.Edition2019, Status: 400, Code: "InvalidParam.PortRange", Message: portRange19,
		When: "PortRange is absent.", Try: "-PortRange"},
	{On: secgroup.ErrNoPorts, Since: rpc.Edition2020, Until: rpc.Edition2020, Status: 400, Code: "InvalidParam.PortRange", Message: portRange20,
		When: "PortRange is absent.", Try: "-PortRange"},
	{On: secgroup.ErrPorts, Until: rpc.Edition2019, Status: 400, Code: "InvalidParam.PortRange", Message: portRange19,
		When: whenPorts, Try: "PortRange=200/1"},
	{On: secgroup.ErrPorts, Since: rpc.Edition2020, Until: rpc.Edition2020, Status: 400, Code: "InvalidParam.PortRange", Message: portRange20,
		When: whenPorts, Try: "PortRange=200/1"},
	{On: secgroup.ErrPriorityForm, Status: 400, Code: "InvalidPriority.Malformed", Message: "The parameter Priority is invalid.",
		When: "Priority is not an integer.", Try: "Priority=high"},
	{On: secgroup.ErrNic, Until: rpc.Edition2019, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: whenNic, Try: "NicType=wifi"},
	{On: secgroup.ErrNic, Since: rpc.Edition2020, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: noNicType,
		When: whenNic, Try: "NicType=wifi"},
	{On: secgroup.ErrGroupOnInternet, Since: rpc.Edition2020, Status: 403, Code: "InvalidSourceGroupId.Mismatch", Message: "NicType is required or NicType expects intrnet.",
		When: "The source is a group and NicType is internet.", Try: withGroup + "sg-F876FF7BA&NicType=internet"},
	{On: secgroup.ErrNoPeer, Until: rpc.Edition2020, Status: 400, Code: "MissingParameter.Source", Message: "Either SourceCidrIp or SourceGroupId must be specified.",
		When: "No source is given.", Try: "-SourceCidrIp"},
	{On: secgroup.ErrSameGroup, Status: 403, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the SourceGroupId.",
		When: "The source group is the group itself.", Try: withGroup + "sg-web"},
	{On: errPeerNetwork, Status: 403, Code: "InvalidNetworkType.Mismatch", Message: otherNetwork,
		When: "The new source group is in another network.", Try: sourceChange + "sg-classic"},
	{On: secgroup.ErrNoRule, Status: 404, Code: "SecurityGroupRule.NotFound", Message: "The target security group rule not exist.",
		When: whenNoRule, Try: "Priority=2"},
}, modifyRows(&sourceNames, sourceChange, "&PortRange=1/65535&SourceCidrIp=10.0.0.0/8", demoRules{
	example: "sgr-web-http", same: "PortRange=22/22&Policy=drop&Priority=100",
	listed: "sgr-database-from-list", ported: "sgr-ports-in", peered: "sgr-classic-from-peer", classic: "sgr-classic-internet",
}))

// modifyEgressRuleFailures is the error table of ModifySecurityGroupEgressRule. Until 2020
// its texts about ports and protocols are in no other document. No document of 2025 was
// found: the rows of that edition are those of ModifySecurityGroupRule, inferred.
var modifyEgressRuleFailures = slices.Concat([]*rpc.Failure{
	serviceManaged.From(rpc.Edition2020),
	unknownGroup,
	{On: secgroup.ErrProtocol, Until: rpc.Edition2020, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoNull,
		When: whenProtocol, Try: "IpProtocol=sctp"},
	{On: secgroup.ErrProtocol, Since: rpc.Edition2025, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: whenProtocol, Try: "IpProtocol=sctp"},
	{On: secgroup.ErrProtocolCase, Until: rpc.Edition2020, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoNull,
		When: whenProtocolCase, Try: "-IpProtocol"},
	{On: secgroup.ErrProtocolCase, Since: rpc.Edition2025, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: whenProtocolCase, Try: "-IpProtocol"},
	{On: secgroup.ErrNoPorts, Until: rpc.Edition2020, Status: 400, Code: "InvalidParam.PortRange", Message: portsEgress,
		When: "PortRange is absent.", Try: "-PortRange"},
	{On: secgroup.ErrPorts, Until: rpc.Edition2020, Status: 400, Code: "InvalidParam.PortRange", Message: portsEgress,
		When: whenPorts, Try: "PortRange=200/1"},
	{On: secgroup.ErrPriorityForm, Until: rpc.Edition2020, Status: 400, Code: "InvalidPriority.Malformed", Message: `The specified parameter "Priority" is not valid.`,
		When: "Priority is not an integer.", Try: "Priority=high"},
	{On: secgroup.ErrPriorityForm, Since: rpc.Edition2025, Status: 400, Code: "InvalidPriority.Malformed", Message: "The parameter Priority is invalid.",
		When: "Priority is not an integer.", Try: "Priority=high"},
	{On: secgroup.ErrNic, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: noNicType,
		When: whenNic, Try: "NicType=wifi"},
	{On: secgroup.ErrGroupOnInternet, Since: rpc.Edition2020, Status: 403, Code: "InvalidDestGroupId.Mismatch", Message: needsIntranet,
		When: "The destination is a group and NicType is internet.", Try: withDestGroup + "sg-F876FF7BA&NicType=internet"},
	{On: secgroup.ErrNoPeer, Until: rpc.Edition2020, Status: 400, Code: "MissingParameter.Dest", Message: "The parameter DestCidrIp or DestGroupId is essential.",
		When: "No destination is given.", Try: noDest},
	{On: secgroup.ErrSameGroup, Until: rpc.Edition2020, Status: 403, Code: "InvalidSecurityGroup.IsSame", Message: "The authorized SecurityGroupId should be different from the DestGroupId.",
		When: "The destination group is the group itself.", Try: withDestGroup + "sg-web"},
	{On: secgroup.ErrSameGroup, Since: rpc.Edition2025, Status: 403, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the DestGroupId.",
		When: "The destination group is the group itself.", Try: withDestGroup + "sg-web"},
	{On: errPeerNetwork, Status: 403, Code: "InvalidNetworkType.Conflict", Message: otherNetwork,
		When: "The new destination group is in another network.", Try: destChange + "sg-classic"},
	{On: secgroup.ErrNoRule, Status: 404, Code: "SecurityGroupRule.NotFound", Message: "The target security group rule do not exist.",
		When: whenNoRule, Try: "Priority=2"},
}, modifyRows(&destNames, destChange, "", demoRules{
	example: "sgr-web-out", same: "IpProtocol=tcp&PortRange=25/25&Policy=drop",
	listed: "sgr-database-to-list", ported: "sgr-ports-out", peered: "sgr-classic-to-peer", classic: "sgr-classic-out",
}))

const (
	protoNull   = "The specified parameter IpProtocol should not be null and only tcp, udp, icmp, gre or all is supported. Ignore case."
	portsEgress = "The specified param PortRange or SourcePortRange is not valid. should be integer and less than 65535, range separator is '/'."

	// withGroup and withDestGroup replace the example's peer by a group.
	withGroup     = "-SourceCidrIp&SourceGroupId="
	withDestGroup = noDest + "&DestGroupId="

	// sourceChange and destChange give a rule of the demo world another peer group.
	sourceChange = "SecurityGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0&SecurityGroupRuleId=sgr-database-from-app&-IpProtocol&-PortRange&-SourceCidrIp&SourceGroupId="
	destChange   = "SecurityGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0&SecurityGroupRuleId=sgr-database-to-app&-IpProtocol&-PortRange&-DestCidrIp&DestGroupId="
)

// demoRules names rules of the demo world that the rows of a change by id need.
type demoRules struct {
	example string // a rule of the example's group
	same    string // the fields of another rule of that group
	listed  string // a rule that names a prefix list
	ported  string // a rule that names a port range list
	peered  string // a rule of the classic group that names a group
	classic string // a rule of the classic group that names a CIDR block
}

// modifyRows returns the rows that both actions share. peerChange is a call that ends with
// the id of a new peer group. classic completes a call that matches a rule of the classic
// group but for its NIC type.
func modifyRows(n *endNames, peerChange, classic string, demo demoRules) []*rpc.Failure {
	noPeer := "-" + n.cidr4
	withPeer := noPeer + "&" + n.group + "="
	byID := "-IpProtocol&-PortRange&-" + n.cidr4 + "&SecurityGroupRuleId="
	example := byID + demo.example
	shared := without(ruleFailures(n, noPeer), secgroup.ErrProtocol, secgroup.ErrProtocolCase, secgroup.ErrNoPorts, secgroup.ErrPorts,
		secgroup.ErrNic, secgroup.ErrPolicy, secgroup.ErrPriorityForm, secgroup.ErrPriorityRange, secgroup.ErrNoPeer)
	return slices.Concat([]*rpc.Failure{
		{On: secgroup.ErrNoPorts, Since: rpc.Edition2025, Status: 400, Code: "InvalidParam.PortRange", Message: portRange25, ByPath: true,
			When: "PortRange is absent.", Try: "-PortRange"},
		{On: secgroup.ErrPorts, Since: rpc.Edition2025, Status: 400, Code: "InvalidParam.PortRange", Message: portRange25, ByPath: true,
			When: whenPorts, Try: "PortRange=200/1"},
		{On: secgroup.ErrPriorityRange, Status: 400, Code: "InvalidPriority.ValueNotSupported", Message: "The parameter Priority is invalid.",
			When: "Priority is an integer outside 1 to 100.", Try: "Priority=101"},
		{On: secgroup.ErrPolicy, Until: rpc.Edition2020, Status: 400, Code: "InvalidPolicy.Malformed", Message: policyQuoted,
			When: whenPolicy, Try: "Policy=allow"},
		{On: secgroup.ErrPolicy, Since: rpc.Edition2025, Status: 400, Code: "InvalidPolicy.Malformed", Message: policyPlain,
			When: whenPolicy, Try: "Policy=allow"},
		{On: secgroup.ErrNicMismatch, Until: rpc.Edition2020, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
			When: whenNicMismatch, Try: "SecurityGroupId=sg-classic&NicType=intranet" + classic},
		{On: secgroup.ErrNicMismatch, Since: rpc.Edition2025, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash25,
			When: whenNicMismatch, Try: "SecurityGroupId=sg-classic&NicType=intranet" + classic},
		{On: secgroup.ErrGroupOnInternet, Until: rpc.Edition2019, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
			When: "The " + n.word + " is a group and NicType is internet.", Try: withPeer + "sg-F876FF7BA&NicType=internet"},
		{On: secgroup.ErrNoPeer, Since: rpc.Edition2025, Status: 400, Code: "MissingParameter." + n.end, Message: "One of the parameters " + n.cidr4 + ", " + n.group + " or " + n.list + " must be specified.",
			When: "No " + n.word + " is given.", Try: noPeer},
		{On: secgroup.ErrBlankPeer, Until: rpc.Edition2020, Status: 403, Code: "MissingParameter", Message: `The input parameter "` + n.group + `" or "` + n.cidr4 + `" cannot be both blank.`,
			When: "There is no " + n.word + ", and " + n.cidr4 + " or " + n.group + " is present and blank.", Try: n.cidr4 + "="},
		{On: secgroup.ErrBlankPeer, Since: rpc.Edition2025, Status: 403, Code: "MissingParameter", Message: "The input parameter " + n.group + " or " + n.cidr4 + " cannot be both blank.",
			When: "There is no " + n.word + ", and " + n.cidr4 + " or " + n.group + " is present and blank.", Try: n.cidr4 + "="},
		{On: errSameEnds, Until: rpc.Edition2020, Status: 200,
			When: "SourceCidrIp and DestCidrIp would be the same. The rule is changed.", Try: example + "&SourceCidrIp=10.0.0.0/8&DestCidrIp=10.0.0.0/8"},
		{On: errSameEnds, Since: rpc.Edition2025, Status: 400, Code: "InvalidParamter.Conflict", Message: sameEnds,
			When: "SourceCidrIp and DestCidrIp would be the same.", Try: example + "&SourceCidrIp=10.0.0.0/8&DestCidrIp=10.0.0.0/8"},
	}, peerRows(n, peerChange), changeRows(n, demo), shared, []*rpc.Failure{unknownRegion, malformedGroup(malformedGroupQuoted).To(rpc.Edition2020), malformedGroup2025}, product.TokenFailures("Description=other"))
}

// peerRows returns the rows of groups and lists that the rule cannot name.
func peerRows(n *endNames, peerChange string) []*rpc.Failure {
	noPeer := "-" + n.cidr4
	return []*rpc.Failure{
		{On: errPeerGroup, Status: 404, Code: "Invalid" + n.group + ".NotFound", Message: "The " + n.group + " provided does not exist in our records.",
			When: "The " + n.word + " group or its owner does not exist.", Try: noPeer + "&" + n.group + "=sg-nowhere"},
		unknownPrefixList.With(noPeer + "&" + n.list + "=pl-nowhere"),
		{On: errPeerVPC, Status: 400, Code: "Invalid" + n.group + ".Mismatch", Message: "Specified security group and " + n.word + " group are not in the same VPC.",
			When: "The new " + n.word + " group is in another VPC.", Try: peerChange + "sg-elsewhere"},
		{On: errEnterprisePeer, Status: 400, Code: "InvalidGroupAuthParameter.OperationDenied", Message: enterprisePeer,
			When: "The new " + n.word + " group is an enterprise group.", Try: peerChange + "sg-enterprise"},
	}
}

// changeRows returns the rows of a change by id. They are in the documents of 2025 only
// and the same in every edition.
func changeRows(n *endNames, demo demoRules) []*rpc.Failure {
	byID := "-IpProtocol&-PortRange&-" + n.cidr4 + "&SecurityGroupRuleId="
	example := byID + demo.example
	listed := byID + demo.listed + "&SecurityGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0"
	ported := byID + demo.ported + "&SecurityGroupId=sg-ports"
	inClassic := "&SecurityGroupId=sg-classic"
	return []*rpc.Failure{
		{On: errRuleID, Status: 404, Code: "InvalidSecurityGroupRuleId.NotFound", Message: "The specified SecurityGroupRuleId is not exists.",
			When: "The group has no rule with this id in this direction.", Try: "SecurityGroupRuleId=sgr-nowhere"},
		{On: errNoChange, Status: 400, Code: "InvalidParam.InvalidModifyRuleRequest", Message: "The request parameters are illegal.",
			When: "SecurityGroupRuleId is given without a field to change.", Try: example + "&-Description"},
		portListProtocol.With(ported + "&IpProtocol=icmp"),
		unknownPortRangeList.With(ported + "&PortRangeListId=prl-nowhere"),
		{On: secgroup.ErrRuleQuota, Status: 403, Code: "AuthorizationLimitExceed", Message: "The limit of authorization records in the security group reaches.",
			When: "The rule would name a list that may have more entries than the group has room for.", Try: ported + "&PortRangeListId=prl-large"},
		{On: errPortsKind, Status: 400, Code: "InvalidOperation.ModifyPortRangeType", Message: "The PortRange type is not allowed to be modified. You cannot modify a rule from using the port list to not using it, and vice versa.",
			When: "The rule has ports and PortRangeListId is given, or the other way round.", Try: example + "&PortRangeListId=prl-web"},
		{On: errPeerKind, Status: 400, Code: "InvalidOperation.ModifySgRuleEntityType", Message: "The source or destination type of the rules cannot be modified.",
			When: "The peer would become one of another kind: an IPv4 block, an IPv6 block, a group or a prefix list.", Try: example + "&" + n.group + "=sg-F876FF7BA"},
		{On: errPrefixListFamily, Status: 400, Code: "InvalidParam.PrefixListAddressFamilyMismatch", Message: "The address family of the prefix list does not match the rule.",
			When: "The address family of the rule would not fit its prefix list.", Try: listed + "&IpProtocol=icmpv6&PortRange=-1/-1"},
		{On: secgroup.ErrIPv6Classic, Status: 400, Code: "InvalidSecurityGroup.InvalidNetworkType", Message: invalidNetworkType,
			When: "A rule of a classic group would become an IPv6 rule.", Try: byID + demo.peered + inClassic + "&IpProtocol=icmpv6&PortRange=-1/-1"},
		{On: errNicChange, Status: 400, Code: "InvalidOperation.ModifyNicType", Message: "NicType is not allowed to modify.",
			When: "NicType is not that of the rule, and its group is classic.", Try: byID + demo.classic + inClassic + "&NicType=intranet"},
		{On: errSameAsRule, Status: 400, Code: "InvalidOperation.RuleDuplicate", Message: "The specified rule already exists.",
			When: "Another rule is the same as the changed one.", Try: example + "&" + demo.same},
	}
}
