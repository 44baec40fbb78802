package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// TagResources adds tags to resources.
var TagResources = define(rpc.Spec{
	Name:    "TagResources",
	Summary: "Adds tags to resources. A tag whose key a resource already has gets the new value.",
	Example: "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=sg-web&Tag.1.Key=owner&Tag.1.Value=me",
	Failures: slices.Concat(resourceTagFailures("-Tag.1.Key&"), []*rpc.Failure{
		{On: errNoTags, Status: 404, Code: "MissingParameter.Tags", Message: "The parameter - Tags should not be null",
			When: "No tag is given.", Try: "-Tag.1.Key&-Tag.1.Value"},
		repeatedTagKey,
		{On: errTagQuota, Status: 400, Code: "OperationDenied.QuotaExceed", Message: "The quota of tags on resource is beyond permitted range.",
			When: "A resource would have more than 20 tags.", Try: "21*Tag.1.Key=key#"},
	}, tagRequestFailures),
}, (*Caller).tagResources)

// TagResourcesRequest is resources and the tags to add.
type TagResourcesRequest struct {
	tagRequest
	Tags []tag
}

// Params declares the parameters.
func (r *TagResourcesRequest) Params(p *param.Set) {
	r.params(p, param.ErrMissing)
	param.NeedList(p, errNoTags, &r.Tags, "Tag", product.MaxTags, (*tag).Bind)
	p.Fail(product.CheckRepeatedKey(r.Tags))
}

func (c *Caller) tagResources(r *TagResourcesRequest) (*Done, error) {
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		found, err := r.resources(ns)
		if err != nil {
			return err
		}
		added := product.TagsOf(r.Tags)
		for _, f := range found {
			if len(secgroup.WithTags(*f.tags, added)) > c.Limits.TagsPerGroup {
				return product.Quota(errTagQuota, f.id, len(*f.tags), c.Limits.TagsPerGroup, "tags")
			}
		}
		for _, f := range found {
			ns.Edit(f.of)
			*f.tags = secgroup.WithTags(*f.tags, added)
		}
		return nil
	})
}

// UntagResources removes tags from resources.
var UntagResources = define(rpc.Spec{
	Name:    "UntagResources",
	Summary: "Removes tags from resources.",
	Example: "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=sg-web&TagKey.1=tier",
	Failures: slices.Concat([]*rpc.Failure{
		{On: param.ErrIndex, Of: "TagKey", Status: 400, Code: "NumberExceed.Tags", Message: "The Tags parameter's number is exceed , Valid : 20",
			When: "More than 20 keys are given.", Try: "TagKey.21=more"},
	}, tagRequestFailures),
}, (*Caller).untagResources)

// UntagResourcesRequest is resources and the keys of the tags to remove.
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
	r.params(p, param.ErrMissing)
	param.List(p, &r.Keys, "TagKey", product.MaxTags, (*tagKey).bind)
	p.Bool(&r.All, "All", "Whether to remove every tag if TagKey is absent.").Default("false").Example("false")
}

func (c *Caller) untagResources(r *UntagResourcesRequest) (*Done, error) {
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		found, err := r.resources(ns)
		if err != nil {
			return err
		}
		if len(r.Keys) == 0 && !r.All {
			c.Call.Note("no tag was removed: TagKey is absent and All is not true")
			return nil
		}
		for _, f := range found {
			ns.Edit(f.of)
			*f.tags = secgroup.WithoutTags(*f.tags, r.keys())
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
