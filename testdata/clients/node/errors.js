'use strict';

// The rows of the document's error table, and some readings of them: what is changed
// in a revoke that would succeed, and how that is refused. Undefined takes a parameter
// away; itself is the group that is asked about.

const itself = Symbol('itself');

const noRule = 'Specified group authorized item does not exist in our records.';
const portRange = 'Please specify the PortRange or SourcePortRange in integer, less than 65535, and separate the range with ? /?.';
const address = { SourceCidrIp: undefined };

const errors = [
  ['unknown group', { SecurityGroupId: 'sg-nowhere' },
    404, 'InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.'],
  ['malformed group', { SecurityGroupId: 'web' },
    400, 'InvalidSecurityGroupId.Malformed', 'The specified SecurityGroupId is not valid.'],
  ['unknown protocol', { IpProtocol: 'sctp' },
    400, 'InvalidIpProtocol.ValueNotSupported', 'The specified IpProtocol does not exist.'],
  ['no protocol', { IpProtocol: undefined },
    400, 'InvalidIpProtocol.ValueNotSupported', 'The parameter IpProtocol must be specified with case insensitive TCP, UDP, ICMP, GRE or All.'],
  ['unknown nic type', { NicType: 'wifi' },
    403, 'InvalidNicType.Mismatch', 'Specified nic type conflicts with the authorization record.'],
  ['no such rule', { PortRange: '22/23' }, 403, 'InvalidGroupAuthItem.NotFound', noRule],
  ['another priority', { Priority: '2' }, 403, 'InvalidGroupAuthItem.NotFound', noRule],
  ['blank source', { SourceCidrIp: '' },
    400, 'MissingParameter', 'The input parameter "SourceGroupId" or "SourceCidrIp" cannot be both blank.'],
  ['no source', address,
    400, 'MissingParameter.Source', 'Either SourceCidrIp or SourceGroupId must be specified.'],
  ['policy', { Policy: 'allow' },
    400, 'InvalidPolicy.Malformed', 'The specified parameter "Policy" is not valid.'],
  ['ports backwards', { PortRange: '200/1' }, 400, 'InvalidParam.PortRange', portRange],
  ['no ports', { PortRange: undefined }, 400, 'InvalidParam.PortRange', portRange],
  ['source ports', { SourcePortRange: '1/65536' }, 400, 'InvalidParam.PortRange', portRange],
  ['malformed priority', { Priority: 'high' },
    400, 'InvalidPriority.Malformed', 'The parameter Priority is invalid.'],
  ['priority too large', { Priority: '101' },
    400, 'InvalidPriority.ValueNotSupported', 'The parameter Priority is invalid.'],
  ['source is the group', { ...address, SourceGroupId: itself },
    400, 'InvalidParamter.Conflict', 'The specified SecurityGroupId should be different from the SourceGroupId.'],
  ['source', { SourceCidrIp: '10.0.0.256' },
    400, 'InvalidParam.SourceIp', 'The specified parameter SourceCidrIp is not valid.'],
  ['two sources', { Ipv6SourceCidrIp: '2001:db8::/32' },
    400, 'InvalidParam.SourceIp', 'The Parameters SourceCidrIp and Ipv6SourceCidrIp cannot be set at the same time.'],
  ['destination', { DestCidrIp: '10.0.0.0/33' },
    400, 'InvalidParam.DestIp', 'The specified parameter DestCidrIp is not valid.'],
  ['IPv6 destination', { Ipv6DestCidrIp: '10.0.0.1' },
    400, 'InvalidParam.Ipv6DestCidrIp', 'The specified parameter Ipv6DestCidrIp is not valid.'],
  ['IPv6 source', { ...address, Ipv6SourceCidrIp: '10.0.0.1' },
    400, 'InvalidParam.Ipv6SourceCidrIp', 'The specified parameter Ipv6SourceCidrIp is not valid.'],
  ['IPv6 with icmp', { ...address, IpProtocol: 'icmp', PortRange: '-1/-1', Ipv6SourceCidrIp: '2001:db8::/32' },
    400, 'InvalidParam.Ipv4ProtocolConflictWithIpv6Address', 'IPv6 address cannot be specified for IPv4-specific protocol.'],
  ['IPv4 with icmpv6', { IpProtocol: 'icmpv6', PortRange: '-1/-1' },
    400, 'InvalidParam.Ipv6ProtocolConflictWithIpv4Address', 'IPv4 address cannot be specified for IPv6-specific protocol.'],
  ['illegal IPv6', { ...address, Ipv6SourceCidrIp: '2001:db8::/129' },
    400, 'ILLEGAL_IPV6_CIDR', 'The specified parameter Ipv6SourceCidrIp is not valid.'],
  ['unknown region', { RegionId: 'cn-atlantis' },
    404, 'InvalidRegionId.NotFound', 'The specified RegionId does not exist.'],
];

// changed is a revoke with the changes of a row.
function changed(revoke, change) {
  const request = { ...revoke };
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) delete request[name];
    else request[name] = value === itself ? revoke.SecurityGroupId : value;
  }
  return request;
}

module.exports = {
  changed,
  errors: errors.map(([name, change, status, code, message]) => ({ name, change, status, code, message })),
};
