package ecs

import (
	"errors"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/compute"
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
	errNoTags       = errors.New("give at least one tag")
	errTagQuota     = errors.New("the resource would have more tags than its limit")
	errResource     = errors.New("the account has no such resource in the region")
	errResourceType = errors.New("ECS has no such resource type")
	errUnmockedType = errors.New("ECS has this resource type; the mock has " + mockedTypes)
	errPrimaryTags  = errors.New("in the mock a primary network interface has no tags")
)

// A tag is a tag of a request.
type tag = product.Tag

func tagFields(t *secgroup.Tag, w *wire.Writer) {
	w.Text("TagKey", t.Key)
	w.Text("TagValue", t.Value)
}

// resourceType is the type of a resource.
type resourceType string

const mockedTypes = "securitygroup, instance, disk, eni, prefixlist and portrangelist"

var resourceTypes = []string{"securitygroup", "instance", "disk", "eni", "prefixlist", "portrangelist"}

// unmockedTypes are the other resource types of ECS. Clients take a 404 for a resource that
// was deleted, so these do not get one.
var unmockedTypes = []string{
	"snapshot", "image", "volume", "ddh", "ddhcluster", "keypair", "launchtemplate", "reservedinstance",
	"snapshotpolicy", "elasticityassurance", "capacityreservation", "command", "invocation", "activation", "managedinstance",
}

// Set reads a type in any case.
func (t *resourceType) Set(text string) error {
	name := strings.ToLower(text)
	switch {
	case slices.Contains(unmockedTypes, name):
		return errUnmockedType
	case !slices.Contains(resourceTypes, name):
		return errResourceType
	}
	*t = resourceType(name)
	return nil
}

// Values returns the types that the mock has.
func (t *resourceType) Values() []string { return resourceTypes }

// A resource is where something has its tags and its resource group.
type resource struct {
	id    string
	of    string // id of the thing that has it: a system disk is of its instance
	tags  *[]secgroup.Tag
	group *string
}

// all returns the resources of the type by id, descending.
func (t resourceType) all(ns *store.Namespace) []resource {
	var list []resource
	switch t {
	case "securitygroup":
		for _, g := range ns.Groups() {
			list = append(list, resource{g.ID, g.ID, &g.Tags, &g.ResourceGroup})
		}
	case "instance":
		for _, i := range ns.Instances() {
			list = append(list, resource{i.ID, i.ID, &i.Tags, &i.ResourceGroup})
		}
	case "disk":
		for _, i := range ns.Instances() {
			list = append(list, diskResource(i))
		}
	case "eni":
		for _, e := range ns.Interfaces() {
			list = append(list, resource{e.ID, e.ID, &e.Tags, &e.ResourceGroup})
		}
	case "prefixlist":
		for _, l := range ns.PrefixLists() {
			list = append(list, resource{l.ID, l.ID, &l.Tags, &l.ResourceGroup})
		}
	case "portrangelist":
		for _, l := range ns.PortRangeLists() {
			list = append(list, resource{l.ID, l.ID, &l.Tags, &l.ResourceGroup})
		}
	}
	return list
}

// find returns the resource of the type with an id.
func (t resourceType) find(ns *store.Namespace, id string) (resource, error) {
	switch t {
	case "securitygroup":
		if g, err := ns.Group(id); err == nil {
			return resource{g.ID, g.ID, &g.Tags, &g.ResourceGroup}, nil
		}
	case "instance":
		if i, ok := ns.Instance(id); ok {
			return resource{i.ID, i.ID, &i.Tags, &i.ResourceGroup}, nil
		}
	case "disk":
		if i := slices.IndexFunc(ns.Instances(), func(i *compute.Instance) bool { return i.DiskID() == id }); i >= 0 {
			return diskResource(ns.Instances()[i]), nil
		}
	case "eni":
		if e, ok := ns.Interface(id); ok && e.Primary {
			return resource{}, errPrimaryTags
		} else if ok {
			return resource{e.ID, e.ID, &e.Tags, &e.ResourceGroup}, nil
		}
	case "prefixlist":
		if l, ok := ns.PrefixList(id); ok {
			return resource{l.ID, l.ID, &l.Tags, &l.ResourceGroup}, nil
		}
	case "portrangelist":
		if l, ok := ns.PortRangeList(id); ok {
			return resource{l.ID, l.ID, &l.Tags, &l.ResourceGroup}, nil
		}
	}
	return resource{}, errResource
}

// diskResource returns the system disk of an instance.
func diskResource(i *compute.Instance) resource {
	return resource{i.DiskID(), i.ID, &i.Disk.Tags, &i.Disk.ResourceGroup}
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
	p.String((*string)(id), "", "Resources.").Example("sg-bp67acfmxazb4p****")
}

// params declares the region and the resources; need is the error where there are none,
// nil where there may be none.
func (r *tagRequest) params(p *param.Set, need error) {
	r.region(p, "Region of the resources.")
	p.Var(&r.Type, "ResourceType", "Type of the resources.").Require().Example("securitygroup")
	param.NeedList(p, need, &r.IDs, "ResourceId", maxResources, (*resourceID).bind)
}

// resources returns the resources of the request, or an error if one does not exist.
func (r *tagRequest) resources(ns *store.Namespace) ([]resource, error) {
	var list []resource
	for _, id := range r.IDs {
		found, err := r.Type.find(ns, string(id))
		if err != nil {
			return nil, err
		}
		list = append(list, found)
	}
	return list, nil
}

// tagRequestFailures is the rows that the actions on tags share.
var tagRequestFailures = []*rpc.Failure{
	unmockedResourceType,
	unknownResourceType,
	{On: param.ErrMissing, Of: "RegionId", Status: 404, Code: "MissingParameter.RegionId", Message: "The parameter - RegionId should not be null",
		When: "RegionId is absent or blank.", Try: "-RegionId"},
	{On: param.ErrMissing, Of: "ResourceType", Status: 404, Code: "MissingParameter.ResourceType", Message: "The parameter - ResourceType should not be null",
		When: "ResourceType is absent or blank.", Try: "-ResourceType"},
	{On: param.ErrIndex, Of: "ResourceId", Status: 400, Code: "NumberExceed.ResourceIds", Message: "The ResourceIds parameter's number is exceed , Valid : 50",
		When: "More than 50 resources are given.", Try: "ResourceId.51=sg-web"},
	unknownResource("ResourceId.1"),
	primaryTags("ResourceId.1"),
	unknownRegion,
}

// unknownResource returns the row of a resource that does not exist.
func unknownResource(parameter string) *rpc.Failure {
	return &rpc.Failure{On: errResource, Status: 404, Code: "InvalidResourceId.NotFound", Message: "The specified ResourceIds are not found in our records.",
		When: "The account has no such resource in the region.", Try: parameter + "=sg-nowhere"}
}

// primaryTags returns the row of a primary network interface.
func primaryTags(parameter string) *rpc.Failure {
	return &rpc.Failure{On: errPrimaryTags, Status: 403, Code: "InvalidResourceId.NotSupported", Message: "The specified ResourceId does not support tagging.",
		When: "The resource is a primary network interface, which has no tags in the mock.", Try: "ResourceType=eni&" + parameter + "=eni-web-primary"}
}
