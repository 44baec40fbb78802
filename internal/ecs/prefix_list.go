package ecs

import (
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// CreatePrefixList creates a prefix list.
var CreatePrefixList = define(rpc.Spec{
	Name:     "CreatePrefixList",
	Summary:  "Creates a prefix list.",
	Example:  "RegionId=cn-hangzhou&PrefixListName=office&AddressFamily=IPv4&MaxEntries=5&Entry.1.Cidr=10.1.0.0/16&Entry.1.Description=Hangzhou",
	Failures: createPrefixListFailures,
}, (*Caller).createPrefixList)

// CreatePrefixListRequest is the prefix list to create.
type CreatePrefixListRequest struct {
	regional
	Name          secgroup.ListName
	Family        secgroup.Family
	MaxEntries    int
	Description   secgroup.ListDescription
	Entries       []prefixEntry
	ResourceGroup resourceGroup
	Tags          []tag
	idempotent
}

// Params declares the parameters.
func (r *CreatePrefixListRequest) Params(p *param.Set) {
	r.region(p, "Region of the new prefix list.")
	p.Var(&r.Name, "PrefixListName", "Name: letters, digits, colons, underscores, periods and hyphens, a letter first. It does not begin with com.aliyun or com.alibabacloud.").Require().Example("PrefixListNameSample")
	p.Var(&r.Family, "AddressFamily", "Address family of all entries. It cannot change.").Require().Example("IPv4")
	p.Int(&r.MaxEntries, "MaxEntries", "Number of entries that the list may have, which is what a rule with the list counts for in the limit of its group. It cannot change.").
		Between(1, secgroup.MaxPrefixEntries).Require().Example("10")
	p.Var(&r.Description, "Description", "Description. It does not begin with http:// or https://.").Example("This is description.")
	param.List(p, &r.Entries, "Entry", maxEntries, (*prefixEntry).bind)
	p.Var(&r.ResourceGroup, "ResourceGroupId", "Resource group.").Example("rg-bp67acfmxazb4p****")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).Bind)
	p.Fail(product.CheckRepeatedKey(r.Tags))
	r.token(p)
}

// CreatePrefixListResponse has the id of the new prefix list.
type CreatePrefixListResponse struct{ ID string }

// Fields declares the answer.
func (a *CreatePrefixListResponse) Fields(w *wire.Writer) { w.Text("PrefixListId", a.ID) }

func (c *Caller) createPrefixList(r *CreatePrefixListRequest) (*CreatePrefixListResponse, error) {
	l := &secgroup.PrefixList{Family: r.Family, List: secgroup.List{
		Name: secgroup.Text(r.Name), MaxEntries: r.MaxEntries, Description: secgroup.Text(r.Description),
		ResourceGroup: string(r.ResourceGroup), Tags: product.TagsOf(r.Tags),
	}}
	err := c.Update(func(ns *store.Namespace) error {
		if err := changePrefixes(c, l, r.Entries, nil); err != nil {
			return err
		}
		if n := len(ns.PrefixLists()); n >= c.Limits.ListsPerRegion {
			return product.Quota(errListQuota, "the account", n, c.Limits.ListsPerRegion, "prefix lists in "+c.Region)
		}
		l.ID = ns.NewID("pl-")
		ns.AddPrefixList(l)
		return nil
	})
	return &CreatePrefixListResponse{l.ID}, err
}

// ModifyPrefixList changes a prefix list.
var ModifyPrefixList = define(rpc.Spec{
	Name:     "ModifyPrefixList",
	Summary:  "Changes the name, the description and the entries of a prefix list.",
	Example:  "RegionId=cn-hangzhou&PrefixListId=pl-office&AddEntry.1.Cidr=10.3.0.0/16&AddEntry.1.Description=Shanghai&RemoveEntry.1.Cidr=10.2.0.0/16",
	Failures: modifyPrefixListFailures,
}, (*Caller).modifyPrefixList)

// ModifyPrefixListRequest is a prefix list with its changes. A field that is absent or
// blank does not change.
type ModifyPrefixListRequest struct {
	regional
	ID          string
	Name        secgroup.ListName
	Description secgroup.ListDescription
	Add, Remove []prefixEntry
}

