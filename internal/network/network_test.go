package network

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type value interface {
	Set(string) error
	String() string
}

func TestValues(t *testing.T) {
	for _, c := range []struct {
		value  value
		cause  error
		good   []string
		refuse []string
	}{
		{new(Name), ErrName, []string{"x", strings.Repeat("名", 128), "1 / 2"}, []string{"", strings.Repeat("x", 129), "http://x", "https://x", "a\xff"}},
		{new(Description), ErrDescription, []string{"x", strings.Repeat("x", 256)}, []string{"", strings.Repeat("x", 257), "https://x"}},
		{new(CIDR), ErrCIDR, []string{"10.0.0.0/8", "0.0.0.0/0", "1.2.3.4/32"}, []string{"", "10.0.0.0", "10.0.0.1/8", "10.0.0.0/33", "::/0", "10.0.0.0/08"}},
		{new(CIDR6), ErrCIDR6, []string{"2408:4005:3e8:9a00::/56"}, []string{"", "::", "2408::/64", "2408:0:0:1::/56", "10.0.0.0/8"}},
		{new(Subnet6), ErrSubnet6, []string{"2408:4005:3e8:9a01::/64"}, []string{"", "::", "2408::/56", "2408::1/64", "10.0.0.0/8"}},
		{new(Status), ErrStatus, []string{"Available", "Pending"}, []string{"", "available", "Deleted"}},
		{new(UserCIDRs), ErrUserCIDR, []string{"11.0.0.0/8", "1.0.0.0/8,2.0.0.0/8,3.0.0.0/8"}, []string{"", ",", "11.0.0.0/8,", "11.0.0.1/8"}},
		{new(UserCIDRs), ErrUserCIDRs, nil, []string{"1.0.0.0/8,2.0.0.0/8,3.0.0.0/8,4.0.0.0/8"}},
		{new(UserCIDRs), ErrUserShared, nil, []string{"100.64.0.0/10", "100.0.0.0/8", "100.65.0.0/16"}},
	} {
		for _, text := range c.good {
			require.NoError(t, c.value.Set(text), text)
			assert.Equal(t, text, c.value.String())
		}
		for _, text := range c.refuse {
			assert.ErrorIs(t, c.value.Set(text), c.cause, "%q", text)
		}
	}
	for _, absent := range []value{new(CIDR), new(CIDR6), new(UserCIDRs)} {
		assert.Empty(t, absent.String())
	}
}

func TestEarlyTexts(t *testing.T) {
	for name, good := range map[Name]bool{"": true, "a1._-": true, "专有": true, "a": false, "专": false, "1a": false, "a b": false, "a:b": false} {
		assert.Equal(t, good, name.CheckEarly() == nil, "%q", name)
	}
	for text, good := range map[Description]bool{"": true, "a b/": true, "a": false, "1 b": false} {
		assert.Equal(t, good, text.CheckEarly() == nil, "%q", text)
	}
}

func TestBlocks(t *testing.T) {
	for text, good := range map[string]struct{ early, late bool }{
		"10.0.0.0/8": {true, true}, "172.16.0.0/12": {true, true}, "192.168.255.0/24": {true, true},
		"10.0.0.0/25": {false, true}, "10.0.0.0/28": {false, true}, "10.0.0.0/29": {}, "10.0.0.0/7": {},
		"172.0.0.0/8": {false, true}, "11.0.0.0/16": {false, true}, "192.168.0.0/15": {false, true},
		"100.64.0.0/16": {}, "100.0.0.0/8": {}, "127.0.0.0/8": {}, "169.254.0.0/17": {}, "230.0.0.0/8": {},
	} {
		var v VPC
		if err := v.CIDR.Set(text); err != nil {
			continue
		}
		assert.Equal(t, good.early, v.CheckBlockEarly() == nil, "before 2025: %s", text)
		assert.Equal(t, good.late, v.CheckBlock() == nil, text)
	}
}

func TestIPv6FollowsFromTheID(t *testing.T) {
	one, two := VPC{ID: "vpc-1"}, VPC{ID: "vpc-2"}
	one.EnableIPv6()
	two.EnableIPv6()
	assert.NotEqual(t, one.CIDR6, two.CIDR6)
	assert.Equal(t, one.CIDR6.Prefix, one.CIDR6.Masked())
	before := one.CIDR6
	one.ID = "vpc-2"
	one.EnableIPv6()
	assert.Equal(t, before, one.CIDR6, "it has one")
}

