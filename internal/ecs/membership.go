package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/ascii"
	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// maxGroupsOfMember is how many groups an instance or a network interface may be in.
const maxGroupsOfMember = 5

// Reasons why a member cannot join or leave a group.
var (
	errTwoMembers      = errors.New("give either InstanceId or NetworkInterfaceId, not both")
	errNoMember        = errors.New("give InstanceId or NetworkInterfaceId")
	errInterfaceRegion = errors.New("give RegionId with NetworkInterfaceId")
	errInstanceID      = errors.New("an instance id has letters, digits, hyphens and underscores only")
	errInstance        = errors.New("the account has no such instance in the region")
	errInterface       = errors.New("the account has no such network interface in the region")
	errStatus          = errors.New("the instance is neither running nor stopped")
	errAlreadyMember   = errors.New("the member is already in the group")
	errNotMember       = errors.New("the member is not in the group")
	errLastGroup       = errors.New("the group is the last one of the member")
	errInstanceVPC     = errors.New("the instance is in another network or VPC than the group")
	errInterfaceVPC    = errors.New("the network interface is in another VPC than the group")
	errMemberType      = errors.New("the groups of a member are all normal or all enterprise")
	errInstanceQuota   = errors.New("the instance is already in five groups, its limit")
	errInterfaceQuota  = errors.New("the network interface is already in five groups, its limit")
)

// JoinSecurityGroup adds a member to a group.
var JoinSecurityGroup = define(rpc.Spec{
	Name:    "JoinSecurityGroup",
	Summary: "Adds an instance or a network interface to a security group.",
	Example: "RegionId=cn-hangzhou&SecurityGroupId=sg-F876FF7BA&InstanceId=i-web",
	Failures: slices.Concat([]*rpc.Failure{
		{On: errAlreadyMember, Status: 403, Code: "InvalidInstanceId.AlreadyExists", Message: "The specified instance already exists in the specified security group.",
			When: "The member is already in the group.", Try: "SecurityGroupId=sg-web"},
		{On: errInstanceVPC, Status: 400, Code: "InvalidInstanceId.Mismatch", Message: "Specified instance and security group are not in the same VPC.",
			When: "The instance is in another network or VPC than the group.", Try: "SecurityGroupId=sg-elsewhere"},
		{On: errInterfaceVPC, Status: 403, Code: "InvalidOperation.VpcMismatch", Message: "The specified network interface and security group are not in the same VPC.",
			When: "The network interface is in another VPC than the group.", Try: "SecurityGroupId=sg-elsewhere&-InstanceId&NetworkInterfaceId=eni-web"},
		{On: errMemberType, Status: 400, Code: "InvalidOperation.MultiGroupType", Message: "The specified instance can't join different types of security group.",
			When: "The member is in groups of the other type.", Try: "SecurityGroupId=sg-enterprise"},
		{On: errInstanceQuota, Status: 400, Code: "InstanceSecurityGroupLimitExceeded", Message: "Exceeding the allowed amount of security groups that an instance can be in.",
			When: "The instance is in five groups.", Try: "InstanceId=i-crowded"},
		{On: errInterfaceQuota, Status: 403, Code: "InstanceSecurityGroupLimitExceeded", Message: "Exceeding the allowed amount of security groups that a network interface can be in.",
			When: "The network interface is in five groups.", Try: "-InstanceId&NetworkInterfaceId=eni-crowded"},
		serviceManaged.From(rpc.Edition2020),
	}, membershipFailures),
}, (*Caller).joinGroup)

// JoinSecurityGroupRequest names a group and its new member.
type JoinSecurityGroupRequest struct{ membership }

func (c *Caller) joinGroup(r *JoinSecurityGroupRequest) (*Done, error) {
	return c.updateMember(&r.membership, func(ns *store.Namespace, g *secgroup.Group, m *secgroup.Member) error {
		if err := c.checkManaged(g, rpc.Edition2020); err != nil {
			return err
		}
		if err := checkJoin(ns, g, m); err != nil {
			return err
		}
		ns.Join(m, g)
		return nil
	})
}

func checkJoin(ns *store.Namespace, g *secgroup.Group, m *secgroup.Member) error {
	instance := m.Kind == secgroup.Instance
	switch {
	case slices.Contains(m.Groups, g.ID):
		return errAlreadyMember
	case m.VPC != g.VPC && instance:
		return errInstanceVPC
	case m.VPC != g.VPC:
		return errInterfaceVPC
	case len(m.Groups) >= maxGroupsOfMember && instance:
		return errInstanceQuota
	case len(m.Groups) >= maxGroupsOfMember:
		return errInterfaceQuota
	}
	for _, id := range m.Groups {
		if other, err := ns.Group(id); err == nil && other.Type != g.Type {
			return errMemberType
		}
	}
	return nil
}

// LeaveSecurityGroup removes a member from a group.
var LeaveSecurityGroup = define(rpc.Spec{
	Name:    "LeaveSecurityGroup",
	Summary: "Removes an instance or a network interface from a security group.",
	Example: "RegionId=cn-hangzhou&SecurityGroupId=sg-web&InstanceId=i-web",
	Failures: slices.Concat([]*rpc.Failure{
		{On: errNotMember, Status: 403, Code: "InstanceNotInSecurityGroup", Message: "The instance not in the group.",
			When: "The member is not in the group.", Try: "SecurityGroupId=sg-F876FF7BA"},
		{On: errLastGroup, Status: 403, Code: "InstanceLastSecurityGroup", Message: "The specified security group is the last security group for the instance.",
			When: "The group is the last one of the member.", Try: "InstanceId=i-loner"},
	}, membershipFailures),
}, (*Caller).leaveGroup)

