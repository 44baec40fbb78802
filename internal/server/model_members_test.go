package server_test

import (
	"fmt"
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// The calls of the model about network interfaces, memberships and deletions.

func (m *model) createInterface() modelCall {
	groups := m.pickGroups(nil)
	vpc := ""
	if g := m.groups[groups[0]]; g != nil {
		vpc = g.vpc
	}
	e := &modelMember{vswitch: m.pickVSwitch(vpc), zone: "cn-hangzhou-a", release: m.IntN(2) == 0, secondary: m.IntN(4)}
	c := modelCall{ids: "NetworkInterfaceId", query: "&VSwitchId=" + e.vswitch + numberedList("SecurityGroupIds", groups) + fmt.Sprint("&DeleteOnRelease=", e.release)}
	if e.secondary > 0 {
		c.query += fmt.Sprint("&SecondaryPrivateIpAddressCount=", e.secondary)
	}
	s := m.vswitches[e.vswitch]
	switch {
	case len(groups) > 5:
		c.code = "InvalidParameter"
		return c
	case s != nil:
		e.vpc, e.zone = s.vpc, s.zone
	case m.mustExist():
		c.code = "InvalidVSwitchId.NotFound"
		return c
	default:
		e.vpc = vpc
	}
	e.groups = unique(groups)
	if c.code = m.refusedInterface(e.vpc, e.groups); c.code == "" && m.free(e.vswitch) < 1+e.secondary {
		c.code = "InvalidVSwitchId.IpNotEnough"
	}
	c.apply = func(ids []string) { m.interfaces[ids[0]] = e }
	return c
}

// refusedInterface returns the code with which an interface of a VPC is refused in groups.
func (m *model) refusedInterface(vpc string, groups []string) string {
	for _, id := range groups {
		switch g := m.groups[id]; {
		case g == nil:
			return "InvalidSecurityGroupId.NotFound"
		case g.vpc == "":
			return "InvalidSecurityGroupId.NotVpc"
		case g.vpc != vpc:
			return "InvalidOperation.VpcMismatch"
		case g.enterprise != m.groups[groups[0]].enterprise:
			return "InvalidOperation.MultiGroupType"
		}
	}
	return ""
}

// attached returns how many interfaces an instance has beside its primary one.
func (m *model) attached(instance string) int {
	n := 0
	for _, e := range m.interfaces {
		if e.instance == instance {
			n++
		}
	}
	return n
}

// pickInstance returns an instance, mostly one of the VPC of an interface.
func (m *model) pickInstance(e *modelMember) string {
	var near []string
	for _, id := range keys(m.instances) {
		if e == nil || m.instances[id].vpc == e.vpc || m.IntN(8) == 0 {
			near = append(near, id)
		}
	}
	return m.one(near, "i-")
}

func (m *model) attach() modelCall {
	id := m.pickInterface()
	e := m.interfaces[id]
	instance := m.pickInstance(e)
	i := m.instances[instance]
	c := modelCall{query: "&NetworkInterfaceId=" + id + "&InstanceId=" + instance}
	_, primary := m.primary(id)
	switch {
	case primary != nil:
		c.code = "InvalidOperation.InvalidEniType"
	case e == nil:
		c.code = "InvalidEniId.NotFound"
	case i == nil:
		c.code = "InvalidEcsId.NotFound"
	case e.instance != "":
		c.code = "InvalidOperation.InvalidEniState"
	case e.vpc != i.vpc:
		c.code = "InvalidOperation.VpcMismatch"
	case e.zone != i.zone:
		c.code = "InvalidOperation.AvailabilityZoneMismatch"
	case m.attached(instance) >= 1:
		c.code = "EniPerInstanceLimitExceeded"
	}
	c.apply = func([]string) { e.instance = instance }
	return c
}

func (m *model) detach() modelCall {
	id := m.pickInterface()
	instance := pickID(m, m.instances, "i-")
	if e := m.interfaces[id]; e != nil && e.instance != "" && m.IntN(6) > 0 {
		instance = e.instance
	}
	c := modelCall{query: "&NetworkInterfaceId=" + id + "&InstanceId=" + instance}
	e := m.interfaces[id]
	_, primary := m.primary(id)
	switch {
	case primary != nil:
		c.code = "InvalidOperation.DetachPrimaryEniNotAllowed"
	case e == nil:
		c.code = "InvalidEniId.NotFound"
	case m.instances[instance] == nil:
		c.code = "InvalidEcsId.NotFound"
	case e.instance != instance:
		c.code = "InvalidOperation.InvalidEniState"
	}
	c.apply = func([]string) { e.instance = "" }
	return c
}

// member returns the member with the id of an interface: for a primary one the instance.
func (m *model) member(id string) (e *modelMember, isInstance bool) {
	if _, i := m.primary(id); i != nil {
		return i, true
	}
	return m.interfaces[id], false
}

func (m *model) modifyInterface() modelCall {
	id := m.pickInterface()
	e, _ := m.member(id)
	groups := m.pickGroups(e)
	c := modelCall{query: "&NetworkInterfaceId=" + id + numberedList("SecurityGroupId", groups)}
	switch {
	case len(groups) > 5:
		c.code = "InvalidParameter"
	case e == nil:
		c.code = "InvalidEniId.NotFound"
	default:
		c.code = m.refusedInterface(e.vpc, unique(groups))
	}
	c.apply = func([]string) { e.groups = unique(groups) }
	return c
}

// membership draws a group and a member, by the id of an instance or of an interface.
func (m *model) membership() (group string, member *modelMember, isInstance bool, c modelCall) {
	id, unknown := pickID(m, m.instances, "i-"), "InvalidInstanceId.NotFound"
	if m.IntN(2) == 0 {
		id, unknown = m.pickInterface(), "InvalidEniId.NotFound"
		member, isInstance = m.member(id)
		c.query = "&NetworkInterfaceId=" + id
	} else {
		member, isInstance = m.instances[id], true
		c.query = "&InstanceId=" + id
	}
	group = m.pickGroup(member)
	c.query += "&SecurityGroupId=" + group
	switch {
	case m.groups[group] == nil:
		c.code = "InvalidSecurityGroupId.NotFound"
	case member == nil:
		c.code = unknown
	}
	return group, member, isInstance, c
}

func (m *model) join() modelCall {
	group, member, isInstance, c := m.membership()
	if c.code != "" {
		return c
	}
	g := m.groups[group]
	switch {
	case slices.Contains(member.groups, group):
		c.code = "InvalidInstanceId.AlreadyExists"
	case member.vpc != g.vpc && isInstance:
		c.code = "InvalidInstanceId.Mismatch"
	case member.vpc != g.vpc:
		c.code = "InvalidOperation.VpcMismatch"
	case len(member.groups) >= 5:
		c.code = "InstanceSecurityGroupLimitExceeded"
	case m.groups[member.groups[0]].enterprise != g.enterprise:
		c.code = "InvalidOperation.MultiGroupType"
	}
	c.apply = func([]string) { member.groups = append(member.groups, group) }
	return c
}

func (m *model) leave() modelCall {
	group, member, _, c := m.membership()
	if c.code != "" {
		return c
	}
	switch {
	case !slices.Contains(member.groups, group):
		c.code = "InstanceNotInSecurityGroup"
	case len(member.groups) == 1:
		c.code = "InstanceLastSecurityGroup"
	}
	c.apply = func([]string) {
		member.groups = slices.DeleteFunc(member.groups, func(id string) bool { return id == group })
	}
	return c
}

func (m *model) deleteInterface() modelCall {
	id := m.pickInterface()
	c := modelCall{query: "&NetworkInterfaceId=" + id}
	e := m.interfaces[id]
	_, primary := m.primary(id)
	switch {
	case primary != nil:
		c.code = "InvalidOperation.InvalidEniType"
	case e == nil:
		c.code = "InvalidEniId.NotFound"
	case e.instance != "":
		c.code = "InvalidOperation.InvalidEniState"
	}
	c.apply = func([]string) { remove(m, m.interfaces, id) }
	return c
}

func (m *model) deleteGroup() modelCall {
	id := pickID(m, m.groups, "sg-")
	c := modelCall{query: "&SecurityGroupId=" + id}
	switch {
	case m.groups[id] == nil && m.edition >= rpc.Edition2025:
		c.code = "InvalidSecurityGroup.NotFound"
	case m.groups[id] == nil:
		c.code = "InvalidSecurityGroupId.NotFound"
	case len(m.members(id)) > 0 || len(m.referrers(id)) > 0:
		c.code = "DependencyViolation"
	}
	c.apply = func([]string) { remove(m, m.groups, id) }
	return c
}

func (m *model) deleteVSwitch() modelCall {
	id := pickID(m, m.vswitches, "vsw-")
	c := modelCall{query: "&VSwitchId=" + id}
	in := func(e *modelMember) bool { return e.vswitch == id }
	switch {
	case m.vswitches[id] == nil:
		c.code = "InvalidVSwitchId.NotFound"
	case hasAny(m.instances, in) || hasAny(m.interfaces, in):
		c.code = "DependencyViolation"
	}
	c.apply = func([]string) { remove(m, m.vswitches, id) }
	return c
}

func (m *model) deleteVPC() modelCall {
	id := pickID(m, m.vpcs, "vpc-")
	c := modelCall{query: "&VpcId=" + id}
	switch {
	case m.vpcs[id] == nil:
		c.code = "InvalidVpcId.NotFound"
	case hasAny(m.vswitches, func(s *modelVSwitch) bool { return s.vpc == id }):
		c.code = "DependencyViolation.VSwitch"
	case hasAny(m.groups, func(g *modelGroup) bool { return g.vpc == id }):
		c.code = "DependencyViolation.SecurityGroup"
	}
	c.apply = func([]string) { remove(m, m.vpcs, id) }
	return c
}

// hasAny reports whether a value of a map is such.
func hasAny[T any](all map[string]T, such func(T) bool) bool {
	for _, v := range all {
		if such(v) {
			return true
		}
	}
	return false
}
