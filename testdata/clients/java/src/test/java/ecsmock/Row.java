package ecsmock;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A row of the error table in the document of RevokeSecurityGroup, and what makes it happen to the group of Account.seedWeb. */
record Row(int status, String code, String message, Map<String, String> parameters) {
    private static final String PRIORITY = "The parameter Priority is invalid.";

    /** The twenty, in the document's order. Where it has %s for a text, this is what the mock takes it for. */
    static List<Row> all() {
        return List.of(
            row(404, "InvalidSecurityGroupId.NotFound", "The specified SecurityGroupId does not exist.",
                "SecurityGroupId=sg-nowhere IpProtocol=tcp PortRange=22/22 SourceCidrIp=10.0.0.0/8"),
            row(400, "InvalidSecurityGroupId.Malformed", "The specified SecurityGroupId is not valid.",
                "SecurityGroupId=web IpProtocol=tcp PortRange=22/22 SourceCidrIp=10.0.0.0/8"),
            row(400, "InvalidIpProtocol.ValueNotSupported", "The specified IpProtocol does not exist.",
                "IpProtocol=sctp PortRange=22/22 SourceCidrIp=10.0.0.0/8"),
            row(403, "InvalidNicType.Mismatch", "Specified nic type conflicts with the authorization record.",
                "IpProtocol=tcp PortRange=22/22 SourceCidrIp=10.0.0.0/8 NicType=wifi"),
            row(403, "InvalidGroupAuthItem.NotFound", "Specified group authorized item does not exist in our records.",
                "IpProtocol=tcp PortRange=23/23 SourceCidrIp=10.0.0.0/8"),
            row(400, "MissingParameter", "The input parameter \"SourceGroupId\" or \"SourceCidrIp\" cannot be both blank.",
                "IpProtocol=tcp PortRange=22/22 SourceCidrIp= SourceGroupId="),
            row(400, "InvalidPolicy.Malformed", "The specified parameter \"Policy\" is not valid.",
                "IpProtocol=tcp PortRange=22/22 SourceCidrIp=10.0.0.0/8 Policy=allow"),
            row(400, "MissingParameter.Source", "Either SourceCidrIp or SourceGroupId must be specified.",
                "IpProtocol=tcp PortRange=22/22"),
            row(400, "InvalidParam.PortRange",
                "Please specify the PortRange or SourcePortRange in integer, less than 65535, and separate the range with ? /?.",
                "IpProtocol=tcp PortRange=200/1 SourceCidrIp=10.0.0.0/8"),
            row(400, "InvalidIpProtocol.ValueNotSupported",
                "The parameter IpProtocol must be specified with case insensitive TCP, UDP, ICMP, GRE or All.",
                "PortRange=22/22 SourceCidrIp=10.0.0.0/8"),
            row(400, "InvalidPriority.Malformed", PRIORITY, "IpProtocol=tcp PortRange=22/22 SourceCidrIp=10.0.0.0/8 Priority=high"),
            row(400, "InvalidPriority.ValueNotSupported", PRIORITY, "IpProtocol=tcp PortRange=22/22 SourceCidrIp=10.0.0.0/8 Priority=101"),
            row(400, "InvalidParamter.Conflict", "The specified SecurityGroupId should be different from the SourceGroupId.",
                "IpProtocol=tcp PortRange=22/22 SourceGroupId=sg-web"),
            row(400, "InvalidParam.SourceIp", "The specified parameter SourceCidrIp is not valid.",
                "IpProtocol=tcp PortRange=22/22 SourceCidrIp=10.0.0.0/33"),
            row(400, "InvalidParam.DestIp", "The specified parameter DestCidrIp is not valid.",
                "IpProtocol=tcp PortRange=22/22 SourceCidrIp=10.0.0.0/8 DestCidrIp=10.0.0.256"),
            row(400, "InvalidParam.Ipv6DestCidrIp", "The specified parameter Ipv6DestCidrIp is not valid.",
                "IpProtocol=tcp PortRange=22/22 Ipv6SourceCidrIp=2001:db8::/32 Ipv6DestCidrIp=10.0.0.1"),
            row(400, "InvalidParam.Ipv6SourceCidrIp", "The specified parameter Ipv6SourceCidrIp is not valid.",
                "IpProtocol=tcp PortRange=22/22 Ipv6SourceCidrIp=10.0.0.1"),
            row(400, "InvalidParam.Ipv4ProtocolConflictWithIpv6Address", "IPv6 address cannot be specified for IPv4-specific protocol.",
                "IpProtocol=icmp PortRange=-1/-1 Ipv6SourceCidrIp=2001:db8::/32"),
            row(400, "InvalidParam.Ipv6ProtocolConflictWithIpv4Address", "IPv4 address cannot be specified for IPv6-specific protocol.",
                "IpProtocol=icmpv6 PortRange=-1/-1 SourceCidrIp=10.0.0.0/8"),
            row(400, "ILLEGAL_IPV6_CIDR", "The specified parameter Ipv6SourceCidrIp is not valid.",
                "IpProtocol=tcp PortRange=22/22 Ipv6SourceCidrIp=2001:db8::/129"));
    }

    private static Row row(int status, String code, String message, String parameters) {
        Map<String, String> named = new TreeMap<>(Map.of("RegionId", "cn-hangzhou", "SecurityGroupId", "sg-web"));
        named.putAll(Arrays.stream(parameters.split(" ")).map(parameter -> parameter.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
        return new Row(status, code, message, named);
    }

    @Override public String toString() { return code + " " + parameters; }
}
