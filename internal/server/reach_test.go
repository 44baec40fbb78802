package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// reachable is a world with the ends of questions: groups of two accounts and two regions,
// members and prefix lists.
const reachable = `{
 "SecurityGroups": [
  {"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-web", "VpcId": "vpc-1", "Permissions": [
   {"SecurityGroupRuleId": "sgr-1", "IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "0.0.0.0/0", "CreateTime": "2030-01-02T03:04:05Z"},
   {"SecurityGroupRuleId": "sgr-2", "IpProtocol": "tcp", "PortRange": "80/80", "SourceGroupId": "sg-lb"},
   {"SecurityGroupRuleId": "sgr-3", "IpProtocol": "tcp", "PortRange": "443/443", "SourceGroupId": "sg-far", "SourceGroupOwnerAccount": "7"},
   {"SecurityGroupRuleId": "sgr-4", "IpProtocol": "udp", "PortRangeListId": "prl-1", "SourcePrefixListId": "pl-office"},
   {"SecurityGroupRuleId": "sgr-5", "IpProtocol": "50", "PortRange": "-1/-1", "Ipv6SourceCidrIp": "::/0"},
   {"SecurityGroupRuleId": "sgr-6", "IpProtocol": "tcp", "PortRange": "8080/8080", "SourceCidrIp": "10.0.0.0/24"},
   {"SecurityGroupRuleId": "sgr-7", "IpProtocol": "tcp", "PortRange": "81/81", "SourceCidrIp": "0.0.0.0/0", "DestCidrIp": "10.0.0.20"},
   {"SecurityGroupRuleId": "sgr-8", "Direction": "egress", "IpProtocol": "tcp", "PortRange": "25/25", "Policy": "Drop", "DestCidrIp": "0.0.0.0/0"}]},
  {"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-lb", "VpcId": "vpc-1"},
  {"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-both", "VpcId": "vpc-1"},
  {"RegionId": "cn-beijing", "SecurityGroupId": "sg-both", "VpcId": "vpc-2"},
  {"RegionId": "cn-beijing", "SecurityGroupId": "sg-north", "VpcId": "vpc-2"},
  {"AccountId": "7", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-far", "VpcId": "vpc-7", "Permissions": [
   {"SecurityGroupRuleId": "sgr-9", "Direction": "egress", "IpProtocol": "gre", "PortRange": "-1/-1", "Policy": "Drop", "DestPrefixListId": "pl-far"},
   {"SecurityGroupRuleId": "sgr-10", "Direction": "egress", "IpProtocol": "tcp", "PortRangeListId": "prl-far", "Policy": "Drop", "DestCidrIp": "0.0.0.0/0"}]}],
 "Instances": [
  {"RegionId": "cn-hangzhou", "InstanceId": "i-lb", "VpcId": "vpc-1", "PrivateIpAddress": "10.0.0.10", "SecondaryPrivateIpAddresses": ["10.0.0.11"], "SecurityGroupIds": ["sg-lb"]},
  {"AccountId": "7", "RegionId": "cn-hangzhou", "InstanceId": "i-far", "VpcId": "vpc-7", "PrivateIpAddress": "10.7.0.1", "SecurityGroupIds": ["sg-far"]},
  {"RegionId": "cn-hangzhou", "InstanceId": "i-new", "VpcId": "vpc-1", "SecurityGroupIds": ["sg-both"]},
  {"RegionId": "cn-hangzhou", "InstanceId": "i-old", "VpcId": "vpc-1", "PrivateIpAddress": "10.0.0.13", "SecurityGroupIds": ["sg-both"]},
  {"RegionId": "cn-hangzhou", "InstanceId": "i-lone"}],
 "NetworkInterfaces": [{"RegionId": "cn-hangzhou", "NetworkInterfaceId": "eni-web", "VpcId": "vpc-1", "PrivateIpAddress": "10.0.0.20", "SecurityGroupIds": ["sg-web"]}],
 "PrefixLists": [
  {"RegionId": "cn-hangzhou", "PrefixListId": "pl-office", "Entries": [{"Cidr": "198.51.100.0/24"}, {"Cidr": "203.0.113.7"}]},
  {"RegionId": "cn-hangzhou", "PrefixListId": "pl-none", "MaxEntries": 1},
  {"AccountId": "7", "RegionId": "cn-hangzhou", "PrefixListId": "pl-far", "Entries": [{"Cidr": "10.0.0.0/8"}]}],
 "PortRangeLists": [{"RegionId": "cn-hangzhou", "PortRangeListId": "prl-1", "Entries": [{"PortRange": "53/53"}]},
  {"AccountId": "7", "RegionId": "cn-hangzhou", "PortRangeListId": "prl-far", "Entries": [{"PortRange": "25/25"}]}]}`

