package clients_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a row puts in place of a value: nothing is sent, a blank is sent, or the id
// of the group that is asked about.
const (
	left  = "left out"
	blank = "blank"
	group = "the group"
)

const (
	noRule     = "InvalidGroupAuthItem.NotFound"
	noRuleText = "Specified group authorized item does not exist in our records."
	portRange  = "Please specify the PortRange or SourcePortRange in integer, less than 65535, and separate the range with ? /?."
)

// changes are parameters that are sent otherwise.
type changes map[string]string

// refusals are the rows of the document's error table, and some readings of them:
// what is changed in a revoke that would succeed, and how that is refused.
var refusals = []struct {
	name    string
	change  changes
	status  int
	code    string
	message string
}{
	{"unknown group", changes{"SecurityGroupId": "sg-nowhere"},
		404, "InvalidSecurityGroupId.NotFound", "The specified SecurityGroupId does not exist."},
	{"malformed group", changes{"SecurityGroupId": "web"},
		400, "InvalidSecurityGroupId.Malformed", "The specified SecurityGroupId is not valid."},
	{"unknown protocol", changes{"IpProtocol": "sctp"},
		400, "InvalidIpProtocol.ValueNotSupported", "The specified IpProtocol does not exist."},
	{"no protocol", changes{"IpProtocol": left},
		400, "InvalidIpProtocol.ValueNotSupported", "The parameter IpProtocol must be specified with case insensitive TCP, UDP, ICMP, GRE or All."},
	{"unknown nic type", changes{"NicType": "wifi"},
		403, "InvalidNicType.Mismatch", "Specified nic type conflicts with the authorization record."},
	{"no such rule", changes{"PortRange": "22/23"}, 403, noRule, noRuleText},
	{"another priority", changes{"Priority": "2"}, 403, noRule, noRuleText},
	{"blank source", changes{"SourceCidrIp": blank},
		400, "MissingParameter", `The input parameter "SourceGroupId" or "SourceCidrIp" cannot be both blank.`},
	{"no source", changes{"SourceCidrIp": left},
		400, "MissingParameter.Source", "Either SourceCidrIp or SourceGroupId must be specified."},
	{"policy", changes{"Policy": "allow"},
		400, "InvalidPolicy.Malformed", `The specified parameter "Policy" is not valid.`},
	{"ports backwards", changes{"PortRange": "200/1"}, 400, "InvalidParam.PortRange", portRange},
	{"no ports", changes{"PortRange": left}, 400, "InvalidParam.PortRange", portRange},
	{"source ports", changes{"SourcePortRange": "1/65536"}, 400, "InvalidParam.PortRange", portRange},
	{"malformed priority", changes{"Priority": "high"},
		400, "InvalidPriority.Malformed", "The parameter Priority is invalid."},
	{"priority too large", changes{"Priority": "101"},
		400, "InvalidPriority.ValueNotSupported", "The parameter Priority is invalid."},
	{"source is the group", changes{"SourceCidrIp": left, "SourceGroupId": group},
		400, "InvalidParamter.Conflict", "The specified SecurityGroupId should be different from the SourceGroupId."},
	{"source", changes{"SourceCidrIp": "10.0.0.256"},
		400, "InvalidParam.SourceIp", "The specified parameter SourceCidrIp is not valid."},
	{"two sources", changes{"Ipv6SourceCidrIp": "2001:db8::/32"},
		400, "InvalidParam.SourceIp", "The Parameters SourceCidrIp and Ipv6SourceCidrIp cannot be set at the same time."},
	{"destination", changes{"DestCidrIp": "10.0.0.0/33"},
		400, "InvalidParam.DestIp", "The specified parameter DestCidrIp is not valid."},
	{"IPv6 destination", changes{"Ipv6DestCidrIp": "10.0.0.1"},
		400, "InvalidParam.Ipv6DestCidrIp", "The specified parameter Ipv6DestCidrIp is not valid."},
	{"IPv6 source", changes{"SourceCidrIp": left, "Ipv6SourceCidrIp": "10.0.0.1"},
		400, "InvalidParam.Ipv6SourceCidrIp", "The specified parameter Ipv6SourceCidrIp is not valid."},
	{"IPv6 with icmp", changes{"IpProtocol": "icmp", "PortRange": "-1/-1", "SourceCidrIp": left, "Ipv6SourceCidrIp": "2001:db8::/32"},
		400, "InvalidParam.Ipv4ProtocolConflictWithIpv6Address", "IPv6 address cannot be specified for IPv4-specific protocol."},
	{"IPv4 with icmpv6", changes{"IpProtocol": "icmpv6", "PortRange": "-1/-1"},
		400, "InvalidParam.Ipv6ProtocolConflictWithIpv4Address", "IPv4 address cannot be specified for IPv6-specific protocol."},
	{"illegal IPv6", changes{"SourceCidrIp": left, "Ipv6SourceCidrIp": "2001:db8::/129"},
		400, "ILLEGAL_IPV6_CIDR", "The specified parameter Ipv6SourceCidrIp is not valid."},
	{"unknown region", changes{"RegionId": "cn-atlantis"},
		404, "InvalidRegionId.NotFound", "The specified RegionId does not exist."},
}

// The table above has all rows that the document has.
func TestRefusalsAreTheDocuments(t *testing.T) {
	t.Parallel()
	document, err := os.ReadFile("../../upstream/revoke-security-group.txt")
	require.NoError(t, err)
	_, table, found := strings.Cut(string(document), "[errors]\n")
	require.True(t, found)
	rows := strings.Split(strings.TrimSpace(table), "\n")
	require.Len(t, rows, 20)
	var had []string
	for _, r := range refusals {
		had = append(had, strconv.Itoa(r.status)+" | "+r.code+" | "+r.message)
	}
	for _, row := range rows {
		pattern := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(row), "%s", ".+") + "$")
		assert.True(t, matchesOne(pattern, had), "no client meets %s", row)
	}
}

func matchesOne(pattern *regexp.Regexp, texts []string) bool {
	for _, text := range texts {
		if pattern.MatchString(text) {
			return true
		}
	}
	return false
}
