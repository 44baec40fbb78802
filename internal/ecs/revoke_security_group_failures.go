package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Tries that several rows build on.
const (
	noSource   = "-SourceGroupId&-SourceGroupOwnerAccount"
	anyProto6  = "IpProtocol=icmpv6&PortRange=-1/-1"
	itselfTry  = "SourceGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0"
	notValid   = "The specified parameter %s is not valid."
	twoSources = "The Parameters SourceCidrIp and Ipv6SourceCidrIp cannot be set at the same time."
	twoDests   = "The Parameters DestCidrIp and Ipv6DestCidrIp cannot be set at the same time."
	conflict6  = "IPv6 address cannot be specified for IPv4-specific protocol."
	conflict4  = "IPv4 address cannot be specified for IPv6-specific protocol."
	portRange  = "Please specify the PortRange or SourcePortRange in integer, less than 65535, and separate the range with ? /?."
	protoCase  = "The parameter IpProtocol must be specified with case insensitive TCP, UDP, ICMP, GRE or All."
)

// revokeSecurityGroupFailures is the document's error table, row by row, where one
// code stands for several causes in several rows; then what the document leaves out.
var revokeSecurityGroupFailures = slices.Concat(groupFailures, []rpc.Failure{
	{On: secgroup.ErrProtocol, In: rpc.In2019, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: "The specified IpProtocol does not exist.",
		When: "IpProtocol is none of the protocols.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrNicMismatch, Status: 403, Code: "InvalidNicType.Mismatch", Message: "Specified nic type conflicts with the authorization record.",
		When: "A rule of a classic group matches in everything but its NIC type.", Try: "SecurityGroupId=sg-classic&" + noSource + "&SourceCidrIp=10.0.0.0/8&NicType=intranet"},
	{On: secgroup.ErrGroupOnInternet, Status: 403, Code: "InvalidNicType.Mismatch", Message: "Specified nic type conflicts with the authorization record.",
		When: "The source is a group and NicType is internet.", Try: "NicType=internet"},
	{On: secgroup.ErrNic, In: rpc.In2019, Status: 403, Code: "InvalidNicType.Mismatch", Message: "Specified nic type conflicts with the authorization record.",
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrNoRule, In: rpc.In2019, Status: 403, Code: "InvalidGroupAuthItem.NotFound", Message: "Specified group authorized item does not exist in our records.",
		When: "No rule of the group matches.", Try: "Priority=2"},
	{On: errPeerGroup, In: rpc.In2019, Status: 403, Code: "InvalidGroupAuthItem.NotFound", Message: "Specified group authorized item does not exist in our records.",
		When: "The source group does not exist, so no rule matches.", Try: "SourceGroupId=sg-nowhere"},
	{On: secgroup.ErrBlankPeer, Status: 400, Code: "MissingParameter", Message: `The input parameter "SourceGroupId" or "SourceCidrIp" cannot be both blank.`,
		When: "There is no source, and SourceCidrIp or SourceGroupId is given but blank.", Try: noSource + "&SourceCidrIp="},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: `The specified parameter "Policy" is not valid.`,
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Source", Message: "Either SourceCidrIp or SourceGroupId must be specified.",
		When: "There is no source at all.", Try: noSource},
	{On: secgroup.ErrPorts, Status: 400, Code: "InvalidParam.PortRange", Message: portRange,
		When: "PortRange is missing, or it or SourcePortRange is not a range that the protocol may have.", Try: "PortRange=200/1"},
	{On: secgroup.ErrProtocolCase, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: "IpProtocol is missing or blank, or, with -strict, in upper case.", Try: "-IpProtocol"},
	{On: secgroup.ErrProtocol, In: rpc.Since2020, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: "IpProtocol is none of the protocols.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrPriorityForm, Status: 400, Code: "InvalidPriority.Malformed", Message: "The parameter Priority is invalid.",
		When: "Priority is not an integer.", Try: "Priority=high"},
	{On: secgroup.ErrPriorityRange, Status: 400, Code: "InvalidPriority.ValueNotSupported", Message: "The parameter Priority is invalid.",
		When: "Priority is an integer outside 1 to 100.", Try: "Priority=101"},
	{On: secgroup.ErrSameGroup, Status: 400, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the SourceGroupId.",
		When: "The source group is the group itself.", Try: itselfTry},
	{On: secgroup.ErrSource4, Status: 400, Code: "InvalidParam.SourceIp", Message: notValid,
		When: "SourceCidrIp is no IPv4 address or block.", Try: noSource + "&SourceCidrIp=10.0.0.256"},
	{On: secgroup.ErrTwoSources, Status: 400, Code: "InvalidParam.SourceIp", Message: twoSources,
		When: "An IPv4 and an IPv6 source are given.", Try: noSource + "&SourceCidrIp=10.0.0.0/8&Ipv6SourceCidrIp=2001:db8::/32"},
	{On: secgroup.ErrDest4, Status: 400, Code: "InvalidParam.DestIp", Message: notValid,
		When: "DestCidrIp is no IPv4 address or block.", Try: "DestCidrIp=10.0.0.0/33"},
	{On: secgroup.ErrTwoDestinations, Status: 400, Code: "InvalidParam.DestIp", Message: twoDests,
		When: "An IPv4 and an IPv6 destination are given.", Try: "DestCidrIp=10.0.0.0/8&Ipv6DestCidrIp=2001:db8::/32"},
	{On: secgroup.ErrDest6, Status: 400, Code: "InvalidParam.Ipv6DestCidrIp", Message: notValid,
		When: "Ipv6DestCidrIp has no colon.", Try: "Ipv6DestCidrIp=10.0.0.1"},
	{On: secgroup.ErrSource6, Status: 400, Code: "InvalidParam.Ipv6SourceCidrIp", Message: notValid,
		When: "Ipv6SourceCidrIp has no colon.", Try: noSource + "&Ipv6SourceCidrIp=10.0.0.1"},
	{On: secgroup.ErrIPv6Conflict, Status: 400, Code: "InvalidParam.Ipv4ProtocolConflictWithIpv6Address", Message: conflict6,
		When: "An IPv6 address is given with icmp, or as the destination of an IPv4 source.", Try: noSource + "&IpProtocol=icmp&PortRange=-1/-1&Ipv6SourceCidrIp=2001:db8::/32"},
	{On: secgroup.ErrIPv4Conflict, Status: 400, Code: "InvalidParam.Ipv6ProtocolConflictWithIpv4Address", Message: conflict4,
		When: "An IPv4 address is given with icmpv6, or as the destination of an IPv6 source.", Try: noSource + "&" + anyProto6 + "&SourceCidrIp=10.0.0.0/8"},
	{On: secgroup.ErrIllegal6, Status: 400, Code: "ILLEGAL_IPV6_CIDR", Message: notValid,
		When: "An IPv6 parameter has a colon and is no IPv6 address or block.", Try: noSource + "&Ipv6SourceCidrIp=2001:db8::/129"},

	{On: secgroup.ErrNoRule, In: rpc.In2020, Status: 200,
		When: "No rule of the group matches: the call succeeds and deletes nothing.", Try: "Priority=2"},
	{On: secgroup.ErrNoRule, In: rpc.In2024, Status: 400, Code: "InvalidSecurityGroupRule.RuleNotExist", Message: "The specified rule does not exist.",
		When: "No rule of the group matches.", Try: "Priority=2"},
	{On: errPeerGroup, In: rpc.Since2020, Status: 404, Code: "InvalidSourceGroupId.NotFound", Message: "The SourceGroupId provided does not exist in our records.",
		When: "The source group does not exist, or its owner does not.", Try: "SourceGroupId=sg-nowhere"},
	{On: secgroup.ErrNic, In: rpc.Since2020, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: "The specified NicType does not exist.",
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrRuleDescription, Status: 400, Code: "InvalidSecurityGroupDiscription.Malformed", Message: "The specified security group rule description is not valid.",
		When: "Description has more than 512 characters.", Try: "Description=" + tooLong},
	{On: secgroup.ErrOwnerID, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
		When: "SourceGroupOwnerId is not an integer.", Try: "SourceGroupOwnerId=me"},
}, regionFailures, tokenTry("Policy=drop"))
