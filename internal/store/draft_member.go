package store

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// instance adds an instance, which joins its groups afterwards.
func (d *draft) instance(f *form.Object, i *compute.Instance) {
	if f.Failed() {
		return
	}
	i.Kind = secgroup.Instance
	d.namespace(i.Account, i.Region).use(f, "InstanceId", i.ID, nil)
	d.instances = append(d.instances, i)
}

// networkInterface adds a network interface, which joins its groups afterwards.
func (d *draft) networkInterface(f *form.Object, e *compute.Interface) {
	if f.Failed() {
		return
	}
	e.Kind = secgroup.Interface
	d.namespace(e.Account, e.Region).use(f, "NetworkInterfaceId", e.ID, nil)
	d.interfaces = append(d.interfaces, e)
}

// errTaken is why a state's address is refused, besides the errors of its text.
var errTaken = errors.New("a network interface of the vSwitch has this address already")

// take marks an address of an interface as used. One besides the primary address is
// nothing else's in the vSwitch. Two interfaces may share a primary one, as states always
// could say.
func (ns *draftNamespace) take(at place, further bool) error {
	if ns.taken == nil {
		ns.taken = map[place]bool{}
		ns.eachAddress(func(at place, further bool) { ns.taken[at] = further })
	}
	other, used := ns.taken[at]
	switch {
	case at.in == "":
		return nil
	case used && (further || other):
		return errTaken
	}
	ns.taken[at] = further
	return nil
}

// join adds a member to a group.
func (d *draft) join(m *secgroup.Member, id string) error {
	ns := d.namespace(m.Account, m.Region)
	g := ns.group(id)
	if g == nil {
		return ErrGroup
	}
	if err := ns.checkJoin(m, g); err != nil {
		return err
	}
	m.Groups = append(m.Groups, g.ID)
	return nil
}

// checkJoin returns an error if a member cannot be in one more group.
func (ns *draftNamespace) checkJoin(m *secgroup.Member, g *secgroup.Group) error {
	switch {
	case slices.Contains(m.Groups, g.ID):
		return fmt.Errorf("%s is in the list already", g.ID)
	case m.VPC != g.VPC:
		return fmt.Errorf("the group is of %s, the member of %s", networkOf(g.VPC), networkOf(m.VPC))
	case len(m.Groups) > 0 && ns.group(m.Groups[0]).Type != g.Type:
		return errors.New("the groups of a member are all normal or all enterprise")
	}
	return nil
}

// group returns a group of the state or of the world, or nil.
func (ns *draftNamespace) group(id string) *secgroup.Group {
	if g := ns.ids[id]; g != nil {
		return g
	}
	return ns.groups[id]
}

func networkOf(vpc string) string {
	if vpc == "" {
		return "the classic network"
	}
	return vpc
}

// vswitch returns a vSwitch of the state or of the world, or nil.
func (ns *draftNamespace) vswitch(id string) *network.VSwitch {
	for _, v := range ns.newVSwitches {
		if v.ID == id {
			return v
		}
	}
	v, _ := ns.VSwitch(id)
	return v
}

// applyAddresses gives an address to each instance and interface in a known vSwitch that
// has none in the state.
func (d *draft) applyAddresses() {
	used := map[*network.VSwitch]map[netip.Addr]bool{}
	give := func(ns *draftNamespace, vswitch string, address *netip.Addr) {
		v := ns.vswitch(vswitch)
		if v == nil || address.IsValid() {
			return
		}
		if used[v] == nil {
			used[v] = ns.Addresses(v.ID)
		}
		if free := v.Free(1, false, used[v]); len(free) > 0 {
			*address = free[0]
			used[v][free[0]] = true
		}
	}
	for _, i := range d.instances {
		give(d.namespace(i.Account, i.Region), i.VSwitch, &i.Address)
	}
	for _, e := range d.interfaces {
		give(d.namespace(e.Account, e.Region), e.VSwitch, &e.Address)
	}
}

// applyMembers adds the resource groups, the instances and the network interfaces.
func (d *draft) applyMembers() {
	for _, g := range d.resourceGroups {
		d.namespace(g.Account, builtIn[0].ID).AddResourceGroup(g)
	}
	for _, i := range d.instances {
		d.namespace(i.Account, i.Region).AddInstance(i)
	}
	for _, e := range d.interfaces {
		d.namespace(e.Account, e.Region).AddInterface(e)
	}
}
