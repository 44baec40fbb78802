package secgroup

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBlocks4(t *testing.T) {
	claims := func(cause error) []claim {
		return []claim{
			{"a block is printed as it was written", nil, []string{"10.0.0.0/8", "0.0.0.0/0", "192.168.1.0/24", "10.0.0.1/32"}, ""},
			{"a bare address stays bare", nil, []string{"10.0.0.1", "0.0.0.0", "255.255.255.255"}, ""},
			{"host bits stay", nil, []string{"10.0.0.5/8", "10.159.6.18/12", "255.255.255.255/0"}, ""},
			{"four numbers to 255", cause, []string{"", "10.0.0", "10.0.0/8", "10.0.0.0.0", "10.0.0.256", "167772161", "a.b.c.d", "*"}, ""},
			{"no leading zeros", cause, []string{"010.0.0.1", "10.0.0.01", "10.0.0.0/08", "10.0.0.0/00"}, ""},
			{"a length from 0 to 32", cause, []string{"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/", "/8", "10.0.0.0/8/8",
				"10.0.0.0/255.0.0.0", "10.0.0.0/99999999999999999999"}, ""},
			{"nothing around it", cause, []string{" 10.0.0.1", "10.0.0.1 ", "10.0.0.0 /8", "10.0.0.1\n", "10.0.0.1%eth0", "10.0.0.1-10.0.0.9"}, ""},
			{"ASCII digits", cause, []string{"１0.0.0.1", "10。0.0.1", "0x0a.0.0.1"}, ""},
			{"IPv6 is another parameter", cause, []string{"::1", "::/0", "2001:db8::/32", "::ffff:10.0.0.1"}, ""},
		}
	}
	t.Run("source", func(t *testing.T) { holds[Source4](t, claims(ErrSource4)...) })
	t.Run("destination", func(t *testing.T) { holds[Dest4](t, claims(ErrDest4)...) })
}

func TestBlocks6(t *testing.T) {
	claims := func(cause error) []claim {
		return []claim{
			{"a block in short form is printed as it was written", nil, []string{"2001:db8::/32", "::/0", "::1/128", "fe80::/10"}, ""},
			{"a bare address stays bare", nil, []string{"2001:db8::1", "::1", "::"}, ""},
			{"capitals and zeros are compressed", nil, []string{"2001:DB8::/32", "2001:0db8:0000::/32", "2001:db8:0:0:0:0:0:0/32"}, "2001:db8::/32"},
			{"host bits stay", nil, []string{"2001:0db8:3c4d:0015:0000:0000:1a2f:1a2b/0"}, "2001:db8:3c4d:15::1a2f:1a2b/0"},
			{"a mapped IPv4 address is IPv6", nil, []string{"::ffff:10.0.0.1", "::FFFF:10.0.0.1", "::ffff:a00:1"}, "::ffff:10.0.0.1"},
			{"a mapped IPv4 block too", nil, []string{"::ffff:10.0.0.0/104"}, ""},
			{"a text without a colon is not in IPv6", cause, []string{"", "10.0.0.1", "10.0.0.0/8", "2001", "/64", "any"}, ""},
			{"a colon alone does not make an address", ErrIllegal6,
				[]string{":", "1:2", "1:2:3:4:5:6:7:8:9", "2001:db8::1::2", "2001:db8:1234:1a00::XXX", "12345::", "http://x", "[::1]", "::ffff:10.0.0.256"}, ""},
			{"a length from 0 to 128", ErrIllegal6, []string{"2001:db8::/129", "2001:db8::/-1", "2001:db8::/", "2001:db8::/032", "::/0/0"}, ""},
			{"no zones", ErrIllegal6, []string{"fe80::1%eth0", "fe80::1%", "fe80::%eth0/10", "fe80::1%eth0/64", "::ffff:10.0.0.1%eth0"}, ""},
			{"no spaces", ErrIllegal6, []string{" ::1", "::1 ", "::1 /64"}, ""},
		}
	}
	t.Run("source", func(t *testing.T) { holds[Source6](t, claims(ErrSource6)...) })
	t.Run("destination", func(t *testing.T) { holds[Dest6](t, claims(ErrDest6)...) })
}

