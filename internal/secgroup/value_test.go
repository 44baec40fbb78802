package secgroup

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A claim is one sentence on how a type of values reads: all its texts are refused
// with the cause, or without one are taken and printed.
type claim struct {
	says  string
	cause error
	texts []string
	print string // "" where each text is printed as it was written
}

// A pointer is a *V that is a Value.
type pointer[V any] interface {
	*V
	Value
}

func holds[V any, P pointer[V]](t *testing.T, claims ...claim) {
	t.Helper()
	for _, c := range claims {
		t.Run(c.says, func(t *testing.T) {
			for _, text := range c.texts {
				var v V
				err := P(&v).Set(text)
				if c.cause != nil {
					assert.ErrorIs(t, err, c.cause, "%q", text)
					assert.Empty(t, P(&v).String(), "%q is refused and yet kept", text)
					continue
				}
				assert.NoError(t, err, "%q", text)
				assert.Equal(t, cmp.Or(c.print, text), P(&v).String(), "%q", text)
			}
		})
	}
}

func TestProtocol(t *testing.T) {
	holds[Protocol](t,
		claim{"tcp in any case is printed in capitals", nil, []string{"tcp", "TCP", "tCp"}, "TCP"},
		claim{"udp", nil, []string{"udp", "UDP"}, "UDP"},
		claim{"icmp", nil, []string{"icmp", "ICMP"}, "ICMP"},
		claim{"gre", nil, []string{"gre", "GRE"}, "GRE"},
		claim{"all", nil, []string{"all", "All", "ALL"}, "ALL"},
		claim{"icmpv6, which the document does not know", nil, []string{"icmpv6", "ICMPv6", "ICMPV6"}, "ICMPV6"},
		claim{"blank is missing, not unknown", ErrProtocolCase, []string{""}, ""},
		claim{"any other value does not exist", ErrProtocol,
			[]string{"tc", "tcpp", " tcp", "tcp ", "tcp,udp", "6", "-1", "any", "ｔｃｐ", "ıcmp"}, ""},
	)
}

func TestPorts(t *testing.T) {
	holds[Ports](t,
		claim{"first/last from 1 to 65535", nil, []string{"1/200", "1/65535", "10/20", "1/2"}, ""},
		claim{"a single port is a range", nil, []string{"1/1", "22/22", "65535/65535"}, ""},
		claim{"every port is -1/-1", nil, []string{"-1/-1"}, ""},
		claim{"no other minus", ErrPorts, []string{"-1", "-1/1", "1/-1", "-1/-1/", "-1/-2", "-01/-1", "-0/1"}, ""},
		claim{"first is not above last", ErrPorts, []string{"200/1", "2/1", "65535/1"}, ""},
		claim{"zero is no port", ErrPorts, []string{"0/1", "1/0", "0/0"}, ""},
		claim{"no leading zeros", ErrPorts, []string{"01/2", "1/02", "00/1"}, ""},
		claim{"nothing above 65535, however long", ErrPorts,
			[]string{"1/65536", "65536/65536", "1/4294967297", "99999999999999999999/1", "1/99999999999999999999"}, ""},
		claim{"no signs and no spaces", ErrPorts,
			[]string{"+1/2", "1/+2", " 1/2", "1/2 ", "1 /2", "1/ 2", "1/2\n", "\t1/2"}, ""},
		claim{"both numbers and one slash", ErrPorts,
			[]string{"", "/", "1", "18082", "1/", "/1", "1-2", "1//2", "1/2/3", "1/2/"}, ""},
		claim{"ASCII digits only", ErrPorts, []string{"１/２", "1／2", "a/b", "0x1/0x2", "1.0/2", "1/1e2"}, ""},
	)
}

func TestPriority(t *testing.T) {
	holds[Priority](t,
		claim{"an integer from 1 to 100", nil, []string{"1", "2", "50", "100"}, ""},
		claim{"leading zeros do not change an integer", nil, []string{"7", "007", strings.Repeat("0", 40) + "7"}, "7"},
		claim{"what is not an optional minus and digits has no form", ErrPriorityForm,
			[]string{"", "-", "--1", "+1", "-+1", "1-", "1.0", "1e2", "0x1", " 1", "1 ", "１", "high"}, ""},
		claim{"another integer is out of range", ErrPriorityRange, []string{"-1", "0", "-0", "101", "-100"}, ""},
		claim{"however long it is", ErrPriorityRange,
			[]string{"256", "257", "99999999999999999999999", "-99999999999999999999999", "18446744073709551617"}, ""},
	)
}

