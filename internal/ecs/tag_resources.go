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

// TagResources adds tags to groups.
var TagResources = define(rpc.Spec{
	Name:    "TagResources",
	Summary: "Adds tags to security groups. A tag whose key a group already has gets the new value.",
	Example: "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=sg-web&Tag.1.Key=owner&Tag.1.Value=me",
	Failures: slices.Concat(resourceTagFailures("-Tag.1.Key&"), []rpc.Failure{
		{On: errNoTags, Status: 404, Code: "MissingParameter.Tags", Message: "The parameter - Tags should not be null",
			When: "No tag is given.", Try: "-Tag.1.Key&-Tag.1.Value"},
		repeatedTagKey,
		{On: errTagQuota, Status: 400, Code: "OperationDenied.QuotaExceed", Message: "The quota of tags on resource is beyond permitted range.",
			When: "A group would have more than 20 tags.", Try: "21*Tag.1.Key=key#"},
	}, tagRequestFailures),
}, (*Caller).tagResources)

// TagResourcesRequest is groups and the tags to add.
type TagResourcesRequest struct {
	tagRequest
	Tags []tag
}

// Params declares the parameters.
func (r *TagResourcesRequest) Params(p *param.Set) {
	r.params(p, r.ids().Need(param.ErrMissing))
	param.List(p, param.Each(&r.Tags, "Tag", product.MaxTags, (*tag).Bind).Need(errNoTags))
	p.Fail(product.CheckRepeatedKey(r.Tags))
}

func (c *Caller) tagResources(r *TagResourcesRequest) (*Done, error) {
	return &Done{}, c.World.Update(c.Account, c.Region, func(ns *store.Namespace) error {
		groups, err := r.groups(ns)
		if err != nil {
			return err
		}
		tags := product.TagsOf(r.Tags)
		for _, g := range groups {
			if len(g.Tags)+newKeys(g, tags) > c.Limits.TagsPerGroup {
				return product.Quota(errTagQuota, g.ID, len(g.Tags), c.Limits.TagsPerGroup, "tags")
			}
		}
		for _, g := range groups {
			ns.Tag(g, tags)
		}
		return nil
	})
}

// newKeys returns the number of tags whose key the group does not have.
func newKeys(g *secgroup.Group, tags []secgroup.Tag) int {
	n := 0
	for _, t := range tags {
		if !slices.ContainsFunc(g.Tags, func(has secgroup.Tag) bool { return has.Key == t.Key }) {
			n++
		}
	}
	return n
}

// UntagResources removes tags from groups.
var UntagResources = define(rpc.Spec{
	Name:    "UntagResources",
	Summary: "Removes tags from security groups.",
	Example: "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=sg-web&TagKey.1=tier",
	Failures: slices.Concat([]rpc.Failure{
		{On: param.ErrIndex, Of: "TagKey", Status: 400, Code: "NumberExceed.Tags", Message: "The Tags parameter's number is exceed , Valid : 20",
			When: "More than 20 keys are given.", Try: "TagKey.21=more"},
	}, tagRequestFailures),
}, (*Caller).untagResources)

// UntagResourcesRequest is groups and the keys of the tags to remove.
type UntagResourcesRequest struct {
	tagRequest
	Keys []tagKey
	All  bool
}

// tagKey is an element of TagKey.
type tagKey string

func (k *tagKey) bind(p *param.Set) {
	p.String((*string)(k), "", "Keys of the tags.").Example("TestKey")
}

// Params declares the parameters.
func (r *UntagResourcesRequest) Params(p *param.Set) {
	r.params(p, r.ids().Need(param.ErrMissing))
	param.List(p, param.Each(&r.Keys, "TagKey", product.MaxTags, (*tagKey).bind))
	p.Bool(&r.All, "All", "Whether to remove every tag if TagKey is absent.").Default("false").Example("false")
}

func (c *Caller) untagResources(r *UntagResourcesRequest) (*Done, error) {
	return &Done{}, c.World.Update(c.Account, c.Region, func(ns *store.Namespace) error {
		groups, err := r.groups(ns)
		if err != nil {
			return err
		}
		if len(r.Keys) == 0 && !r.All {
			c.Call.Note("no tag was removed: TagKey is absent and All is not true")
			return nil
		}
		for _, g := range groups {
			ns.Untag(g, r.keys())
		}
		return nil
	})
}

// keys returns the keys of the request, nil for all.
func (r *UntagResourcesRequest) keys() []string {
	var keys []string
	for _, k := range r.Keys {
		keys = append(keys, string(k))
	}
	return keys
}

// ListTagResources lists the tags of groups.
var ListTagResources = define(rpc.Spec{
	Name:     "ListTagResources",
	Summary:  "Lists the tags of security groups.",
	Example:  "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=sg-web",
	Failures: slices.Concat(resourceTagFailures(""), []rpc.Failure{invalidNextToken}, tagRequestFailures),
}, (*Caller).listTagResources)

// tagsPerPage is how many tags a page of ListTagResources has room for.
const tagsPerPage = 50

// ListTagResourcesRequest selects groups, by id or by their tags.
type ListTagResourcesRequest struct {
	tagRequest
	Tags    []tag
	Filters []tagFilter
	Token   nextToken
}

// Params declares the parameters.
func (r *ListTagResourcesRequest) Params(p *param.Set) {
	r.params(p, r.ids())
	param.List(p, param.Each(&r.Tags, "Tag", product.MaxTags, (*tag).Bind))
	param.List(p, param.Each(&r.Filters, "TagFilter", product.MaxTags, (*tagFilter).bind))
	r.Token.bind(p)
}

// ListTagResourcesResponse is a page of tags with their groups.
type ListTagResourcesResponse struct {
	Next string
	Tags []groupTag
}

// A groupTag is a tag of a group.
type groupTag struct {
	secgroup.Tag
	group string
}

// Fields declares the answer.
func (a *ListTagResourcesResponse) Fields(w *wire.Writer) {
	w.Text("NextToken", a.Next)
	wire.List(w, "TagResources", "TagResource", a.Tags, func(t *groupTag, w *wire.Writer) {
		w.Text("ResourceId", t.group)
		w.Text("ResourceType", "securitygroup")
		tagFields(&t.Tag, w)
	})
}

func (c *Caller) listTagResources(r *ListTagResourcesRequest) (*ListTagResourcesResponse, error) {
	a := &ListTagResourcesResponse{}
	return a, c.World.View(c.Account, c.Region, func(ns *store.Namespace) error {
		if _, err := r.groups(ns); err != nil {
			return err
		}
		for _, g := range ns.Groups() {
			if len(g.Tags) == 0 || r.Token != "" && g.ID >= string(r.Token) || !r.selects(g) || ns.Hidden(g.ID) {
				continue
			}
			if len(a.Tags) > 0 && len(a.Tags)+len(g.Tags) > tagsPerPage {
				a.Next = newToken(a.Tags[len(a.Tags)-1].group)
				return nil
			}
			for _, t := range g.Tags {
				a.Tags = append(a.Tags, groupTag{t, g.ID})
			}
		}
		return nil
	})
}

func (r *ListTagResourcesRequest) selects(g *secgroup.Group) bool {
	if len(r.IDs) > 0 && !slices.Contains(r.IDs, resourceID(g.ID)) || !product.HasTags(g.Tags, r.Tags) {
		return false
	}
	for i := range r.Filters {
		if !r.Filters[i].selects(g) {
			return false
		}
	}
	return true
}
