package ecs

import (
	"errors"
	"strconv"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

const portEntriesText = "a port range list has 1 to 2000 entries"

var (
	errNoListedPorts  = errors.New("an entry needs a PortRange")
	errMaxPortEntries = errors.New(portEntriesText)
)

// CreatePortRangeList creates a port range list.
var CreatePortRangeList = define(rpc.Spec{
	Name:     "CreatePortRangeList",
	Summary:  "Creates a port range list.",
	Example:  "RegionId=cn-hangzhou&PortRangeListName=web&MaxEntries=3&Entry.1.PortRange=80/80&Entry.1.Description=HTTP",
	Failures: createPortRangeListFailures,
}, (*Caller).createPortRangeList)

// CreatePortRangeListRequest is the port range list to create.
type CreatePortRangeListRequest struct {
	regional
	Name          secgroup.ListName
	MaxEntries    portEntries
	Description   secgroup.ListDescription
	Entries       []portEntry
	ResourceGroup resourceGroup
	Tags          []tag
	idempotent
}

// Params declares the parameters.
func (r *CreatePortRangeListRequest) Params(p *param.Set) {
	r.region(p, "Region of the new port range list.")
	p.Var(&r.Name, "PortRangeListName", "Name: letters, digits, colons, underscores, periods and hyphens, a letter first. It does not begin with com.aliyun or com.alibabacloud.").Require().Example("PortRangeListNameSample")
	p.Var(&r.MaxEntries, "MaxEntries", "Number of entries that the list may have, which is what a rule with the list counts for in the limit of its group. It cannot change.").Require().Example("10")
	p.Var(&r.Description, "Description", "Description. It does not begin with http:// or https://.").Example("Description information of PortRangeList")
	param.List(p, &r.Entries, "Entry", maxEntries, (*portEntry).bind)
	p.Var(&r.ResourceGroup, "ResourceGroupId", "Resource group.").Example("rg-aek3b6jzp66****")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).Bind)
	p.Fail(product.CheckRepeatedKey(r.Tags))
	r.token(p)
}

// CreatePortRangeListResponse has the id of the new port range list.
type CreatePortRangeListResponse struct{ ID string }

// Fields declares the answer.
func (a *CreatePortRangeListResponse) Fields(w *wire.Writer) { w.Text("PortRangeListId", a.ID) }

func (c *Caller) createPortRangeList(r *CreatePortRangeListRequest) (*CreatePortRangeListResponse, error) {
	l := &secgroup.PortRangeList{List: secgroup.List{
		Name: secgroup.Text(r.Name), MaxEntries: int(r.MaxEntries), Description: secgroup.Text(r.Description),
		ResourceGroup: string(r.ResourceGroup), Tags: product.TagsOf(r.Tags),
	}}
	err := c.Update(func(ns *store.Namespace) error {
		if err := changePorts(c, l, r.Entries, nil); err != nil {
			return err
		}
		if n := len(ns.PortRangeLists()); n >= c.Limits.ListsPerRegion {
			return product.Quota(errListQuota, "the account", n, c.Limits.ListsPerRegion, "port range lists in "+c.Region)
		}
		l.ID = ns.NewID("prl-")
		ns.AddPortRangeList(l)
		return nil
	})
	return &CreatePortRangeListResponse{l.ID}, err
}

// portEntries is how many entries a port range list may have.
type portEntries int

// Type returns the API's name of the type.
func (*portEntries) Type() string { return "Integer" }

// Range returns the limits.
func (*portEntries) Range() (least, most int) { return 1, secgroup.MaxPortEntries }

// Set reads the number.
func (n *portEntries) Set(text string) error {
	v, err := strconv.Atoi(text)
	switch _, most := n.Range(); {
	case err != nil || v < 1:
		return tooFewEntries{}
	case v > most:
		return errMaxPortEntries
	}
	*n = portEntries(v)
	return nil
}

// tooFewEntries is the error of a text that is not a number from 1 on.
type tooFewEntries struct{}

func (tooFewEntries) Error() string        { return portEntriesText }
func (tooFewEntries) Is(target error) bool { return target == param.ErrInvalid }

// ModifyPortRangeList changes a port range list.
var ModifyPortRangeList = define(rpc.Spec{
	Name:     "ModifyPortRangeList",
	Summary:  "Changes the name, the description and the entries of a port range list.",
	Example:  "RegionId=cn-hangzhou&PortRangeListId=prl-web&AddEntry.1.PortRange=8080/8080&AddEntry.1.Description=proxy",
	Failures: modifyPortRangeListFailures,
}, (*Caller).modifyPortRangeList)

