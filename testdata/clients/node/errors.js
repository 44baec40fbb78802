'use strict';

// The rows of the document's error table: what is changed in a revoke that would
// succeed, and how that is refused. Undefined takes a parameter away.

const portRange = 'Please specify the PortRange or SourcePortRange in integer, less than 65535, and separate the range with ? /?.';

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
  ['no such rule', { PortRange: '22/23' },
    403, 'InvalidGroupAuthItem.NotFound', 'Specified group authorized item does not exist in our records.'],
  ['blank source', { SourceCidrIp: '' },
    400, 'MissingParameter', 'The input parameter "SourceGroupId" or "SourceCidrIp" cannot be both blank.'],
  ['no source', { SourceCidrIp: undefined },
    400, 'MissingParameter.Source', 'Either SourceCidrIp or SourceGroupId must be specified.'],
  ['policy', { Policy: 'allow' },
    400, 'InvalidPolicy.Malformed', 'The specified parameter "Policy" is not valid.'],
  ['ports backwards', { PortRange: '200/1' }, 400, 'InvalidParam.PortRange', portRange],
  ['malformed priority', { Priority: 'high' },
    400, 'InvalidPriority.Malformed', 'The parameter Priority is invalid.'],
  ['priority too large', { Priority: '101' },
    400, 'InvalidPriority.ValueNotSupported', 'The parameter Priority is invalid.'],
  ['IPv6 source', { SourceCidrIp: undefined, Ipv6SourceCidrIp: '10.0.0.1' },
    400, 'InvalidParam.Ipv6SourceCidrIp', 'The specified parameter Ipv6SourceCidrIp is not valid.'],
  ['unknown region', { RegionId: 'cn-atlantis' },
    404, 'InvalidRegionId.NotFound', 'The specified RegionId does not exist.'],
];

module.exports = errors.map(([name, change, status, code, message]) => ({ name, change, status, code, message }));