// LeaveSecurityGroupRequest names a group and the member to remove.
type LeaveSecurityGroupRequest struct{ membership }

func (c *Caller) leaveGroup(r *LeaveSecurityGroupRequest) (*Done, error) {
	return c.updateMember(&r.membership, func(ns *store.Namespace, g *secgroup.Group, m *secgroup.Member) error {
		switch {
		case !slices.Contains(m.Groups, g.ID):
			return errNotMember
		case len(m.Groups) == 1:
			return errLastGroup
		}
		ns.Leave(m, g)
		return nil
	})
}

// membership is the common part of both requests: a group, and an instance or a network
// interface.
type membership struct {
	regional
	Group     secgroup.GroupID
	Instance  instanceID
	Interface string
}

// Params declares the parameters.
func (r *membership) Params(p *param.Set) {
	p.Var(&r.Group, "SecurityGroupId", "Group.").Blank(secgroup.ErrGroupID).Require().Example("sg-bp67acfmxazb4p****")
	p.Var(&r.Instance, "InstanceId", "Instance, which is running or stopped.").Example("i-bp67acfmxazb4p****")
	p.String(&r.Interface, "NetworkInterfaceId", "Network interface, in place of an instance.").Example("eni-bp13kd656hxambfe****")
	p.String(&r.Region, "RegionId", "Region of the group. Needed with NetworkInterfaceId; otherwise, without it, the region that has the group.").Example("cn-hangzhou")
	switch {
	case r.Instance != "" && r.Interface != "":
		p.Fail(errTwoMembers)
	case r.Instance == "" && r.Interface == "":
		p.Fail(rpc.Named(errNoMember, "InstanceId"))
	case r.Interface != "" && r.Region == "":
		p.Fail(errInterfaceRegion)
	}
}

// instanceID is the id of an instance.
type instanceID string

// Set reads letters, digits, hyphens and underscores.
func (i *instanceID) Set(text string) error {
	if !ascii.IsWord(text, "-_") {
		return errInstanceID
	}
	*i = instanceID(text)
	return nil
}

// updateMember calls f with the group and the member of a request.
func (c *Caller) updateMember(r *membership, f func(*store.Namespace, *secgroup.Group, *secgroup.Member) error) (*Done, error) {
	c.findRegion(r.Group)
	return &Done{}, c.update(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		m, err := r.member(ns)
		if err != nil {
			return err
		}
		return f(ns, g, m)
	})
}

func (r *membership) member(ns *store.Namespace) (*secgroup.Member, error) {
	if r.Interface != "" {
		e, ok := ns.Interface(r.Interface)
		if !ok {
			return nil, errInterface
		}
		if e.Primary {
			i, _ := ns.Instance(e.Instance)
			return &i.Member, nil
		}
		return &e.Member, nil
	}
	i, ok := ns.Instance(string(r.Instance))
	if !ok {
		return nil, errInstance
	}
	if s := i.State.At(ns.Now()); s != compute.Running && s != compute.Stopped {
		return nil, errStatus
	}
	return &i.Member, nil
}

// membershipFailures is the rows that both actions share.
var membershipFailures = []*rpc.Failure{
	{On: errTwoMembers, Status: 403, Code: "InvalidParam.EniIdAndInstanceId.Conflict", Message: "The specified InstanceId and NetworkInterfaceId cannot be set at the same time.",
		When: "Both InstanceId and NetworkInterfaceId are given.", Try: "NetworkInterfaceId=eni-1"},
	{On: errNoMember, Status: 400, Code: "MissingParameter", Message: `The input parameter "%s" that is mandatory for processing this request is not supplied.`,
		When: "Neither InstanceId nor NetworkInterfaceId is given.", Try: "-InstanceId"},
	{On: errInterfaceRegion, Status: 400, Code: "MissingParameter.RegionId", Message: "The specified RegionId should not be null.",
		When: "NetworkInterfaceId is given without RegionId.", Try: "-InstanceId&-RegionId&NetworkInterfaceId=eni-1"},
	{On: errInstanceID, Status: 400, Code: "InvalidInstanceId.Malformed", Message: `The specified parameter "InstanceId" is not valid.`,
		When: "InstanceId has a character that is not a letter, a digit, a hyphen or an underscore.", Try: "InstanceId=i.1"},
	{On: errInstance, Status: 404, Code: "InvalidInstanceId.NotFound", Message: "The specified InstanceId does not exist.",
		When: "The account has no such instance in the region.", Try: "InstanceId=i-nowhere"},
	{On: errInterface, Status: 404, Code: "InvalidEniId.NotFound", Message: "The specified NetworkInterfaceId does not exist.",
		When: "The account has no such network interface in the region.", Try: "-InstanceId&NetworkInterfaceId=eni-nowhere"},
	{On: errStatus, Status: 403, Code: "IncorrectInstanceStatus", Message: "The current status of the resource does not support this operation.",
		When: "The instance is neither running nor stopped.", Try: "InstanceId=i-starting"},
	unknownGroup,
	malformedGroup(malformedGroupText),
	unknownRegion,
}
