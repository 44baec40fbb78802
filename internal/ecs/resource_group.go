package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
)

// JoinResourceGroup puts a resource into a resource group.
var JoinResourceGroup = define(rpc.Spec{
	Name:    "JoinResourceGroup",
	Summary: "Puts a resource into a resource group.",
	Example: "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=sg-web&ResourceGroupId=rg-1",
	Failures: []*rpc.Failure{
		missingIn2020("RegionId"),
		missingIn2020("ResourceId"),
		missingIn2020("ResourceGroupId"),
		unknownResourceGroup,
		unmockedResourceType,
		unknownResourceType,
		{On: errResource, Status: 404, Code: "InvalidResourceId.NotFound", Message: "The ResourceId provided does not exist in our records.",
			When: "The account has no such resource in the region.", Try: "ResourceId=sg-nowhere"},
		unknownRegion,
	},
}, (*Caller).joinResourceGroup)

// missingIn2020 returns the row of a parameter that is absent in edition 2020. In the others
// the gateway's row answers it.
func missingIn2020(name string) *rpc.Failure {
	return &rpc.Failure{
		On: param.ErrMissing, Of: name, Since: rpc.Edition2020, Until: rpc.Edition2020,
		Status: 403, Code: "MissingParameter", Message: `The input parameter "%s" that is mandatory for processing this request is not supplied.`,
		When: name + " is absent or blank.", Try: "-" + name,
	}
}

// JoinResourceGroupRequest names a resource and its new resource group.
type JoinResourceGroupRequest struct {
	regional
	Type  resourceType
	ID    string
	Group resourceGroup
}

// Params declares the parameters.
func (r *JoinResourceGroupRequest) Params(p *param.Set) {
	region := p.String(&r.Region, "RegionId", "Region of the resource. Without it, the region that has the resource; in 2020 it is required.").Example("cn-hangzhou")
	if p.Edition() == int(rpc.Edition2020) {
		region.Require()
	}
	p.Var(&r.Type, "ResourceType", "Type of the resource.").Require().Example("securitygroup")
	p.String(&r.ID, "ResourceId", "Resource. A primary network interface is in the resource group of its instance.").Require().Example("sg-bp67acfmxazb4p****")
	p.Var(&r.Group, "ResourceGroupId", "Resource group.").Require().Example("rg-bp67acfmxazb4p****")
}

func (c *Caller) joinResourceGroup(r *JoinResourceGroupRequest) (*Done, error) {
	if c.Region == "" {
		c.Region = c.regionOf(r)
	}
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		if err := product.CheckResourceGroup((*product.Caller)(c), ns, r.Group); err != nil {
			return err
		}
		found, err := r.Type.find(ns, r.ID)
		if errors.Is(err, errPrimaryTags) {
			return errResource
		}
		if err == nil {
			ns.Edit(found.of)
			*found.group = string(r.Group)
		}
		return err
	})
}

// regionOf returns the region that has the resource, or any region if none has.
func (c *Caller) regionOf(r *JoinResourceGroupRequest) string {
	regions := c.World.AllRegions()
	for _, region := range regions {
		if c.World.View(c.Account, region.ID, func(ns *store.Namespace) error {
			_, err := r.Type.find(ns, r.ID)
			return err
		}) == nil {
			return region.ID
		}
	}
	return regions[0].ID
}

// resourceGroup is the id of a resource group.
type resourceGroup = product.ResourceGroup
