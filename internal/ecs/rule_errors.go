package ecs

import (
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

const (
	notValid  = "The specified parameter %s is not valid."
	conflict6 = "IPv6 address cannot be specified for IPv4-specific protocol."
	conflict4 = "IPv4 address cannot be specified for IPv6-specific protocol."
	portRange = "Please specify the PortRange or SourcePortRange in integer, less than 65535, and separate the range with ? /?."
	protoCase = "The parameter IpProtocol must be specified with case insensitive TCP, UDP, ICMP, GRE or All."
	nicClash  = "Specified nic type conflicts with the authorization record."
	noNicType = "The specified NicType does not exist."
)

// ruleFailures returns the rows that all actions on rules share. noPeer removes the peer
// from the action's example.
func ruleFailures(n *endNames, noPeer string) []rpc.Failure {
	return []rpc.Failure{
		{On: secgroup.ErrProtocolCase, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
			When: "IpProtocol is absent or blank, or with -strict in upper case.", Try: "-IpProtocol"},
		{On: secgroup.ErrProtocol, Since: rpc.Edition2020, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
			When: "IpProtocol is not a known protocol.", Try: "IpProtocol=sctp"},
		{On: secgroup.ErrPorts, Status: 400, Code: "InvalidParam.PortRange", Message: portRange,
			When: "PortRange is absent, or PortRange or SourcePortRange is not a range that the protocol can have.", Try: "PortRange=200/1"},
		{On: secgroup.ErrPriorityForm, Status: 400, Code: "InvalidPriority.Malformed", Message: "The parameter Priority is invalid.",
			When: "Priority is not an integer.", Try: "Priority=high"},
		{On: secgroup.ErrPriorityRange, Status: 400, Code: "InvalidPriority.ValueNotSupported", Message: "The parameter Priority is invalid.",
			When: "Priority is an integer outside 1 to 100.", Try: "Priority=101"},
		{On: secgroup.ErrSource4, Status: 400, Code: "InvalidParam.SourceIp", Message: notValid,
			When: "SourceCidrIp is not an IPv4 address or CIDR block.", Try: "SourceCidrIp=10.0.0.256"},
		{On: secgroup.ErrTwoSources, Status: 400, Code: "InvalidParam.SourceIp", Message: "The Parameters SourceCidrIp and Ipv6SourceCidrIp cannot be set at the same time.",
			When: "An IPv4 and an IPv6 source are given.", Try: "SourceCidrIp=10.0.0.0/8&Ipv6SourceCidrIp=2001:db8::/32"},
		{On: secgroup.ErrDest4, Status: 400, Code: "InvalidParam.DestIp", Message: notValid,
			When: "DestCidrIp is not an IPv4 address or CIDR block.", Try: "DestCidrIp=10.0.0.0/33"},
		{On: secgroup.ErrTwoDestinations, Status: 400, Code: "InvalidParam.DestIp", Message: "The Parameters DestCidrIp and Ipv6DestCidrIp cannot be set at the same time.",
			When: "An IPv4 and an IPv6 destination are given.", Try: "DestCidrIp=10.0.0.0/8&Ipv6DestCidrIp=2001:db8::/32"},
		{On: secgroup.ErrDest6, Status: 400, Code: "InvalidParam.Ipv6DestCidrIp", Message: notValid,
			When: "Ipv6DestCidrIp has no colon.", Try: "Ipv6DestCidrIp=10.0.0.1"},
		{On: secgroup.ErrSource6, Status: 400, Code: "InvalidParam.Ipv6SourceCidrIp", Message: notValid,
			When: "Ipv6SourceCidrIp has no colon.", Try: "Ipv6SourceCidrIp=10.0.0.1"},
		{On: secgroup.ErrIPv6Conflict, Status: 400, Code: "InvalidParam.Ipv4ProtocolConflictWithIpv6Address", Message: conflict6,
			When: "An IPv6 address is given with icmp, or as the destination of an IPv4 source.", Try: noPeer + "&IpProtocol=icmp&PortRange=-1/-1&" + n.cidr6 + "=2001:db8::/32"},
		{On: secgroup.ErrIPv4Conflict, Status: 400, Code: "InvalidParam.Ipv6ProtocolConflictWithIpv4Address", Message: conflict4,
			When: "An IPv4 address is given with icmpv6, or as the destination of an IPv6 source.", Try: "IpProtocol=icmpv6&PortRange=-1/-1&" + n.cidr4 + "=10.0.0.0/8"},
		{On: secgroup.ErrIllegal6, Status: 400, Code: "ILLEGAL_IPV6_CIDR", Message: notValid,
			When: "An IPv6 parameter has a colon and is not an IPv6 address or CIDR block.", Try: "Ipv6SourceCidrIp=2001:db8::/129"},
		{On: secgroup.ErrNic, Since: rpc.Edition2020, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: noNicType,
			When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
		{On: secgroup.ErrRuleDescription, Status: 400, Code: "InvalidSecurityGroupDiscription.Malformed", Message: "The specified security group rule description is not valid.",
			When: "Description has more than 512 characters.", Try: "Description=" + tooLong},
		{On: secgroup.ErrOwnerID, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: n.id + " is not an integer.", Try: noPeer + "&" + n.group + "=sg-F876FF7BA&" + n.id + "=me"},
	}
}

// listFailures returns the rows of the actions that take several rules.
func listFailures(n *endNames, noPeer string) []rpc.Failure {
	element := func(i string) string {
		return "Permissions." + i + ".IpProtocol=tcp&Permissions." + i + ".PortRange=22/22&Permissions." + i + "." + n.cidr4 + "=10.0.0.0/8"
	}
	flat := noPeer + "&-IpProtocol&-PortRange&-Priority&"
	withPorts := func(protocol, list string) string {
		return flat + "Permissions.1.IpProtocol=" + protocol + "&Permissions.1.PortRangeListId=" + list + "&Permissions.1." + n.cidr4 + "=10.0.0.0/8"
	}
	return []rpc.Failure{
		{On: param.ErrForms, Status: 400, Code: "InvalidParam.Permissions", Message: "The specified parameter Permissions cannot coexist with other parameters.",
			When: "The rules are given in two forms at once.", Try: element("1")},
		{On: errTwice, Status: 400, Code: "InvalidParam.DuplicatePermissions", Message: "There are duplicate permissions in the specified parameter Permissions.",
			When: "Two elements of Permissions are the same rule.", Try: flat + element("1") + "&" + element("2")},
		portListProtocol(withPorts("icmp", "prl-web")),
		unknownPortRangeList(withPorts("tcp", "prl-nowhere")),
	}
}

// portListProtocol returns the row of a port range list in a rule without ports.
func portListProtocol(try string) rpc.Failure {
	return rpc.Failure{
		On: secgroup.ErrPortListProtocol, Status: 400, Code: "InvalidParam.ProtocolNotSupportPortRangeList", Message: "The specified protocol does not support the port range list.",
		When: "A rule has a port range list, and its protocol is neither tcp nor udp.", Try: try,
	}
}
