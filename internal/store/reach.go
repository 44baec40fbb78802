package store

import (
	"net/netip"
	"slices"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Of returns another account's part of the region.
func (ns *Namespace) Of(account string) *Namespace { return ns.all.namespaceIn(ns.in, account) }

// Member returns an instance or a network interface as a member of groups, with its private
// addresses.
func (ns *Namespace) Member(id string) (*secgroup.Member, []netip.Addr) {
	if i, ok := ns.Instance(id); ok {
		return &i.Member, addressesOf(i.Address, i.Secondary, i.IPv6)
	}
	if e, ok := ns.Interface(id); ok {
		return &e.Member, addressesOf(e.Address, e.Secondary, e.IPv6)
	}
	return nil, nil
}

// MemberAddresses returns the private addresses of a group's members, and whether each
// member has some. A group that does not exist has no members.
func (ns *Namespace) MemberAddresses(group string) (all []netip.Addr, known bool) {
	known = true
	for _, m := range ns.Members(group) {
		_, addresses := ns.Member(m.ID)
		all, known = append(all, addresses...), known && len(addresses) > 0
	}
	return all, known
}

func addressesOf(primary netip.Addr, secondary, six []netip.Addr) []netip.Addr {
	all := slices.Concat(secondary, six)
	if primary.IsValid() {
		all = append(all, primary)
	}
	return all
}
