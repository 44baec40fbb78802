package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

const (
	invalidNetworkType  = "The specified security group network type is not support this operation, please check the security group network types. For VPC security groups, ClassicLink must be enabled."
	enterpriseParameter = "The attributes Policy, SourceGroupId, DestGroupId of enterprise level security groups are not allowed to be set or modified."
	enterprisePeer      = "The security group can not authorize to enterprise level security group."
	otherNetwork        = "The specified SecurityGroup network type should be same with SourceGroup network type (vpc or classic)."
	needsIntranet       = "NicType is required or NicType expects intranet."
	sameEnds            = "The specified SourceCidrIp should be different from the DestCidrIp."
)

// authorizeFailures is the error table of AuthorizeSecurityGroup. Some codes have another
// status or text than in RevokeSecurityGroup. No document of 2025 was found: the rows of
// that edition are those of AuthorizeSecurityGroupEgress, inferred.
var authorizeFailures = slices.Concat([]*rpc.Failure{
	serviceManaged.From(rpc.Edition2020),
	unknownGroup,
	malformedGroup(malformedGroupText).To(rpc.Edition2019),
	{On: secgroup.ErrNic, Until: rpc.Edition2019, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: whenNic, Try: "NicType=wifi"},
	{On: secgroup.ErrBlankPeer, Until: rpc.Edition2020, Status: 403, Code: "MissingParameter", Message: "The input parameter SourceGroupId or SourceCidrIp cannot be both blank.",
		When: "There is no source, and SourceCidrIp or SourceGroupId is present and blank.", Try: "SourceCidrIp="},
	{On: secgroup.ErrRuleDescription, Status: 400, Code: "InvalidSecurityGroupDiscription.Malformed", Message: description,
		When: "Description has more than 512 characters.", Try: "Description=" + tooLong},
}, authorizeRows(&sourceNames))

// authorizeEgressFailures is the error table of AuthorizeSecurityGroupEgress.
var authorizeEgressFailures = slices.Concat([]*rpc.Failure{
	serviceManaged.From(rpc.Edition2020),
	unknownGroup,
	malformedGroup(malformedGroupQuoted).To(rpc.Edition2019),
	{On: secgroup.ErrNic, Until: rpc.Edition2019, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: "The parameter NicType is not valid.",
		When: whenNic, Try: "NicType=wifi"},
	{On: secgroup.ErrBlankPeer, Until: rpc.Edition2020, Status: 403, Code: "MissingParameter", Message: `The input parameter "DestGroupId" or "DestCidrIp" cannot be both blank.`,
		When: "There is no destination, and DestCidrIp or DestGroupId is present and blank.", Try: "DestCidrIp="},
	{On: secgroup.ErrRuleDescription, Until: rpc.Edition2020, Status: 400, Code: "InvalidSecurityGroupDiscription.Malformed", Message: description,
		When: "Description has more than 512 characters.", Try: "Description=" + tooLong},
	{On: secgroup.ErrRuleDescription, Since: rpc.Edition2025, Status: 400, Code: "InvalidSecurityGroupDiscription.Malformed", Message: "The specified security group rule description parameter %s is not valid.", ByPath: true,
		When: "Description has more than 512 characters.", Try: "Description=" + tooLong},
}, authorizeRows(&destNames))

// authorizeRows returns the rows that both actions share.
func authorizeRows(n *endNames) []*rpc.Failure {
	noPeer := "-" + n.cidr4
	withPeer := noPeer + "&" + n.group + "="
	shared := without(ruleFailures(n, noPeer), secgroup.ErrRuleDescription)
	return slices.Concat([]*rpc.Failure{
		{On: secgroup.ErrProtocol, Until: rpc.Edition2019, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
			When: whenProtocol, Try: "IpProtocol=sctp"},
		{On: secgroup.ErrGroupOnInternet, Until: rpc.Edition2019, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
			When: "The " + n.word + " is a group and NicType is internet.", Try: withPeer + "sg-F876FF7BA&NicType=internet"},
		{On: secgroup.ErrGroupOnInternet, Since: rpc.Edition2020, Status: 403, Code: "Invalid" + n.group + ".Mismatch", Message: needsIntranet,
			When: "The " + n.word + " is a group and NicType is internet.", Try: withPeer + "sg-F876FF7BA&NicType=internet"},
		{On: errNoNic, Until: rpc.Edition2019, Status: 200,
			When: "The group is classic, the " + n.word + " is a group and NicType is absent. It is taken as intranet.", Try: "SecurityGroupId=sg-classic&" + withPeer + "sg-classic-peer"},
		{On: errNoNic, Since: rpc.Edition2020, Status: 403, Code: "Invalid" + n.group + ".Mismatch", Message: needsIntranet,
			When: "The group is classic, the " + n.word + " is a group and NicType is absent.", Try: "SecurityGroupId=sg-classic&" + withPeer + "sg-classic-peer"},
		{On: errSameEnds, Until: rpc.Edition2019, Status: 200,
			When: "SourceCidrIp and DestCidrIp are the same. The rule is added.", Try: "SourceCidrIp=10.0.0.0/8&DestCidrIp=10.0.0.0/8"},
		{On: errSameEnds, Since: rpc.Edition2020, Status: 400, Code: "InvalidParamter.Conflict", Message: sameEnds,
			When: "SourceCidrIp and DestCidrIp are the same.", Try: "SourceCidrIp=10.0.0.0/8&DestCidrIp=10.0.0.0/8"},
		{On: secgroup.ErrPolicy, Until: rpc.Edition2020, Status: 400, Code: "InvalidPolicy.Malformed", Message: policyPlain,
			When: whenPolicy, Try: "Policy=allow"},
		{On: secgroup.ErrNoPeer, Until: rpc.Edition2020, Status: 400, Code: "MissingParameter." + n.end, Message: "Either " + n.cidr4 + " or " + n.group + " must be specified.",
			When: "No " + n.word + " is given.", Try: noPeer},
		{On: secgroup.ErrBlankPeer, Since: rpc.Edition2025, Status: 403, Code: "MissingParameter", Message: "The input parameter " + n.group + " or " + n.cidr4 + " cannot be both blank.",
			When: "There is no " + n.word + ", and " + n.cidr4 + " or " + n.group + " is present and blank.", Try: n.cidr4 + "="},
		{On: secgroup.ErrSameGroup, Status: 403, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the SourceGroupId.",
			When: "The " + n.word + " group is the group itself.", Try: withPeer + "sg-web"},
		{On: errPeerVPC, Status: 400, Code: "Invalid" + n.group + ".Mismatch", Message: "Specified security group and " + n.word + " group are not in the same VPC.",
			When: "The " + n.word + " group is in another VPC.", Try: withPeer + "sg-elsewhere"},
		{On: errPeerGroup, Status: 404, Code: "Invalid" + n.group + ".NotFound", Message: "The " + n.group + " provided does not exist in our records.",
			When: "The " + n.word + " group or its owner does not exist.", Try: withPeer + "sg-nowhere"},
	}, newRuleRows(n), shared, listFailures(n, noPeer), []*rpc.Failure{unknownRegion, malformedGroup2020, malformedGroup2025}, product.TokenFailures("Policy=drop"))
}

