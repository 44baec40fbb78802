package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Texts that several tables have. Those of edition 2025 name a parameter as it was sent.
const (
	notValid     = "The specified parameter %s is not valid."
	conflict6    = "IPv6 address cannot be specified for IPv4-specific protocol."
	conflict4    = "IPv4 address cannot be specified for IPv6-specific protocol."
	portRange19  = "Please specify the PortRange or SourcePortRange in integer, less than 65535, and separate the range with ? /?."
	portRange20  = "Please specify the PortRange or SourcePortRange in integer, less than 65535, and separate the range with ?/?."
	portRange25  = "The specified parameter %s is not valid. It should be two integers less than 65535 in ?/? format."
	protoCase    = "The parameter IpProtocol must be specified with case insensitive TCP, UDP, ICMP, GRE or All."
	protoCase25  = "The parameter %s must be specified with case insensitive TCP, UDP, ICMP, GRE or All."
	nicClash     = "Specified nic type conflicts with the authorization record."
	nicClash25   = "The specified NicType conflicts with the authorization record."
	noNicType    = "The specified NicType does not exist."
	policyQuoted = `The specified parameter "Policy" is not valid.`
	policyPlain  = "The specified parameter Policy is not valid."
	description  = "The specified security group rule description is not valid."
)

const (
	whenProtocol     = "IpProtocol is not a known protocol."
	whenProtocolCase = "IpProtocol is absent or blank, or with -strict in upper case."
	whenPorts        = "PortRange or SourcePortRange is not a range that the protocol can have."
	whenNic          = "NicType is neither internet nor intranet."
	whenPolicy       = "Policy is neither accept nor drop."
	whenNicMismatch  = "A rule of a classic group matches but for its NIC type."
	whenNoRule       = "No rule of the group matches."
)

// protocolFailures are the rows of the protocol and the ports.
var protocolFailures = []*rpc.Failure{
	{On: secgroup.ErrProtocolCase, Until: rpc.Edition2020, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: whenProtocolCase, Try: "-IpProtocol"},
	{On: secgroup.ErrProtocolCase, Since: rpc.Edition2025, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase25, ByPath: true,
		When: whenProtocolCase, Try: "-IpProtocol"},
	{On: secgroup.ErrProtocol, Since: rpc.Edition2020, Until: rpc.Edition2020, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: whenProtocol, Try: "IpProtocol=sctp"},
	{On: secgroup.ErrProtocol, Since: rpc.Edition2025, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase25, ByPath: true,
		When: whenProtocol, Try: "IpProtocol=sctp"},
	{On: secgroup.ErrNoPorts, Until: rpc.Edition2019, Status: 400, Code: "InvalidParam.PortRange", Message: portRange19,
		When: "PortRange is absent.", Try: "-PortRange"},
	{On: secgroup.ErrNoPorts, Since: rpc.Edition2020, Until: rpc.Edition2020, Status: 400, Code: "InvalidParam.PortRange", Message: portRange20,
		When: "PortRange is absent.", Try: "-PortRange"},
	{On: secgroup.ErrNoPorts, Since: rpc.Edition2025, Status: 400, Code: "InvalidPortRange.Malformed", Message: "The specified parameter PortRange must set.",
		When: "PortRange is absent.", Try: "-PortRange"},
	{On: secgroup.ErrPorts, Until: rpc.Edition2019, Status: 400, Code: "InvalidParam.PortRange", Message: portRange19,
		When: whenPorts, Try: "PortRange=200/1"},
	{On: secgroup.ErrPorts, Since: rpc.Edition2020, Until: rpc.Edition2020, Status: 400, Code: "InvalidParam.PortRange", Message: portRange20,
		When: whenPorts, Try: "PortRange=200/1"},
	{On: secgroup.ErrPorts, Since: rpc.Edition2025, Status: 400, Code: "InvalidParam.PortRange", Message: portRange25, ByPath: true,
		When: whenPorts, Try: "PortRange=200/1"},
}