// ModifyPortRangeListRequest is a port range list with its changes. A field that is
// absent or blank does not change.
type ModifyPortRangeListRequest struct {
	regional
	ID          string
	Name        secgroup.ListName
	Description secgroup.ListDescription
	Add, Remove []portEntry
	idempotent
}

// Params declares the parameters.
func (r *ModifyPortRangeListRequest) Params(p *param.Set) {
	r.region(p, "Region of the port range list.")
	p.String(&r.ID, "PortRangeListId", "Port range list to change.").Require().Example("prl-2ze9743****")
	p.Var(&r.Name, "PortRangeListName", "New name.").Example("PortRangeListNameSample")
	p.Var(&r.Description, "Description", "New description.").Example("This is description.")
	param.List(p, &r.Add, "AddEntry", maxEntries, (*portEntry).bind)
	param.List(p, &r.Remove, "RemoveEntry", maxEntries, (*portEntry).bindPorts)
	r.token(p)
}

func (c *Caller) modifyPortRangeList(r *ModifyPortRangeListRequest) (*Done, error) {
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		l, ok := ns.PortRangeList(r.ID)
		if !ok {
			return errPortRangeList
		}
		ns.Edit(l.ID)
		if err := changePorts(c, l, r.Add, r.Remove); err != nil {
			return err
		}
		rename(&l.List, r.Name, r.Description)
		return nil
	})
}

// DeletePortRangeList deletes a port range list.
var DeletePortRangeList = define(rpc.Spec{
	Name:    "DeletePortRangeList",
	Summary: "Deletes a port range list that no rule names.",
	Example: "RegionId=cn-hangzhou&PortRangeListId=prl-spare",
	Failures: []*rpc.Failure{
		{On: errAssociated, Status: 400, Code: "InvalidPortRangeListId.AssociationExist", Message: "The specified port range list has association resources.",
			When: "A rule of a security group names the port range list.", Try: "PortRangeListId=prl-web"},
		unknownPortRangeList,
		regionOfPorts,
	},
}, (*Caller).deletePortRangeList)

// DeletePortRangeListRequest names the port range list to delete.
type DeletePortRangeListRequest struct {
	regional
	ID string
}

// Params declares the parameters.
func (r *DeletePortRangeListRequest) Params(p *param.Set) {
	r.region(p, "Region of the port range list.")
	p.String(&r.ID, "PortRangeListId", "Port range list to delete.").Require().Example("prl-2ze9743****")
}

func (c *Caller) deletePortRangeList(r *DeletePortRangeListRequest) (*Done, error) {
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		l, ok := ns.PortRangeList(r.ID)
		if !ok {
			return errPortRangeList
		}
		if err := unassociated(ns.GroupsWithPorts(l.ID)); err != nil {
			return err
		}
		ns.DeletePortRangeList(l)
		return nil
	})
}

// A portEntry is an entry of a request.
type portEntry struct {
	ports       secgroup.ListedPorts
	description secgroup.EntryDescription
}

func (e *portEntry) bind(p *param.Set) {
	e.bindPorts(p)
	p.Var(&e.description, "Description", "Description of the entry.").Example("This is description.")
}

func (e *portEntry) bindPorts(p *param.Set) {
	p.Var(&e.ports, "PortRange", "Range of ports: first/last, 1 to 65535.").Else(errNoListedPorts).Example("80/80")
}

// changePorts changes the entries of a port range list.
func changePorts(c *Caller, l *secgroup.PortRangeList, add, remove []portEntry) error {
	var change entryChange
	var entries []string
	for _, e := range l.Entries {
		entries = append(entries, e.Ports.String())
	}
	for _, e := range remove {
		change.remove = append(change.remove, e.ports.String())
	}
	for _, e := range add {
		change.add, change.described = append(change.add, e.ports.String()), append(change.described, e.description != "")
	}
	changed, err := change.apply(c, entries, l.MaxEntries)
	if err != nil {
		return err
	}
	all := append(l.Entries[:len(l.Entries):len(l.Entries)], portEntriesOf(add)...)
	l.Entries = make([]secgroup.PortEntry, 0, len(changed)) // a new slice, since answers may still read the old one
	for _, i := range changed {
		l.Entries = append(l.Entries, all[i])
	}
	return nil
}

func portEntriesOf(entries []portEntry) (list []secgroup.PortEntry) {
	for _, e := range entries {
		list = append(list, secgroup.PortEntry{Ports: e.ports, Description: secgroup.Text(e.description)})
	}
	return list
}
