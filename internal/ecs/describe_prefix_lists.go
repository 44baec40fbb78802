package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribePrefixLists lists prefix lists.
var DescribePrefixLists = define(rpc.Spec{
	Name:    "DescribePrefixLists",
	Summary: "Lists the prefix lists of the account in a region.",
	Example: "RegionId=cn-hangzhou",
	Failures: slices.Concat([]*rpc.Failure{
		invalidNextToken,
		{On: secgroup.ErrFamily, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "AddressFamily is neither IPv4 nor IPv6.", Try: "AddressFamily=IPv5"},
		unknownRegion,
	}, groupTagFailures()),
}, (*Caller).describePrefixLists)

// DescribePrefixListsRequest selects prefix lists. A filter that is absent selects all.
type DescribePrefixListsRequest struct {
	regional
	IDs           []prefixListID
	Name          string
	Family        optionalFamily
	ResourceGroup string
	Tags          []tag
	Most          int
	Token         nextToken
}

// Params declares the parameters.
func (r *DescribePrefixListsRequest) Params(p *param.Set) {
	r.region(p, "Region of the prefix lists.")
	param.List(p, &r.IDs, "PrefixListId", 100, (*prefixListID).bind)
	p.String(&r.Name, "PrefixListName", "Prefix lists with exactly this name.").Example("PrefixListNameSample")
	p.Var(&r.Family, "AddressFamily", "Prefix lists of this address family.").Example("IPv4")
	p.String(&r.ResourceGroup, "ResourceGroupId", "Prefix lists in this resource group.").Example("rg-bp67acfmxazb4p****")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).Bind)
	p.Int(&r.Most, "MaxResults", "Prefix lists a page.").Between(1, 100).Default("10").Example("10")
	r.Token.bind(p)
}

// DescribePrefixListsResponse is a page of prefix lists.
type DescribePrefixListsResponse struct {
	Next  string
	Lists []prefixList
}

// Fields declares the answer.
func (a *DescribePrefixListsResponse) Fields(w *wire.Writer) {
	w.Text("NextToken", a.Next)
	wire.List(w, "PrefixLists", "PrefixList", a.Lists, func(l *prefixList, w *wire.Writer) {
		l.fields(w)
		w.Int("AssociationCount", l.associations)
		w.Text("ResourceGroupId", l.ResourceGroup)
		wire.List(w, "Tags", "Tag", l.Tags, tagFields)
	})
}

func (c *Caller) describePrefixLists(r *DescribePrefixListsRequest) (*DescribePrefixListsResponse, error) {
	a := &DescribePrefixListsResponse{}
	return a, c.View(func(ns *store.Namespace) error {
		for _, l := range ns.PrefixLists() {
			if r.Token != "" && l.ID >= string(r.Token) || !r.selects(l) {
				continue
			}
			if len(a.Lists) == r.Most {
				a.Next = newToken(a.Lists[r.Most-1].ID)
				return nil
			}
			a.Lists = append(a.Lists, prefixList{*l, ns.Associations(l.ID)})
		}
		return nil
	})
}

func (r *DescribePrefixListsRequest) selects(l *secgroup.PrefixList) bool {
	return (len(r.IDs) == 0 || slices.Contains(r.IDs, prefixListID(l.ID))) &&
		(r.Name == "" || r.Name == l.Name.String()) &&
		(!r.Family.given || r.Family.Family == l.Family) &&
		(r.ResourceGroup == "" || r.ResourceGroup == l.ResourceGroup) &&
		product.HasTags(l.Tags, r.Tags)
}

// DescribePrefixListAttributes returns a prefix list.
var DescribePrefixListAttributes = define(rpc.Spec{
	Name:     "DescribePrefixListAttributes",
	Summary:  "Returns a prefix list and its entries.",
	Example:  "RegionId=cn-hangzhou&PrefixListId=pl-office",
	Failures: []*rpc.Failure{unknownPrefixList, unknownRegion},
}, (*Caller).describePrefixListAttributes)

// DescribePrefixListAttributesRequest names a prefix list.
type DescribePrefixListAttributesRequest struct {
	regional
	ID string
}