func TestPolicyNicDirectionAndGroupType(t *testing.T) {
	holds[Policy](t,
		claim{"accept in any case is printed capitalised", nil, []string{"accept", "Accept", "ACCEPT"}, "Accept"},
		claim{"drop likewise", nil, []string{"drop", "Drop", "DROP"}, "Drop"},
		claim{"no other policy, not even the sibling's allow", ErrPolicy, []string{"", "allow", "deny", "accept ", "dro"}, ""},
	)
	holds[Nic](t,
		claim{"internet in any case is printed in lower case", nil, []string{"internet", "Internet", "INTERNET"}, "internet"},
		claim{"intranet likewise", nil, []string{"intranet", "Intranet"}, "intranet"},
		claim{"no other NIC type", ErrNic, []string{"", "nil", "<NIL>", "inter", "internet ", "extranet"}, ""},
	)
	holds[GroupType](t,
		claim{"normal", nil, []string{"normal", "Normal"}, "normal"},
		claim{"enterprise", nil, []string{"enterprise", "Enterprise"}, "enterprise"},
		claim{"no other group type", ErrGroupType, []string{"", "basic", "normal ", "advanced"}, ""},
	)

	nic := Intranet
	assert.NoError(t, nic.Set("<nil>"))
	assert.Zero(t, nic, "Terraform's <nil> is an absent NIC type")
	assert.True(t, nic.Absent("<nil>"))

	// Not by holds: an absent direction is ingress, so a refused one prints that.
	for text, want := range map[string]Direction{"ingress": Ingress, "Ingress": Ingress, "egress": Egress, "EGRESS": Egress} {
		d := 1 - want
		assert.NoError(t, d.Set(text))
		assert.Equal(t, want, d)
		assert.Equal(t, strings.ToLower(text), d.String(), "clients compare it letter by letter")
	}
	for _, text := range []string{"", "in", "all", "ingress ", "ingreſſ"} {
		assert.ErrorIs(t, new(Direction).Set(text), ErrDirection, "%q", text)
	}
}

func TestIDsAndText(t *testing.T) {
	holds[GroupID](t,
		claim{"sg- and 1 to 61 letters, digits, hyphens and underscores", nil,
			[]string{"sg-a", "sg-F876FF7BA", "sg-securitygroupid1", "sg-A_b-9", "sg--", "sg-" + strings.Repeat("x", 61)}, ""},
		claim{"a GUID, which the document's sample has", nil,
			[]string{"C0003E8B-B930-4F59-ADC0-0E209A9012B0", "c0003e8b-b930-4f59-adc0-0e209a9012b0"}, ""},
		claim{"nothing shorter or longer", ErrGroupID, []string{"", "sg", "sg-", "sg-" + strings.Repeat("x", 62)}, ""},
		claim{"no other prefix", ErrGroupID, []string{"SG-a", "Sg-a", "sgr-a", "vpc-1", " sg-a", "web"}, ""},
		claim{"no other characters", ErrGroupID, []string{"sg-a.b", "sg-a b", "sg-a\n", "sg-ä", "sg-@", "sg-[", "sg-`", "sg-{"}, ""},
		claim{"nothing that only looks like a GUID", ErrGroupID,
			[]string{"G0003E8B-B930-4F59-ADC0-0E209A9012B0", "C0003E8BB9304F59ADC00E209A9012B0", "C0003E8B-B930-4F59-ADC0-0E209A9012B",
				"C0003E8B-B930-4F59-ADC0-0E209A9012B00", "C0003E8B_B930-4F59-ADC0-0E209A9012B0", "@0003E8B-B930-4F59-ADC0-0E209A9012B0"}, ""},
	)
	holds[OwnerID](t,
		claim{"an integer of type Long", nil, []string{"155780923770", "1234567890123456", "9223372036854775807"}, ""},
		claim{"nothing else", ErrOwnerID, []string{"", "-", "1.5", "0x10", "1_000", " 1", "test@aliyun.com", "9223372036854775808"}, ""},
	)
	holds[Text](t, claim{"text is any text", nil, []string{"", " ", "sg-x y", "字"}, ""})
}