// newRuleRows returns the rows of rules that a group cannot have.
func newRuleRows(n *endNames) []*rpc.Failure {
	withPeer := "-" + n.cidr4 + "&" + n.group + "="
	withList := "-" + n.cidr4 + "&" + n.list + "="
	return []*rpc.Failure{
		unknownPrefixList.With(withList + "pl-nowhere"),
		{On: errPrefixListClassic, Status: 400, Code: "NotSupported.ClassicNetworkPrefixList", Message: "The prefix list is not supported when the network type of security group is classic.",
			When: "The group is classic and the peer is a prefix list.", Try: "SecurityGroupId=sg-classic&" + withList + "pl-office"},
		{On: errPortListClassic, Status: 400, Code: "InvalidSecurityGroup.InvalidNetworkType", Message: invalidNetworkType,
			When: "The group is classic and the rule has a port range list.", Try: "SecurityGroupId=sg-classic&-IpProtocol&-PortRange&-" + n.cidr4 +
				"&Permissions.1.IpProtocol=tcp&Permissions.1.PortRangeListId=prl-web&Permissions.1." + n.cidr4 + "=10.0.0.0/8"},
		{On: errPrefixListFamily, Status: 400, Code: "InvalidParam.PrefixListAddressFamilyMismatch", Message: "The address family of the specified prefix list does not match the specified CidrIp.",
			When: "The address family of the prefix list does not fit the protocol or the other block of the rule.", Try: "IpProtocol=icmpv6&PortRange=-1/-1&" + withList + "pl-office"},
		{On: secgroup.ErrIPv6Classic, Status: 400, Code: "InvalidSecurityGroup.InvalidNetworkType", Message: invalidNetworkType,
			When: "An IPv6 rule is added to a classic group.", Try: "SecurityGroupId=sg-classic&-" + n.cidr4 + "&" + n.cidr6 + "=2001:db8::/32"},
		{On: errPeerNetwork, Status: 403, Code: "InvalidNetworkType.Conflict", Message: otherNetwork,
			When: "One of the two groups is classic and the other is in a VPC.", Try: withPeer + "sg-classic"},
		{On: errEnterprise, Status: 400, Code: "InvalidGroupParameter.OperationDenied", Message: enterpriseParameter,
			When: "The group is an enterprise group and the peer is a group.", Try: "SecurityGroupId=sg-enterprise&" + withPeer + "sg-F876FF7BA"},
		{On: errEnterprisePeer, Status: 400, Code: "InvalidGroupAuthParameter.OperationDenied", Message: enterprisePeer,
			When: "The peer is an enterprise group.", Try: withPeer + "sg-enterprise"},
		{On: secgroup.ErrRuleQuota, Status: 403, Code: "AuthorizationLimitExceed", Message: "The limit of authorization records in the security group reaches.",
			When: "The group would hold more than 100 rules; from edition 2020 on more than 200.", Try: "200*PortRange=#/#"},
		{On: errGroupRuleQuota, Since: rpc.Edition2025, Status: 400, Code: "AuthorizedGroupRule.LimitExceed", Message: "You have reached the limit on the number of group authorization rules that you can add to a security group.When authorization object of rule is security group, the limit is 20.",
			When: "The group would hold more than 20 rules that name a group.", Try: "21*PortRange=#/#&" + withPeer + "sg-F876FF7BA"},
	}
}

// without returns the rows without those of some causes.
func without(rows []*rpc.Failure, causes ...error) []*rpc.Failure {
	return slices.DeleteFunc(rows, func(f *rpc.Failure) bool { return slices.Contains(causes, f.On) })
}
