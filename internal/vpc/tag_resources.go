package vpc

import (
	"errors"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// TagResources adds tags to VPCs, vSwitches and route tables.
var TagResources = define(rpc.Spec{
	Name:    "TagResources",
	Summary: "Adds tags to VPCs, vSwitches or route tables. A tag whose key a resource already has gets the new value.",
	Example: "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=vpc-1&Tag.1.Key=owner&Tag.1.Value=me",
	Failures: slices.Concat([]*rpc.Failure{
		{On: errTagQuota, Status: 400, Code: "QuotaExceeded.TagNum", Message: "Custom Tags quota exceeded",
			When: "A resource would have more than 20 tags.", Try: "21*Tag.1.Key=key#"},
		{On: product.ErrRepeatedKey, Status: 400, Code: "InvalidTagKey", Message: "The tag keys are not valid.",
			When: "Two tags have the same key.", Try: "Tag.2.Key=owner"},
	}, tagFailures, tagged),
}, (*Caller).tagResources)

// tagged are the rows that the three actions on tags share.
var tagged = []*rpc.Failure{
	{On: product.ErrVPC, Status: 404, Code: "ResourceNotFound.VPC", Message: "The specified resource of %s is not found.",
		When: "The account has no such VPC in the region.", Try: "ResourceId.1=vpc-nowhere"},
	{On: product.ErrVSwitch, Status: 400, Code: "ResourceNotFound.VSwitch", Message: "The specified resource of VSwitch is not found.",
		When: "The account has no such vSwitch in the region.", Try: "ResourceType=VSWITCH&ResourceId.1=vsw-nowhere"},
	{On: errRouteTable, Status: 404, Code: "InvalidRouteTableId.NotFound", Message: "Specified route table does not exist.",
		When: "The account has no such route table in the region.", Try: "ResourceType=ROUTETABLE&ResourceId.1=vtb-nowhere"},
	unknownRegion,
}

var (
	errTagQuota = errors.New("the resource would have more tags than its limit")
)

// tagRequest is the resources of a request about tags.
type tagRequest struct {
	product.Regional
	kind kind
	ids  []resourceID
}

type resourceID string

func (id *resourceID) bind(p *param.Set) {
	p.String((*string)(id), "", "Ids of the resources.").Example("vpc-bp16qjewdsunr41m1****")
}

func (r *tagRequest) params(p *param.Set, required bool) {
	r.BindRegion(p, "Region of the resources.")
	p.Var(&r.kind, "ResourceType", "Type of the resources, in any case.").Require().Example("VPC")
	var need error
	if required {
		need = param.ErrMissing
	}
	param.NeedList(p, need, &r.ids, "ResourceId", 20, (*resourceID).bind)
}

// A kind is the type of a resource.
type kind string

var kinds = []string{"VPC", "VSWITCH", "ROUTETABLE"}

// Values returns the types that the mock has.
func (*kind) Values() []string { return kinds }

// Set reads a type in any case.
func (k *kind) Set(text string) error {
	if *k = kind(strings.ToUpper(text)); !slices.Contains(kinds, string(*k)) {
		return param.ErrInvalid
	}
	return nil
}

// tags returns where a resource has its tags, which an update may change.
func (k kind) tags(ns *store.Namespace, id string) (*[]secgroup.Tag, error) {
	switch k {
	case "VPC":
		if v, ok := ns.VPC(id); ok {
			ns.Edit(v.ID)
			return &v.Tags, nil
		}
		return nil, rpc.Named(product.ErrVPC, "ResourceId")
	case "VSWITCH":
		if s, ok := ns.VSwitch(id); ok {
			ns.Edit(s.ID)
			return &s.Tags, nil
		}
		return nil, product.ErrVSwitch
	}
	if v := ofRouteTable(ns, id); v != nil {
		ns.Edit(v.ID)
		return &v.Table.Tags, nil
	}
	return nil, errRouteTable
}

// all returns the ids of the resources of the type.
func (k kind) all(ns *store.Namespace) []string {
	var ids []string
	if k == "VSWITCH" {
		for _, s := range ns.VSwitches() {
			ids = append(ids, s.ID)
		}
		return ids
	}
	for _, v := range ns.VPCs() {
		if k == "VPC" {
			ids = append(ids, v.ID)
		} else {
			ids = append(ids, v.RouteTableID())
		}
	}
	return ids
}

// found returns where the resources of the request have their tags.
func (r *tagRequest) found(ns *store.Namespace) ([]*[]secgroup.Tag, error) {
	var list []*[]secgroup.Tag
	for _, id := range r.ids {
		tags, err := r.kind.tags(ns, string(id))
		if err != nil {
			return nil, err
		}
		list = append(list, tags)
	}
	return list, nil
}

// TagResourcesRequest is resources and the tags to add.
type TagResourcesRequest struct {
	tagRequest
	Tags []product.Tag
}

// Params declares the parameters.
func (r *TagResourcesRequest) Params(p *param.Set) {
	r.params(p, true)
	param.NeedList(p, param.ErrMissing, &r.Tags, "Tag", product.MaxTags, (*product.Tag).Bind)
	p.Fail(product.CheckRepeatedKey(r.Tags))
}

func (c *Caller) tagResources(r *TagResourcesRequest) (*product.Done, error) {
	return &product.Done{}, c.Update(func(ns *store.Namespace) error {
		found, err := r.found(ns)
		if err != nil {
			return err
		}
		added := product.TagsOf(r.Tags)
		for i, tags := range found {
			if n := len(withTags(*tags, added)); n > network.TagsOfOne {
				return product.Quota(errTagQuota, string(r.ids[i]), len(*tags), network.TagsOfOne, "tags")
			}
		}
		for _, tags := range found {
			*tags = withTags(*tags, added)
		}
		return nil
	})
}

// withTags returns tags with others; of two with one key the later counts.
func withTags(tags, added []secgroup.Tag) []secgroup.Tag {
	all := slices.Clone(tags)
	for _, t := range added {
		at := slices.IndexFunc(all, func(has secgroup.Tag) bool { return has.Key == t.Key })
		if at < 0 {
			all = append(all, t)
			continue
		}
		all[at] = t
	}
	return all
}

// UnTagResources removes tags.
var UnTagResources = define(rpc.Spec{
	Name:     "UnTagResources",
	Summary:  "Removes tags from VPCs, vSwitches or route tables.",
	Example:  "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=vpc-1&TagKey.1=env",
	Failures: tagged,
}, (*Caller).untagResources)

// UnTagResourcesRequest is resources and the keys of the tags to remove.
type UnTagResourcesRequest struct {
	tagRequest
	keys []tagKey
	all  bool
}

type tagKey string

func (k *tagKey) bind(p *param.Set) {
	p.String((*string)(k), "", "Keys of the tags.").Example("FinanceDept")
}

// Params declares the parameters.
func (r *UnTagResourcesRequest) Params(p *param.Set) {
	r.params(p, true)
	param.List(p, &r.keys, "TagKey", product.MaxTags, (*tagKey).bind)
	p.Bool(&r.all, "All", "Whether to remove every tag if TagKey is absent.").Default("false").Example("false")
}

func (c *Caller) untagResources(r *UnTagResourcesRequest) (*product.Done, error) {
	return &product.Done{}, c.Update(func(ns *store.Namespace) error {
		found, err := r.found(ns)
		if err != nil {
			return err
		}
		if len(r.keys) == 0 && !r.all {
			c.Call.Note("no tag was removed: TagKey is absent and All is not true")
		}
		for _, tags := range found {
			removed := func(t secgroup.Tag) bool {
				return slices.Contains(r.keys, tagKey(t.Key)) || r.all && len(r.keys) == 0
			}
			*tags = slices.DeleteFunc(slices.Clone(*tags), removed)
		}
		return nil
	})
}
