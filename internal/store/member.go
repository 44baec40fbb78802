package store

import (
	"cmp"
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Instance returns an instance of this account in this region.
func (ns *Namespace) Instance(id string) (*compute.Instance, bool) { return ns.instances.get(id) }

// Instances returns the instances by id, descending. The slice must not be changed, and
// adding and deleting an instance change it.
func (ns *Namespace) Instances() []*compute.Instance { return ns.instances }

// Interface returns a network interface of this account in this region. A primary one is
// a copy: its instance has what it is made from.
func (ns *Namespace) Interface(id string) (*compute.Interface, bool) {
	if e, ok := ns.interfaces.get(id); ok {
		return e, true
	}
	for _, instance := range compute.InstanceIDs(id) {
		if i, ok := ns.Instance(instance); ok && i.PrimaryID() == id {
			return i.Primary(), true
		}
	}
	return nil, false
}

// Interfaces returns the network interfaces that are not primary by id, descending. The
// slice must not be changed, and adding and deleting an interface change it.
func (ns *Namespace) Interfaces() []*compute.Interface { return ns.interfaces }

// AddInstance adds an instance, whose id is new to the namespace, and makes it a member of
// its groups.
func (ns *Namespace) AddInstance(i *compute.Instance) {
	ns.Edit(i.ID)
	i.Kind = secgroup.Instance
	i.Created = ns.created(i.Created)
	ns.addMember(&i.Member)
	ns.instances = ns.instances.with(i)
}

// DeleteInstance removes an instance of the namespace, also from its groups.
func (ns *Namespace) DeleteInstance(i *compute.Instance) {
	ns.Edit(i.ID)
	ns.leaveAll(&i.Member)
	ns.instances = ns.instances.without(i.ID)
}

// AddInterface adds a network interface, whose id is new to the namespace, and makes it a
// member of its groups.
func (ns *Namespace) AddInterface(e *compute.Interface) {
	ns.Edit(e.ID)
	e.Kind = secgroup.Interface
	e.Created = ns.created(e.Created)
	ns.addMember(&e.Member)
	ns.interfaces = ns.interfaces.with(e)
}

// DeleteInterface removes a network interface of the namespace, also from its groups.
func (ns *Namespace) DeleteInterface(e *compute.Interface) {
	ns.Edit(e.ID)
	ns.leaveAll(&e.Member)
	ns.interfaces = ns.interfaces.without(e.ID)
}

// Members returns the members of a group by kind and id. The slice must not be changed,
// and Join and Leave change it.
func (ns *Namespace) Members(group string) []*secgroup.Member { return ns.inGroup[group] }

// Join adds a member of the namespace to a group of the namespace in which it is not.
func (ns *Namespace) Join(m *secgroup.Member, g *secgroup.Group) {
	ns.Edit(m.ID)
	m.Groups = append(slices.Clone(m.Groups), g.ID)
	ns.enroll(m, g.ID)
}

// Leave removes a member from a group in which it is.
func (ns *Namespace) Leave(m *secgroup.Member, g *secgroup.Group) {
	ns.Edit(m.ID)
	at := slices.Index(m.Groups, g.ID)
	m.Groups = slices.Delete(slices.Clone(m.Groups), at, at+1)
	ns.unenroll(m, g.ID)
}

// SetGroups makes a member of the namespace one of other groups in place of its own.
func (ns *Namespace) SetGroups(m *secgroup.Member, groups []string) {
	ns.Edit(m.ID)
	ns.leaveAll(m)
	m.Groups = groups
	for _, id := range groups {
		ns.enroll(m, id)
	}
}

func (ns *Namespace) leaveAll(m *secgroup.Member) {
	for _, id := range m.Groups {
		ns.unenroll(m, id)
	}
	m.Groups = nil
}

// addMember makes a member one of the namespace and of its groups.
func (ns *Namespace) addMember(m *secgroup.Member) {
	ns.create()
	m.Account, m.Region = ns.Account, ns.Region
	for _, id := range m.Groups {
		ns.enroll(m, id)
	}
}

// enroll adds a member to those of a group, unenroll removes it.
func (ns *Namespace) enroll(m *secgroup.Member, group string) {
	in := ns.inGroup[group]
	at, _ := slices.BinarySearchFunc(in, m, byKind)
	ns.inGroup[group] = slices.Insert(in, at, m)
}

func (ns *Namespace) unenroll(m *secgroup.Member, group string) {
	in := ns.inGroup[group]
	at, _ := slices.BinarySearchFunc(in, m, byKind)
	if in = slices.Delete(in, at, at+1); len(in) == 0 {
		delete(ns.inGroup, group)
		return
	}
	ns.inGroup[group] = in
}

func byKind(a, b *secgroup.Member) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}
