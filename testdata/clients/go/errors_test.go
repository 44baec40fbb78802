package clients_test

import (
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/stretchr/testify/assert"
)

// revokeErrors are the rows of the document's error table: a revoke that would
// succeed, and what is changed in it.
var revokeErrors = []struct {
	name    string
	change  func(r *ecs.RevokeSecurityGroupRequest)
	status  int
	code    string
	message string
}{
	{"unknown group", func(r *ecs.RevokeSecurityGroupRequest) { r.SecurityGroupId = "sg-nowhere" },
		404, "InvalidSecurityGroupId.NotFound", "The specified SecurityGroupId does not exist."},
	{"malformed group", func(r *ecs.RevokeSecurityGroupRequest) { r.SecurityGroupId = "web" },
		400, "InvalidSecurityGroupId.Malformed", "The specified SecurityGroupId is not valid."},
	{"unknown protocol", func(r *ecs.RevokeSecurityGroupRequest) { r.IpProtocol = "sctp" },
		400, "InvalidIpProtocol.ValueNotSupported", "The specified IpProtocol does not exist."},
	{"no protocol", func(r *ecs.RevokeSecurityGroupRequest) { r.IpProtocol = "" },
		400, "InvalidIpProtocol.ValueNotSupported", "The parameter IpProtocol must be specified with case insensitive TCP, UDP, ICMP, GRE or All."},
	{"unknown nic type", func(r *ecs.RevokeSecurityGroupRequest) { r.NicType = "wifi" },
		403, "InvalidNicType.Mismatch", "Specified nic type conflicts with the authorization record."},
	{"no such rule", func(r *ecs.RevokeSecurityGroupRequest) { r.PortRange = "22/23" }, 403, noRule, noRuleText},
	{"another priority", func(r *ecs.RevokeSecurityGroupRequest) { r.Priority = "2" }, 403, noRule, noRuleText},
	{"blank source", func(r *ecs.RevokeSecurityGroupRequest) { r.SourceCidrIp = ""; r.QueryParams["SourceCidrIp"] = "" },
		400, "MissingParameter", `The input parameter "SourceGroupId" or "SourceCidrIp" cannot be both blank.`},
	{"no source", func(r *ecs.RevokeSecurityGroupRequest) { r.SourceCidrIp = "" },
		400, "MissingParameter.Source", "Either SourceCidrIp or SourceGroupId must be specified."},
	{"policy", func(r *ecs.RevokeSecurityGroupRequest) { r.Policy = "allow" },
		400, "InvalidPolicy.Malformed", `The specified parameter "Policy" is not valid.`},
	{"ports backwards", func(r *ecs.RevokeSecurityGroupRequest) { r.PortRange = "200/1" }, 400, "InvalidParam.PortRange", portRange},
	{"no ports", func(r *ecs.RevokeSecurityGroupRequest) { r.PortRange = "" }, 400, "InvalidParam.PortRange", portRange},
	{"source ports", func(r *ecs.RevokeSecurityGroupRequest) { r.SourcePortRange = "1/65536" }, 400, "InvalidParam.PortRange", portRange},
	{"malformed priority", func(r *ecs.RevokeSecurityGroupRequest) { r.Priority = "high" },
		400, "InvalidPriority.Malformed", "The parameter Priority is invalid."},
	{"priority too large", func(r *ecs.RevokeSecurityGroupRequest) { r.Priority = "101" },
		400, "InvalidPriority.ValueNotSupported", "The parameter Priority is invalid."},
	{"source is the group", func(r *ecs.RevokeSecurityGroupRequest) { r.SourceCidrIp, r.SourceGroupId = "", r.SecurityGroupId },
		400, "InvalidParamter.Conflict", "The specified SecurityGroupId should be different from the SourceGroupId."},
	{"source", func(r *ecs.RevokeSecurityGroupRequest) { r.SourceCidrIp = "10.0.0.256" },
		400, "InvalidParam.SourceIp", "The specified parameter SourceCidrIp is not valid."},
	{"destination", func(r *ecs.RevokeSecurityGroupRequest) { r.DestCidrIp = "10.0.0.0/33" },
		400, "InvalidParam.DestIp", "The specified parameter DestCidrIp is not valid."},
	{"IPv6 destination", func(r *ecs.RevokeSecurityGroupRequest) { r.Ipv6DestCidrIp = "10.0.0.1" },
		400, "InvalidParam.Ipv6DestCidrIp", "The specified parameter Ipv6DestCidrIp is not valid."},
	{"IPv6 source", func(r *ecs.RevokeSecurityGroupRequest) { r.SourceCidrIp, r.Ipv6SourceCidrIp = "", "10.0.0.1" },
		400, "InvalidParam.Ipv6SourceCidrIp", "The specified parameter Ipv6SourceCidrIp is not valid."},
	{"two sources", func(r *ecs.RevokeSecurityGroupRequest) { r.Ipv6SourceCidrIp = "2001:db8::/32" },
		400, "InvalidParam.SourceIp", "The Parameters SourceCidrIp and Ipv6SourceCidrIp cannot be set at the same time."},
	{"IPv6 with icmp", func(r *ecs.RevokeSecurityGroupRequest) {
		r.IpProtocol, r.PortRange, r.SourceCidrIp, r.Ipv6SourceCidrIp = "icmp", "-1/-1", "", "2001:db8::/32"
	}, 400, "InvalidParam.Ipv4ProtocolConflictWithIpv6Address", "IPv6 address cannot be specified for IPv4-specific protocol."},
	{"IPv4 with icmpv6", func(r *ecs.RevokeSecurityGroupRequest) { r.IpProtocol, r.PortRange = "icmpv6", "-1/-1" },
		400, "InvalidParam.Ipv6ProtocolConflictWithIpv4Address", "IPv4 address cannot be specified for IPv6-specific protocol."},
	{"illegal IPv6", func(r *ecs.RevokeSecurityGroupRequest) {
		r.SourceCidrIp, r.Ipv6SourceCidrIp = "", "2001:db8::/129"
	}, 400, "ILLEGAL_IPV6_CIDR", "The specified parameter Ipv6SourceCidrIp is not valid."},
	{"unknown region", func(r *ecs.RevokeSecurityGroupRequest) { r.RegionId = "cn-atlantis" },
		404, "InvalidRegionId.NotFound", "The specified RegionId does not exist."},
}

const portRange = "Please specify the PortRange or SourcePortRange in integer, less than 65535, and separate the range with ? /?."

func TestTheDocumentsErrorsAreTyped(t *testing.T) {
	t.Parallel()
	for _, test := range revokeErrors {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			request := w.revokeSSH()
			test.change(request)
			_, err := w.RevokeSecurityGroup(request)
			refused(t, err, test.status, test.code, test.message)
			assert.Len(t, w.rules(w.web), 1, "a refused revoke has changed nothing")
		})
	}
}