func TestVSwitchesOfAVPC(t *testing.T) {
	v := &VPC{ID: "vpc-1", CIDR: CIDR{netip.MustParsePrefix("10.0.0.0/8")}}
	vswitch := func(id, vpc, block string) *VSwitch {
		return &VSwitch{ID: id, VPC: vpc, CIDR: CIDR{netip.MustParsePrefix(block)}}
	}
	others := []*VSwitch{vswitch("vsw-1", "vpc-1", "10.0.0.0/24"), vswitch("vsw-2", "vpc-2", "10.0.1.0/24")}
	for block, want := range map[string]error{
		"10.0.1.0/24": nil, "10.255.0.0/16": nil, "10.0.1.8/29": nil,
		"10.0.0.0/15": ErrMask, "10.0.1.0/30": ErrMask, "11.0.0.0/16": ErrOutside,
		"10.0.0.0/24": ErrOverlap, "10.0.0.8/29": ErrOverlap, "10.0.0.0/16": ErrOverlap,
	} {
		assert.ErrorIs(t, vswitch("vsw-3", "vpc-1", block).Check(v, others), want, block)
	}
	assert.NoError(t, others[0].Check(v, others), "a vSwitch does not overlap itself")
}

func TestIPv6OfVSwitches(t *testing.T) {
	v := &VPC{ID: "vpc-1", CIDR: CIDR{netip.MustParsePrefix("10.0.0.0/8")}}
	assert.False(t, v.CIDR6.Subnet(1).IsValid(), "the VPC has none")
	require.NoError(t, v.CIDR6.Set("2408:4005:3e8:9a00::/56"))
	assert.Equal(t, "2408:4005:3e8:9aff::/64", v.CIDR6.Subnet(255).String())
	one := &VSwitch{ID: "vsw-1", VPC: "vpc-1", CIDR: CIDR{netip.MustParsePrefix("10.0.0.0/24")}, CIDR6: v.CIDR6.Subnet(0)}
	two := &VSwitch{ID: "vsw-2", VPC: "vpc-1", CIDR: CIDR{netip.MustParsePrefix("10.0.1.0/24")}, CIDR6: v.CIDR6.Subnet(0)}
	assert.ErrorIs(t, two.Check(v, []*VSwitch{one}), ErrSubnet6Taken)
	two.CIDR6 = v.CIDR6.Subnet(1)
	assert.NoError(t, two.Check(v, []*VSwitch{one}))
	v.CIDR6 = CIDR6{}
	assert.ErrorIs(t, two.Check(v, nil), ErrNoIPv6)
}

func TestAddressesOfAVSwitch(t *testing.T) {
	s := &VSwitch{CIDR: CIDR{netip.MustParsePrefix("10.0.0.8/29")}}
	assert.Equal(t, 4, s.Addresses())
	third := netip.MustParseAddr("10.0.0.11")
	free := s.Free(9, false, map[netip.Addr]bool{third: true})
	assert.Equal(t, "[10.0.0.9 10.0.0.10 10.0.0.12]", fmt.Sprint(free))
	assert.Len(t, s.Free(2, false, nil), 2)
	for text, usable := range map[string]bool{
		"10.0.0.7": false, "10.0.0.8": false, "10.0.0.9": true, "10.0.0.12": true, "10.0.0.13": false, "10.0.0.15": false, "10.0.0.16": false,
	} {
		assert.Equal(t, usable, s.Usable(netip.MustParseAddr(text)), text)
	}
}

func TestIPv6AddressesOfAVSwitch(t *testing.T) {
	var s VSwitch
	first := netip.MustParseAddr("2408:4005:3e8:9a01::1")
	assert.False(t, s.Usable(first), "it has no IPv6 block")
	require.NoError(t, s.CIDR6.Set("2408:4005:3e8:9a01::/64"))
	assert.Equal(t, []netip.Addr{first.Next(), first.Next().Next()}, s.Free(2, true, map[netip.Addr]bool{first: false}))
	for text, usable := range map[string]bool{
		"2408:4005:3e8:9a00:ffff:ffff:ffff:ffff": false, "2408:4005:3e8:9a01::": false, "2408:4005:3e8:9a01::1": true,
		"2408:4005:3e8:9a01:ffff:ffff:ffff:fff6": true, "2408:4005:3e8:9a01:ffff:ffff:ffff:fff7": false, "2408:4005:3e8:9a02::1": false,
	} {
		assert.Equal(t, usable, s.Usable(netip.MustParseAddr(text)), text)
	}
}

func TestStatusTakesTime(t *testing.T) {
	now := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	var s Status
	assert.Equal(t, "Available", s.At(now))
	s.Until(now.Add(time.Second))
	assert.Equal(t, "Pending", s.At(now))
	assert.Equal(t, "Available", s.String(), "as a state keeps it")
	assert.Equal(t, "Available", s.At(now.Add(time.Second)))
	require.NoError(t, s.Set("Pending"))
	assert.True(t, s.Pending(now.AddDate(100, 0, 0)))
}
