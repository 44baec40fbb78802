package resourcemanager

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ecsmock/ecsmock/internal/ascii"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// home is a region that every world has. Resource groups are of an account, in whatever
// region.
const home = "cn-hangzhou"

// CreateResourceGroup creates a resource group.
var CreateResourceGroup = define(rpc.Spec{
	Name:    "CreateResourceGroup",
	Summary: "Creates a resource group.",
	Example: "Name=market&DisplayName=Market",
	Failures: []*rpc.Failure{
		{On: errName, Status: 400, Code: "InvalidParameter.Name.InvalidChars", Message: "The Name is invalid.",
			When: "Name is not letters, digits and hyphens, a letter first.", Try: "Name=9lives"},
		{On: errNameLength, Status: 400, Code: "InvalidParameter.Name.Length", Message: "The maximum length of Name is exceeded.",
			When: "Name does not have 2 to 50 characters.", Try: "Name=a"},
		{On: errTaken, Status: 409, Code: "EntityAlreadyExists.ResourceGroup", Message: "The resource group already exists.",
			When: "The account has a resource group with this name.", Try: "Name=default"},
	},
}, (*Caller).createResourceGroup)

// CreateResourceGroupRequest is the resource group to create.
type CreateResourceGroupRequest struct {
	name        name
	displayName displayName
}

// Params declares the parameters.
func (r *CreateResourceGroupRequest) Params(p *param.Set) {
	p.Var(&r.name, "Name", "Name, which is unique: 2 to 50 letters, digits and hyphens, a letter first.").Require().Example("my-project")
	p.Var(&r.displayName, "DisplayName", "Name for people, of 1 to 50 characters.").Require().Example("my-project")
	p.Unused("Tag RepeatList")
}

// ResourceGroupResponse is one resource group.
type ResourceGroupResponse struct {
	group   described
	regions []string
}

// Fields declares the answer.
func (a *ResourceGroupResponse) Fields(w *wire.Writer) {
	w.Object("ResourceGroup", func(w *wire.Writer) {
		a.group.fields(w)
		wire.List(w, "RegionStatuses", "RegionStatus", a.regions, func(id *string, w *wire.Writer) {
			w.Text("RegionId", *id)
			w.Text("Status", a.group.status)
		})
	})
}

// described is a resource group as answers show it.
type described struct {
	store.ResourceGroup
	status string
}

func (d *described) fields(w *wire.Writer) {
	w.Text("Id", d.ID)
	w.Text("Name", d.Name.String())
	w.Text("DisplayName", d.DisplayName.String())
	w.Text("AccountId", d.Account)
	w.Text("Status", d.status)
	w.Text("CreateDate", d.Created.In(china).Format(time.RFC3339))
}

// china is the time zone of the dates of resource groups.
var china = time.FixedZone("UTC+8", 8*60*60)

// one returns the answer about a resource group.
func (c *Caller) one(g *store.ResourceGroup, status string) *ResourceGroupResponse {
	a := &ResourceGroupResponse{group: described{*g, status}}
	for _, r := range c.World.Regions() {
		a.regions = append(a.regions, r.ID)
	}
	return a
}

