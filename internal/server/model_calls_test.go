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
	vpc := m.pickVPC()
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
		vpc = m.pickVPC()
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
