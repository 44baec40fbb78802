package ecs

import (
	"errors"
	"net/netip"
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// Reasons why a network interface cannot have addresses besides its primary one.
var (
	errSecondaryCount   = errors.New("a network interface has at most 49 secondary private addresses, before edition 2025 at most 10")
	errIPv6Address      = errors.New("Ipv6Address.N is an IPv6 address")
	errIPv6Count        = errors.New("a network interface has at most 10 IPv6 addresses")
	errIPv6Outside      = errors.New("the address is not in the IPv6 block of the vSwitch")
	errIPv6Used         = errors.New("the IPv6 address is used already")
	errNoIPv6           = errors.New("the vSwitch has no IPv6 block; give it one with Ipv6CidrBlock")
	errRepeatedAddress  = errors.New("the request has the same address twice")
	errAddressAmount    = errors.New("with Ipv6Address.N, Amount is 1")
	errAddressesOrCount = errors.New("give addresses or their number, not both")
)

// The most addresses of a network interface besides its primary one. The documents until
// 2021 allow fewer.
const (
	maxSecondaryEarly = 10
	maxSecondary      = 49
	maxIPv6           = 10
)

// further is the addresses besides the primary one that a request gives a network
// interface: some of its choice, or so many.
type further struct {
	Private, IPv6 []string
	Count, Count6 int
}

func (r *further) bind(p *param.Set) {
	param.List(p, &r.Private, "PrivateIpAddress", maxSecondary, func(a *string, p *param.Set) {
		p.String(a, "", "Secondary private address, of the block of the vSwitch.").Example("172.17.0.2")
	})
	p.Int(&r.Count, "SecondaryPrivateIpAddressCount", "Number of secondary private addresses, free ones of the vSwitch.").Example("2")
	r.bind6(p)
}

func (r *further) bind6(p *param.Set) {
	param.List(p, &r.IPv6, "Ipv6Address", maxIPv6, ipv6Address)
	p.Int(&r.Count6, "Ipv6AddressCount", "Number of IPv6 addresses, free ones of the vSwitch.").Example("1")
}

func ipv6Address(a *string, p *param.Set) {
	p.String(a, "", "IPv6 address, of the IPv6 block of the vSwitch.").Example("2001:db8:1234:1a00::1")
}

// check returns an error if the request gives too many addresses, or gives them twice.
func (r *further) check(p *param.Set) error {
	most := maxSecondaryEarly
	if p.Edition() >= int(rpc.Edition2025) {
		most = maxSecondary
	}
	switch {
	case len(r.Private) > 0 && r.Count != 0:
		return rpc.Named(errAddressesOrCount, "SecondaryPrivateIpAddressCount")
	case len(r.IPv6) > 0 && r.Count6 != 0:
		return rpc.Named(errAddressesOrCount, "Ipv6AddressCount")
	case r.Count < 0 || max(r.Count, len(r.Private)) > most:
		return errSecondaryCount
	case r.Count6 < 0 || r.Count6 > maxIPv6:
		return errIPv6Count
	}
	return nil
}

const sixSwitch = "SecurityGroupId=sg-six&VSwitchId=vsw-six-1&" // begins a Try in a vSwitch with an IPv6 block

// furtherFailures is the rows of the addresses besides the primary one.
var furtherFailures = []*rpc.Failure{
	{On: errAddressesOrCount, Status: 400, Code: "InvalidParameter.Conflict", Message: "The specified parameter %s conflicts with the addresses.",
		When: "Addresses and their number are both given.", Try: "Ipv6Address.1=2001:db8::1&Ipv6AddressCount=1"},
	{On: errRepeatedAddress, Status: 403, Code: "InvalidIp.IpRepeated", Message: "The specified ipAddress is repeated.",
		When: "An address is given twice.", Try: sixSwitch + "Ipv6Address.1=2408:4005:3e8:9a01::9&Ipv6Address.2=2408:4005:3e8:9a01:0::9"},
	{On: errIPv6Address, Status: 403, Code: "InvalidIp.Address", Message: "The specified ipAddress is invalid.",
		When: "Ipv6Address.N is not an IPv6 address.", Try: "Ipv6Address.1=10.0.0.1"},
	{On: errIPv6Outside, Status: 403, Code: "InvalidVSwitchId.IpInvalid", Message: "The specified IpAddress is not valid in VSwitch CIDR block.",
		When: "The IPv6 address is not in the block of the vSwitch.", Try: sixSwitch + "Ipv6Address.1=2001:db8::1"},
	{On: errIPv6Used, Status: 403, Code: "InvalidIp.IpAssigned", Message: "The specified ipAddress is assigned.",
		When: "The IPv6 address is used already.", Try: sixSwitch + "Ipv6AddressCount=1; " + sixSwitch + "Ipv6Address.1=2408:4005:3e8:9a01::1"},
	{On: errIPv6Count, Status: 403, Code: "MaxEniIpv6IpsCountExceeded", Message: "The number of IPv6 addresses of the ENI exceeds the limit.",
		When: "Ipv6AddressCount is more than 10.", Try: "Ipv6AddressCount=11"},
	{On: errNoIPv6, Status: 403, Code: "InvalidVSwitch.Ipv6NotTurnOn", Message: "The specified VSwitch ipv6 function not turn on.",
		When: "The vSwitch has no IPv6 block.", Try: "Ipv6AddressCount=1"},
}

// An addressPool is the addresses of a vSwitch that a call can give to interfaces.
type addressPool struct {
	*network.VSwitch
	known bool                // one that is only taken to exist has any IPv4 address
	used  map[netip.Addr]bool // false for those that the call has given
}

// addressPools are the pools of a call, by vSwitch.
type addressPools map[string]*addressPool

func (all addressPools) of(ns *store.Namespace, vswitch string) *addressPool {
	p, ok := all[vswitch]
	if !ok {
		p = &addressPool{used: ns.Addresses(vswitch)}
		if p.VSwitch, p.known = ns.VSwitch(vswitch); !p.known {
			p.VSwitch = &network.VSwitch{ID: vswitch, CIDR: network.CIDR{Prefix: anyBlock}}
		}
		all[vswitch] = p
	}
	return p
}

// give returns n interfaces with their addresses: a primary one, which is wanted or free,
// and those that a request gives besides. It names addresses for one interface only.
func (p *addressPool) give(want string, r *further, n int) ([]compute.Interface, error) {
	given, err := p.take(r.Private, false)
	if err != nil {
		return nil, err
	}
	given6, err := p.take(r.IPv6, true)
	if err != nil {
		return nil, err
	}
	primary, err := p.primary(want, n)
	if err != nil {
		return nil, err
	}
	list := make([]compute.Interface, n)
	for i := range list {
		secondary, err := p.free(r.Count, false)
		if err != nil {
			return nil, err
		}
		six, err := p.free(r.Count6, true)
		if err != nil {
			return nil, err
		}
		list[i].Address = primary[i]
		list[i].Further = compute.Further{Secondary: append(given, secondary...), IPv6: append(given6, six...)}
	}
	return list, nil
}

// primary returns private addresses for n interfaces.
func (p *addressPool) primary(want string, n int) ([]netip.Addr, error) {
	switch {
	case want == "":
		return p.free(n, false)
	case p.ID == "":
		return nil, errPrivateAddress
	}
	list, err := p.take([]string{want}, false)
	if err == nil && n > 1 {
		err = errUsedAddress
	}
	return list, err
}

// take returns the addresses that are written so, which nothing else gets from then on.
func (p *addressPool) take(texts []string, six bool) ([]netip.Addr, error) {
	malformed, outside, used := errPrivateAddress, errOutsideAddress, errUsedAddress
	if six {
		malformed, outside, used = errIPv6Address, errIPv6Outside, errIPv6Used
	}
	var list []netip.Addr
	for _, text := range texts {
		a, err := netip.ParseAddr(text)
		theirs, taken := p.used[a]
		switch {
		case err != nil || a.Is6() != six || a.Zone() != "":
			return nil, malformed
		case six && !p.CIDR6.IsValid():
			return nil, errNoIPv6
		case (six || p.known) && !p.Usable(a):
			return nil, outside
		case theirs:
			return nil, used
		case taken:
			return nil, errRepeatedAddress
		}
		p.used[a] = false
		list = append(list, a)
	}
	return list, nil
}

// free returns n addresses that nothing has, which nothing else gets from then on.
func (p *addressPool) free(n int, six bool) ([]netip.Addr, error) {
	if n > 0 && six && !p.CIDR6.IsValid() {
		return nil, errNoIPv6
	}
	list := p.Free(n, six, p.used)
	if len(list) < n {
		return nil, errNoAddress
	}
	for _, a := range list {
		p.used[a] = false
	}
	return list, nil
}

// privateIPSets writes the private addresses of an interface, each with what more writes.
func privateIPSets(w *wire.Writer, e *compute.Interface, more func(*wire.Writer)) {
	wire.List(w, "PrivateIpSets", "PrivateIpSet", e.Private(), func(a *string, w *wire.Writer) {
		w.Text("PrivateIpAddress", *a)
		w.Bool("Primary", *a == addressText(e.Address))
		more(w)
	})
}

// ipv6Sets writes the IPv6 addresses of an interface.
func ipv6Sets(w *wire.Writer, e *compute.Interface) {
	wire.List(w, "Ipv6Sets", "Ipv6Set", compute.Texts(e.IPv6), func(a *string, w *wire.Writer) { w.Text("Ipv6Address", *a) })
}

// hasOne reports whether a list has one of some texts, or there are no texts.
//
//go:noinline
func hasOne(list, texts []string) bool {
	return texts == nil || slices.ContainsFunc(texts, func(text string) bool { return slices.Contains(list, text) })
}
