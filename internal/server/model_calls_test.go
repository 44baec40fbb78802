package server_test

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// The calls of the model. Each method draws the parameters of a call and says what the
// documents of the edition say of it.

func (m *model) createVPC() modelCall {
	c := modelCall{query: "&CidrBlock=10.0.0.0/16", ids: "VpcId"}
	own := 0
	for _, v := range m.vpcs {
		if !v.isDefault {
			own++
		}
	}
	if own >= 10 {
		c.code = "QuotaExceeded.Vpc"
	}
	c.apply = func(ids []string) { m.vpcs[ids[0]] = &modelVPC{} }
	return c
}

func (m *model) createVSwitch() modelCall {
	vpc := pickID(m, m.vpcs, "vpc-")
	zone := []string{"cn-hangzhou-a", "cn-hangzhou-a", "cn-hangzhou-b", "cn-hangzhou-nowhere"}[m.IntN(4)]
	block := netip.MustParsePrefix(fmt.Sprintf("10.0.%d.0/%d", m.IntN(4), 28+m.IntN(3)))
	if m.IntN(10) == 0 {
		block = netip.MustParsePrefix("10.1.0.0/28")
	}
	c := modelCall{query: "&VpcId=" + vpc + "&ZoneId=" + zone + "&CidrBlock=" + block.String(), ids: "VSwitchId"}
	within := netip.MustParsePrefix("10.0.0.0/16")
	if v := m.vpcs[vpc]; v != nil && v.isDefault {
		within = netip.MustParsePrefix("172.31.0.0/16")
	}
	switch {
	case zone == "cn-hangzhou-nowhere":
		c.code = "InvalidZoneId.NotFound"
	case m.vpcs[vpc] == nil:
		c.code = "InvalidVpcId.NotFound"
	case block.Bits() > 29:
		c.code = "InvalidCirdrBlock.MaskLength"
	case !within.Contains(block.Addr()):
		c.code = "InvalidParameter"
	default:
		for _, s := range m.vswitches {
			if s.vpc == vpc && s.block.Overlaps(block) {
				c.code = "InvalidCidrBlock.Overlapped"
			}
		}
	}
	c.apply = func(ids []string) { m.vswitches[ids[0]] = &modelVSwitch{vpc, zone, block} }
	return c
}

func (m *model) createGroup() modelCall {
	c := modelCall{ids: "SecurityGroupId"}
	vpc, enterprise := "", m.IntN(8) == 0
	if m.IntN(6) > 0 {
		vpc = pickID(m, m.vpcs, "vpc-")
		c.query = "&VpcId=" + vpc
	}
	if enterprise {
		c.query += "&SecurityGroupType=enterprise"
	}
	inDefault := vpc == "" && m.edition >= rpc.Edition2025
	switch {
	case inDefault:
	case vpc == "" && enterprise:
		c.code = "InvalidParams.VpcIdGroupType"
	case vpc != "" && m.vpcs[vpc] == nil && m.mustExist():
		c.code = "InvalidVpcId.NotFound"
	}
	c.apply = func(ids []string) {
		if inDefault {
			vpc = m.defaultVPC()
			m.vpcs[vpc] = &modelVPC{isDefault: true}
		}
		m.groups[ids[0]] = &modelGroup{vpc: vpc, enterprise: enterprise}
	}
	return c
}

// defaultVPC returns the id of the default VPC, which no answer of ECS has.
func (m *model) defaultVPC() string {
	_, fields := m.get("Action=DescribeVpcs" + ofVPC + "&RegionId=cn-hangzhou&IsDefault=true")
	return values(fields, "Vpcs.Vpc.VpcId")[0]
}

// rule draws a group, another one that its rule names, and the ports of the rule.
func (m *model) rule() (group string, r modelRule, query string) {
	group = pickID(m, m.groups, "sg-")
	r = modelRule{pickID(m, m.groups, "sg-"), []string{"22/22", "80/80", "443/443"}[m.IntN(3)]}
	if g := m.groups[group]; g != nil && len(g.rules) > 0 && m.IntN(2) == 0 {
		r = g.rules[m.IntN(len(g.rules))]
	}
	query = "&SecurityGroupId=" + group + "&IpProtocol=tcp&NicType=intranet&PortRange=" + r.ports + "&SourceGroupId=" + r.peer
	return group, r, query
}

// impossible returns the code with which a group that names a peer is refused, "" for none.
func (m *model) impossible(g, peer *modelGroup) string {
	switch {
	case peer == nil:
		return "InvalidSourceGroupId.NotFound"
	case (peer.vpc == "") != (g.vpc == ""):
		return "InvalidNetworkType.Conflict"
	case peer.vpc != g.vpc:
		return "InvalidSourceGroupId.Mismatch"
	case g.enterprise:
		return "InvalidGroupParameter.OperationDenied"
	case peer.enterprise:
		return "InvalidGroupAuthParameter.OperationDenied"
	}
	return ""
}

func (m *model) authorize() modelCall {
	group, r, query := m.rule()
	c := modelCall{query: query}
	g := m.groups[group]
	switch {
	case group == r.peer:
		c.code = "InvalidParamter.Conflict"
	case g == nil:
		c.code = "InvalidSecurityGroupId.NotFound"
	default:
		c.code = m.impossible(g, m.groups[r.peer])
		if c.code == "" && m.edition >= rpc.Edition2025 && len(g.rules) >= 20 && !slices.Contains(g.rules, r) {
			c.code = "AuthorizedGroupRule.LimitExceed"
		}
	}
	c.apply = func([]string) {
		if !slices.Contains(g.rules, r) {
			g.rules = append(g.rules, r)
		}
	}
	return c
}

func (m *model) revoke() modelCall {
	group, r, query := m.rule()
	c := modelCall{query: query}
	g := m.groups[group]
	switch {
	case group == r.peer:
		c.code = "InvalidParamter.Conflict"
	case g == nil:
		c.code = "InvalidSecurityGroupId.NotFound"
	case !slices.Contains(g.rules, r):
		c.code = m.missed(m.impossible(g, m.groups[r.peer]))
	}
	c.apply = func([]string) {
		g.rules = slices.DeleteFunc(g.rules, func(has modelRule) bool { return has == r })
	}
	return c
}

// missed returns the code of a revoke that finds no rule, which a group cannot have for
// the reason of another code.
func (m *model) missed(impossible string) string {
	switch {
	case m.edition < rpc.Edition2020:
		return "InvalidGroupAuthItem.NotFound"
	case impossible == "InvalidSourceGroupId.NotFound":
		return impossible
	case m.edition < rpc.Edition2025:
		return "" // it is forgiven
	case impossible == "" || impossible == "InvalidNetworkType.Conflict":
		return "InvalidSecurityGroupRule.RuleNotExist"
	}
	return impossible
}

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
	groups, n := m.pickGroups(), 1+m.IntN(2)
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
	id, groups := pickID(m, m.instances, "i-"), m.pickGroups()
	c := modelCall{query: "&InstanceId=" + id + numberedList("SecurityGroupIds", groups)}
	groups = unique(groups)
	i := m.instances[id]
	if c.code = "InvalidInstanceId.NotFound"; i != nil {
		c.code = m.refusedGroups(i.vpc, groups, "InvalidInstanceId.Mismatch")
	}
	c.apply = func([]string) { i.groups = groups }
	return c
}