// Params declares the parameters.
func (r *DescribePrefixListAttributesRequest) Params(p *param.Set) {
	r.region(p, "Region of the prefix list.")
	p.String(&r.ID, "PrefixListId", "Prefix list.").Require().Example("pl-x1j1k5ykzqlixdcy****")
}

// DescribePrefixListAttributesResponse is a prefix list.
type DescribePrefixListAttributesResponse struct{ List prefixList }

// Fields declares the answer.
func (a *DescribePrefixListAttributesResponse) Fields(w *wire.Writer) {
	a.List.fields(w)
	wire.List(w, "Entries", "Entry", a.List.Entries, func(e *secgroup.Entry, w *wire.Writer) {
		w.Text("Cidr", e.CIDR.String())
		w.Text("Description", e.Description.String())
	})
}

func (c *Caller) describePrefixListAttributes(r *DescribePrefixListAttributesRequest) (*DescribePrefixListAttributesResponse, error) {
	a := &DescribePrefixListAttributesResponse{}
	return a, c.View(func(ns *store.Namespace) error {
		l, ok := ns.PrefixList(r.ID)
		if !ok {
			return errPrefixList
		}
		a.List = prefixList{PrefixList: *l}
		return nil
	})
}

// A prefixList is a prefix list and the number of groups whose rules name it.
type prefixList struct {
	secgroup.PrefixList
	associations int
}

func (l *prefixList) fields(w *wire.Writer) {
	w.Text("PrefixListId", l.ID)
	w.Text("PrefixListName", l.Name.String())
	w.Text("AddressFamily", l.Family.String())
	w.Int("MaxEntries", l.MaxEntries)
	w.Text("CreationTime", product.Timestamp(l.Created))
	w.Text("Description", l.Description.String())
}

// prefixListID is an element of PrefixListId.
type prefixListID string

func (id *prefixListID) bind(p *param.Set) {
	p.String((*string)(id), "", "Prefix lists.").Example("pl-x1j1k5ykzqlixdcy****")
}

// DescribePrefixListAssociations lists what names a prefix list.
var DescribePrefixListAssociations = define(rpc.Spec{
	Name:    "DescribePrefixListAssociations",
	Summary: "Lists the security groups whose rules name a prefix list.",
	Example: "RegionId=cn-hangzhou&PrefixListId=pl-office",
	Failures: []*rpc.Failure{
		{On: errNextToken, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "NextToken is not from an answer.", Try: "NextToken=next"},
		unknownPrefixList,
		unknownRegion,
	},
}, (*Caller).describePrefixListAssociations)

// DescribePrefixListAssociationsRequest names a prefix list.
type DescribePrefixListAssociationsRequest struct {
	regional
	ID   string
	Page associationPage
}

// Params declares the parameters.
func (r *DescribePrefixListAssociationsRequest) Params(p *param.Set) {
	r.region(p, "Region of the prefix list.")
	p.String(&r.ID, "PrefixListId", "Prefix list.").Require().Example("pl-x1j1k5ykzqlixdcy****")
	r.Page.bind(p)
}

// DescribePrefixListAssociationsResponse is a page of security groups.
type DescribePrefixListAssociationsResponse struct {
	Next   string
	Groups []association
}

// Fields declares the answer.
func (a *DescribePrefixListAssociationsResponse) Fields(w *wire.Writer) {
	w.Text("NextToken", a.Next)
	wire.List(w, "PrefixListAssociations", "PrefixListAssociation", a.Groups, func(id *association, w *wire.Writer) {
		id.fields(w, "securitygroup")
	})
}

func (c *Caller) describePrefixListAssociations(r *DescribePrefixListAssociationsRequest) (*DescribePrefixListAssociationsResponse, error) {
	a := &DescribePrefixListAssociationsResponse{}
	return a, c.View(func(ns *store.Namespace) error {
		l, ok := ns.PrefixList(r.ID)
		if !ok {
			return errPrefixList
		}
		a.Groups, a.Next = r.Page.cut(ns.AssociatedGroups(l.ID))
		return nil
	})
}

// optionalFamily is an address family or absent.
type optionalFamily struct {
	secgroup.Family
	given bool
}

// Set reads the family.
func (f *optionalFamily) Set(text string) error {
	f.given = true
	return f.Family.Set(text)
}
