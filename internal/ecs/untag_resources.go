package ecs

import (
	"context"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
)

// UntagResources takes tags off security groups.
var UntagResources = rpc.Define(rpc.Spec{
	Name:    "UntagResources",
	Summary: "Takes tags off security groups.",
	Example: "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=sg-web&TagKey.1=tier",
	Unmade:  unmade("UntagResources"),
	Failures: slices.Concat([]rpc.Failure{
		{On: param.ErrIndex, Of: "TagKey", Status: 400, Code: "NumberExceed.Tags", Message: "The Tags parameter's number is exceed , Valid : 20",
			When: "More than 20 keys are given.", Try: "TagKey.21=more"},
	}, tagRequestFailures),
}, (*Caller).untagResources)

// UntagResourcesRequest is groups and the keys of the tags to take off.
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
	param.List(p, param.Each(&r.Keys, "TagKey", maxTags, (*tagKey).bind))
	p.Bool(&r.All, "All", "Whether to take off every tag, where no TagKey is given.").Default("false").Example("false")
}

func (c *Caller) untagResources(_ context.Context, r *UntagResourcesRequest) (*Done, error) {
	return &Done{}, c.World.Update(c.Account, c.Region, func(ns *store.Namespace) error {
		groups, err := r.groups(ns)
		if err != nil {
			return err
		}
		if len(r.Keys) == 0 && !r.All {
			c.Call.Note("nothing was taken off: there is no TagKey, and All is not true")
			return nil
		}
		for _, g := range groups {
			ns.Untag(g, r.keys())
		}
		return nil
	})
}

// keys are the keys that are given, nil for every key there is.
func (r *UntagResourcesRequest) keys() []string {
	var keys []string
	for _, k := range r.Keys {
		keys = append(keys, string(k))
	}
	return keys
}
