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

// DescribePortRangeLists lists port range lists.
var DescribePortRangeLists = define(rpc.Spec{
	Name:    "DescribePortRangeLists",
	Summary: "Lists the port range lists of the account in a region.",
	Example: "RegionId=cn-hangzhou",
	Failures: slices.Concat([]*rpc.Failure{
		{On: param.ErrIndex, Of: "PortRangeListId", Status: 400, Code: "LimitExceed.PortRangeListId", Message: "The specified number of PortRangeListId exceeds the limit.",
			When: "More than 100 port range lists are given.", Try: "PortRangeListId.101=prl-web"},
	}, invalidPage(), groupTagFailures()),
}, (*Caller).describePortRangeLists)

// DescribePortRangeListsRequest selects port range lists. A filter that is absent selects
// all.
type DescribePortRangeListsRequest struct {
	regional
	IDs           []portRangeListID
	Name          string
	ResourceGroup string
	Tags          []tag
	Most          int
	Token         nextToken
}

// Params declares the parameters.
func (r *DescribePortRangeListsRequest) Params(p *param.Set) {
	r.region(p, "Region of the port range lists.")
	param.List(p, &r.IDs, "PortRangeListId", 100, (*portRangeListID).bind)
	p.String(&r.Name, "PortRangeListName", "Port range lists with exactly this name.").Example("PortRangeListNameSample")
	p.String(&r.ResourceGroup, "ResourceGroupId", "Port range lists in this resource group.").Example("rg-bp67acfmxazb4p****")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).Bind)
	p.Int(&r.Most, "MaxResults", "Port range lists a page.").Between(1, 100).Default("10").Example("10")
	r.Token.bind(p)
}

// portRangeListID is an element of PortRangeListId.
type portRangeListID string

func (id *portRangeListID) bind(p *param.Set) {
	p.String((*string)(id), "", "Port range lists.").Example("prl-2ze9743****")
}

// DescribePortRangeListsResponse is a page of port range lists.
type DescribePortRangeListsResponse struct {
	Next  string
	Lists []portRangeList
}

// A portRangeList is a port range list and the number of groups whose rules name it.
type portRangeList struct {
	secgroup.PortRangeList
	associations int
}

// Fields declares the answer.
func (a *DescribePortRangeListsResponse) Fields(w *wire.Writer) {
	w.Text("NextToken", a.Next)
	wire.PlainList(w, "PortRangeLists", "PortRangeList", a.Lists, func(l *portRangeList, w *wire.Writer) {
		w.Text("PortRangeListId", l.ID)
		w.Text("PortRangeListName", l.Name.String())
		w.Int("MaxEntries", l.MaxEntries)
		w.Int("AssociationCount", l.associations)
		w.Text("Description", l.Description.String())
		w.Text("CreationTime", product.Timestamp(l.Created))
		w.Text("ResourceGroupId", l.ResourceGroup)
		wire.PlainList(w, "Tags", "Tag", l.Tags, tagFields)
	})
}

func (c *Caller) describePortRangeLists(r *DescribePortRangeListsRequest) (*DescribePortRangeListsResponse, error) {
	a := &DescribePortRangeListsResponse{}
	return a, c.View(func(ns *store.Namespace) error {
		for _, l := range ns.PortRangeLists() {
			if r.Token != "" && l.ID >= string(r.Token) || !r.selects(l) {
				continue
			}
			if len(a.Lists) == r.Most {
				a.Next = newToken(a.Lists[r.Most-1].ID)
				return nil
			}
			a.Lists = append(a.Lists, portRangeList{*l, len(ns.GroupsWithPorts(l.ID))})
		}
		return nil
	})
}

func (r *DescribePortRangeListsRequest) selects(l *secgroup.PortRangeList) bool {
	return (len(r.IDs) == 0 || slices.Contains(r.IDs, portRangeListID(l.ID))) &&
		(r.Name == "" || r.Name == l.Name.String()) &&
		(r.ResourceGroup == "" || r.ResourceGroup == l.ResourceGroup) &&
		product.HasTags(l.Tags, r.Tags)
}

