package ecs

import (
	"context"
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// LeaveSecurityGroup takes an instance or a network interface out of a group.
var LeaveSecurityGroup = rpc.Define(rpc.Spec{
	Name:    "LeaveSecurityGroup",
	Summary: "Takes an instance or a network interface out of a security group.",
	Example: "RegionId=cn-hangzhou&SecurityGroupId=sg-web&InstanceId=i-web",
	Unmade:  unmade("LeaveSecurityGroup"),
	Failures: slices.Concat([]rpc.Failure{
		{On: errMemberLacks, Status: 403, Code: "InstanceNotInSecurityGroup", Message: "The instance not in the group.",
			When: "The member is not in the group.", Try: "SecurityGroupId=sg-F876FF7BA"},
		{On: errLastGroup, Status: 403, Code: "InstanceLastSecurityGroup", Message: "The specified security group is the last security group for the instance.",
			When: "The group is the member's last.", Try: "InstanceId=i-loner"},
	}, membershipFailures),
}, (*Caller).leaveSecurityGroup)

// LeaveSecurityGroupRequest names the group and who is to leave it.
type LeaveSecurityGroupRequest struct{ membership }

func (c *Caller) leaveSecurityGroup(_ context.Context, r *LeaveSecurityGroupRequest) (*Done, error) {
	return c.updateMember(&r.membership, func(ns *store.Namespace, g *secgroup.Group, m *secgroup.Member) error {
		switch {
		case !slices.Contains(m.Groups, g.ID):
			return errMemberLacks
		case len(m.Groups) == 1:
			return errLastGroup
		}
		ns.Leave(m, g)
		return nil
	})
}