func TestStrictlyNoHostBits(t *testing.T) {
	type strict interface {
		Value
		Strictly(text string, edition int) error
	}
	for _, row := range []struct {
		value strict
		cause error
		clean []string
		dirty []string
	}{
		{new(Source4), ErrSource4, []string{"10.0.0.0/8", "10.0.0.5", "10.0.0.5/32", "0.0.0.0/0"}, []string{"10.0.0.5/8", "10.0.0.5/0"}},
		{new(Dest4), ErrDest4, []string{"10.0.0.0/8", "10.0.0.4/30"}, []string{"10.0.0.5/30"}},
		{new(Source6), ErrSource6, []string{"2001:db8::/32", "::1", "::1/128", "::/0"}, []string{"2001:db8::1/32", "::1/0"}},
		{new(Dest6), ErrDest6, []string{"2001:db8::/32", "::ffff:10.0.0.0/104"}, []string{"2001:db8::1/127", "::ffff:10.0.0.1/104"}},
	} {
		for _, text := range row.clean {
			require.NoError(t, row.value.Set(text))
			assert.NoError(t, row.value.Strictly(text, 2019), "%q", text)
		}
		for _, text := range row.dirty {
			require.NoError(t, row.value.Set(text), "%q is fine without strict", text)
			assert.ErrorIs(t, row.value.Strictly(text, 2019), row.cause, "%q", text)
		}
	}
}

func TestABareAddressAndItsFullLengthAreOnePrefix(t *testing.T) {
	var bare, full Source4
	require.NoError(t, bare.Set("10.0.0.1"))
	require.NoError(t, full.Set("10.0.0.1/32"))
	assert.NotEqual(t, bare.Block, full.Block, "their texts differ")
	assert.Equal(t, bare.Prefix, full.Prefix)
	assert.Equal(t, "10.0.0.1/32", bare.Prefix.String())

	var bare6, full6, mapped Dest6
	require.NoError(t, bare6.Set("2001:DB8::1"))
	require.NoError(t, full6.Set("2001:db8:0::1/128"))
	require.NoError(t, mapped.Set("::ffff:10.0.0.1"))
	assert.Equal(t, bare6.Prefix, full6.Prefix)
	assert.Equal(t, "2001:db8::1/128", bare6.Prefix.String())
	assert.NotEqual(t, bare.Prefix, mapped.Prefix, "a mapped IPv4 address is IPv6")
}

func TestAnAbsentBlockIsNotEveryAddress(t *testing.T) {
	var absent, every Source4
	require.NoError(t, every.Set("0.0.0.0/0"))
	assert.False(t, absent.IsSet())
	assert.Empty(t, absent.String())
	assert.True(t, every.IsSet())
	assert.Equal(t, All4, every.Prefix)
	assert.NotEqual(t, All4, All6)
	assert.NoError(t, absent.Strictly("", 2019))
}

func TestFamily(t *testing.T) {
	var f Family
	assert.Equal(t, "IPv4", f.String(), "by default")
	assert.NoError(t, f.Set("ipv6"))
	assert.Equal(t, IPv6, f)
	assert.Equal(t, "IPv6", f.String())
	assert.ErrorIs(t, f.Set(""), ErrFamily)
	assert.ErrorIs(t, f.Set("6"), ErrFamily)
	assert.Equal(t, IPv6, f, "a refused text changes nothing")
	assert.NoError(t, f.Strictly("IPv6", 2019))
	assert.ErrorIs(t, f.Strictly("ipv6", 2019), ErrFamily)
}

func TestEntriesAreBlocksOfTheFamilyOfTheirList(t *testing.T) {
	for text, families := range map[string][]Family{
		"10.0.0.0/8":      {IPv4},
		"10.0.0.5/8":      {IPv4},
		"10.0.0.1":        {IPv4},
		"2001:db8::/32":   {IPv6},
		"::1":             {IPv6},
		"::ffff:10.0.0.1": {IPv6},
		"":                nil,
		"10.0.0.0/33":     nil,
		"fe80::1%eth0":    nil,
		"pl-1":            nil,
	} {
		for _, f := range []Family{IPv4, IPv6} {
			p, e := PrefixList{Family: f}, Entry{}
			err := p.CIDR(&e).Set(text)
			if assert.ObjectsAreEqual([]Family{f}, families) {
				assert.NoError(t, err, text)
				assert.Equal(t, text, e.CIDR.String())
				assert.Equal(t, text, p.CIDR(&e).String())
				continue
			}
			assert.ErrorIs(t, err, ErrEntry, "%s in %s", text, f.String())
			assert.False(t, e.CIDR.IsSet())
		}
	}
}
