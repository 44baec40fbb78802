package store

import (
	"net/netip"
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/network"
)

// InVSwitch returns the ids of the instances and of the network interfaces in a vSwitch,
// but for those of primary interfaces.
func (ns *Namespace) InVSwitch(vswitch string) []string {
	var ids []string
	for _, i := range ns.instances {
		if i.VSwitch == vswitch {
			ids = append(ids, i.ID)
		}
	}
	for _, e := range ns.interfaces {
		if e.VSwitch == vswitch {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// Addresses returns the addresses that network interfaces have in a vSwitch.
func (ns *Namespace) Addresses(vswitch string) map[netip.Addr]bool {
	used := map[netip.Addr]bool{}
	ns.eachAddress(func(at place, _ bool) {
		if at.in == vswitch {
			used[at.Addr] = true
		}
	})
	return used
}

// A place is an address in a vSwitch.
type place struct {
	in string
	netip.Addr
}

// eachAddress calls f with each address that a network interface has in a vSwitch, and
// with whether it has it besides its primary one.
func (ns *Namespace) eachAddress(f func(at place, further bool)) {
	for _, i := range ns.instances {
		eachOf(i.VSwitch, i.Address, &i.Further, f)
	}
	for _, e := range ns.interfaces {
		eachOf(e.VSwitch, e.Address, &e.Further, f)
	}
}

func eachOf(vswitch string, primary netip.Addr, further *compute.Further, f func(at place, further bool)) {
	if primary.IsValid() {
		f(place{vswitch, primary}, false)
	}
	for _, a := range slices.Concat(further.Secondary, further.IPv6) {
		f(place{vswitch, a}, true)
	}
}

// AvailableAddresses returns how many private addresses of a vSwitch nothing has.
func (ns *Namespace) AvailableAddresses(s *network.VSwitch) int {
	n := s.Addresses()
	for a := range ns.Addresses(s.ID) {
		if a.Is4() && s.Usable(a) {
			n--
		}
	}
	return n
}

// NeedDefaultVPC returns the account's default VPC in the region. One that does not exist
// is added.
func (ns *Namespace) NeedDefaultVPC() *network.VPC {
	id := ns.DefaultVPC()
	if v, ok := ns.VPC(id); ok {
		return v
	}
	v := &network.VPC{ID: id, Default: true}
	v.CIDR.Set(network.DefaultVPCCIDR) // a constant
	ns.AddVPC(v)
	return v
}
