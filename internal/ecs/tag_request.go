package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// maxResources is how many resources a request about tags may name.
const maxResources = 50

var (
	errNoTags   = errors.New("at least one tag is needed")
	errTagQuota = errors.New("the group wears as many tags as it may")
)

// tagRequest is what the requests about tags have in common: resources of a type
// in a region. The only type is securitygroup.
type tagRequest struct {
	Region string
	Type   resourceType
	IDs    []resourceID
}

// resourceID is an element of ResourceId.
type resourceID string

func (id *resourceID) bind(p *param.Set) {
	p.String((*string)(id), "", "The security groups.").Example("sg-bp67acfmxazb4p****")
}

func (r *tagRequest) params(p *param.Set, ids param.Form) {
	p.String(&r.Region, "RegionId", "Region of the security groups.").Require().Example("cn-hangzhou")
	p.Var(&r.Type, "ResourceType", "Type of the resources, securitygroup.").Require().Example("securitygroup")
	param.List(p, ids)
}

// ids is the list of the groups.
func (r *tagRequest) ids() param.Form {
	return param.Each(&r.IDs, "ResourceId", maxResources, (*resourceID).bind)
}

// groups are the groups that a request names, each of which must exist.
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

// tagRequestFailures are the rows that the tables of the actions on tags share.
var tagRequestFailures = slices.Concat(resourceTypeFailures, []rpc.Failure{
	{On: param.ErrMissing, Of: "RegionId", Status: 404, Code: "MissingParameter.RegionId", Message: "The parameter - RegionId should not be null",
		When: "RegionId is absent or blank.", Try: "-RegionId"},
	{On: param.ErrMissing, Of: "ResourceType", Status: 404, Code: "MissingParameter.ResourceType", Message: "The parameter - ResourceType should not be null",
		When: "ResourceType is absent or blank.", Try: "-ResourceType"},
	{On: param.ErrIndex, Of: "ResourceId", Status: 400, Code: "NumberExceed.ResourceIds", Message: "The ResourceIds parameter's number is exceed , Valid : 50",
		When: "More than 50 resources are given.", Try: "ResourceId.51=sg-web"},
	{On: store.ErrGroup, Status: 404, Code: "InvalidResourceId.NotFound", Message: "The specified ResourceIds are not found in our records.",
		When: "The account has no such group in the region.", Try: "ResourceId.1=sg-nowhere"},
}, regionFailures)

// tagTextFailures are the rows of tags that break their rules, in the texts of the
// actions on tags.
var tagTextFailures = []rpc.Failure{
	{On: secgroup.ErrTagKeyPrefix, Status: 400, Code: "InvalidTagKey.Malformed", Message: "The specified Tag.n.Key is not valid.",
		When: "A key begins with aliyun, acs:, http:// or https://.", Try: "Tag.1.Key=acs:owner"},
	{On: secgroup.ErrTagKey, Status: 400, Code: "InvalidTagKey.Malformed", Message: "The specified Tag.n.Key is not valid.",
		When: "A tag has no key, or one of more than 128 characters.", Try: "-Tag.1.Key&Tag.1.Value=lonely"},
	{On: secgroup.ErrTagValue, Status: 400, Code: "InvalidTagValue.Malformed", Message: "The specified Tag.n.Value is not valid.",
		When: "A value has more than 128 characters, or begins with http:// or https://.", Try: "Tag.1.Value=http://localhost"},
	{On: param.ErrIndex, Of: "Tag", Status: 400, Code: "NumberExceed.Tags", Message: "The Tags parameter's number is exceed , Valid : 20",
		When: "More than 20 tags are given.", Try: "Tag.21.Key=more"},
}
