package ecs

import (
	"context"
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// maxGroupsOfMember is how many groups an instance or a network interface may be in.
const maxGroupsOfMember = 5

// JoinSecurityGroup puts an instance or a network interface into a group.
var JoinSecurityGroup = rpc.Define(rpc.Spec{
	Name:    "JoinSecurityGroup",
	Summary: "Puts an instance or a network interface into a security group.",
	Example: "RegionId=cn-hangzhou&SecurityGroupId=sg-F876FF7BA&InstanceId=i-web",
	Unmade:  unmade("JoinSecurityGroup"),
	Failures: slices.Concat([]rpc.Failure{
		{On: errMemberHas, Status: 403, Code: "InvalidInstanceId.AlreadyExists", Message: "The specified instance already exists in the specified security group.",
			When: "The member is in the group already.", Try: "SecurityGroupId=sg-web"},
		{On: errMemberVPC, Status: 400, Code: "InvalidInstanceId.Mismatch", Message: "Specified instance and security group are not in the same VPC.",
			When: "The instance is of another network or VPC than the group.", Try: "SecurityGroupId=sg-elsewhere"},
		{On: errInterfaceVPC, Status: 403, Code: "InvalidOperation.VpcMismatch", Message: "The specified network interface and security group are not in the same VPC.",
			When: "The network interface is of another VPC than the group.", Try: "SecurityGroupId=sg-elsewhere&-InstanceId&NetworkInterfaceId=eni-web"},
		{On: errMemberType, Status: 400, Code: "InvalidOperation.MultiGroupType", Message: "The specified instance can't join different types of security group.",
			When: "The member is in groups of the other type.", Try: "SecurityGroupId=sg-enterprise"},
		{On: errGroupsOfOne, Status: 400, Code: "InstanceSecurityGroupLimitExceeded", Message: "Exceeding the allowed amount of security groups that an instance can be in.",
			When: "The instance is in five groups.", Try: "InstanceId=i-crowded"},
		{On: errGroupsOfEni, Status: 403, Code: "InstanceSecurityGroupLimitExceeded", Message: "Exceeding the allowed amount of security groups that a network interface can be in.",
			When: "The network interface is in five groups.", Try: "-InstanceId&NetworkInterfaceId=eni-crowded"},
	}, membershipFailures),
}, (*Caller).joinSecurityGroup)

// JoinSecurityGroupRequest names the group and who is to join it.
type JoinSecurityGroupRequest struct{ membership }

func (c *Caller) joinSecurityGroup(_ context.Context, r *JoinSecurityGroupRequest) (*Done, error) {
	return c.updateMember(&r.membership, func(ns *store.Namespace, g *secgroup.Group, m *secgroup.Member) error {
		if err := mayJoin(ns, g, m); err != nil {
			return err
		}
		ns.Join(m, g)
		return nil
	})
}

func mayJoin(ns *store.Namespace, g *secgroup.Group, m *secgroup.Member) error {
	instance := m.Kind == secgroup.Instance
	switch {
	case slices.Contains(m.Groups, g.ID):
		return errMemberHas
	case m.VPC != g.VPC && instance:
		return errMemberVPC
	case m.VPC != g.VPC:
		return errInterfaceVPC
	case len(m.Groups) >= maxGroupsOfMember && instance:
		return errGroupsOfOne
	case len(m.Groups) >= maxGroupsOfMember:
		return errGroupsOfEni
	}
	for _, id := range m.Groups {
		if other, err := ns.Group(id); err == nil && other.Type != g.Type {
			return errMemberType
		}
	}
	return nil
}
