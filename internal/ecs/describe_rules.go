package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

var (
	errQueryDirection = errors.New("Direction is ingress, egress or all")
	errAttribute      = errors.New("the only Attribute is snapshotPolicyIds")
)

// DescribeSecurityGroupAttribute returns a group and its rules.
var DescribeSecurityGroupAttribute = define(rpc.Spec{
	Name:    "DescribeSecurityGroupAttribute",
	Summary: "Returns a security group and its rules.",
	Example: "RegionId=cn-hangzhou&SecurityGroupId=sg-web",
	Failures: []*rpc.Failure{
		unknownGroup,
		malformedGroup(malformedGroupText).To(rpc.Edition2019),
		malformedGroup(malformedGroupQuoted).From(rpc.Edition2020),
		unknownRegion,
		{On: secgroup.ErrNic, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: "The specified NicType does not exist.",
			When: "The group is classic and NicType is neither internet nor intranet.", Try: "SecurityGroupId=sg-classic&NicType=wifi"},
		{On: errQueryDirection, Until: rpc.Edition2020, Status: 400, Code: "InvalidParamter", Message: "Invalid Parameter",
			When: "Direction is not ingress, egress or all.", Try: "Direction=sideways"},
		{On: errQueryDirection, Since: rpc.Edition2025, Status: 400, Code: "InvalidParamter", Message: "Invalid Parameter.",
			When: "Direction is not ingress, egress or all.", Try: "Direction=sideways"},
		missingRegion("MissingParameter.RegionId", "The parameter RegionId is missing."),
		{On: errAttribute, Status: 400, Code: "InvalidParameter.AttributeNotSupported", Message: "The specified value for parameter Attribute is not supported. Valid values: snapshotPolicyIds.",
			When: "Attribute is not snapshotPolicyIds.", Try: "Attribute=colour"},
		invalidNextToken,
	},
}, (*Caller).describeRules)

// DescribeSecurityGroupAttributeRequest names a group and selects rules of it.
type DescribeSecurityGroupAttributeRequest struct {
	regional
	Group     secgroup.GroupID
	Nic       string // only checked for a classic group
	Direction queryDirection
	Attribute attribute
	Most      int
	Token     ruleToken
}

// Params declares the parameters.
func (r *DescribeSecurityGroupAttributeRequest) Params(p *param.Set) {
	r.region(p, "Region of the group.")
	p.Var(&r.Group, "SecurityGroupId", "Group.").Blank(secgroup.ErrGroupID).Require().Example("sg-bp1gxw6bznjjvhu3****")
	p.String(&r.Nic, "NicType", "NIC type of the rules of a classic group: internet or intranet. Ignored for a group in a VPC.").Default("internet").Example("intranet")
	p.Var(&r.Direction, "Direction", "Direction of the rules.").Default("all").Example("all")
	p.Var(&r.Attribute, "Attribute", "More to return. The mock has no snapshots.").Example("snapshotPolicyIds")
	p.Int(&r.Most, "MaxResults", "Rules a page.").Between(10, 1000).Default("500").Example("500")
	p.Var(&r.Token, "NextToken", nextTokenText).Example("")
}

// DescribeSecurityGroupAttributeResponse is a group and a page of its rules.
type DescribeSecurityGroupAttributeResponse struct {
	Group secgroup.Group
	Rules []permission
	Next  string

	withoutSnapshots bool // unless they are asked for, from edition 2025 on
}

// Fields declares the answer.
func (a *DescribeSecurityGroupAttributeResponse) Fields(w *wire.Writer) {
	w.Text("RegionId", a.Group.Region)
	w.Text("SecurityGroupId", a.Group.ID)
	w.Text("SecurityGroupName", a.Group.Name.String())
	w.Text("Description", a.Group.Description.String())
	w.Text("VpcId", a.Group.VPC)
	w.Text("InnerAccessPolicy", a.Group.InnerAccess.String())
	w.Text("NextToken", a.Next)
	if !a.withoutSnapshots {
		w.Texts("SnapshotPolicyIds", "SnapshotPolicyId", nil)
	}
	wire.List(w, "Permissions", "Permission", a.Rules, (*permission).fields)
}

func (c *Caller) describeRules(r *DescribeSecurityGroupAttributeRequest) (*DescribeSecurityGroupAttributeResponse, error) {
	a := &DescribeSecurityGroupAttributeResponse{withoutSnapshots: r.Attribute == "" || c.Edition < rpc.Edition2025}
	return a, c.view(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		nic, err := r.nicOf(g)
		if err != nil {
			return err
		}
		a.Group = g.Copy()
		a.Rules, a.Next = r.rules(ns, g, nic)
		return nil
	})
}

