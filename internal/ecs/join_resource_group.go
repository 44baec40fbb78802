package ecs

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

var (
	errResourceGroup = errors.New("the id of a resource group begins with rg-")
	errResourceType  = errors.New("the only resources are of type securitygroup")
)

var resourceGroupFailures = []rpc.Failure{
	{On: errResourceGroup, Status: 404, Code: "InvalidResourceGroup.NotFound", Message: "The ResourceGroup provided does not exist in our records.",
		When: "ResourceGroupId does not begin with rg-; any other resource group is taken to exist.", Try: "ResourceGroupId=mine"},
}

var resourceTypeFailures = []rpc.Failure{
	{On: errResourceType, Status: 404, Code: "InvalidResourceType.NotFound", Message: "The ResourceType provided does not exist in our records.",
		When: "ResourceType is not securitygroup: the mock has no other resources.", Try: "ResourceType=disk"},
}

// JoinResourceGroup puts a security group into a resource group.
var JoinResourceGroup = rpc.Define(rpc.Spec{
	Name:    "JoinResourceGroup",
	Summary: "Puts a security group into a resource group.",
	Example: "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId=sg-web&ResourceGroupId=rg-1",
	Failures: slices.Concat(resourceGroupFailures, resourceTypeFailures, []rpc.Failure{
		{On: store.ErrGroup, Status: 404, Code: "InvalidResourceId.NotFound", Message: "The specified ResourceIds are not found in our records.",
			When: "The account has no such group in the region.", Try: "ResourceId=sg-nowhere"},
	}, regionFailures),
}, (*Caller).joinResourceGroup)

// JoinResourceGroupRequest names the group and where it should go.
type JoinResourceGroupRequest struct {
	Region string
	Type   resourceType
	ID     string
	Group  resourceGroup
}

// Params declares the parameters.
func (r *JoinResourceGroupRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the security group; found by its id where it is not given.").Example("cn-hangzhou")
	p.Var(&r.Type, "ResourceType", "Type of the resource, securitygroup.").Require().Example("securitygroup")
	p.String(&r.ID, "ResourceId", "The security group.").Require().Example("sg-bp67acfmxazb4p****")
	p.Var(&r.Group, "ResourceGroupId", "The resource group.").Require().Example("rg-bp67acfmxazb4p****")
}

func (c *Caller) joinResourceGroup(_ context.Context, r *JoinResourceGroupRequest) (*Done, error) {
	id := secgroup.GroupID(r.ID)
	if c.Region == "" {
		c.Region = c.locate(id)
	}
	return &Done{}, c.update(id, func(_ *store.Namespace, g *secgroup.Group) error {
		g.ResourceGroup = strings.Clone(string(r.Group))
		return nil
	})
}

// resourceGroup is the id of a resource group.
type resourceGroup string

// Set reads an id that begins as the ids of resource groups do.
func (g *resourceGroup) Set(text string) error {
	if !strings.HasPrefix(text, "rg-") {
		return errResourceGroup
	}
	*g = resourceGroup(strings.Clone(text)) // the group keeps it
	return nil
}

// resourceType is the type of a resource, which is always securitygroup.
type resourceType string

// Set reads the one type there is.
func (t *resourceType) Set(text string) error {
	if !strings.EqualFold(text, "securitygroup") {
		return errResourceType
	}
	*t = "securitygroup"
	return nil
}

// Values are the valid values.
func (t *resourceType) Values() []string { return []string{"securitygroup"} }
