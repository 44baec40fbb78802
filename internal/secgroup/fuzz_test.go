package secgroup

import (
	"cmp"
	"math/big"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// seeds adds texts to a corpus.
func seeds(f *testing.F, texts ...string) {
	for _, text := range texts {
		f.Add(text)
	}
}

// printsItself wants the text that a value prints to read as the same value.
func printsItself[V comparable, P pointer[V]](t *testing.T, v V) {
	t.Helper()
	var again V
	printed := P(&v).String()
	require.NoError(t, P(&again).Set(printed), "%q", printed)
	require.Equal(t, v, again, "%q", printed)
}

func FuzzPorts(f *testing.F) {
	seeds(f, "1/65535", "-1/-1", "22/22", "0/1", "01/2", "200/1", "1/65536", "+1/2", " 1/2", "1/2/3", "1/", "/", "１/２", "4294967297/4294967298")
	f.Fuzz(func(t *testing.T, text string) {
		var p Ports
		err := p.Set(text)
		want, ok := naivePorts(text)
		if !ok {
			require.ErrorIs(t, err, ErrPorts)
			return
		}
		require.NoError(t, err)
		require.Equal(t, want, p)
		require.Equal(t, text, p.String())
		printsItself(t, p)
	})
}

// naivePorts reads ports by the library: a number is one that prints as its text.
func naivePorts(text string) (Ports, bool) {
	if text == "-1/-1" {
		return Ports{-1, -1}, true
	}
	parts := strings.Split(text, "/")
	if len(parts) != 2 {
		return Ports{}, false
	}
	var n [2]int
	for i, part := range parts {
		v, err := strconv.Atoi(part)
		if err != nil || strconv.Itoa(v) != part || v < 1 || v > 65535 {
			return Ports{}, false
		}
		n[i] = v
	}
	return Ports{int32(n[0]), int32(n[1])}, n[0] <= n[1]
}

func FuzzCIDR4(f *testing.F) {
	seeds(f, "10.0.0.0/8", "10.0.0.5/8", "10.0.0.1", "0.0.0.0/0", "10.0.0.0/33", "010.0.0.1", "10.0.0.0/08", "::1", "::ffff:10.0.0.1/104", "10.0.0.1%a", "")
	f.Fuzz(func(t *testing.T, text string) {
		var source Source4
		var dest Dest4
		sourceErr, destErr := source.Set(text), dest.Set(text)
		want, ok := naiveBlock(text)
		if !ok || !want.Addr().Is4() {
			require.ErrorIs(t, sourceErr, ErrSource4)
			require.ErrorIs(t, destErr, ErrDest4)
			return
		}
		require.NoError(t, sourceErr)
		require.NoError(t, destErr)
		require.Equal(t, source.Block, dest.Block)
		require.Equal(t, want.String(), source.Prefix.String())
		require.Equal(t, text, source.String(), "text comes back as it went in")
		require.Equal(t, want == want.Masked(), source.Strictly(text, 2019) == nil)
		printsItself(t, source)
	})
}

func FuzzCIDR6(f *testing.F) {
	seeds(f, "2001:db8::/32", "2001:DB8:0::1", "::/0", "::ffff:10.0.0.1", "::ffff:10.0.0.1/104", "fe80::1%eth0", "fe80::%eth0/64", "2001:db8::/129", "::/00", "10.0.0.1", ":", "")
	f.Fuzz(func(t *testing.T, text string) {
		var source Source6
		var dest Dest6
		sourceErr, destErr := source.Set(text), dest.Set(text)
		want, ok := naiveBlock(text)
		switch {
		case !strings.Contains(text, ":"):
			require.ErrorIs(t, sourceErr, ErrSource6)
			require.ErrorIs(t, destErr, ErrDest6)
			return
		case !ok:
			require.ErrorIs(t, sourceErr, ErrIllegal6)
			require.ErrorIs(t, destErr, ErrIllegal6)
			return
		}
		require.NoError(t, sourceErr)
		require.NoError(t, destErr)
		require.Equal(t, source.Block, dest.Block)
		require.Equal(t, want.String(), source.Prefix.String())
		require.Equal(t, strings.Contains(text, "/"), strings.Contains(source.String(), "/"), "bare stays bare")
		require.Equal(t, want == want.Masked(), source.Strictly(text, 2019) == nil)
		printsItself(t, source)
	})
}

// naiveBlock reads an address or a block of either family by the library.
func naiveBlock(text string) (netip.Prefix, bool) {
	if p, err := netip.ParsePrefix(text); err == nil {
		return p, true
	}
	addr, err := netip.ParseAddr(text)
	return netip.PrefixFrom(addr.WithZone(""), addr.BitLen()), err == nil && addr.Zone() == ""
}

func FuzzGroupID(f *testing.F) {
	shape := regexp.MustCompile(`\A(sg-[0-9A-Za-z_-]{1,61}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\z`)
	seeds(f, "sg-a", "sg-", "sg-"+strings.Repeat("x", 61), "sg-"+strings.Repeat("x", 62), "C0003E8B-B930-4F59-ADC0-0E209A9012B0",
		"G0003E8B-B930-4F59-ADC0-0E209A9012B0", "sg-a.b", "sg-ä", "sg-a\n", "")
	f.Fuzz(func(t *testing.T, text string) {
		var id GroupID
		err := id.Set(text)
		if !shape.MatchString(text) {
			require.ErrorIs(t, err, ErrGroupID)
			return
		}
		require.NoError(t, err)
		require.Equal(t, text, id.String())
	})
}

func FuzzPriority(f *testing.F) {
	integer := regexp.MustCompile(`\A-?[0-9]+\z`)
	seeds(f, "1", "100", "101", "0", "-0", "-1", "", "-", "--1", "+1", "1.0", "007", "257", "99999999999999999999999", "-99999999999999999999999", "１")
	f.Fuzz(func(t *testing.T, text string) {
		var p Priority
		err := p.Set(text)
		if !integer.MatchString(text) {
			require.ErrorIs(t, err, ErrPriorityForm)
			return
		}
		n, ok := new(big.Int).SetString(text, 10)
		require.True(t, ok)
		if n.Cmp(big.NewInt(1)) < 0 || n.Cmp(big.NewInt(100)) > 0 {
			require.ErrorIs(t, err, ErrPriorityRange)
			return
		}
		require.NoError(t, err)
		assert.Equal(t, n.String(), p.String())
		printsItself(t, p)
	})
}

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

// A known is the identity of a rule of ruleOf.
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