// Params declares the parameters.
func (r *ModifyPrefixListRequest) Params(p *param.Set) {
	r.region(p, "Region of the prefix list.")
	p.String(&r.ID, "PrefixListId", "Prefix list to change.").Require().Example("pl-x1j1k5ykzqlixdcy****")
	p.Var(&r.Name, "PrefixListName", "New name.").Example("PrefixListNameSample")
	p.Var(&r.Description, "Description", "New description.").Example("This is description.")
	param.List(p, &r.Add, "AddEntry", maxEntries, (*prefixEntry).bind)
	param.List(p, &r.Remove, "RemoveEntry", maxEntries, (*prefixEntry).bindCIDR)
}

func (c *Caller) modifyPrefixList(r *ModifyPrefixListRequest) (*Done, error) {
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		l, ok := ns.PrefixList(r.ID)
		if !ok {
			return errPrefixList
		}
		ns.Edit(l.ID)
		if err := changePrefixes(c, l, r.Add, r.Remove); err != nil {
			return err
		}
		rename(&l.List, r.Name, r.Description)
		return nil
	})
}

// DeletePrefixList deletes a prefix list.
var DeletePrefixList = define(rpc.Spec{
	Name:    "DeletePrefixList",
	Summary: "Deletes a prefix list that no rule names.",
	Example: "RegionId=cn-hangzhou&PrefixListId=pl-spare",
	Failures: []*rpc.Failure{
		{On: errAssociated, Status: 400, Code: "NotAllowed.AssociationExist", Message: "The specified prefix list has associated resources.",
			When: "A rule of a security group names the prefix list.", Try: "PrefixListId=pl-office"},
		unknownPrefixList,
		unknownRegion,
	},
}, (*Caller).deletePrefixList)

// DeletePrefixListRequest names the prefix list to delete.
type DeletePrefixListRequest struct {
	regional
	ID string
}

// Params declares the parameters.
func (r *DeletePrefixListRequest) Params(p *param.Set) {
	r.region(p, "Region of the prefix list.")
	p.String(&r.ID, "PrefixListId", "Prefix list to delete.").Require().Example("pl-x1j1k5ykzqlixdcy****")
}

func (c *Caller) deletePrefixList(r *DeletePrefixListRequest) (*Done, error) {
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		l, ok := ns.PrefixList(r.ID)
		if !ok {
			return errPrefixList
		}
		if err := unassociated(ns.AssociatedGroups(l.ID)); err != nil {
			return err
		}
		ns.DeletePrefixList(l)
		return nil
	})
}

// A prefixEntry is an entry of a request.
type prefixEntry struct {
	cidr        secgroup.ListedCIDR
	description secgroup.EntryDescription
}

func (e *prefixEntry) bind(p *param.Set) {
	e.bindCIDR(p)
	p.Var(&e.description, "Description", "Description of the entry.").Example("Description Sample 01")
}

func (e *prefixEntry) bindCIDR(p *param.Set) {
	p.Var(&e.cidr, "Cidr", "CIDR block of the list's address family, without host bits. An address is taken as its /32 or /128.").Require().Example("192.168.1.0/24")
}

// changePrefixes changes the entries of a prefix list.
func changePrefixes(c *Caller, l *secgroup.PrefixList, add, remove []prefixEntry) error {
	var change entryChange
	var entries []string
	for _, e := range l.Entries {
		entries = append(entries, e.CIDR.Prefix.String())
	}
	all := l.Entries[:len(l.Entries):len(l.Entries)]
	for i, e := range append(remove[:len(remove):len(remove)], add...) {
		if !e.cidr.Fits(l.Family) {
			return &otherFamily{e.cidr.String(), l.Family}
		}
		if i < len(remove) {
			change.remove = append(change.remove, e.cidr.Prefix.String())
			continue
		}
		change.add, change.described = append(change.add, e.cidr.Prefix.String()), append(change.described, e.description != "")
		all = append(all, secgroup.Entry{CIDR: e.cidr.Block, Description: secgroup.Text(e.description)})
	}
	changed, err := change.apply(c, entries, l.MaxEntries)
	if err != nil {
		return err
	}
	l.Entries = make([]secgroup.Entry, 0, len(changed)) // a new slice, since answers may still read the old one
	for _, i := range changed {
		l.Entries = append(l.Entries, all[i])
	}
	return nil
}

// otherFamily is the error of a block that is not of the list's family.
type otherFamily struct {
	cidr string
	of   secgroup.Family
}

func (o *otherFamily) Error() string        { return secgroup.ErrListedCIDR.Error() }
func (o *otherFamily) Is(target error) bool { return target == secgroup.ErrListedCIDR }
func (o *otherFamily) Hint() string {
	return o.cidr + " is not " + o.of.String() + ", the list's address family"
}
