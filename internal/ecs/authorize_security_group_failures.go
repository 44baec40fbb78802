package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

var (
	errPeerNetwork = errors.New("of the rule's two groups one is classic and one of a VPC")
	errPeerVPC     = errors.New("the rule's two groups are of different VPCs")
)

// withGroup puts a group in place of the example's source.
const withGroup = "-SourceCidrIp&SourceGroupId="

// authorizeSecurityGroupFailures is the table of this action's own document, where
// some codes have another status or text than in RevokeSecurityGroup's.
var authorizeSecurityGroupFailures = slices.Concat(groupFailures, []rpc.Failure{
	{On: secgroup.ErrIllegal6, Status: 400, Code: "ILLEGAL_IPV6_CIDR", Message: notValid,
		When: "An IPv6 parameter has a colon and is no IPv6 address or block.", Try: "-SourceCidrIp&Ipv6SourceCidrIp=2001:db8::/129"},
	{On: secgroup.ErrProtocol, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: "IpProtocol is none of the protocols.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrProtocolCase, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: "IpProtocol is missing or blank, or, with -strict, in upper case.", Try: "-IpProtocol"},
	{On: secgroup.ErrGroupOnInternet, Status: 403, Code: "InvalidNicType.Mismatch", Message: "Specified nic type conflicts with the authorization record.",
		When: "The source is a group and NicType is internet.", Try: withGroup + "sg-F876FF7BA&NicType=internet"},
	{On: secgroup.ErrNic, In: rpc.In2019, Status: 400, Code: "InvalidNicType.Mismatch", Message: "Specified nic type conflicts with the authorization record.",
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrNic, In: rpc.Since2020, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: "The specified NicType does not exist.",
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrDest4, Status: 400, Code: "InvalidParam.DestIp", Message: notValid,
		When: "DestCidrIp is no IPv4 address or block.", Try: "DestCidrIp=10.0.0.0/33"},
	{On: secgroup.ErrTwoDestinations, Status: 400, Code: "InvalidParam.DestIp", Message: twoDests,
		When: "An IPv4 and an IPv6 destination are given.", Try: "DestCidrIp=10.0.0.0/8&Ipv6DestCidrIp=2001:db8::/32"},
	{On: secgroup.ErrIPv6Conflict, Status: 400, Code: "InvalidParam.Ipv4ProtocolConflictWithIpv6Address", Message: conflict6,
		When: "An IPv6 address is given with icmp, or as the destination of an IPv4 source.", Try: "-SourceCidrIp&IpProtocol=icmp&PortRange=-1/-1&Ipv6SourceCidrIp=2001:db8::/32"},
	{On: secgroup.ErrDest6, Status: 400, Code: "InvalidParam.Ipv6DestCidrIp", Message: notValid,
		When: "Ipv6DestCidrIp has no colon.", Try: "Ipv6DestCidrIp=10.0.0.1"},
	{On: secgroup.ErrIPv4Conflict, Status: 400, Code: "InvalidParam.Ipv6ProtocolConflictWithIpv4Address", Message: conflict4,
		When: "An IPv4 address is given with icmpv6, or as the destination of an IPv6 source.", Try: anyProto6},
	{On: secgroup.ErrSource6, Status: 400, Code: "InvalidParam.Ipv6SourceCidrIp", Message: notValid,
		When: "Ipv6SourceCidrIp has no colon.", Try: "-SourceCidrIp&Ipv6SourceCidrIp=10.0.0.1"},
	{On: secgroup.ErrPorts, Status: 400, Code: "InvalidParam.PortRange", Message: portRange,
		When: "PortRange is missing, or it or SourcePortRange is not a range that the protocol may have.", Try: "PortRange=200/1"},
	{On: secgroup.ErrSource4, Status: 400, Code: "InvalidParam.SourceIp", Message: notValid,
		When: "SourceCidrIp is no IPv4 address or block.", Try: "SourceCidrIp=10.0.0.256"},
	{On: secgroup.ErrTwoSources, Status: 400, Code: "InvalidParam.SourceIp", Message: twoSources,
		When: "An IPv4 and an IPv6 source are given.", Try: "Ipv6SourceCidrIp=2001:db8::/32"},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: "The specified parameter Policy is not valid.",
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrPriorityForm, Status: 400, Code: "InvalidPriority.Malformed", Message: "The parameter Priority is invalid.",
		When: "Priority is not an integer.", Try: "Priority=high"},
	{On: secgroup.ErrPriorityRange, Status: 400, Code: "InvalidPriority.ValueNotSupported", Message: "The parameter Priority is invalid.",
		When: "Priority is an integer outside 1 to 100.", Try: "Priority=101"},
	{On: secgroup.ErrIPv6Classic, Status: 400, Code: "InvalidSecurityGroup.InvalidNetworkType", Message: "The specified security group network type is not support this operation, please check the security group network types. For VPC security groups, ClassicLink must be enabled.",
		When: "An IPv6 rule is added to a classic group.", Try: "SecurityGroupId=sg-classic&-SourceCidrIp&Ipv6SourceCidrIp=2001:db8::/32"},
	{On: secgroup.ErrRuleDescription, Status: 400, Code: "InvalidSecurityGroupDiscription.Malformed", Message: "The specified security group rule description is not valid.",
		When: "Description has more than 512 characters.", Try: "Description=" + tooLong},
	{On: errPeerVPC, Status: 400, Code: "InvalidSourceGroupId.Mismatch", Message: "Specified security group and source group are not in the same VPC.",
		When: "The source group is of another VPC.", Try: withGroup + "sg-elsewhere"},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Source", Message: "Either SourceCidrIp or SourceGroupId must be specified.",
		When: "There is no source at all.", Try: "-SourceCidrIp"},
	{On: secgroup.ErrRuleQuota, Status: 403, Code: "AuthorizationLimitExceed", Message: "The limit of authorization records in the security group reaches.",
		When: "The group would hold more than 100 rules, or 200 from the edition 2020 on.", Try: "200*PortRange=#/#"},
	{On: errPeerNetwork, Status: 403, Code: "InvalidNetworkType.Conflict", Message: "The specified SecurityGroup network type should be same with SourceGroup network type (vpc or classic).",
		When: "Of the two groups one is classic and one of a VPC.", Try: withGroup + "sg-classic"},
	{On: secgroup.ErrSameGroup, Status: 403, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the SourceGroupId.",
		When: "The source group is the group itself.", Try: withGroup + "sg-web"},
	{On: secgroup.ErrBlankPeer, Status: 403, Code: "MissingParameter", Message: "The input parameter SourceGroupId or SourceCidrIp cannot be both blank.",
		When: "There is no source, and SourceCidrIp or SourceGroupId is given but blank.", Try: "SourceCidrIp="},
	{On: errPeerGroup, Status: 404, Code: "InvalidSourceGroupId.NotFound", Message: "The SourceGroupId provided does not exist in our records.",
		When: "The source group does not exist, or its owner does not.", Try: withGroup + "sg-nowhere"},
	{On: secgroup.ErrOwnerID, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
		When: "SourceGroupOwnerId is not an integer.", Try: withGroup + "sg-F876FF7BA&SourceGroupOwnerId=me"},
}, regionFailures, tokenTry("Policy=drop"))