func TestReachAnswers(t *testing.T) {
	s := start(t, server.Options{Seed: []byte(reachable)})
	got := get(s, "/_mock/reach?from=anyone&to=sg-web&protocol=tcp&port=22")
	assert.Equal(t, http.StatusOK, got.Status)
	assert.JSONEq(t, `{"Reaches": true, "Partly": false, "Why": "Yes: rule sgr-1 of sg-web accepts tcp 22 from 0.0.0.0/0 at priority 1.",
		"Rules": [{"AccountId": "1234567890123456", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-web",
			"Rule": {"SecurityGroupRuleId": "sgr-1", "IpProtocol": "TCP", "PortRange": "22/22", "SourceCidrIp": "0.0.0.0/0", "CreateTime": "2030-01-02T03:04:05Z"},
			"Decides": true, "Why": "It matches, and no rule that matches comes before it."}]}`, got.Body)
	got = get(s, "/_mock/reach?from=sg-lb&to=anyone&protocol=ICMP")
	assert.JSONEq(t, `{"Reaches": true, "Partly": false, "Why": "Yes: no rule of sg-lb drops icmp to anyone; outbound traffic without a rule is accepted.", "Rules": []}`, got.Body)
}

const (
	dropped  = "; inbound traffic without a rule is dropped."
	accepted = "; outbound traffic without a rule is accepted."
)

// reachAnswers are queries with their answers.
var reachAnswers = map[string]string{
	"from=198.51.100.7&to=sg-web&protocol=tcp&port=22":  "Yes: rule sgr-1 of sg-web accepts tcp 22 from 0.0.0.0/0 at priority 1.",
	"from=198.51.100.7&to=eni-web&protocol=tcp&port=80": "No: no rule of sg-web accepts tcp 80 from 198.51.100.7" + dropped,
	"from=2001:db8::/32&to=sg-web&protocol=50":          "Yes: rule sgr-5 of sg-web accepts protocol 50 from ::/0 at priority 1.",

	// An address of a member is matched by its group; a member by all of its addresses.
	"from=10.0.0.11&to=sg-web&protocol=tcp&port=80":                        "Yes: rule sgr-2 of sg-web accepts tcp 80 from sg-lb at priority 1.",
	"from=10.0.0.12&to=sg-web&protocol=tcp&port=80":                        "No: no rule of sg-web accepts tcp 80 from 10.0.0.12" + dropped,
	"from=i-lb&to=sg-web&protocol=tcp&port=8080&direction=ingress":         "Yes: rule sgr-6 of sg-web accepts tcp 8080 from 10.0.0.0/24 at priority 1.",
	"from=sg-lb&to=sg-web&protocol=TCP&port=8080&direction=Ingress":        "Yes: rule sgr-6 of sg-web accepts tcp 8080 from 10.0.0.0/24 at priority 1.",
	"from=anyone&to=eni-web&protocol=tcp&port=81":                          "Yes: rule sgr-7 of sg-web accepts tcp 81 from 0.0.0.0/0 to 10.0.0.20 at priority 1.",
	"from=eni-lb-primary&to=sg-web&protocol=tcp&port=80&direction=ingress": "Yes: rule sgr-2 of sg-web accepts tcp 80 from sg-lb (eni-lb-primary is in it) at priority 1.",

	// One of the members of sg-both has no address, so that the group is at any.
	"from=i-old&to=sg-web&protocol=tcp&port=8080&direction=ingress":   "Yes: rule sgr-6 of sg-web accepts tcp 8080 from 10.0.0.0/24 at priority 1.",
	"from=sg-both&to=sg-web&protocol=tcp&port=8080&direction=ingress": "No, only in part: rule sgr-6 of sg-web accepts tcp 8080 from 10.0.0.0/24 at priority 1, but no rule of sg-web accepts the rest, such as that from 0.0.0.0" + dropped,

	// Groups, addresses and lists of another account.
	"from=10.7.0.1&to=sg-web&protocol=tcp&port=443":                 "Yes: rule sgr-3 of sg-web accepts tcp 443 from sg-far of account 7 at priority 1.",
	"from=7/sg-far&to=sg-web&protocol=gre&direction=egress":         "No: rule sgr-9 of sg-far drops gre to pl-far at priority 1.",
	"from=7/sg-far&to=sg-web&protocol=tcp&port=25&direction=egress": "No: rule sgr-10 of sg-far drops tcp 25 to 0.0.0.0/0 at priority 1.",

	// Groups of another account, and of a region.
	"from=7/sg-far&to=sg-web&protocol=tcp&port=443&direction=ingress":             "Yes: rule sgr-3 of sg-web accepts tcp 443 from sg-far of account 7 at priority 1.",
	"from=7/cn-hangzhou/sg-far&to=sg-web&protocol=tcp&port=443&direction=ingress": "Yes: rule sgr-3 of sg-web accepts tcp 443 from sg-far of account 7 at priority 1.",
	"from=10.0.0.1&to=sg-far&protocol=gre&account=7":                              "No: no rule of sg-far accepts gre from 10.0.0.1" + dropped,
	"from=10.0.0.1&to=sg-both&protocol=gre&region=cn-beijing":                     "No: no rule of sg-both accepts gre from 10.0.0.1" + dropped,
	"from=10.0.0.1&to=cn-beijing/sg-both&protocol=gre":                            "No: no rule of sg-both accepts gre from 10.0.0.1" + dropped,
	"from=sg-north&to=sg-both&protocol=gre&direction=egress":                      "Yes: no rule of sg-north drops gre to sg-both" + accepted,

	"from=pl-office&to=sg-web&protocol=udp&port=53": "Yes: rule sgr-4 of sg-web accepts udp 53 from pl-office at priority 1.",
	"from=pl-office&to=sg-web&protocol=udp&port=54": "No: no rule of sg-web accepts udp 54 from pl-office" + dropped,

	// Between groups and members both sides are asked, unless the direction says which.
	"from=i-lb&to=sg-web&protocol=tcp&port=80":                   "Yes: rule sgr-2 of sg-web accepts tcp 80 from sg-lb (i-lb is in it) at priority 1, and no rule of sg-lb drops tcp 80 to sg-web" + accepted,
	"from=sg-web&to=sg-lb&protocol=tcp&port=25":                  "No: no rule of sg-lb accepts tcp 25 from sg-web" + dropped,
	"from=sg-web&to=sg-lb&protocol=tcp&port=25&direction=egress": "No: rule sgr-8 of sg-web drops tcp 25 to 0.0.0.0/0 at priority 1.",
	"from=eni-web&to=1.1.1.1&protocol=tcp&port=25":               "No: rule sgr-8 of sg-web drops tcp 25 to 0.0.0.0/0 at priority 1.",
}

