package ecs

import (
	"encoding/json"
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
	errGroupIDs = errors.New("SecurityGroupIds is a JSON array of at most 100 ids")
	errNetwork  = errors.New("a network type is vpc or classic")
)

// DescribeSecurityGroups lists groups. An id that does not exist is no error, but from
// edition 2025 on an id or a name that is malformed is.
var DescribeSecurityGroups = define(rpc.Spec{
	Name:    "DescribeSecurityGroups",
	Summary: "Lists the security groups of the account in a region.",
	Example: "RegionId=cn-hangzhou",
	Failures: slices.Concat([]*rpc.Failure{
		invalidNextToken,
		{On: secgroup.ErrGroupType, Status: 400, Code: "InvalidParameter.SecurityGroupType", Message: "The specified SecurityGroupType is not valid.",
			When: "SecurityGroupType is neither normal nor enterprise.", Try: "SecurityGroupType=advanced"},
		{On: errGroupIDs, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "SecurityGroupIds is not a JSON array, or has more than 100 ids.", Try: "SecurityGroupIds=sg-web"},
		{On: errNetwork, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "NetworkType is neither vpc nor classic.", Try: "NetworkType=lan"},
		{On: product.ErrBool, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "ServiceManaged is neither true nor false.", Try: "ServiceManaged=maybe"},
		{On: product.ErrDryRun, Status: 400, Code: "DryRunOperation", Message: "Request validation has been passed with DryRun flag set.",
			When: "DryRun is true and the request would succeed.", Try: "DryRun=true"},
		malformedGroup2025,
		malformedGroupName2025,
		missingRegion("MissingParameter.RegionId", "The input parameter RegionId that is mandatory for processing this request is not supplied."),
		unknownRegion,
	}, groupTagFailures()),
}, (*Caller).describeGroups)

// DescribeSecurityGroupsRequest selects groups. A filter that is absent selects all.
type DescribeSecurityGroupsRequest struct {
	regional
	IDs            groupIDs
	ID             secgroup.Text
	Name           secgroup.Text
	VPC            secgroup.Text
	Type           secgroup.GroupType
	Network        networkType
	ResourceGroup  secgroup.Text
	Tags           []tag
	ServiceManaged optionalBool
	Fuzzy, Count   bool
	DryRun         bool
	Page           page
}

// Params declares the parameters.
func (r *DescribeSecurityGroupsRequest) Params(p *param.Set) {
	r.region(p, "Region of the groups.")
	p.Var(&r.IDs, "SecurityGroupIds", "Up to 100 groups, as a JSON array.").Example(`["sg-bp67acfmxazb4p****"]`)
	p.Var(&r.ID, "SecurityGroupId", "One group.").Example("sg-bp67acfmxazb4p****")
	p.Var(&r.Name, "SecurityGroupName", "Groups with exactly this name.").Example("SGTestName")
	p.Var(&r.VPC, "VpcId", "Groups in this VPC.").Example("vpc-bp67acfmxazb4p****")
	p.Var(&r.Type, "SecurityGroupType", "Groups of this type.").Example("normal")
	p.Var(&r.Network, "NetworkType", "Groups in a VPC, or in the classic network.").Example("vpc")
	p.Var(&r.ResourceGroup, "ResourceGroupId", "Groups in this resource group.").Example("rg-bp67acfmxazb4p****")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).BindEither)
	p.Var(&r.ServiceManaged, "ServiceManaged", "Groups that a cloud service manages, or that none manages.").Example("false")
	p.Bool(&r.Fuzzy, "FuzzyQuery", "Has no effect, as in the service.").Example("false")
	p.Bool(&r.Count, "IsQueryEcsCount", "Whether to count the members of each group.").Example("false")
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	r.Page.bind(p, "Groups", 50, 10, 100)
}

// DescribeSecurityGroupsResponse is one page of groups.
type DescribeSecurityGroupsResponse struct {
	Region string
	Total  int
	Page   page
	Groups []groupSummary

	withoutTotals bool // from edition 2025 on, with tokens
}

// Fields declares the answer.
func (a *DescribeSecurityGroupsResponse) Fields(w *wire.Writer) {
	w.Text("RegionId", a.Region)
	if !a.withoutTotals {
		w.Int("TotalCount", a.Total)
		w.Int("PageNumber", a.Page.Number)
		w.Int("PageSize", a.Page.Size)
	}
	w.Text("NextToken", a.Page.Next)
	wire.List(w, "SecurityGroups", "SecurityGroup", a.Groups, (*groupSummary).fields)
}

