package store

import (
	"cmp"
	"slices"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// resources are the resources of one kind by id, descending.
type resources[R interface{ ResourceID() string }] []R

// find returns the index of the resource with an id, or that which it would have.
func (all resources[R]) find(id string) (int, bool) {
	return slices.BinarySearchFunc(all, id, func(r R, id string) int { return cmp.Compare(id, r.ResourceID()) })
}

func (all resources[R]) get(id string) (r R, ok bool) {
	at, ok := all.find(id)
	if ok {
		r = all[at]
	}
	return r, ok
}

func (all resources[R]) with(r R) resources[R] {
	at, _ := all.find(r.ResourceID())
	return slices.Insert(all, at, r)
}

func (all resources[R]) without(id string) resources[R] {
	at, _ := all.find(id)
	return slices.Delete(all, at, at+1)
}

// PrefixList returns a prefix list of this account in this region.
func (ns *Namespace) PrefixList(id string) (*secgroup.PrefixList, bool) {
	return ns.prefixLists.get(id)
}

// PrefixLists returns the prefix lists by id, descending. The slice must not be changed,
// and adding and deleting a list change it.
func (ns *Namespace) PrefixLists() []*secgroup.PrefixList { return ns.prefixLists }

// AddPrefixList adds a prefix list, whose id is new to the namespace.
func (ns *Namespace) AddPrefixList(p *secgroup.PrefixList) {
	ns.Edit(p.ID)
	ns.initList(&p.List)
	ns.prefixLists = ns.prefixLists.with(p)
}

// DeletePrefixList removes a prefix list of the namespace.
func (ns *Namespace) DeletePrefixList(p *secgroup.PrefixList) {
	ns.Edit(p.ID)
	ns.prefixLists = ns.prefixLists.without(p.ID)
}

// Associations returns the number of groups of this account and region whose rules name
// a prefix list, whether it exists or not.
func (ns *Namespace) Associations(prefixList string) int {
	return ns.in.named.groups(secgroup.Peer{Owner: ns.Account, PrefixList: prefixList})
}

// AssociatedGroups returns these groups by id.
func (ns *Namespace) AssociatedGroups(prefixList string) []*secgroup.Group {
	return ns.in.named.of(secgroup.Peer{Owner: ns.Account, PrefixList: prefixList})
}

// PortRangeList returns a port range list of this account in this region.
func (ns *Namespace) PortRangeList(id string) (*secgroup.PortRangeList, bool) {
	return ns.portLists.get(id)
}

// PortRangeLists returns the port range lists by id, descending. The slice must not be
// changed, and adding and deleting a list change it.
func (ns *Namespace) PortRangeLists() []*secgroup.PortRangeList { return ns.portLists }

// AddPortRangeList adds a port range list, whose id is new to the namespace.
func (ns *Namespace) AddPortRangeList(p *secgroup.PortRangeList) {
	ns.Edit(p.ID)
	ns.initList(&p.List)
	ns.portLists = ns.portLists.with(p)
}

// DeletePortRangeList removes a port range list of the namespace.
func (ns *Namespace) DeletePortRangeList(p *secgroup.PortRangeList) {
	ns.Edit(p.ID)
	ns.portLists = ns.portLists.without(p.ID)
}

// GroupsWithPorts returns the groups of this account and region whose rules name a port
// range list, by id. It looks at all rules of the groups that have such rules.
func (ns *Namespace) GroupsWithPorts(portRangeList string) []*secgroup.Group {
	var id secgroup.PortListID
	id.Set(portRangeList)
	var groups []*secgroup.Group
	for _, g := range slices.Backward(ns.sorted) {
		if g.PortListRuleCount() == 0 {
			continue
		}
		for r := range g.Rules() {
			if r.PortList == id {
				groups = append(groups, g)
				break
			}
		}
	}
	return groups
}

// initList makes a list one of the namespace.
func (ns *Namespace) initList(l *secgroup.List) {
	ns.keep(&l.Account, &l.Region, &l.Created)
}
