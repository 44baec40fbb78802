package ecs

import (
	"context"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeSecurityGroupAttribute tells what a group is and which rules it has.
var DescribeSecurityGroupAttribute = rpc.Define(rpc.Spec{
	Name:    "DescribeSecurityGroupAttribute",
	Summary: "Tells a security group and its rules.",
	Example: "RegionId=cn-hangzhou&SecurityGroupId=sg-web",
	Unmade:  unmade("DescribeSecurityGroupAttribute"),
	Failures: slices.Concat(groupFailures, regionFailures, []rpc.Failure{
		{On: secgroup.ErrNic, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: "The specified NicType does not exist.",
			When: "The group is classic and NicType is neither internet nor intranet.", Try: "SecurityGroupId=sg-classic&NicType=wifi"},
		{On: errQueryDirection, Status: 400, Code: "InvalidParamter", Message: "Invalid Parameter",
			When: "Direction is none of ingress, egress and all.", Try: "Direction=sideways"},
		{On: errAttribute, Status: 400, Code: "InvalidParameter.AttributeNotSupported", Message: "The specified value for parameter Attribute is not supported. Valid values: snapshotPolicyIds.",
			When: "Attribute is not snapshotPolicyIds.", Try: "Attribute=colour"},
		{On: errNextToken, Status: 400, Code: "InValidParameter.NextToken", Message: "The parameter NextToken is invalid.",
			When: "NextToken is not one that an answer held.", Try: "NextToken=next"},
	}),
}, (*Caller).describeSecurityGroupAttribute)

// DescribeSecurityGroupAttributeRequest names the group and chooses among its rules.
type DescribeSecurityGroupAttributeRequest struct {
	Region    string
	Group     secgroup.GroupID
	Nic       string // only read for a classic group, so not checked before
	Direction queryDirection
	Attribute attribute
	Most      int
	Token     ruleToken
}

// Params declares the parameters.
func (r *DescribeSecurityGroupAttributeRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the group.").Require().Example("cn-hangzhou")
	p.Var(&r.Group, "SecurityGroupId", "The group.").Blank(secgroup.ErrGroupID).Require().Example("sg-bp1gxw6bznjjvhu3****")
	p.String(&r.Nic, "NicType", "NIC type of the rules of a classic group: internet or intranet. Ignored for a VPC group.").Default("internet").Example("intranet")
	p.Var(&r.Direction, "Direction", "Direction of the rules.").Default("all").Example("all")
	p.Var(&r.Attribute, "Attribute", "More to tell: snapshotPolicyIds. The mock has no snapshots.").Example("snapshotPolicyIds")
	r.Most = 500
	p.Int(&r.Most, "MaxResults", "Rules a page.").Between(10, 1000).Default("500").Example("500")
	p.Var(&r.Token, "NextToken", "Token of the page before; blank for the first.").Example("")
}

// DescribeSecurityGroupAttributeResponse is a group and a page of its rules.
type DescribeSecurityGroupAttributeResponse struct {
	Group secgroup.Group
	Rules []permission
	Next  string
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
	wire.List(w, "Permissions", "Permission", a.Rules, (*permission).fields)
}

func (c *Caller) describeSecurityGroupAttribute(_ context.Context, r *DescribeSecurityGroupAttributeRequest) (*DescribeSecurityGroupAttributeResponse, error) {
	a := &DescribeSecurityGroupAttributeResponse{}
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

// nicOf is the one NIC type whose rules are told: of a classic group's that is
// internet, unless the request tells another.
func (r *DescribeSecurityGroupAttributeRequest) nicOf(g *secgroup.Group) (nic secgroup.Nic, err error) {
	switch {
	case !g.Classic():
		return secgroup.Intranet, nil
	case r.Nic != "":
		err = nic.Set(r.Nic)
	}
	if nic == 0 {
		nic = secgroup.Internet
	}
	return nic, err
}

func (r *DescribeSecurityGroupAttributeRequest) rules(ns *store.Namespace, g *secgroup.Group, nic secgroup.Nic) ([]permission, string) {
	var list []permission
	for rule := range g.After(r.Token.id, r.Token.position) {
		if rule.Nic != nic || !r.Direction.covers(rule.Direction) || ns.Hidden(rule.ID) {
			continue
		}
		if len(list) == r.Most {
			return list, newRuleToken(&list[r.Most-1].Rule)
		}
		list = append(list, permissionOf(ns, rule))
	}
	return list, ""
}
