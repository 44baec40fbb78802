package ecs

import (
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// changeFailures are the rows of a change by id, which came after the documents of
// 2019 and is the same in both directions. A rule of the demo world is changed by
// byRule, which takes out of the example what identifies the rule.
func changeFailures(n *side, byRule, other string) []rpc.Failure {
	way := map[*side]string{&ingressSide: "from", &egressSide: "to"}[n]
	byID := "-" + n.cidr4 + "&-IpProtocol&-PortRange&SecurityGroupId="
	listed := byID + "C0003E8B-B930-4F59-ADC0-0E209A9012B0&SecurityGroupRuleId=sgr-database-" + way + "-list"
	peered := byID + "sg-classic&SecurityGroupRuleId=sgr-classic-" + way + "-peer"
	return []rpc.Failure{
		{On: errRuleID, Status: 404, Code: "InvalidSecurityGroupRuleId.NotFound", Message: "The specified SecurityGroupRuleId is not exists.",
			When: "The group has no rule with this id in this direction.", Try: "SecurityGroupRuleId=sgr-nowhere"},
		{On: errNoChange, Status: 400, Code: "InvalidParam.InvalidModifyRuleRequest", Message: "The request parameters are illegal.",
			When: "SecurityGroupRuleId is given, and nothing that should change.", Try: byRule + "&-Description"},
		{On: errPortList, Status: 400, Code: "InvalidPortRangeListId.NotFound", Message: "The specified port range list was not found.",
			When: "PortRangeListId is given without PortRange: the mock has no port range lists.", Try: byRule + "&PortRangeListId=prl-1"},
		{On: errPeerKind, Status: 400, Code: "InvalidOperation.ModifySgRuleEntityType", Message: "The source or destination type of the rules cannot be modified.",
			When: "The other side would become another kind: an IPv4 block, an IPv6 block, a group or a prefix list.", Try: byRule + "&" + n.group + "=sg-F876FF7BA"},
		{On: errPrefixListFamily, Status: 400, Code: "InvalidParam.PrefixListAddressFamilyMismatch", Message: "The address family of the prefix list does not match the rule.",
			When: "The rule would be of another address family than the prefix list on its other side.", Try: listed + "&IpProtocol=icmpv6&PortRange=-1/-1"},
		{On: secgroup.ErrIPv6Classic, Status: 400, Code: "InvalidSecurityGroup.InvalidNetworkType", Message: "The specified security group network type is not support this operation, please check the security group network types. For VPC security groups, ClassicLink must be enabled.",
			When: "A rule of a classic group would be one for IPv6.", Try: peered + "&IpProtocol=icmpv6&PortRange=-1/-1"},
		{On: errNicChange, Status: 400, Code: "InvalidOperation.ModifyNicType", Message: "NicType is not allowed to modify.",
			When: "The rule is of a classic group and of the other NIC type.", Try: "SecurityGroupId=sg-classic&" + other + "&NicType=intranet"},
		{On: errSameAsRule, Status: 400, Code: "InvalidOperation.RuleDuplicate", Message: "The specified rule already exists.",
			When: "Another rule is already what this one would become.", Try: byRule + "&" + twinOf(n)},
	}
}

// twinOf makes the demo world's example rule the same as another of its group.
func twinOf(n *side) string {
	if n == &egressSide {
		return "IpProtocol=tcp&PortRange=25/25&Policy=drop"
	}
	return "PortRange=22/22&Policy=drop&Priority=100"
}