func (c *Caller) createResourceGroup(r *CreateResourceGroupRequest) (*ResourceGroupResponse, error) {
	g := &store.ResourceGroup{Name: secgroup.Text(r.name), DisplayName: secgroup.Text(r.displayName)}
	err := c.Update(func(ns *store.Namespace) error {
		if slices.ContainsFunc(all(ns), func(has *store.ResourceGroup) bool { return has.Name == g.Name }) {
			return errTaken
		}
		g.ID = ns.NewResourceGroupID()
		ns.AddResourceGroup(g)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c.one(g, "OK"), nil
}

// all returns the resource groups of the account, the default one first.
func all(ns *store.Namespace) []*store.ResourceGroup {
	first, _ := ns.ResourceGroup(ns.DefaultResourceGroup())
	return append([]*store.ResourceGroup{first}, ns.ResourceGroups()...)
}

// GetResourceGroup describes a resource group.
var GetResourceGroup = define(rpc.Spec{
	Name:     "GetResourceGroup",
	Summary:  "Returns a resource group.",
	Example:  "ResourceGroupId=rg-1",
	Failures: []*rpc.Failure{unknown},
}, (*Caller).getResourceGroup)

var unknown = &rpc.Failure{
	On: product.ErrResourceGroup, Status: 404, Code: "EntityNotExists.ResourceGroup", Message: "The resource group does not exist.",
	When: "The account has no such resource group.", Try: "ResourceGroupId=rg-nowhere",
}

// GetResourceGroupRequest names a resource group.
type GetResourceGroupRequest struct{ id string }

// Params declares the parameters.
func (r *GetResourceGroupRequest) Params(p *param.Set) {
	p.String(&r.id, "ResourceGroupId", "Resource group.").Require().Example("rg-9gLOoK****")
	p.Unused("IncludeTags Boolean")
}

func (c *Caller) getResourceGroup(r *GetResourceGroupRequest) (*ResourceGroupResponse, error) {
	var g *store.ResourceGroup
	err := c.View(func(ns *store.Namespace) (err error) {
		g, err = find(ns, r.id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return c.one(g, "OK"), nil
}

// find returns a resource group of the account. The error is product.ErrResourceGroup.
func find(ns *store.Namespace, id string) (*store.ResourceGroup, error) {
	if g, ok := ns.ResourceGroup(id); ok {
		return g, nil
	}
	return nil, product.Hinted(product.ErrResourceGroup, "the account has no resource group "+id)
}

// DeleteResourceGroup deletes a resource group.
var DeleteResourceGroup = define(rpc.Spec{
	Name:    "DeleteResourceGroup",
	Summary: "Deletes a resource group in which nothing is.",
	Example: "ResourceGroupId=rg-empty",
	Failures: []*rpc.Failure{
		unknown,
		{On: errUsed, Status: 409, Code: "DeleteConflict.ResourceGroup.Resource", Message: "The resource group has resources.",
			When: "Something is in the resource group, or it is the default one.", Try: "ResourceGroupId=rg-1"},
	},
}, (*Caller).deleteResourceGroup)

// DeleteResourceGroupRequest names a resource group.
type DeleteResourceGroupRequest struct{ id string }

// Params declares the parameters.
func (r *DeleteResourceGroupRequest) Params(p *param.Set) {
	p.String(&r.id, "ResourceGroupId", "Resource group to delete.").Require().Example("rg-9gLOoK****")
}

func (c *Caller) deleteResourceGroup(r *DeleteResourceGroupRequest) (*ResourceGroupResponse, error) {
	var g *store.ResourceGroup
	err := c.Update(func(ns *store.Namespace) (err error) {
		if g, err = find(ns, r.id); err != nil {
			return err
		}
		if g.ID == ns.DefaultResourceGroup() {
			return product.Hinted(errUsed, "the default resource group cannot be deleted")
		}
		if member := ns.InResourceGroup(g.ID); member != "" {
			return product.Hinted(errUsed, member+" is in this resource group")
		}
		ns.DeleteResourceGroup(g)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c.one(g, "PendingDelete"), nil
}

// ListResourceGroups lists resource groups.
var ListResourceGroups = define(rpc.Spec{
	Name:    "ListResourceGroups",
	Summary: "Lists the resource groups of the account. One always exists, the default one.",
}, (*Caller).listResourceGroups)

// ListResourceGroupsRequest selects resource groups. A filter that is absent selects all.
type ListResourceGroupsRequest struct {
	id, name, displayName, status string
	page                          product.Page
}

// Params declares the parameters.
func (r *ListResourceGroupsRequest) Params(p *param.Set) {
	p.String(&r.id, "ResourceGroupId", "Resource group.").Example("rg-9gLOoK****")
	p.String(&r.name, "Name", "Resource groups with exactly this name.").Example("my-project")
	p.String(&r.displayName, "DisplayName", "Resource groups whose name for people has this text in it.").Example("my-project")
	p.String(&r.status, "Status", "Resource groups with this status. In the mock each is OK.").Example("OK")
	r.page.Bind(p, "Resource groups", 100)
	p.Unused("IncludeTags Boolean\nResourceGroupIds RepeatList\nTag RepeatList")
}

// ListResourceGroupsResponse is a page of resource groups.
type ListResourceGroupsResponse struct {
	total  int
	page   product.Page
	groups []described
}

// Fields declares the answer.
func (a *ListResourceGroupsResponse) Fields(w *wire.Writer) {
	w.Int("TotalCount", a.total)
	w.Int("PageNumber", a.page.Number)
	w.Int("PageSize", a.page.Size)
	wire.List(w, "ResourceGroups", "ResourceGroup", a.groups, (*described).fields)
}

func (c *Caller) listResourceGroups(r *ListResourceGroupsRequest) (*ListResourceGroupsResponse, error) {
	a := &ListResourceGroupsResponse{page: r.page}
	return a, c.View(func(ns *store.Namespace) error {
		selected := slices.DeleteFunc(all(ns), func(g *store.ResourceGroup) bool { return !r.selects(g) })
		a.total = len(selected)
		start, end := r.page.Bounds(len(selected))
		for _, g := range selected[start:end] {
			a.groups = append(a.groups, described{*g, "OK"})
		}
		return nil
	})
}

func (r *ListResourceGroupsRequest) selects(g *store.ResourceGroup) bool {
	return (r.id == "" || r.id == g.ID) && (r.name == "" || r.name == g.Name.String()) &&
		strings.Contains(g.DisplayName.String(), r.displayName) && (r.status == "" || r.status == "OK")
}

// Causes of calls about resource groups.
var (
	errName       = errors.New("the name of a resource group is letters, digits and hyphens, a letter first")
	errNameLength = errors.New("the name of a resource group has 2 to 50 characters")
	errTaken      = errors.New("the account has a resource group with this name")
	errUsed       = errors.New("something is in the resource group")
)

// name is the name of a resource group.
type name string

// Length returns the limits in characters.
func (*name) Length() (least, most int) { return 2, 50 }

// Set reads the name.
func (n *name) Set(text string) error {
	if !ascii.IsWord(text, "-") || !ascii.IsLetter(text[0]) {
		return errName
	}
	if least, most := n.Length(); len(text) < least || len(text) > most {
		return errNameLength
	}
	*n = name(strings.Clone(text))
	return nil
}

// displayName is the name of a resource group for people.
type displayName string

// Length returns the limits in characters.
func (*displayName) Length() (least, most int) { return 1, 50 }

// Set reads the name.
func (n *displayName) Set(text string) error {
	if _, most := n.Length(); !utf8.ValidString(text) || utf8.RuneCountInString(text) > most {
		return param.ErrInvalid
	}
	*n = displayName(strings.Clone(text))
	return nil
}
