package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/ascii"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// What speaks against joining or leaving a group.
var (
	errTwoMembers   = errors.New("either InstanceId or NetworkInterfaceId is given, not both")
	errNoMember     = errors.New("InstanceId or NetworkInterfaceId is needed")
	errNoEniRegion  = errors.New("a network interface is looked for in a region, so RegionId is needed")
	errInstanceID   = errors.New("an instance id is letters, digits, - and _")
	errInstance     = errors.New("the account has no such instance in the region")
	errInterface    = errors.New("the account has no such network interface in the region")
	errStatus       = errors.New("the instance is neither running nor stopped")
	errMemberHas    = errors.New("the member is in the group already")
	errMemberLacks  = errors.New("the member is not in the group")
	errLastGroup    = errors.New("the group is the member's last")
	errMemberVPC    = errors.New("the instance is of another network or VPC than the group")
	errInterfaceVPC = errors.New("the network interface is of another VPC than the group")
	errMemberType   = errors.New("a member's groups are all normal or all enterprise")
	errGroupsOfOne  = errors.New("an instance is in as many groups as it may")
	errGroupsOfEni  = errors.New("a network interface is in as many groups as it may")
)

// membership is the request to join or leave a group: the group, and an instance
// or a network interface.
type membership struct {
	Region    string
	Group     secgroup.GroupID
	Instance  instanceID
	Interface string
}

// Params declares the parameters.
func (r *membership) Params(p *param.Set) {
	p.Var(&r.Group, "SecurityGroupId", "The group.").Blank(secgroup.ErrGroupID).Require().Example("sg-bp67acfmxazb4p****")
	p.Var(&r.Instance, "InstanceId", "The instance. Instances are known from the state that was loaded.").Example("i-bp67acfmxazb4p****")
	p.String(&r.Interface, "NetworkInterfaceId", "The network interface, in place of an instance.").Example("eni-bp13kd656hxambfe****")
	p.String(&r.Region, "RegionId", "Region of the group; needed with NetworkInterfaceId, else found by the group.").Example("cn-hangzhou")
	switch {
	case r.Instance != "" && r.Interface != "":
		p.Fail(errTwoMembers)
	case r.Instance == "" && r.Interface == "":
		p.Fail(rpc.Named(errNoMember, "InstanceId"))
	case r.Interface != "" && r.Region == "":
		p.Fail(errNoEniRegion)
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

// updateMember plans and applies a change of which groups a member is in.
func (c *Caller) updateMember(r *membership, f func(*store.Namespace, *secgroup.Group, *secgroup.Member) error) (*Done, error) {
	if c.Region == "" {
		c.Region = c.locate(r.Group)
	}
	return &Done{}, c.update(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		m, err := r.member(ns)
		if err != nil {
			return err
		}
		return f(ns, g, m)
	})
}

// locate is the region of a group of the account, for requests that tell none;
// where there is no such group, any region is as good.
func (c *Caller) locate(id secgroup.GroupID) string {
	for _, region := range store.Regions() {
		if c.World.View(c.Account, region.ID, onGroup(id, func(*store.Namespace, *secgroup.Group) error { return nil })) == nil {
			return region.ID
		}
	}
	return store.Regions()[0].ID
}

func (r *membership) member(ns *store.Namespace) (*secgroup.Member, error) {
	if r.Interface != "" {
		if m, ok := ns.Member(secgroup.Interface, r.Interface); ok {
			return m, nil
		}
		return nil, errInterface
	}
	m, ok := ns.Member(secgroup.Instance, string(r.Instance))
	switch {
	case !ok:
		return nil, errInstance
	case m.Status != secgroup.Running && m.Status != secgroup.Stopped:
		return nil, errStatus
	}
	return m, nil
}
