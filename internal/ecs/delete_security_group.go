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
	Example: "RegionId=cn-hangzhou&SecurityGroupId=sg-web",
	Failures: slices.Concat([]rpc.Failure{
		{On: errReferenced, Status: 403, Code: "DependencyViolation", Message: "The specified security group has been authorized in another one.",
			When: "A rule of another group names this group.", Try: "SecurityGroupId=sg-F876FF7BA"},
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
	return &Done{}, c.update(r.Group, func(rm *store.Realm, g *secgroup.Group) error {
		if by := rm.Referrers(c.Account, g.ID); len(by) > 0 {
			return &referenced{by[0].ID}
		}
		rm.DeleteGroup(g)
		return nil
	})
}

var errReferenced = errors.New("a rule of another group names this group")

// referenced is a group that cannot go, since a rule of another names it.
type referenced struct{ by string }

func (r *referenced) Error() string        { return errReferenced.Error() }
func (r *referenced) Is(target error) bool { return target == errReferenced }
func (r *referenced) Hint() string         { return "a rule of " + r.by + " names this group" }
