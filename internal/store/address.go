package store

import (
	"net/netip"

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

// Addresses returns the private addresses that instances and network interfaces have in a
// vSwitch.
func (ns *Namespace) Addresses(vswitch string) map[netip.Addr]bool {
	used := map[netip.Addr]bool{}
	for _, i := range ns.instances {
		if i.VSwitch == vswitch && i.Address.IsValid() {
			used[i.Address] = true
		}
	}
	for _, e := range ns.interfaces {
		if e.VSwitch == vswitch && e.Address.IsValid() {
			used[e.Address] = true
		}
	}
	return used
}

// FreeAddresses returns the first n addresses of a vSwitch that nothing has, or fewer if
// there are not so many.
func (ns *Namespace) FreeAddresses(s *network.VSwitch, n int) []netip.Addr {
	used := ns.Addresses(s.ID)
	return s.Free(n, func(a netip.Addr) bool { return used[a] })
}

// AvailableAddresses returns how many addresses of a vSwitch nothing has.
func (ns *Namespace) AvailableAddresses(s *network.VSwitch) int {
	n := s.Addresses()
	for a := range ns.Addresses(s.ID) {
		if s.Usable(a) {
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
