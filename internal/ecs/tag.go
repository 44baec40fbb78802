package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

const (
	maxResources = 50 // resources in a request about tags
)

var (
	errNoTags   = errors.New("give at least one tag")
	errTagQuota = errors.New("the group would have more tags than its limit")
)

// A tag is a tag of a request.
type tag = product.Tag

func tagFields(t *secgroup.Tag, w *wire.Writer) {
	w.Text("TagKey", t.Key)
	w.Text("TagValue", t.Value)
}

// tagRequest is the common part of the requests about tags: the type and the ids of
// resources.
type tagRequest struct {
	regional
	Type resourceType
	IDs  []resourceID
}

// resourceID is an element of ResourceId.
type resourceID string

func (id *resourceID) bind(p *param.Set) {
	p.String((*string)(id), "", "Security groups.").Example("sg-bp67acfmxazb4p****")
}

func (r *tagRequest) params(p *param.Set, ids param.Form) {
	r.region(p, "Region of the security groups.")
	p.Var(&r.Type, "ResourceType", "Type of the resources.").Require().Example("securitygroup")
	param.List(p, ids)
}

// ids is the list of the groups.
func (r *tagRequest) ids() param.Form {
	return param.Each(&r.IDs, "ResourceId", maxResources, (*resourceID).bind)
}

// groups returns the groups of the request, or an error if one does not exist.
func (r *tagRequest) groups(ns *store.Namespace) ([]*secgroup.Group, error) {
	var list []*secgroup.Group
	for _, id := range r.IDs {
		g, err := ns.Group(string(id))
		if err != nil {
			return nil, err
		}
		list = append(list, g)
	}
	return list, nil
}

// tagRequestFailures is the rows that the actions on tags share.
var tagRequestFailures = []rpc.Failure{
	unmockedResourceType,
	unknownResourceType,
	{On: param.ErrMissing, Of: "RegionId", Status: 404, Code: "MissingParameter.RegionId", Message: "The parameter - RegionId should not be null",
		When: "RegionId is absent or blank.", Try: "-RegionId"},
	{On: param.ErrMissing, Of: "ResourceType", Status: 404, Code: "MissingParameter.ResourceType", Message: "The parameter - ResourceType should not be null",
		When: "ResourceType is absent or blank.", Try: "-ResourceType"},
	{On: param.ErrIndex, Of: "ResourceId", Status: 400, Code: "NumberExceed.ResourceIds", Message: "The ResourceIds parameter's number is exceed , Valid : 50",
		When: "More than 50 resources are given.", Try: "ResourceId.51=sg-web"},
	{On: store.ErrGroup, Status: 404, Code: "InvalidResourceId.NotFound", Message: "The specified ResourceIds are not found in our records.",
		When: "The account has no such group in the region.", Try: "ResourceId.1=sg-nowhere"},
	unknownRegion,
}
