package ecs

import (
	"context"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribePrefixLists lists prefix lists, which are known from the state that was loaded.
var DescribePrefixLists = rpc.Define(rpc.Spec{
	Name:    "DescribePrefixLists",
	Summary: "Lists prefix lists. They are known from the state that was loaded.",
	Example: "RegionId=cn-hangzhou",
	Failures: slices.Concat([]rpc.Failure{
		{On: errNextToken, Status: 400, Code: "InValidParameter.NextToken", Message: "The parameter NextToken is invalid.",
			When: "NextToken is not one that an answer held.", Try: "NextToken=next"},
		{On: secgroup.ErrFamily, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
			When: "AddressFamily is neither IPv4 nor IPv6.", Try: "AddressFamily=IPv5"},
	}, tagFilterFailures, regionFailures),
}, (*Caller).describePrefixLists)

// DescribePrefixListsRequest chooses prefix lists; a filter that is not given chooses all.
type DescribePrefixListsRequest struct {
	Region        string
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
	p.String(&r.Region, "RegionId", "Region of the prefix lists.").Require().Example("cn-hangzhou")
	param.List(p, param.Each(&r.IDs, "PrefixListId", 100, (*prefixListID).bind))
	p.String(&r.Name, "PrefixListName", "Prefix lists of this very name.").Example("PrefixListNameSample")
	p.Var(&r.Family, "AddressFamily", "Prefix lists of this address family.").Example("IPv4")
	p.String(&r.ResourceGroup, "ResourceGroupId", "Prefix lists of this resource group.").Example("rg-bp67acfmxazb4p****")
	param.List(p, param.Each(&r.Tags, "Tag", maxTags, (*tag).bind))
	r.Most = 10
	p.Int(&r.Most, "MaxResults", "Prefix lists a page.").Between(1, 100).Default("10").Example("10")
	p.Var(&r.Token, "NextToken", "Token of the page before; blank for the first.").Example("")
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

func (c *Caller) describePrefixLists(_ context.Context, r *DescribePrefixListsRequest) (*DescribePrefixListsResponse, error) {
	a := &DescribePrefixListsResponse{}
	return a, c.World.View(c.Account, c.Region, func(ns *store.Namespace) error {
		for _, l := range ns.PrefixLists() {
			if r.Token != "" && l.ID >= string(r.Token) || !r.chooses(l) {
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

func (r *DescribePrefixListsRequest) chooses(l *secgroup.PrefixList) bool {
	return (len(r.IDs) == 0 || slices.Contains(r.IDs, prefixListID(l.ID))) &&
		(r.Name == "" || r.Name == l.Name.String()) &&
		(!r.Family.given || r.Family.Family == l.Family) &&
		(r.ResourceGroup == "" || r.ResourceGroup == l.ResourceGroup) &&
		wears(l.Tags, r.Tags)
}
