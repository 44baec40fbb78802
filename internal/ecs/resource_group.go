package ecs

import (
	"errors"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

var errResourceType = errors.New("the resource type is securitygroup; the mock has no other")

// JoinResourceGroup puts a security group into a resource group.
var JoinResourceGroup = define(rpc.Spec{
	Name:    "JoinResourceGroup",
	Summary: "Puts a security group into a resource group.",
	Example: "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=sg-web&ResourceGroupId=rg-1",
	Failures: []rpc.Failure{
		unknownResourceGroup,
		unknownResourceType,
		{On: store.ErrGroup, Status: 404, Code: "InvalidResourceId.NotFound", Message: "The ResourceId provided does not exist in our records.",
			When: "The account has no such group in the region.", Try: "ResourceId=sg-nowhere"},
		unknownRegion,
	},
}, (*Caller).joinResourceGroup)

// JoinResourceGroupRequest names a security group and its new resource group.
type JoinResourceGroupRequest struct {
	regional
	Type  resourceType
	ID    string
	Group resourceGroup
}

// Params declares the parameters.
func (r *JoinResourceGroupRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the security group. Without it, the region that has the group.").Example("cn-hangzhou")
	p.Var(&r.Type, "ResourceType", "Type of the resource.").Require().Example("securitygroup")
	p.String(&r.ID, "ResourceId", "Security group.").Require().Example("sg-bp67acfmxazb4p****")
	p.Var(&r.Group, "ResourceGroupId", "Resource group.").Require().Example("rg-bp67acfmxazb4p****")
}

func (c *Caller) joinResourceGroup(r *JoinResourceGroupRequest) (*Done, error) {
	id := secgroup.GroupID(r.ID)
	c.findRegion(id)
	return &Done{}, c.update(id, func(_ *store.Namespace, g *secgroup.Group) error {
		g.ResourceGroup = string(r.Group)
		return nil
	})
}

// resourceGroup is the id of a resource group.
type resourceGroup = product.ResourceGroup

// resourceType is the type of a resource, always securitygroup.
type resourceType string

// Set reads the only type, in any case.
func (t *resourceType) Set(text string) error {
	if !strings.EqualFold(text, "securitygroup") {
		return errResourceType
	}
	*t = "securitygroup"
	return nil
}

// Values returns the only type.
func (t *resourceType) Values() []string { return []string{"securitygroup"} }