// What stands at from and to finds the groups, the members with all their addresses, and
// the lists of the right account and region.
func TestReachFindsTheEnds(t *testing.T) {
	s := start(t, server.Options{Seed: []byte(reachable)})
	for query, why := range reachAnswers {
		got := get(s, "/_mock/reach?"+query)
		var answer struct{ Why string }
		require.NoError(t, json.Unmarshal([]byte(got.Body), &answer), got.Body)
		assert.Equal(t, why, answer.Why, "%s: %s", query, got.Body)
	}
	assert.Equal(t, http.StatusOK, send(s, http.MethodHead, "/_mock/reach?from=anyone&to=sg-web&protocol=gre", "").Status)
}

const (
	reachEnds = "anyone, an address, a CIDR block, or the id of a group, a member or a prefix list"
	protocols = "tcp, udp, icmp, icmpv6, gre or an IANA number"
)

// reachMistakes are queries with their errors.
var reachMistakes = map[string]string{
	"":                                                        "protocol is required; give " + protocols,
	"protocol=tcp&port=22":                                    "from is required; give " + reachEnds,
	"protocol=tcp&port=22&from=anyone":                        "to is required; give " + reachEnds,
	"from=anyone&to=&protocol=gre":                            "to is required; give " + reachEnds,
	"from=a&from=b":                                           "from is given more than once; give one",
	"from=anyone&to=sg-web&protcol=tcp":                       `/_mock/reach has no parameter "protcol"; did you mean protocol?`,
	"source=anyone":                                           `/_mock/reach has no parameter "source"; it takes from, to, protocol, port, direction, account, region`,
	"from=anyone&to=sg-web&protocol=tpc":                      `there is no protocol "tpc"; give ` + protocols,
	"from=anyone&to=sg-web&protocol=icmpv":                    `there is no protocol "icmpv"; did you mean icmp or icmpv6?`,
	"from=anyone&to=sg-web&protocol=256":                      `there is no protocol "256"; give ` + protocols,
	"from=anyone&to=sg-web&protocol=all":                      "traffic has one protocol, not all; give " + protocols,
	"from=anyone&to=sg-web&protocol=tcp":                      "tcp has ports; give port, such as 22",
	"from=anyone&to=sg-web&protocol=6":                        "tcp has ports; give port, such as 22",
	"from=anyone&to=sg-web&protocol=icmp&port=1":              "icmp has no ports; leave port out",
	"from=anyone&to=sg-web&protocol=tcp&port=0":               `port is one number from 1 to 65535, got "0"`,
	"from=anyone&to=sg-web&protocol=udp&port=65536":           `port is one number from 1 to 65535, got "65536"`,
	"from=anyone&to=sg-web&protocol=tcp&port=22/22":           `port is one number from 1 to 65535, got "22/22"`,
	"from=anyone&to=sg-web&protocol=gre&direction=egres":      `direction is ingress or egress, got "egres"; did you mean egress?`,
	"from=anyone&to=sg-web&protocol=gre&direction=in":         `direction is ingress or egress, got "in"; leave it out to ask for both`,
	"from=anyone&to=sg-web&protocol=gre&account=a-b":          `an account id is 1 to 64 letters and digits, such as 1234567890123456, got "a-b"`,
	"from=anyone&to=sg-web&protocol=gre&region=cn-hangzou":    `there is no region "cn-hangzou"; did you mean cn-hangzhou or cn-guangzhou?`,
	"from=anyone&to=sg-wbe&protocol=gre":                      `to: account 1234567890123456 has no "sg-wbe"; did you mean sg-web or sg-lb?`,
	"from=10.0.0.300&to=sg-web&protocol=gre":                  `from: account 1234567890123456 has no "10.0.0.300"; give ` + reachEnds,
	"from=10.0.0.0/33&to=sg-web&protocol=gre":                 `from: account 1234567890123456 has no "10.0.0.0/33"; give ` + reachEnds,
	"from=fe80::1%25eth0&to=sg-web&protocol=gre":              `from: account 1234567890123456 has no "fe80::1%eth0"; give ` + reachEnds,
	"from=i-lbb&to=sg-web&protocol=gre":                       `from: account 1234567890123456 has no "i-lbb"; did you mean i-lb?`,
	"from=sg-far&to=sg-web&protocol=gre":                      "from: sg-far is of account 7 in cn-hangzhou; write 7/cn-hangzhou/sg-far",
	"from=anyone&to=sg-north&protocol=gre&region=cn-hangzhou": "to: sg-north is of account 1234567890123456 in cn-beijing; write 1234567890123456/cn-beijing/sg-north",
	"from=anyone&to=sg-both&protocol=gre":                     "sg-both can be found in cn-beijing and in cn-hangzhou; give region",
	"from=sg-north&to=sg-web&protocol=gre":                    "sg-north is in cn-beijing and sg-web in cn-hangzhou; rules name groups of their own region, so give addresses instead of one of them",
	"from=anyone&to=10.0.0.1&protocol=gre":                    "from or to must be a group or a member: addresses have no rules",
	"from=pl-office&to=10.0.0.1&protocol=gre":                 "from or to must be a group or a member: addresses have no rules",
	"from=sg-web&to=10.0.0.1&protocol=gre&direction=ingress":  `direction=ingress asks for the inbound rules of to, so to is a group or a member, got "10.0.0.1"`,
	"from=10.0.0.1&to=sg-web&protocol=gre&direction=egress":   `direction=egress asks for the outbound rules of from, so from is a group or a member, got "10.0.0.1"`,
	"from=i-lb&to=i-lb&protocol=gre":                          "from and to are both i-lb; what it sends to itself meets no rule",
	"from=anyone&to=i-lone&protocol=gre":                      "i-lone is in no security group, so it has no rules; add it to one, or ask for a group",
	"from=pl-none&to=sg-web&protocol=gre":                     "the prefix list pl-none has no entries; add one, or give an address",
	"from=::1&to=sg-web&protocol=icmp":                        "icmp cannot go from ::1 to sg-web: one is of IPv4 and the other of IPv6; icmp is of IPv4, icmpv6 of IPv6",
}

// Each mistake gets a sentence that says what to do, and names what was meant.
func TestReachMistakes(t *testing.T) {
	s := start(t, server.Options{Seed: []byte(reachable)})
	for query, want := range reachMistakes {
		got := get(s, "/_mock/reach?"+query)
		assert.Equal(t, http.StatusBadRequest, got.Status, query)
		assert.Equal(t, want, errorOf(t, got), query)
	}
	got := send(s, http.MethodPost, "/_mock/reach", "")
	assert.Equal(t, http.StatusMethodNotAllowed, got.Status)
	assert.True(t, strings.HasSuffix(errorOf(t, got), "it takes GET, HEAD"), got.Body)
}