// checkFilters returns an error for a malformed id or name, as from edition 2025 on.
func (r *DescribeSecurityGroupsRequest) checkFilters() error {
	if id := secgroup.GroupID(""); r.ID != "" && id.Set(string(r.ID)) != nil {
		return rpc.Named(secgroup.ErrGroupID, "SecurityGroupId")
	}
	if name := secgroup.GroupName(""); r.Name != "" && name.Set(string(r.Name)) != nil {
		return rpc.Named(secgroup.ErrGroupName, "SecurityGroupName")
	}
	return nil
}

func (c *Caller) describeGroups(r *DescribeSecurityGroupsRequest) (*DescribeSecurityGroupsResponse, error) {
	a := &DescribeSecurityGroupsResponse{Region: c.Region, Page: r.Page}
	if c.Edition >= rpc.Edition2025 {
		a.withoutTotals = r.Page.Most != 0
		if err := r.checkFilters(); err != nil {
			return nil, err
		}
	}
	return a, c.View(func(ns *store.Namespace) error {
		if r.DryRun {
			return product.ErrDryRun
		}
		var selected []*secgroup.Group
		for _, g := range ns.Groups() {
			if r.selects(g) && !ns.Hidden(g.ID) {
				selected = append(selected, g)
			}
		}
		a.Total = len(selected)
		for _, g := range cut(&a.Page, selected, (*secgroup.Group).ListID) {
			summary := groupSummary{Group: g.Copy()}
			summary.hidden, summary.hiddenPeers = ns.HiddenRules(g)
			if r.Count {
				summary.members = len(ns.Members(g.ID))
				summary.room = max(0, g.Capacity()-summary.members)
			}
			a.Groups = append(a.Groups, summary)
		}
		return nil
	})
}

func (r *DescribeSecurityGroupsRequest) selects(g *secgroup.Group) bool {
	return (r.ID == "" || string(r.ID) == g.ID) &&
		(r.IDs == nil || slices.Contains(r.IDs, g.ID)) &&
		(r.Name == "" || string(r.Name) == g.Name.String()) &&
		(r.VPC == "" || string(r.VPC) == g.VPC) &&
		(r.Type == 0 || r.Type == g.Type) &&
		(r.Network == "" || (r.Network == "classic") == g.Classic()) &&
		(r.ResourceGroup == "" || string(r.ResourceGroup) == g.ResourceGroup) &&
		r.ServiceManaged.Selects(g.ServiceManaged) &&
		product.HasTags(g.Tags, r.Tags)
}

// groupSummary is a group with counts: of its hidden rules, and if they were asked for,
// of its members and the room that is left for more.
type groupSummary struct {
	secgroup.Group
	members, room       int
	hidden, hiddenPeers int
}

func (g *groupSummary) fields(w *wire.Writer) {
	w.Text("SecurityGroupId", g.ID)
	w.Text("SecurityGroupName", g.Name.String())
	w.Text("Description", g.Description.String())
	w.Text("SecurityGroupType", g.Type.String())
	w.Text("VpcId", g.VPC)
	w.Text("CreationTime", product.Timestamp(g.Created))
	w.Text("ResourceGroupId", g.ResourceGroup)
	w.Int("EcsCount", g.members)
	w.Int("AvailableInstanceAmount", g.room)
	w.Int("RuleCount", g.Len()-g.hidden)
	w.Int("GroupToGroupRuleCount", g.GroupRuleCount()-g.hiddenPeers)
	w.Bool("ServiceManaged", g.ServiceManaged)
	w.Int("ServiceID", 0)
	wire.List(w, "Tags", "Tag", g.Tags, tagFields)
}

// groupIDs is a JSON array of ids.
type groupIDs []string

// Set reads the array. An empty one is absent.
func (l *groupIDs) Set(text string) error {
	var ids []string
	if json.Unmarshal([]byte(text), &ids) != nil || len(ids) > 100 {
		return errGroupIDs
	}
	if len(ids) > 0 {
		*l = ids
	}
	return nil
}

// networkType is vpc or classic.
type networkType string

var networks = []string{"vpc", "classic"}

// Set reads the network type.
func (n *networkType) Set(text string) error {
	if !slices.Contains(networks, text) {
		return errNetwork
	}
	*n = networkType(text)
	return nil
}

// Values returns the valid values.
func (n *networkType) Values() []string { return networks }
