package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

const (
	// noSource and noDest remove the peer from the examples of rule actions.
	noSource = "-SourceCidrIp&-SourceGroupId&-SourceGroupOwnerAccount"
	noDest   = "-DestCidrIp"

	itemNotFound = "Specified group authorized item does not exist in our records."
	ruleNotExist = "The specified rule does not exist."
)

// revokeFailures is the document's error table, in which several causes have the same
// code, followed by the causes that the document leaves out.
var revokeFailures = slices.Concat([]*rpc.Failure{
	serviceManaged.From(rpc.Edition2020),
	unknownGroup,
	malformedGroup(malformedGroupText).To(rpc.Edition2020),
	{On: secgroup.ErrSameGroup, Status: 400, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the SourceGroupId.",
		When: "The source group is the group itself.", Try: "SourceGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0"},
	{On: errRuleID, Since: rpc.Edition2025, Status: 400, Code: "InvalidParam.SecurityGroupRuleId", Message: "The specified parameter SecurityGroupRuleId is not valid.",
		When: "The group has no inbound rule with this id.", Try: withID(noSource, "sgr-nowhere")},
}, revokeRows(&sourceNames, noSource, "sgr-database-from-app", "&SourceCidrIp=10.0.0.0/8"))

// revokeEgressFailures is the error table of RevokeSecurityGroupEgress. No document of 2025
// was found: the rows of that edition are those of RevokeSecurityGroup, inferred.
var revokeEgressFailures = slices.Concat([]*rpc.Failure{
	serviceManaged.From(rpc.Edition2020),
	unknownGroup,
	malformedGroup(malformedGroupQuoted).To(rpc.Edition2020),
	{On: secgroup.ErrSameGroup, Until: rpc.Edition2020, Status: 403, Code: "InvalidSecurityGroup.IsSame", Message: "The authorized SecurityGroupId should be different from the DestGroupId.",
		When: "The destination group is the group itself.", Try: noDest + "&DestGroupId=sg-web"},
	{On: secgroup.ErrSameGroup, Since: rpc.Edition2025, Status: 400, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the DestGroupId.",
		When: "The destination group is the group itself.", Try: noDest + "&DestGroupId=sg-web"},
	{On: errRuleID, Since: rpc.Edition2025, Status: 400, Code: "InvalidSecurityGroupRule.RuleNotExist", Message: ruleNotExist,
		When: "The group has no outbound rule with this id.", Try: withID(noDest, "sgr-nowhere")},
}, revokeRows(&destNames, noDest, "sgr-web-out", ""))

// withID replaces the fields of the rule by ids.
func withID(noPeer, id string) string {
	return noPeer + "&-IpProtocol&-PortRange&-Priority&SecurityGroupRuleId.1=" + id
}

// revokeRows returns the rows that both actions share. id is a rule of the example's group.
// classic completes a call that matches a rule of the classic group but for its NIC type.
func revokeRows(n *endNames, noPeer, id, classic string) []*rpc.Failure {
	withPeer, withList := noPeer+"&"+n.group+"=", noPeer+"&"+n.list+"="
	return slices.Concat([]*rpc.Failure{
		{On: secgroup.ErrProtocol, Until: rpc.Edition2019, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: "The specified IpProtocol does not exist.",
			When: whenProtocol, Try: "IpProtocol=sctp"},
		{On: secgroup.ErrGroupOnInternet, Until: rpc.Edition2020, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
			When: "The " + n.word + " is a group and NicType is internet.", Try: withPeer + "sg-F876FF7BA&NicType=internet"},
		{On: secgroup.ErrGroupOnInternet, Since: rpc.Edition2025, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash25,
			When: "The " + n.word + " is a group and NicType is internet.", Try: withPeer + "sg-F876FF7BA&NicType=internet"},
		{On: secgroup.ErrNic, Until: rpc.Edition2019, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
			When: whenNic, Try: "NicType=wifi"},
		{On: secgroup.ErrBlankPeer, Until: rpc.Edition2020, Status: 400, Code: "MissingParameter", Message: `The input parameter "` + n.group + `" or "` + n.cidr4 + `" cannot be both blank.`,
			When: "There is no " + n.word + ", and " + n.cidr4 + " or " + n.group + " is present and blank.", Try: noPeer + "&" + n.cidr4 + "="},
		{On: secgroup.ErrBlankPeer, Since: rpc.Edition2025, Status: 400, Code: "MissingParameter", Message: "The input parameter " + n.group + " or " + n.cidr4 + " cannot be both blank.",
			When: "There is no " + n.word + ", and " + n.cidr4 + " or " + n.group + " is present and blank.", Try: noPeer + "&" + n.cidr4 + "="},
		{On: secgroup.ErrPolicy, Until: rpc.Edition2020, Status: 400, Code: "InvalidPolicy.Malformed", Message: policyQuoted,
			When: whenPolicy, Try: "Policy=allow"},
		{On: secgroup.ErrNoPeer, Until: rpc.Edition2020, Status: 400, Code: "MissingParameter." + n.end, Message: "Either " + n.cidr4 + " or " + n.group + " must be specified.",
			When: "No " + n.word + " is given.", Try: noPeer},
		{On: secgroup.ErrNicMismatch, Until: rpc.Edition2020, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
			When: whenNicMismatch, Try: "SecurityGroupId=sg-classic&NicType=intranet" + removePeer(noPeer, classic)},
		{On: secgroup.ErrNicMismatch, Since: rpc.Edition2025, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash25,
			When: whenNicMismatch, Try: "SecurityGroupId=sg-classic&NicType=intranet" + removePeer(noPeer, classic)},
		{On: errPeerGroup, Since: rpc.Edition2020, Status: 404, Code: "Invalid" + n.group + ".NotFound", Message: "The " + n.group + " provided does not exist in our records.",
			When: "The " + n.word + " group or its owner does not exist.", Try: withPeer + "sg-nowhere"},
		unknownPrefixList.With(withList + "pl-nowhere").From(rpc.Edition2020),
		{On: errPrefixListClassic, Since: rpc.Edition2020, Status: 400, Code: "NotSupported.ClassicNetworkPrefixList", Message: "The prefix list is not supported when the network type of security group is classic.",
			When: "No rule matches, the group is classic and the peer is a prefix list.", Try: "SecurityGroupId=sg-classic&" + withList + "pl-office"},
		{On: errRuleID, Until: rpc.Edition2020, Status: 404, Code: "InvalidSecurityGroupRuleId.NotFound", Message: "The specified SecurityGroupRuleId is not exists.",
			When: "The group has no rule with this id in this direction.", Try: withID(noPeer, "sgr-nowhere")},
		{On: errIDTwice, Status: 400, Code: "InvalidParam.SecurityGroupRuleIdRepeated", Message: "The specified parameter SecurityGroupRuleId is repeated.",
			When: "An id is given twice.", Try: withID(noPeer, id) + "&SecurityGroupRuleId.2=" + id},
	}, missRows(n, withPeer, withList, noPeer), ruleFailures(n, noPeer), listFailures(n, noPeer), []*rpc.Failure{unknownRegion, malformedGroup2025}, product.TokenFailures("Policy=drop"))
}