func TestNamesAndDescriptions(t *testing.T) {
	wide := strings.Repeat("字", 129) // three bytes each: limits count characters
	holds[RuleDescription](t,
		claim{"1 to 512 characters", nil, []string{"x", " ", "FinanceJoshuaTest", "http://x", strings.Repeat("字", 512)}, ""},
		claim{"no fewer, no more, and no broken text", ErrRuleDescription, []string{"", strings.Repeat("x", 513), "a\xff"}, ""},
	)
	holds[GroupName](t,
		claim{"2 to 128 characters", nil, []string{"ab", strings.Repeat("x", 128), wide[:128*3]}, ""},
		claim{"letters, Chinese ones too, digits, colons, underscores, periods, hyphens", nil,
			[]string{"a:b_c.d-9", "安全组1", "SGTestName", "http", "http:x"}, ""},
		claim{"no fewer and no more", ErrGroupName, []string{"", "a", strings.Repeat("x", 129), wide}, ""},
		claim{"begins with a letter", ErrGroupName, []string{"1a", "_a", "-a", ".a", ":a"}, ""},
		claim{"is no URL", ErrGroupName, []string{"http://web", "https://web"}, ""},
		claim{"has no other character", ErrGroupName, []string{"a b", "a/b", "a\n", "a@b", "ab\xff", "ab™"}, ""},
	)
	holds[GroupDescription](t,
		claim{"2 to 256 characters of any kind", nil,
			[]string{"for_demo", "  ", "1 / 2", "see http://x", "http", strings.Repeat("字", 256)}, ""},
		claim{"no fewer, no more, and no broken text", ErrGroupDescription, []string{"", "x", strings.Repeat("x", 257), "ab\xff"}, ""},
		claim{"does not begin as a URL", ErrGroupDescription, []string{"http://x", "https://x", "http://"}, ""},
	)
}

func TestTags(t *testing.T) {
	holds[TagKey](t,
		claim{"a key has 1 to 128 characters of any kind", nil, []string{"k", "Owner", "a b", "my-aliyun", strings.Repeat("字", 128)}, ""},
		claim{"no fewer, no more, and no broken text", ErrTagKey, []string{"", strings.Repeat("x", 129), "a\xff"}, ""},
		claim{"the service's prefixes and URLs are refused", ErrTagKeyPrefix, []string{"aliyun", "aliyun:x", "acs:x", "http://x", "https://x"}, ""},
	)
	holds[TagValue](t,
		claim{"a value has up to 128 characters", nil, []string{"", "v", "aliyun", strings.Repeat("字", 128)}, ""},
		claim{"no more, and no broken text", ErrTagValue, []string{strings.Repeat("x", 129), "a\xff"}, ""},
	)
}

func TestClosedSetsListTheirValues(t *testing.T) {
	type closed interface {
		Value
		Values() []string
	}
	for _, row := range []struct {
		value closed
		want  string
	}{
		{new(Protocol), "icmp icmpv6 gre tcp udp all"},
		{new(Policy), "accept drop"},
		{new(Nic), "internet intranet"},
		{new(Direction), "ingress egress"},
		{new(GroupType), "normal enterprise"},
	} {
		assert.Equal(t, row.want, strings.Join(row.value.Values(), " "))
		for _, text := range row.value.Values() {
			require.NoError(t, row.value.Set(text))
			assert.Equal(t, text, strings.ToLower(row.value.String()))
		}
	}
}

