package store

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// A ResourceGroup is a group of resources of an account, in whatever region.
type ResourceGroup struct {
	ID, Account string
	Name        secgroup.Text
	DisplayName secgroup.Text
	Tags        []secgroup.Tag // never changed in place
	Created     time.Time
}

// ResourceID returns the id.
func (g *ResourceGroup) ResourceID() string { return g.ID }

// ResourceGroups returns the resource groups of the account by id, descending, without the
// default one. The slice must not be changed.
func (ns *Namespace) ResourceGroups() []*ResourceGroup { return ns.all.resourceGroups[ns.Account] }

// ResourceGroup returns a resource group of the account. The default one always exists.
func (ns *Namespace) ResourceGroup(id string) (*ResourceGroup, bool) {
	if id == ns.DefaultResourceGroup() {
		created := time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)
		return &ResourceGroup{ID: id, Account: ns.Account, Name: "default", DisplayName: "default resource group", Created: created}, true
	}
	return ns.all.resourceGroups[ns.Account].get(id)
}

// AddResourceGroup adds a resource group, whose id is new to the account.
func (ns *Namespace) AddResourceGroup(g *ResourceGroup) {
	ns.Edit(g.ID)
	g.Account = ns.all.accounts.add(ns.Account)
	g.Created = ns.created(g.Created)
	ns.all.resourceGroups[g.Account] = ns.all.resourceGroups[g.Account].with(g)
}

// DeleteResourceGroup removes a resource group of the account.
func (ns *Namespace) DeleteResourceGroup(g *ResourceGroup) {
	ns.Edit(g.ID)
	ns.all.resourceGroups[g.Account] = ns.all.resourceGroups[g.Account].without(g.ID)
}

// NewResourceGroupID returns an id that no resource group of the account has.
func (ns *Namespace) NewResourceGroupID() string {
	for {
		id := ns.all.clock.ID("rg-", "acfm")
		if _, ok := ns.ResourceGroup(id); !ok {
			return id
		}
	}
}

// InResourceGroup returns the id of something of the account, in any region, that is in a
// resource group, or "".
func (ns *Namespace) InResourceGroup(id string) string {
	for _, other := range ns.all.namespaces() {
		if other.Account != ns.Account {
			continue
		}
		if member := other.inResourceGroup(id); member != "" {
			return member
		}
	}
	return ""
}

func (ns *Namespace) inResourceGroup(id string) string {
	for _, g := range ns.sorted {
		if g.ResourceGroup == id {
			return g.ID
		}
	}
	for _, v := range ns.vpcs {
		if v.ResourceGroup == id {
			return v.ID
		}
	}
	for _, s := range ns.vswitches {
		if s.ResourceGroup == id {
			return s.ID
		}
	}
	for _, i := range ns.instances {
		if i.ResourceGroup == id {
			return i.ID
		}
	}
	for _, e := range ns.interfaces {
		if e.ResourceGroup == id {
			return e.ID
		}
	}
	for _, p := range ns.prefixLists {
		if p.ResourceGroup == id {
			return p.ID
		}
	}
	for _, p := range ns.portLists {
		if p.ResourceGroup == id {
			return p.ID
		}
	}
	return ""
}

// allResourceGroups visits the resource groups by account and id.
func (c *contents) allResourceGroups() iter.Seq[*ResourceGroup] {
	return func(yield func(*ResourceGroup) bool) {
		for _, id := range slices.Sorted(maps.Keys(c.resourceGroups)) {
			for _, g := range slices.Backward(c.resourceGroups[id]) {
				if !yield(g) {
					return
				}
			}
		}
	}
}

// resourceGroup declares a resource group.
func (s *state) resourceGroup(f *form.Object, g *ResourceGroup) {
	s.owner(f, &g.Account)
	f.Required("ResourceGroupId", (*resourceGroupID)(&g.ID))
	f.Default("Name", &g.Name, g.ID)
	f.Default("DisplayName", &g.DisplayName, g.Name.String())
	f.Value("CreateDate", moment{&g.Created})
	s.tags(f, &g.Tags)
	if f.Reading() {
		s.draft.resourceGroup(f, g)
	}
}

var errResourceGroupID = errors.New("the id of a resource group begins with rg-")

// A resourceGroupID is the id of a resource group.
type resourceGroupID string

// Set reads an id.
func (id *resourceGroupID) Set(text string) error {
	if len(text) < len("rg-x") || text[:3] != "rg-" {
		return errResourceGroupID
	}
	*id = resourceGroupID(text)
	return nil
}

// String returns the id.
func (id *resourceGroupID) String() string { return string(*id) }

// resourceGroup adds a resource group.
func (d *draft) resourceGroup(f *form.Object, g *ResourceGroup) {
	if f.Failed() {
		return
	}
	same := func(other *ResourceGroup) bool { return other.Account == g.Account && other.ID == g.ID }
	_, used := d.to.resourceGroups[g.Account].get(g.ID)
	if used || slices.ContainsFunc(d.resourceGroups, same) || g.ID == (&Namespace{Account: g.Account}).DefaultResourceGroup() {
		f.Fail("ResourceGroupId", fmt.Errorf("the account has the resource group %s already", g.ID))
		return
	}
	g.Created = d.orNow(g.Created)
	d.resourceGroups = append(d.resourceGroups, g)
}
