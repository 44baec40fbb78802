package secgroup

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFamily(t *testing.T) {
	var f Family
	assert.Equal(t, "IPv4", f.String(), "unless told")
	assert.NoError(t, f.Set("ipv6"))
	assert.Equal(t, IPv6, f)
	assert.Equal(t, "IPv6", f.String())
	assert.ErrorIs(t, f.Set(""), ErrFamily)
	assert.ErrorIs(t, f.Set("6"), ErrFamily)
	assert.Equal(t, IPv6, f, "a refused text changes nothing")
	assert.NoError(t, f.Strictly("IPv6"))
	assert.ErrorIs(t, f.Strictly("ipv6"), ErrFamily)
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