// ruleFailures returns the rows that all actions on rules share. noPeer removes the peer
// from the action's example.
func ruleFailures(n *endNames, noPeer string) []*rpc.Failure {
	rows := []*rpc.Failure{
		{On: secgroup.ErrPriorityForm, Status: 400, Code: "InvalidPriority.Malformed", Message: "The parameter Priority is invalid.",
			When: "Priority is not an integer.", Try: "Priority=high"},
		{On: secgroup.ErrPriorityRange, Until: rpc.Edition2020, Status: 400, Code: "InvalidPriority.ValueNotSupported", Message: "The parameter Priority is invalid.",
			When: "Priority is an integer outside 1 to 100.", Try: "Priority=101"},
		{On: secgroup.ErrPriorityRange, Since: rpc.Edition2025, Status: 400, Code: "InvalidPriority.ValueNotSupported", Message: "The specified parameter %s is invalid.", ByPath: true,
			When: "Priority is an integer outside 1 to 100.", Try: "Priority=101"},
		{On: secgroup.ErrNic, Since: rpc.Edition2020, Until: rpc.Edition2020, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: noNicType,
			When: whenNic, Try: "NicType=wifi"},
		{On: secgroup.ErrNic, Since: rpc.Edition2025, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: notValid, ByPath: true,
			When: whenNic, Try: "NicType=wifi"},
		{On: secgroup.ErrPolicy, Since: rpc.Edition2025, Status: 400, Code: "InvalidPolicy.Malformed", Message: notValid, ByPath: true,
			When: whenPolicy, Try: "Policy=allow"},
		{On: secgroup.ErrNoPeer, Since: rpc.Edition2025, Status: 400, Code: "MissingParameter." + n.end,
			Message: "One of the parameters " + n.cidr4 + ", " + n.cidr6 + ", " + n.group + " or " + n.list + " in %s must be specified.", ByPath: true,
			When: "No " + n.word + " is given.", Try: noPeer},
		{On: secgroup.ErrRuleDescription, Status: 400, Code: "InvalidSecurityGroupDiscription.Malformed", Message: description,
			When: "Description has more than 512 characters.", Try: "Description=" + tooLong},
		{On: secgroup.ErrOwnerID, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: n.id + " is not an integer.", Try: noPeer + "&" + n.group + "=sg-F876FF7BA&" + n.id + "=me"},
		{On: secgroup.ErrIPv6Conflict, Status: 400, Code: "InvalidParam.Ipv4ProtocolConflictWithIpv6Address", Message: conflict6,
			When: "An IPv6 address is given with icmp, or as the destination of an IPv4 source.", Try: noPeer + "&IpProtocol=icmp&PortRange=-1/-1&" + n.cidr6 + "=2001:db8::/32"},
		{On: secgroup.ErrIPv4Conflict, Status: 400, Code: "InvalidParam.Ipv6ProtocolConflictWithIpv4Address", Message: conflict4,
			When: "An IPv4 address is given with icmpv6, or as the destination of an IPv6 source.", Try: "IpProtocol=icmpv6&PortRange=-1/-1&" + n.cidr4 + "=10.0.0.0/8"},
	}
	return slices.Concat(protocolFailures, rows,
		blockFailures(&sourceNames, secgroup.ErrSource4, secgroup.ErrSource6, secgroup.ErrTwoSources),
		blockFailures(&destNames, secgroup.ErrDest4, secgroup.ErrDest6, secgroup.ErrTwoDestinations))
}