// missRows returns the rows of a revoke that finds no rule. Causes that say more of it than
// ErrNoRule get a code of their own in edition 2025.
func missRows(n *endNames, withPeer, withList, noPeer string) []*rpc.Failure {
	tries := []struct {
		on        error
		when, try string
		later     *rpc.Failure // status, code and text in edition 2025; nil where revokeRows has the row
	}{
		{secgroup.ErrNoRule, whenNoRule, "Priority=2", &rpc.Failure{Status: 400, Code: "InvalidSecurityGroupRule.RuleNotExist", Message: ruleNotExist}},
		{errPeerGroup, "The " + n.word + " group or its owner does not exist, so that no rule matches.", withPeer + "sg-nowhere", nil},
		{errPrefixList, "The prefix list does not exist, so that no rule matches.", withList + "pl-nowhere", nil},
		{errPrefixListClassic, "No rule matches, the group is classic and the peer is a prefix list.", "SecurityGroupId=sg-classic&" + withList + "pl-office", nil},
		{secgroup.ErrIPv6Classic, "No rule matches: the group is classic and the rule is for IPv6.", "SecurityGroupId=sg-classic&" + noPeer + "&" + n.cidr6 + "=2001:db8::/32",
			&rpc.Failure{Status: 400, Code: "InvalidSecurityGroup.InvalidNetworkType", Message: invalidNetworkType}},
		{errEnterprise, "No rule matches, the group is an enterprise group and the peer is a group.", "SecurityGroupId=sg-enterprise&" + withPeer + "sg-F876FF7BA",
			&rpc.Failure{Status: 400, Code: "InvalidGroupParameter.OperationDenied", Message: enterpriseParameter}},
		{errEnterprisePeer, "No rule matches and the peer is an enterprise group.", "SecurityGroupId=sg-web&" + withPeer + "sg-enterprise",
			&rpc.Failure{Status: 400, Code: "InvalidGroupAuthParameter.OperationDenied", Message: enterprisePeer}},
		{errPeerVPC, "No rule matches and the " + n.word + " group is in another VPC.", "SecurityGroupId=sg-web&" + withPeer + "sg-elsewhere",
			&rpc.Failure{Status: 400, Code: "Invalid" + n.group + ".Mismatch", Message: "Specified security group and " + n.word + " group are not in the same VPC."}},
	}
	var rows []*rpc.Failure
	for _, m := range tries {
		rows = append(rows, &rpc.Failure{On: m.on, Until: rpc.Edition2019, Status: 403, Code: "InvalidGroupAuthItem.NotFound", Message: itemNotFound, When: m.when, Try: m.try})
		if m.later == nil {
			continue
		}
		m.later.On, m.later.Since, m.later.When, m.later.Try = m.on, rpc.Edition2025, m.when, m.try
		rows = append(rows, &rpc.Failure{On: m.on, Since: rpc.Edition2020, Until: rpc.Edition2020, Status: 200, When: m.when + " The call succeeds and deletes nothing.", Try: m.try}, m.later)
	}
	return rows
}

// removePeer returns a change that replaces the peer by another one, if there is one.
func removePeer(noPeer, other string) string {
	if other == "" {
		return ""
	}
	return "&" + noPeer + other
}
