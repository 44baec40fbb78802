package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// withGroup replaces the example's source by a group.
const withGroup = "-SourceCidrIp&SourceGroupId="

// authorizeFailures is the error table of AuthorizeSecurityGroup. Some codes have
// another status or text than in RevokeSecurityGroup.
var authorizeFailures = slices.Concat([]rpc.Failure{
	serviceManaged(rpc.Edition2020, "SecurityGroupId=sg-managed"),
	unknownGroup,
	malformedGroup(malformedGroupText),
	{On: secgroup.ErrProtocol, Until: rpc.Edition2019, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: "IpProtocol is not a known protocol.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrGroupOnInternet, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "The source is a group and NicType is internet.", Try: withGroup + "sg-F876FF7BA&NicType=internet"},
	{On: secgroup.ErrNic, Until: rpc.Edition2019, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: "The specified parameter Policy is not valid.",
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Source", Message: "Either SourceCidrIp or SourceGroupId must be specified.",
		When: "No source is given.", Try: "-SourceCidrIp"},
	{On: secgroup.ErrBlankPeer, Status: 403, Code: "MissingParameter", Message: "The input parameter SourceGroupId or SourceCidrIp cannot be both blank.",
		When: "There is no source, and SourceCidrIp or SourceGroupId is present and blank.", Try: "SourceCidrIp="},
	{On: secgroup.ErrSameGroup, Status: 403, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the SourceGroupId.",
		When: "The source group is the group itself.", Try: withGroup + "sg-web"},
	{On: errPeerVPC, Status: 400, Code: "InvalidSourceGroupId.Mismatch", Message: "Specified security group and source group are not in the same VPC.",
		When: "The source group is in another VPC.", Try: withGroup + "sg-elsewhere"},
	{On: errPeerGroup, Status: 404, Code: "InvalidSourceGroupId.NotFound", Message: "The SourceGroupId provided does not exist in our records.",
		When: "The source group or its owner does not exist.", Try: withGroup + "sg-nowhere"},
}, ruleFailures(&sourceNames, "-SourceCidrIp"), listFailures(&sourceNames, "-SourceCidrIp"), newRuleFailures(&sourceNames), []rpc.Failure{unknownRegion}, tokenFailures("Policy=drop"))

// authorizeEgressFailures is the error table of AuthorizeSecurityGroupEgress.
var authorizeEgressFailures = slices.Concat([]rpc.Failure{
	serviceManaged(rpc.Edition2020, "SecurityGroupId=sg-managed"),
	unknownGroup,
	malformedGroup(malformedGroupQuoted),
	{On: secgroup.ErrProtocol, Until: rpc.Edition2019, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: "IpProtocol is not a known protocol.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrGroupOnInternet, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "The destination is a group and NicType is internet.", Try: withDestGroup + "sg-F876FF7BA&NicType=internet"},
	{On: secgroup.ErrNic, Until: rpc.Edition2019, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: "The parameter NicType is not valid.",
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: "The specified parameter Policy is not valid.",
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Dest", Message: "Either DestCidrIp or DestGroupId must be specified.",
		When: "No destination is given.", Try: noDest},
	{On: secgroup.ErrBlankPeer, Status: 403, Code: "MissingParameter", Message: `The input parameter "DestGroupId" or "DestCidrIp" cannot be both blank.`,
		When: "There is no destination, and DestCidrIp or DestGroupId is present and blank.", Try: "DestCidrIp="},
	{On: secgroup.ErrSameGroup, Status: 403, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the SourceGroupId.",
		When: "The destination group is the group itself.", Try: withDestGroup + "sg-web"},
	{On: errPeerVPC, Status: 400, Code: "InvalidDestGroupId.Mismatch", Message: "Specified security group and destination group are not in the same VPC.",
		When: "The destination group is in another VPC.", Try: withDestGroup + "sg-elsewhere"},
	{On: errPeerGroup, Status: 404, Code: "InvalidDestGroupId.NotFound", Message: "The DestGroupId provided does not exist in our records.",
		When: "The destination group or its owner does not exist.", Try: withDestGroup + "sg-nowhere"},
}, ruleFailures(&destNames, noDest), listFailures(&destNames, noDest), newRuleFailures(&destNames), []rpc.Failure{unknownRegion}, tokenFailures("Policy=drop"))

// withDestGroup replaces the example's destination by a group.
const withDestGroup = noDest + "&DestGroupId="

const networkType = "The specified security group network type is not support this operation, please check the security group network types. For VPC security groups, ClassicLink must be enabled."

// newRuleFailures returns the rows of rules that cannot be added to a group.
func newRuleFailures(n *endNames) []rpc.Failure {
	withPeer := "-" + n.cidr4 + "&" + n.group + "="
	withList := "-" + n.cidr4 + "&" + n.list + "="
	return []rpc.Failure{
		unknownPrefixList(withList + "pl-nowhere"),
		{On: errPrefixListClassic, Status: 400, Code: "NotSupported.ClassicNetworkPrefixList", Message: "The prefix list is not supported when the network type of security group is classic.",
			When: "The group is classic and the peer is a prefix list.", Try: "SecurityGroupId=sg-classic&" + withList + "pl-office"},
		{On: errPortListClassic, Status: 400, Code: "InvalidSecurityGroup.InvalidNetworkType", Message: networkType,
			When: "The group is classic and the rule has a port range list.", Try: "SecurityGroupId=sg-classic&-IpProtocol&-PortRange&-" + n.cidr4 +
				"&Permissions.1.IpProtocol=tcp&Permissions.1.PortRangeListId=prl-web&Permissions.1." + n.cidr4 + "=10.0.0.0/8"},
		{On: errPrefixListFamily, Status: 400, Code: "InvalidParam.PrefixListAddressFamilyMismatch", Message: "The address family of the specified prefix list does not match the specified CidrIp.",
			When: "The address family of the prefix list does not fit the protocol or the other block of the rule.", Try: "IpProtocol=icmpv6&PortRange=-1/-1&" + withList + "pl-office"},
		{On: secgroup.ErrIPv6Classic, Status: 400, Code: "InvalidSecurityGroup.InvalidNetworkType", Message: networkType,
			When: "An IPv6 rule is added to a classic group.", Try: "SecurityGroupId=sg-classic&-" + n.cidr4 + "&" + n.cidr6 + "=2001:db8::/32"},
		{On: errPeerNetwork, Status: 403, Code: "InvalidNetworkType.Conflict", Message: "The specified SecurityGroup network type should be same with SourceGroup network type (vpc or classic).",
			When: "One of the two groups is classic and the other is in a VPC.", Try: withPeer + "sg-classic"},
		{On: errEnterprise, Status: 400, Code: "InvalidGroupParameter.OperationDenied", Message: "The attributes Policy, SourceGroupId, DestGroupId of enterprise level security groups are not allowed to be set or modified.",
			When: "The group is an enterprise group and the peer is a group.", Try: "SecurityGroupId=sg-enterprise&" + withPeer + "sg-F876FF7BA"},
		{On: errEnterprisePeer, Status: 400, Code: "InvalidGroupAuthParameter.OperationDenied", Message: "The security group can not authorize to enterprise level security group.",
			When: "The peer is an enterprise group.", Try: withPeer + "sg-enterprise"},
		{On: secgroup.ErrRuleQuota, Status: 403, Code: "AuthorizationLimitExceed", Message: "The limit of authorization records in the security group reaches.",
			When: "The group would hold more than 100 rules; from edition 2020 on more than 200.", Try: "200*PortRange=#/#"},
		{On: errGroupRuleQuota, Since: rpc.Edition2025, Status: 400, Code: "AuthorizedGroupRule.LimitExceed", Message: "You have reached the limit on the number of group authorization rules that you can add to a security group.When authorization object of rule is security group, the limit is 20.",
			When: "The group would hold more than 20 rules that name a group.", Try: "21*PortRange=#/#&" + withPeer + "sg-F876FF7BA"},
	}
}