// blockFailures returns the rows of the CIDR blocks at one end.
func blockFailures(n *endNames, bad4, bad6, both error) []*rpc.Failure {
	const when6 = " has a colon and is not an IPv6 address or CIDR block."
	twoFamilies := n.cidr4 + "=10.0.0.0/8&" + n.cidr6 + "=2001:db8::/32"
	return []*rpc.Failure{
		{On: bad4, Until: rpc.Edition2020, Status: 400, Code: "InvalidParam." + n.end + "Ip", Message: notValid,
			When: n.cidr4 + " is not an IPv4 address or CIDR block.", Try: n.cidr4 + "=10.0.0.256"},
		{On: bad4, Since: rpc.Edition2025, Status: 400, Code: "InvalidParam." + n.cidr4, Message: notValid, ByPath: true,
			When: n.cidr4 + " is not an IPv4 address or CIDR block.", Try: n.cidr4 + "=10.0.0.256"},
		{On: both, Until: rpc.Edition2020, Status: 400, Code: "InvalidParam." + n.end + "Ip", Message: "The Parameters " + n.cidr4 + " and " + n.cidr6 + " cannot be set at the same time.",
			When: "An IPv4 and an IPv6 " + n.word + " are given.", Try: twoFamilies},
		{On: both, Since: rpc.Edition2025, Status: 400, Code: "InvalidParam." + n.end + "Ip", Message: "The Parameters " + n.cidr4 + " and " + n.cidr6 + " in %s cannot be set at the same time.", ByPath: true,
			When: "An IPv4 and an IPv6 " + n.word + " are given.", Try: twoFamilies},
		{On: bad6, Until: rpc.Edition2020, Status: 400, Code: "InvalidParam." + n.cidr6, Message: notValid,
			When: n.cidr6 + " has no colon.", Try: n.cidr6 + "=10.0.0.1"},
		{On: bad6, Since: rpc.Edition2025, Status: 400, Code: "InvalidParam." + n.cidr6, Message: notValid, ByPath: true,
			When: n.cidr6 + " has no colon.", Try: n.cidr6 + "=10.0.0.1"},
		{On: secgroup.ErrIllegal6, Of: n.cidr6, Until: rpc.Edition2020, Status: 400, Code: "ILLEGAL_IPV6_CIDR", Message: notValid,
			When: n.cidr6 + when6, Try: n.cidr6 + "=2001:db8::/129"},
		{On: secgroup.ErrIllegal6, Of: n.cidr6, Since: rpc.Edition2025, Status: 400, Code: "InvalidParam." + n.cidr6, Message: notValid, ByPath: true,
			When: n.cidr6 + when6, Try: n.cidr6 + "=2001:db8::/129"},
	}
}

// listFailures returns the rows of the actions that take several rules.
func listFailures(n *endNames, noPeer string) []*rpc.Failure {
	element := func(i string) string {
		return "Permissions." + i + ".IpProtocol=tcp&Permissions." + i + ".PortRange=22/22&Permissions." + i + "." + n.cidr4 + "=10.0.0.0/8"
	}
	flat := noPeer + "&-IpProtocol&-PortRange&-Priority&"
	withPorts := func(protocol, list string) string {
		return flat + "Permissions.1.IpProtocol=" + protocol + "&Permissions.1.PortRangeListId=" + list + "&Permissions.1." + n.cidr4 + "=10.0.0.0/8"
	}
	return []*rpc.Failure{
		{On: param.ErrForms, Status: 400, Code: "InvalidParam.Permissions", Message: "The specified parameter Permissions cannot coexist with other parameters.",
			When: "The rules are given in two forms at once.", Try: element("1")},
		{On: errTwice, Status: 400, Code: "InvalidParam.DuplicatePermissions", Message: "There are duplicate permissions in the specified parameter Permissions.",
			When: "Two elements of Permissions are the same rule.", Try: flat + element("1") + "&" + element("2")},
		portListProtocol.With(withPorts("icmp", "prl-web")),
		unknownPortRangeList.With(withPorts("tcp", "prl-nowhere")),
	}
}

// portListProtocol returns the row of a port range list in a rule without ports.
var portListProtocol = &rpc.Failure{
	On: secgroup.ErrPortListProtocol, Status: 400, Code: "InvalidParam.ProtocolNotSupportPortRangeList", Message: "The specified protocol does not support the port range list.",
	When: "A rule has a port range list, and its protocol is neither tcp nor udp.",
}
