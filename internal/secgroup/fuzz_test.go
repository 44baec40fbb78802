package secgroup

import (
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
		require.Equal(t, want == want.Masked(), source.Strictly(text) == nil)
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
		require.Equal(t, want == want.Masked(), source.Strictly(text) == nil)
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
