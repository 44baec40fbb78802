package ecs

import (
	"context"
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// DeleteSecurityGroup deletes a group and its rules.
var DeleteSecurityGroup = rpc.Define(rpc.Spec{
	Name:    "DeleteSecurityGroup",
	Summary: "Deletes a security group and its rules.",
	Example: "RegionId=cn-hangzhou&SecurityGroupId=sg-elsewhere",
	Unmade:  unmade("DeleteSecurityGroup"),
	Failures: slices.Concat([]rpc.Failure{
		{On: errReferenced, Status: 403, Code: "DependencyViolation", Message: "The specified security group has been authorized in another one.",
			When: "A rule of another group names this group.", Try: "SecurityGroupId=sg-F876FF7BA"},
		{On: errHasMembers, Status: 403, Code: "DependencyViolation", Message: "There is still instance(s) in the specified security group.",
			When: "An instance or a network interface is in the group.", Try: "SecurityGroupId=sg-web"},
	}, groupFailures, regionFailures),
}, (*Caller).deleteSecurityGroup)

// DeleteSecurityGroupRequest names the group to delete.
type DeleteSecurityGroupRequest struct {
	Region string
	Group  secgroup.GroupID
}

// Params declares the parameters.
func (r *DeleteSecurityGroupRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the group.").Require().Example("cn-hangzhou")
	p.Var(&r.Group, "SecurityGroupId", "The group to delete.").Blank(secgroup.ErrGroupID).Require().Example("sg-bp1fg655nh68xyz9****")
}

func (c *Caller) deleteSecurityGroup(_ context.Context, r *DeleteSecurityGroupRequest) (*Done, error) {
	return &Done{}, c.update(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		if members := ns.Members(g.ID); len(members) > 0 {
			return &dependency{errHasMembers, members[0].ID + " is in this group"}
		}
		if by := ns.Referrers(c.Account, g.ID); len(by) > 0 {
			return &dependency{errReferenced, "a rule of " + by[0].ID + " names this group"}
		}
		ns.DeleteGroup(g)
		return nil
	})
}

var (
	errReferenced = errors.New("a rule of another group names this group")
	errHasMembers = errors.New("the group has members")
)

// dependency is why a group cannot go, and what hangs on it.
type dependency struct {
	error
	what string
}

func (d *dependency) Unwrap() error { return d.error }
func (d *dependency) Hint() string  { return d.what }
