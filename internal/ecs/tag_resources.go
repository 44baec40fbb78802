package ecs

import (
	"context"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// TagResources puts tags on security groups.
var TagResources = rpc.Define(rpc.Spec{
	Name:    "TagResources",
	Summary: "Puts tags on security groups. A tag with a key that a group has replaces its value.",
	Example: "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=sg-web&Tag.1.Key=owner&Tag.1.Value=me",
	Unmade:  unmade("TagResources"),
	Failures: slices.Concat(tagTextFailures, []rpc.Failure{
		{On: errNoTags, Status: 404, Code: "MissingParameter.Tags", Message: "The parameter - Tags should not be null",
			When: "No tag is given.", Try: "-Tag.1.Key&-Tag.1.Value"},
		{On: errRepeatedKey, Status: 400, Code: "Duplicate.TagKey", Message: "The Tag.N.Key contain duplicate key.",
			When: "Two tags have one key.", Try: "Tag.2.Key=owner"},
		{On: errTagQuota, Status: 400, Code: "OperationDenied.QuotaExceed", Message: "The quota of tags on resource is beyond permitted range.",
			When: "A group would wear more than 20 tags.", Try: "21*Tag.1.Key=key#"},
	}, tagRequestFailures),
}, (*Caller).tagResources)

// TagResourcesRequest is groups and the tags to put on them.
type TagResourcesRequest struct {
	tagRequest
	Tags []tag
}

// Params declares the parameters.
func (r *TagResourcesRequest) Params(p *param.Set) {
	r.params(p, r.ids().Need(param.ErrMissing))
	param.List(p, param.Each(&r.Tags, "Tag", maxTags, (*tag).bind).Need(errNoTags))
	p.Fail(repeatedKey(r.Tags))
}

func (c *Caller) tagResources(_ context.Context, r *TagResourcesRequest) (*Done, error) {
	return &Done{}, c.World.Update(c.Account, c.Region, func(ns *store.Namespace) error {
		groups, err := r.groups(ns)
		if err != nil {
			return err
		}
		tags := tagsOf(r.Tags)
		for _, g := range groups {
			if len(g.Tags)+fresh(g, tags) > c.Limits.TagsPerGroup {
				return errTagQuota
			}
		}
		for _, g := range groups {
			ns.Tag(g, tags)
		}
		return nil
	})
}

// fresh counts the tags whose key the group does not wear yet.
func fresh(g *secgroup.Group, tags []secgroup.Tag) int {
	n := 0
	for _, t := range tags {
		if !slices.ContainsFunc(g.Tags, func(has secgroup.Tag) bool { return has.Key == t.Key }) {
			n++
		}
	}
	return n
}
