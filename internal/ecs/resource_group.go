package ecs

import (
	"errors"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

var (
	errResourceType = errors.New("ECS has no such resource type")
	errUnmockedType = errors.New("ECS has this resource type, the mock has securitygroup only")
)

// JoinResourceGroup puts a security group into a resource group.
var JoinResourceGroup = define(rpc.Spec{
	Name:    "JoinResourceGroup",
	Summary: "Puts a security group into a resource group.",
	Example: "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=sg-web&ResourceGroupId=rg-1",
	Failures: []rpc.Failure{
		missingIn2020("RegionId"),
		missingIn2020("ResourceId"),
		missingIn2020("ResourceGroupId"),
		unknownResourceGroup,
		unmockedResourceType,
		unknownResourceType,
		{On: store.ErrGroup, Status: 404, Code: "InvalidResourceId.NotFound", Message: "The ResourceId provided does not exist in our records.",
			When: "The account has no such group in the region.", Try: "ResourceId=sg-nowhere"},
		unknownRegion,
	},
}, (*Caller).joinResourceGroup)

// missingIn2020 returns the row of a parameter that is absent in edition 2020. In the others
// the gateway's row answers it.
func missingIn2020(name string) rpc.Failure {
	return rpc.Failure{
		On: param.ErrMissing, Of: name, Since: rpc.Edition2020, Until: rpc.Edition2020,
		Status: 403, Code: "MissingParameter", Message: `The input parameter "%s" that is mandatory for processing this request is not supplied.`,
		When: name + " is absent or blank.", Try: "-" + name,
	}
}

// JoinResourceGroupRequest names a security group and its new resource group.
type JoinResourceGroupRequest struct {
	regional
	Type  resourceType
	ID    string
	Group resourceGroup
}

// Params declares the parameters.
func (r *JoinResourceGroupRequest) Params(p *param.Set) {
	region := p.String(&r.Region, "RegionId", "Region of the security group. Without it, the region that has the group; in 2020 it is required.").Example("cn-hangzhou")
	if p.Edition() == int(rpc.Edition2020) {
		region.Require()
	}
	p.Var(&r.Type, "ResourceType", "Type of the resource.").Require().Example("securitygroup")
	p.String(&r.ID, "ResourceId", "Security group.").Require().Example("sg-bp67acfmxazb4p****")
	p.Var(&r.Group, "ResourceGroupId", "Resource group.").Require().Example("rg-bp67acfmxazb4p****")
}

func (c *Caller) joinResourceGroup(r *JoinResourceGroupRequest) (*Done, error) {
	id := secgroup.GroupID(r.ID)
	c.findRegion(id)
	return &Done{}, c.update(id, func(ns *store.Namespace, g *secgroup.Group) error {
		if err := product.CheckResourceGroup((*product.Caller)(c), ns, r.Group); err != nil {
			return err
		}
		g.ResourceGroup = string(r.Group)
		return nil
	})
}

// resourceGroup is the id of a resource group.
type resourceGroup = product.ResourceGroup

// resourceType is the type of a resource, always securitygroup.
type resourceType string

// unmockedTypes are the other resource types of ECS. Clients take a 404 for a resource that
// was deleted, so these do not get one.
var unmockedTypes = []string{
	"instance", "disk", "snapshot", "image", "volume", "eni", "ddh", "ddhcluster", "keypair", "launchtemplate", "reservedinstance",
	"snapshotpolicy", "elasticityassurance", "capacityreservation", "command", "invocation", "activation", "managedinstance",
}

// Set reads the only type, in any case.
func (t *resourceType) Set(text string) error {
	switch {
	case slices.ContainsFunc(unmockedTypes, func(known string) bool { return strings.EqualFold(known, text) }):
		return errUnmockedType
	case !strings.EqualFold(text, "securitygroup"):
		return errResourceType
	}
	*t = "securitygroup"
	return nil
}

// Values returns the only type.
func (t *resourceType) Values() []string { return []string{"securitygroup"} }