func TestStrictlyTheDocumentsSpelling(t *testing.T) {
	type strict interface {
		Value
		Strictly(text string, edition int) error
	}
	for _, row := range []struct {
		value strict
		text  string
		want  error
	}{
		{new(Protocol), "tcp", nil},
		{new(Protocol), "all", nil},
		{new(Protocol), "TCP", ErrProtocolCase},
		{new(Protocol), "All", ErrProtocolCase},
		{new(Protocol), "icmpv6", ErrProtocol},
		{new(Protocol), "ICMPv6", ErrProtocol},
		{new(Policy), "drop", nil},
		{new(Policy), "Accept", ErrPolicy},
		{new(Nic), "intranet", nil},
		{new(Nic), "Internet", ErrNic},
		{new(GroupType), "normal", nil},
		{new(GroupType), "Enterprise", ErrGroupType},
	} {
		require.NoError(t, row.value.Set(row.text), "%q is fine without strict", row.text)
		assert.ErrorIs(t, row.value.Strictly(row.text, 2019), row.want, "%q", row.text)
		assert.NoError(t, row.value.Strictly(row.text, 2025), "%q: the document of 2025 takes any case and ICMPv6", row.text)
	}
	icmpv6 := ICMPv6
	assert.ErrorIs(t, icmpv6.Strictly("icmpv6", 2020), ErrProtocol)
}

func TestARefusedTextDoesNotChangeTheValue(t *testing.T) {
	for _, row := range []struct {
		value     Value
		good, bad string
	}{
		{new(Protocol), "TCP", "tpc"},
		{new(Ports), "22/23", "24/22"},
		{new(Priority), "7", "101"},
		{new(Policy), "Drop", "allow"},
		{new(Nic), "intranet", "x"},
		{new(Direction), "egress", "x"},
		{new(GroupType), "enterprise", "x"},
		{new(GroupID), "sg-1", "x"},
		{new(OwnerID), "12", "x"},
		{new(RuleDescription), "x", ""},
		{new(GroupName), "web", "1"},
		{new(GroupDescription), "web", "1"},
		{new(Source4), "10.0.0.0/8", "::1"},
		{new(Dest4), "10.0.0.0/8", "10.0.0.0/33"},
		{new(Source6), "::1", "10.0.0.1"},
		{new(Dest6), "::1", "::1%eth0"},
	} {
		require.NoError(t, row.value.Set(row.good))
		assert.Error(t, row.value.Set(row.bad), "%T %q", row.value, row.bad)
		assert.Equal(t, row.good, row.value.String(), "%T", row.value)
	}
}

// A request's body is in memory no longer than the request.
func TestTextsAreCopied(t *testing.T) {
	body := "web-and-more"
	for _, value := range []Value{new(Text), new(RuleDescription), new(GroupName), new(GroupDescription), new(TagKey), new(TagValue)} {
		require.NoError(t, value.Set(body[:3]))
		assert.NotSame(t, unsafe.StringData(body), unsafe.StringData(value.String()), "%T", value)
	}
}

func TestValuesPrintAsTheirText(t *testing.T) {
	assert.Equal(t, "TCP 22/23 1 Drop intranet egress enterprise IPv6 sg-1",
		fmt.Sprint(TCP, " ", Ports{22, 23}, " ", Priority(1), " ", Drop, " ", Intranet, " ", Egress, " ", Enterprise, " ", IPv6, " ", GroupID("sg-1")))
}

func TestNumberedProtocol(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "50": "50", "255": "255", "1": "ICMP", "6": "TCP", "17": "UDP", "47": "GRE", "58": "ICMPV6", "tcp": "TCP", "All": "ALL",
	} {
		var p NumberedProtocol
		require.NoError(t, p.Set(text))
		assert.Equal(t, want, p.String())
		assert.NoError(t, p.Strictly(text, 2025))
		again := NumberedProtocol(0)
		require.NoError(t, again.Set(p.String()))
		assert.Equal(t, p, again)
	}
	for _, text := range []string{"256", "-1", "+6", "06", "6.0", " 6", "esp", "99999999999999999999"} {
		assert.ErrorIs(t, new(NumberedProtocol).Set(text), ErrProtocol, text)
	}
	assert.ErrorIs(t, new(NumberedProtocol).Set(""), ErrProtocolCase)
	assert.ErrorIs(t, new(Protocol).Set("6"), ErrProtocol)
	assert.False(t, (firstNumber + 50).hasPorts())
}
