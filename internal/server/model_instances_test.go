package server_test

import (
	"fmt"
	"slices"
)

// The calls of the model about instances.

// launch returns what n instances in groups and a vSwitch would be, or the code with which
// they are refused.
func (m *model) launch(groups []string, vswitch string, n int) (i modelMember, code string) {
	groups = unique(groups)
	g := m.groups[groups[0]]
	if g == nil {
		return i, "InvalidSecurityGroupId.NotFound"
	}
	i = modelMember{vpc: g.vpc, vswitch: vswitch, zone: "cn-hangzhou-a", groups: groups}
	s := m.vswitches[vswitch]
	switch {
	case i.vpc == "" && vswitch != "":
		return i, "InvalidParameter.Mismatch"
	case i.vpc != "" && vswitch == "":
		return i, "MissingParameter"
	case vswitch != "" && s == nil && m.mustExist():
		return i, "InvalidVSwitchId.NotFound"
	case s != nil && s.vpc != i.vpc:
		return i, "InvalidParameter.Mismatch"
	case s != nil:
		i.zone = s.zone
	}
	if code := m.refusedGroups(i.vpc, groups, "InvalidParameter.Mismatch"); code != "" {
		return i, code
	}
	if m.free(vswitch) < n {
		return i, "QuotaExceeded.PrivateIpAddress"
	}
	return i, ""
}

// refusedGroups returns the code with which an instance of a VPC is refused in groups.
func (m *model) refusedGroups(vpc string, groups []string, mismatch string) string {
	if len(groups) > 5 {
		return "InstanceSecurityGroupLimitExceeded"
	}
	for _, id := range groups {
		switch g := m.groups[id]; {
		case g == nil:
			return "InvalidSecurityGroupId.NotFound"
		case g.vpc != vpc:
			return mismatch
		case g.enterprise != m.groups[groups[0]].enterprise:
			return "InvalidOperation.MultiGroupType"
		}
	}
	return ""
}

// launchIn draws the groups and the vSwitch of instances.
func (m *model) launchIn(groups []string) (vswitch, query string) {
	query = "&ImageId=m-1&InstanceType=ecs.g6.large"
	if g := m.groups[groups[0]]; g != nil && g.vpc == "" && m.IntN(8) > 0 {
		return "", query
	} else if g != nil {
		vswitch = m.pickVSwitch(g.vpc)
	} else {
		vswitch = pickID(m, m.vswitches, "vsw-")
	}
	if m.IntN(20) == 0 {
		return "", query
	}
	return vswitch, query + "&VSwitchId=" + vswitch
}

func (m *model) runInstances() modelCall {
	groups, n := m.pickGroups(nil), 1+m.IntN(2)
	vswitch, query := m.launchIn(groups)
	c := modelCall{query: query + numberedList("SecurityGroupIds", groups) + fmt.Sprint("&Amount=", n), ids: "InstanceIdSets.InstanceIdSet"}
	i, code := m.launch(groups, vswitch, n)
	i.running, c.code = true, code
	c.apply = func(ids []string) { m.addInstances(i, ids) }
	return c
}

func (m *model) createInstance() modelCall {
	groups := []string{pickID(m, m.groups, "sg-")}
	vswitch, query := m.launchIn(groups)
	c := modelCall{query: query + "&SecurityGroupId=" + groups[0], ids: "InstanceId"}
	i, code := m.launch(groups, vswitch, 1)
	c.code = code
	c.apply = func(ids []string) { m.addInstances(i, ids) }
	return c
}

func (m *model) addInstances(like modelMember, ids []string) {
	for _, id := range ids {
		i := like
		i.groups = slices.Clone(like.groups)
		m.instances[id] = &i
	}
}

func (m *model) changeState(running bool) modelCall {
	id := pickID(m, m.instances, "i-")
	c := modelCall{query: "&InstanceId=" + id}
	i := m.instances[id]
	switch {
	case i == nil:
		c.code = "InvalidInstanceId.NotFound"
	case i.running == running:
		c.code = "IncorrectInstanceStatus"
	}
	c.apply = func([]string) { i.running = running }
	return c
}

func (m *model) deleteInstance() modelCall {
	id := pickID(m, m.instances, "i-")
	c := modelCall{query: "&InstanceId=" + id}
	force := m.IntN(2) == 0
	if force {
		c.query += "&Force=true"
	}
	switch i := m.instances[id]; {
	case i == nil:
		c.code = "InvalidInstanceId.NotFound"
	case i.running && !force:
		c.code = "IncorrectInstanceStatus"
	}
	c.apply = func([]string) {
		remove(m, m.instances, id)
		for _, other := range keys(m.interfaces) {
			switch e := m.interfaces[other]; {
			case e.instance != id:
			case e.release:
				remove(m, m.interfaces, other)
			default:
				e.instance = ""
			}
		}
	}
	return c
}

func (m *model) modifyInstance() modelCall {
	id := pickID(m, m.instances, "i-")
	groups := m.pickGroups(m.instances[id])
	c := modelCall{query: "&InstanceId=" + id + numberedList("SecurityGroupIds", groups)}
	groups = unique(groups)
	i := m.instances[id]
	if c.code = "InvalidInstanceId.NotFound"; i != nil {
		c.code = m.refusedGroups(i.vpc, groups, "InvalidInstanceId.Mismatch")
	}
	c.apply = func([]string) { i.groups = groups }
	return c
}
