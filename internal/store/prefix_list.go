package store

import (
	"cmp"
	"slices"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// PrefixList is a prefix list of this account in this region.
func (r *Namespace) PrefixList(id string) (*secgroup.PrefixList, bool) {
	at, ok := slices.BinarySearchFunc(r.lists, id, func(p *secgroup.PrefixList, id string) int { return cmp.Compare(id, p.ID) })
	if !ok {
		return nil, false
	}
	return r.lists[at], true
}

// PrefixLists are the prefix lists by id, descending. The slice is the namespace's
// own and must not be changed.
func (r *Namespace) PrefixLists() []*secgroup.PrefixList { return r.lists }

// Associations is the number of groups of this account and region whose rules
// name a prefix list, whether it exists or not.
func (r *Namespace) Associations(prefixList string) int {
	return r.place.named.groups(secgroup.Peer{Owner: r.Account, PrefixList: prefixList})
}

// addList takes a prefix list in, but for its place in the order.
func (r *Namespace) addList(p *secgroup.PrefixList) {
	r.keep()
	p.Account, p.Region = r.Account, r.Region
	r.lists = append(r.lists, p)
}
