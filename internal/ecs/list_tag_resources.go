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

// ListTagResources tells which security groups wear which tags.
var ListTagResources = rpc.Define(rpc.Spec{
	Name:    "ListTagResources",
	Summary: "Tells which security groups wear which tags.",
	Example: "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=sg-web",
	Unmade:  unmade("ListTagResources"),
	Failures: slices.Concat([]rpc.Failure{
		{On: secgroup.ErrTagKeyPrefix, Status: 400, Code: "InvalidTagKey.Malformed", Message: "The specified Tag.n.Key is not valid.",
			When: "A key begins with aliyun, acs:, http:// or https://.", Try: "Tag.1.Key=acs:owner"},
		{On: secgroup.ErrTagKey, Status: 400, Code: "InvalidTagKey.Malformed", Message: "The specified Tag.n.Key is not valid.",
			When: "A tag has no key, or one of more than 128 characters.", Try: "Tag.1.Value=lonely"},
		{On: secgroup.ErrTagValue, Status: 400, Code: "InvalidTagValue.Malformed", Message: "The specified Tag.n.Value is not valid.",
			When: "A value has more than 128 characters, or begins with http:// or https://.", Try: "Tag.1.Key=home&Tag.1.Value=http://localhost"},
		{On: param.ErrIndex, Of: "Tag", Status: 400, Code: "NumberExceed.Tags", Message: "The Tags parameter's number is exceed , Valid : 20",
			When: "More than 20 tags are given.", Try: "Tag.21.Key=more"},
		{On: errNextToken, Status: 400, Code: "InValidParameter.NextToken", Message: "The parameter NextToken is invalid.",
			When: "NextToken is not one that an answer held.", Try: "NextToken=next"},
	}, tagRequestFailures),
}, (*Caller).listTagResources)

// pageOfTags is how many tags a page holds.
const pageOfTags = 50

// ListTagResourcesRequest chooses groups, by id or by the tags they wear.
type ListTagResourcesRequest struct {
	tagRequest
	Tags    []tag
	Filters []tagFilter
	Token   nextToken
}

// Params declares the parameters.
func (r *ListTagResourcesRequest) Params(p *param.Set) {
	r.params(p, r.ids())
	param.List(p, param.Each(&r.Tags, "Tag", maxTags, (*tag).bind))
	param.List(p, param.Each(&r.Filters, "TagFilter", maxTags, (*tagFilter).bind))
	p.Var(&r.Token, "NextToken", "Token of the page before; blank for the first.").Example("")
}

// ListTagResourcesResponse is a page of tags and who wears them.
type ListTagResourcesResponse struct {
	Next string
	Tags []worn
}

// worn is a tag on a group.
type worn struct {
	secgroup.Tag
	group string
}

// Fields declares the answer.
func (a *ListTagResourcesResponse) Fields(w *wire.Writer) {
	w.Text("NextToken", a.Next)
	wire.List(w, "TagResources", "TagResource", a.Tags, func(t *worn, w *wire.Writer) {
		w.Text("ResourceId", t.group)
		w.Text("ResourceType", "securitygroup")
		tagFields(&t.Tag, w)
	})
}

func (c *Caller) listTagResources(_ context.Context, r *ListTagResourcesRequest) (*ListTagResourcesResponse, error) {
	a := &ListTagResourcesResponse{}
	return a, c.World.View(c.Account, c.Region, func(ns *store.Namespace) error {
		if _, err := r.groups(ns); err != nil {
			return err
		}
		for _, g := range ns.Groups() {
			if len(g.Tags) == 0 || r.Token != "" && g.ID >= string(r.Token) || !r.chooses(g) || ns.Hidden(g.ID) {
				continue
			}
			if len(a.Tags) > 0 && len(a.Tags)+len(g.Tags) > pageOfTags {
				a.Next = newToken(a.Tags[len(a.Tags)-1].group)
				return nil
			}
			for _, t := range g.Tags {
				a.Tags = append(a.Tags, worn{t, g.ID})
			}
		}
		return nil
	})
}

func (r *ListTagResourcesRequest) chooses(g *secgroup.Group) bool {
	if len(r.IDs) > 0 && !slices.Contains(r.IDs, resourceID(g.ID)) || !wears(g.Tags, r.Tags) {
		return false
	}
	for i := range r.Filters {
		if !r.Filters[i].chooses(g) {
			return false
		}
	}
	return true
}