// nicOf returns the NIC type of the rules to return: in a classic group the one that
// the request names, in a VPC intranet.
func (r *DescribeSecurityGroupAttributeRequest) nicOf(g *secgroup.Group) (nic secgroup.Nic, err error) {
	if !g.Classic() {
		return secgroup.Intranet, nil
	}
	if err := nic.Set(r.Nic); err != nil {
		return 0, err
	}
	if nic == 0 { // <nil>, which Terraform sends
		nic = secgroup.Internet
	}
	return nic, nil
}

func (r *DescribeSecurityGroupAttributeRequest) rules(ns *store.Namespace, g *secgroup.Group, nic secgroup.Nic) ([]permission, string) {
	var list []permission
	for rule := range g.After(r.Token.id, r.Token.position) {
		if rule.Nic != nic || !r.Direction.selects(rule.Direction) || ns.Hidden(rule.ID) {
			continue
		}
		if len(list) == r.Most {
			return list, newRuleToken(&list[r.Most-1].Rule)
		}
		list = append(list, permissionOf(ns, rule))
	}
	return list, ""
}

// A permission is a rule in an answer.
type permission struct {
	secgroup.Rule
	peerName, listName string // names of the peer group and the peer prefix list
	portListName       string
}

// permissionOf returns a rule as an answer has it. The name of another account's group
// is not shown, nor an owner that the rule's request did not name and that is the
// account itself.
func permissionOf(ns *store.Namespace, r *secgroup.Rule) permission {
	p := permission{Rule: *r}
	if r.Peer.Owner == ns.Account {
		if g, ok := ns.Peer(r.Peer.Owner, r.Peer.Group); ok {
			p.peerName = g.Name.String()
		}
		if !r.OwnerNamed {
			p.Peer.Owner = ""
		}
	}
	if l, ok := ns.PrefixList(r.Peer.PrefixList); ok {
		p.listName = l.Name.String()
	}
	if l, ok := ns.PortRangeList(r.PortList.String()); ok {
		p.portListName = l.Name.String()
	}
	return p
}

// fields declares a rule. A field that is not set is "".
func (p *permission) fields(w *wire.Writer) {
	w.Text("SecurityGroupRuleId", p.ID)
	w.Text("Direction", p.Direction.String())
	w.Text("IpProtocol", p.Protocol.String())
	w.Text("PortRange", p.Ports.String())
	w.Text("PortRangeListId", p.PortList.String())
	w.Text("PortRangeListName", p.portListName)
	w.Text("SourcePortRange", p.SourcePorts.String())
	w.Text("Policy", p.Policy.String())
	w.Int("Priority", int(p.Priority))
	w.Text("NicType", p.Nic.String())
	w.Text("SourceCidrIp", p.Source4.String())
	w.Text("Ipv6SourceCidrIp", p.Source6.String())
	p.end(w, &sourceNames, p.Direction == secgroup.Ingress)
	w.Text("DestCidrIp", p.Dest4.String())
	w.Text("Ipv6DestCidrIp", p.Dest6.String())
	p.end(w, &destNames, p.Direction == secgroup.Egress)
	w.Text("Description", p.Description.String())
	w.Text("CreateTime", product.Timestamp(p.Created))
}

// end declares one end of the rule. Only the end with the peer has a group or a prefix
// list.
func (p *permission) end(w *wire.Writer, n *endNames, hasPeer bool) {
	var at permission
	if hasPeer {
		at.Peer, at.peerName, at.listName = p.Peer, p.peerName, p.listName
	}
	w.Text(n.group, at.Peer.Group)
	w.Text(n.groupName, at.peerName)
	w.Text(n.account, at.Peer.Owner)
	w.Text(n.list, at.Peer.PrefixList)
	w.Text(n.listName, at.listName)
}

// queryDirection selects rules by their direction.
type queryDirection string

var queryDirections = []string{"egress", "ingress", "all"}

// Set reads the direction.
func (d *queryDirection) Set(text string) error {
	if !slices.Contains(queryDirections, text) {
		return errQueryDirection
	}
	*d = queryDirection(text)
	return nil
}

// Values returns the valid values.
func (d *queryDirection) Values() []string { return queryDirections }

func (d queryDirection) selects(one secgroup.Direction) bool {
	return d == "all" || string(d) == one.String()
}

// attribute is something more that an answer may have.
type attribute string

// Set reads the only value.
func (a *attribute) Set(text string) error {
	if text != "snapshotPolicyIds" {
		return errAttribute
	}
	*a = attribute(text)
	return nil
}

// Values returns the valid values.
func (a *attribute) Values() []string { return []string{"snapshotPolicyIds"} }
