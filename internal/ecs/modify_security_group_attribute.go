package ecs

import (
	"context"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// ModifySecurityGroupAttribute changes the name and the description of a group.
var ModifySecurityGroupAttribute = rpc.Define(rpc.Spec{
	Name:    "ModifySecurityGroupAttribute",
	Summary: "Changes the name and the description of a security group.",
	Example: "RegionId=cn-hangzhou&SecurityGroupId=sg-web&SecurityGroupName=front&Description=renamed",
	Unmade:  unmade("ModifySecurityGroupAttribute"),
	Failures: slices.Concat(groupFailures, []rpc.Failure{
		{On: secgroup.ErrGroupDescription, Status: 400, Code: "InvalidSecurityGroupDiscription.Malformed", Message: "Specified security group description is not valid.",
			When: "Description has not 2 to 256 characters, or begins with http:// or https://.", Try: "Description=x"},
		{On: secgroup.ErrGroupName, Status: 400, Code: "InvalidSecurityGroupName.Malformed", Message: "Specified security group name is not valid.",
			When: "SecurityGroupName breaks its rules.", Try: "SecurityGroupName=9lives"},
	}, regionFailures),
}, (*Caller).modifySecurityGroupAttribute)

// ModifySecurityGroupAttributeRequest is what should change; what is blank or not given stays.
type ModifySecurityGroupAttributeRequest struct {
	Region      string
	Group       secgroup.GroupID
	Name        secgroup.GroupName
	Description secgroup.GroupDescription
}

// Params declares the parameters.
func (r *ModifySecurityGroupAttributeRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the group.").Require().Example("cn-hangzhou")
	p.Var(&r.Group, "SecurityGroupId", "The group.").Blank(secgroup.ErrGroupID).Require().Example("sg-bp67acfmxazb4p****")
	p.Var(&r.Name, "SecurityGroupName", "New name, 2 to 128 characters.").Example("SecurityGroupTestName")
	p.Var(&r.Description, "Description", "New description, 2 to 256 characters.").Example("TestDescription")
}

func (c *Caller) modifySecurityGroupAttribute(_ context.Context, r *ModifySecurityGroupAttributeRequest) (*Done, error) {
	return &Done{}, c.update(r.Group, func(_ *store.Namespace, g *secgroup.Group) error {
		if r.Name != "" {
			g.Name = secgroup.GroupName(strings.Clone(string(r.Name)))
		}
		if r.Description != "" {
			g.Description = secgroup.GroupDescription(strings.Clone(string(r.Description)))
		}
		return nil
	})
}
