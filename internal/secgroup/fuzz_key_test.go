package secgroup

import (
	"cmp"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzEnums reads the closed sets as a table of lower-case names does, for which
// only the 26 letters have cases.
func FuzzEnums(f *testing.F) {
	seeds(f, "tcp", "TCP", "Icmpv6", "all", "GRE", "accept", "DROP", "internet", "intraNet", "ingress", "egresS", "normal", "Enterprise", "<nil>", "",
		"ſtp", "icm\u212a", "\u212aeep", "accept ", "tcp\x00", "ingre\u017fs", "acc\u00e9pt")
	f.Fuzz(func(t *testing.T, text string) {
		var protocol Protocol
		var policy Policy
		var nic Nic
		var direction Direction
		for _, set := range []struct {
			names string
			value Value
			cause error
		}{
			{"tcp udp icmp gre all icmpv6", &protocol, ErrProtocol},
			{"accept drop", &policy, ErrPolicy},
			{"internet intranet", &nic, ErrNic},
			{"ingress egress", &direction, ErrDirection},
		} {
			err := set.value.Set(text)
			switch name := lowered(text); {
			case text == "" && set.value == Value(&protocol):
				require.ErrorIs(t, err, ErrProtocolCase)
			case text == noNic && set.value == Value(&nic):
				require.NoError(t, err)
				require.Empty(t, nic.String())
			case text == "" || strings.Contains(name, " ") || !strings.Contains(" "+set.names+" ", " "+name+" "):
				require.ErrorIs(t, err, set.cause)
			default:
				require.NoError(t, err)
				require.Equal(t, name, lowered(set.value.String()))
			}
		}
	})
}

func lowered(text string) string {
	b := []byte(text)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// FuzzKey: two rules are the same when the library reads the same out of what they
// were given, "a bare address and its /32 (/128) are one", "-1/-1" is no source
// ports and every address is no other end; and a group finds the one by the other.
func FuzzKey(f *testing.F) {
	f.Add("10.0.0.1", "10.0.0.1/32", "", "0.0.0.0/0", "-1/-1", "")
	f.Add("10.0.0.5/8", "10.0.0.0/8", "10.0.0.1", "10.0.0.1", "1/2", "1/2")
	f.Add("2001:DB8::1", "2001:db8:0::1/128", "::/0", "", "", "-1/-1")
	f.Add("::ffff:10.0.0.1", "10.0.0.1", "", "", "", "")
	f.Add("2001:db8::5/32", "2001:db8::/32", "2001:db8::1/64", "2001:db8::/64", "", "")
	f.Add("::/0", "0.0.0.0/0", "", "", "", "")
	f.Fuzz(func(t *testing.T, source1, source2, dest1, dest2, ports1, ports2 string) {
		r1, known1 := ruleOf(t, source1, dest1, ports1)
		r2, known2 := ruleOf(t, source2, dest2, ports2)
		if r1 == nil || r2 == nil {
			return
		}
		require.Equal(t, known1 == known2, r1.Key() == r2.Key(), "%+v\n%+v", known1, known2)
		g := &Group{ID: "sg-1", VPC: "vpc-1"}
		g.Add(r1)
		if known1 == known2 {
			require.Same(t, r1, g.Find(r2.Key()))
		} else {
			require.Nil(t, g.Find(r2.Key()))
		}
	})
}

// known is what identifies a rule of ruleOf.
type known struct {
	source, dest netip.Prefix
	ports        Ports
}

// ruleOf makes a rule of texts, and says by the library what identifies it; nil
// where the texts are none.
func ruleOf(t *testing.T, source, dest, ports string) (*Rule, known) {
	six := strings.Contains(source, ":")
	every := map[bool]string{false: "0.0.0.0/0", true: "::/0"}[six]
	from, ok1 := naiveBlock(source)
	to, ok2 := naiveBlock(cmp.Or(dest, every))
	p, ok3 := naivePorts(cmp.Or(ports, "-1/-1"))
	if !ok1 || !ok2 || !ok3 || from.Addr().Is4() == six || to.Addr().Is4() == six {
		return nil, known{}
	}
	r := &Rule{ID: "sgr-1", Protocol: TCP, Ports: Ports{22, 22}, SourcePorts: p}
	if ports == "" {
		r.SourcePorts = Ports{}
	}
	ends := []Value{&r.Source4, &r.Dest4}
	if six {
		ends = []Value{&r.Source6, &r.Dest6}
	}
	require.NoError(t, ends[0].Set(source))
	if dest != "" {
		require.NoError(t, ends[1].Set(dest))
	}
	r.SetDefaults(&Group{VPC: "vpc-1"})
	return r, known{from, to, p}
}
