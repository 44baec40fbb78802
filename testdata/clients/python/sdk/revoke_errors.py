"""The error table of RevokeSecurityGroup's document, row by row, and what brings each about.

The parameters are laid over RULE, which the group holds; None takes one out, and
"{group}" is the group. Where the document's text is %s, it is what the service fills in.
"""

from typing import NamedTuple

RULE = {"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}
IPV6 = {"SourceCidrIp": None, "Ipv6SourceCidrIp": "2001:db8::/32"}


class Row(NamedTuple):
    status: int
    code: str
    message: str
    params: dict

    def parameters(self, group):
        params = {"SecurityGroupId": group, **RULE, **self.params}
        return {name: value.format(group=group) for name, value in params.items() if value is not None}


ROWS = [
    Row(404, "InvalidSecurityGroupId.NotFound", "The specified SecurityGroupId does not exist.",
        {"SecurityGroupId": "sg-nowhere"}),
    Row(400, "InvalidSecurityGroupId.Malformed", "The specified SecurityGroupId is not valid.",
        {"SecurityGroupId": "group 1"}),
    Row(400, "InvalidIpProtocol.ValueNotSupported", "The specified IpProtocol does not exist.",
        {"IpProtocol": "sctp"}),
    Row(403, "InvalidNicType.Mismatch", "Specified nic type conflicts with the authorization record.",
        {"SourceCidrIp": None, "SourceGroupId": "sg-peer", "NicType": "internet"}),
    Row(403, "InvalidGroupAuthItem.NotFound", "Specified group authorized item does not exist in our records.",
        {"PortRange": "23/23"}),
    Row(400, "MissingParameter", 'The input parameter "SourceGroupId" or "SourceCidrIp" cannot be both blank.',
        {"SourceCidrIp": "", "SourceGroupId": ""}),
    Row(400, "InvalidPolicy.Malformed", 'The specified parameter "Policy" is not valid.',
        {"Policy": "allow"}),
    Row(400, "MissingParameter.Source", "Either SourceCidrIp or SourceGroupId must be specified.",
        {"SourceCidrIp": None}),
    Row(400, "InvalidParam.PortRange", "Please specify the PortRange or SourcePortRange in integer, "
        "less than 65535, and separate the range with ? /?.",
        {"PortRange": "200/1"}),
    Row(400, "InvalidIpProtocol.ValueNotSupported",
        "The parameter IpProtocol must be specified with case insensitive TCP, UDP, ICMP, GRE or All.",
        {"IpProtocol": None}),
    Row(400, "InvalidPriority.Malformed", "The parameter Priority is invalid.",
        {"Priority": "high"}),
    Row(400, "InvalidPriority.ValueNotSupported", "The parameter Priority is invalid.",
        {"Priority": "101"}),
    Row(400, "InvalidParamter.Conflict", "The specified SecurityGroupId should be different from the SourceGroupId.",
        {"SourceCidrIp": None, "SourceGroupId": "{group}"}),
    Row(400, "InvalidParam.SourceIp", "The specified parameter SourceCidrIp is not valid.",
        {"SourceCidrIp": "10.0.0.0/33"}),
    Row(400, "InvalidParam.DestIp", "The specified parameter DestCidrIp is not valid.",
        {"DestCidrIp": "10.0.0"}),
    Row(400, "InvalidParam.Ipv6DestCidrIp", "The specified parameter Ipv6DestCidrIp is not valid.",
        {**IPV6, "Ipv6DestCidrIp": "10.0.0.0/8"}),
    Row(400, "InvalidParam.Ipv6SourceCidrIp", "The specified parameter Ipv6SourceCidrIp is not valid.",
        {"SourceCidrIp": None, "Ipv6SourceCidrIp": "10.0.0.0/8"}),
    Row(400, "InvalidParam.Ipv4ProtocolConflictWithIpv6Address",
        "IPv6 address cannot be specified for IPv4-specific protocol.",
        {**IPV6, "IpProtocol": "icmp", "PortRange": "-1/-1"}),
    Row(400, "InvalidParam.Ipv6ProtocolConflictWithIpv4Address",
        "IPv4 address cannot be specified for IPv6-specific protocol.",
        {"IpProtocol": "icmpv6", "PortRange": "-1/-1"}),
    Row(400, "ILLEGAL_IPV6_CIDR", "The specified parameter Ipv6SourceCidrIp is not valid.",
        {"SourceCidrIp": None, "Ipv6SourceCidrIp": "2001:db8::/129"}),
]
