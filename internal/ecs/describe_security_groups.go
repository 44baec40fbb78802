package ecs

import (
	"context"
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeSecurityGroups lists groups. Groups that do not exist are just not in the list.
var DescribeSecurityGroups = rpc.Define(rpc.Spec{
	Name:     "DescribeSecurityGroups",
	Summary:  "Lists the security groups of an account in a region.",
	Example:  "RegionId=cn-hangzhou",
	Unmade:   unmade("DescribeSecurityGroups"),
	Failures: describeSecurityGroupsFailures,
}, (*Caller).describeSecurityGroups)

// DescribeSecurityGroupsRequest chooses groups; a filter that is not given chooses all.
type DescribeSecurityGroupsRequest struct {
	Region         string
	IDs            groupIDs
	ID             secgroup.Text
	Name           secgroup.Text
	VPC            secgroup.Text
	Type           secgroup.GroupType
	Network        network
	ResourceGroup  secgroup.Text
	Tags           []tag
	ServiceManaged optionalBool
	Fuzzy, Count   bool
	DryRun         bool
	Page           page
}

// Params declares the parameters.
func (r *DescribeSecurityGroupsRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the groups.").Require().Example("cn-hangzhou")
	p.Var(&r.IDs, "SecurityGroupIds", "Up to 100 groups, as a JSON list.").Example(`["sg-bp67acfmxazb4p****"]`)
	p.Var(&r.ID, "SecurityGroupId", "One group.").Example("sg-bp67acfmxazb4p****")
	p.Var(&r.Name, "SecurityGroupName", "Groups of this very name.").Example("SGTestName")
	p.Var(&r.VPC, "VpcId", "Groups of this VPC.").Example("vpc-bp67acfmxazb4p****")
	p.Var(&r.Type, "SecurityGroupType", "Groups of this type.").Example("normal")
	p.Var(&r.Network, "NetworkType", "Groups of a VPC, or classic groups.").Example("vpc")
	p.Var(&r.ResourceGroup, "ResourceGroupId", "Groups of this resource group.").Example("rg-bp67acfmxazb4p****")
	param.List(p, param.Each(&r.Tags, "Tag", maxTags, (*tag).bindEither))
	p.Var(&r.ServiceManaged, "ServiceManaged", "Groups that a cloud service manages, or that none does.").Example("false")
	p.Bool(&r.Fuzzy, "FuzzyQuery", "Has no effect, as at the service.").Example("false")
	p.Bool(&r.Count, "IsQueryEcsCount", "Whether to count the members of each group.").Example("false")
	p.Bool(&r.DryRun, "DryRun", "Only checks the request; that it would succeed is told as an error.").Example("false")
	r.Page.bind(p, 50, 10, 100)
}

// DescribeSecurityGroupsResponse is one page of groups.
type DescribeSecurityGroupsResponse struct {
	Region string
	Total  int
	Page   page
	Groups []groupSummary
}

// Fields declares the answer.
func (a *DescribeSecurityGroupsResponse) Fields(w *wire.Writer) {
	w.Text("RegionId", a.Region)
	w.Int("TotalCount", a.Total)
	a.Page.fields(w)
	wire.List(w, "SecurityGroups", "SecurityGroup", a.Groups, (*groupSummary).fields)
}

func (c *Caller) describeSecurityGroups(_ context.Context, r *DescribeSecurityGroupsRequest) (*DescribeSecurityGroupsResponse, error) {
	a := &DescribeSecurityGroupsResponse{Region: c.Region, Page: r.Page}
	return a, c.World.View(c.Account, c.Region, func(ns *store.Namespace) error {
		if r.DryRun {
			return errDryRun
		}
		var chosen []*secgroup.Group
		for _, g := range ns.Groups() {
			if r.chooses(g) && !ns.Hidden(g.ID) {
				chosen = append(chosen, g)
			}
		}
		a.Total = len(chosen)
		for _, g := range a.Page.cut(chosen) {
			summary := groupSummary{Group: g.Copy()}
			summary.hidden, summary.hiddenPeered = ns.HiddenRules(g)
			if r.Count {
				summary.instances = len(ns.Members(g.ID))
				summary.room = max(0, g.Capacity()-summary.instances)
			}
			a.Groups = append(a.Groups, summary)
		}
		return nil
	})
}

func (r *DescribeSecurityGroupsRequest) chooses(g *secgroup.Group) bool {
	return (r.ID == "" || string(r.ID) == g.ID) &&
		(r.IDs == nil || slices.Contains(r.IDs, g.ID)) &&
		(r.Name == "" || string(r.Name) == g.Name.String()) &&
		(r.VPC == "" || string(r.VPC) == g.VPC) &&
		(r.Type == 0 || r.Type == g.Type) &&
		(r.Network == "" || (r.Network == "classic") == g.Classic()) &&
		(r.ResourceGroup == "" || string(r.ResourceGroup) == g.ResourceGroup) &&
		(!r.ServiceManaged.given || r.ServiceManaged.value == g.ServiceManaged) &&
		wears(g.Tags, r.Tags)
}

var (
	errGroupIDs = errors.New("SecurityGroupIds is a JSON list of at most 100 ids")
	errDryRun   = errors.New("the request would succeed; DryRun kept it from being carried out")
)