// portRangeListRequest names a port range list.
type portRangeListRequest struct {
	regional
	ID string
}

func (r *portRangeListRequest) params(p *param.Set) {
	r.region(p, "Region of the port range list.")
	p.String(&r.ID, "PortRangeListId", "Port range list.").Require().Example("prl-2ze9743****")
}

// view calls f with the port range list.
func (r *portRangeListRequest) view(c *Caller, f func(*store.Namespace, *secgroup.PortRangeList)) error {
	return c.View(func(ns *store.Namespace) error {
		l, ok := ns.PortRangeList(r.ID)
		if !ok {
			return errPortRangeList
		}
		f(ns, l)
		return nil
	})
}

// DescribePortRangeListEntries lists the entries of a port range list.
var DescribePortRangeListEntries = define(rpc.Spec{
	Name:     "DescribePortRangeListEntries",
	Summary:  "Lists the entries of a port range list.",
	Example:  "RegionId=cn-hangzhou&PortRangeListId=prl-web",
	Failures: []*rpc.Failure{unknownPortRangeList, regionOfPorts},
}, (*Caller).describePortRangeListEntries)

// DescribePortRangeListEntriesRequest names a port range list.
type DescribePortRangeListEntriesRequest struct{ portRangeListRequest }

// Params declares the parameters.
func (r *DescribePortRangeListEntriesRequest) Params(p *param.Set) { r.params(p) }

// DescribePortRangeListEntriesResponse is the entries of a port range list.
type DescribePortRangeListEntriesResponse struct{ Entries []secgroup.PortEntry }

// Fields declares the answer.
func (a *DescribePortRangeListEntriesResponse) Fields(w *wire.Writer) {
	wire.PlainList(w, "Entries", "Entry", a.Entries, func(e *secgroup.PortEntry, w *wire.Writer) {
		w.Text("PortRange", e.Ports.String())
		w.Text("Description", e.Description.String())
	})
}

func (c *Caller) describePortRangeListEntries(r *DescribePortRangeListEntriesRequest) (*DescribePortRangeListEntriesResponse, error) {
	a := &DescribePortRangeListEntriesResponse{}
	return a, r.view(c, func(_ *store.Namespace, l *secgroup.PortRangeList) { a.Entries = l.Entries })
}

// DescribePortRangeListAssociations lists what names a port range list.
var DescribePortRangeListAssociations = define(rpc.Spec{
	Name:     "DescribePortRangeListAssociations",
	Summary:  "Lists the security groups whose rules name a port range list.",
	Example:  "RegionId=cn-hangzhou&PortRangeListId=prl-web",
	Failures: append(invalidPage(), unknownPortRangeList),
}, (*Caller).describePortRangeListAssociations)

// DescribePortRangeListAssociationsRequest names a port range list.
type DescribePortRangeListAssociationsRequest struct {
	portRangeListRequest
	Page associationPage
}

// Params declares the parameters.
func (r *DescribePortRangeListAssociationsRequest) Params(p *param.Set) {
	r.params(p)
	r.Page.bind(p)
}

// DescribePortRangeListAssociationsResponse is a page of security groups.
type DescribePortRangeListAssociationsResponse struct {
	Next   string
	Groups []association
}

// Fields declares the answer.
func (a *DescribePortRangeListAssociationsResponse) Fields(w *wire.Writer) {
	w.Text("NextToken", a.Next)
	wire.PlainList(w, "PortRangeListAssociations", "PortRangeListAssociation", a.Groups, func(id *association, w *wire.Writer) {
		id.fields(w, "SecurityGroup")
	})
}

func (c *Caller) describePortRangeListAssociations(r *DescribePortRangeListAssociationsRequest) (*DescribePortRangeListAssociationsResponse, error) {
	a := &DescribePortRangeListAssociationsResponse{}
	return a, r.view(c, func(ns *store.Namespace, l *secgroup.PortRangeList) {
		a.Groups, a.Next = r.Page.cut(ns.GroupsWithPorts(l.ID))
	})
}
