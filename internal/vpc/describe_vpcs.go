package vpc

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeVpcs lists VPCs. An id that does not exist is no error.
var DescribeVpcs = define(rpc.Spec{
	Name:     "DescribeVpcs",
	Summary:  "Lists the VPCs of the account in a region.",
	Example:  "RegionId=cn-hangzhou",
	Failures: describeVpcsFailures,
}, (*Caller).describeVpcs)

// DescribeVpcsRequest selects VPCs. A filter that is absent selects all.
type DescribeVpcsRequest struct {
	product.Regional
	IDs           idList
	Name          string
	Default       product.OptionalBool
	EnableIPv6    product.OptionalBool
	ResourceGroup string
	Owner         string
	DHCP          string
	Tags          []product.Tag
	DryRun        bool
	Page          product.Page
}

// Params declares the parameters.
func (r *DescribeVpcsRequest) Params(p *param.Set) {
	r.BindRegion(p, "Region of the VPCs.")
	p.Var(&r.IDs, "VpcId", "Up to 20 VPCs, separated by commas.").Example("vpc-bp1b1xjllp3ve5yze****")
	p.String(&r.Name, "VpcName", "VPCs with exactly this name.").Example("Vpc-1")
	p.Var(&r.Default, "IsDefault", "The default VPC of the region, or the other VPCs.").Example("false")
	p.Var(&r.EnableIPv6, "EnableIpv6", "VPCs with an IPv6 block, or without one.").Example("false")
	p.String(&r.ResourceGroup, "ResourceGroupId", "VPCs in this resource group.").Example("rg-acfmxvfvazb4p****")
	p.Var((*ownerID)(&r.Owner), "VpcOwnerId", "VPCs of this account. The mock shares none between accounts.").Example("253460731706911258")
	p.String(&r.DHCP, "DhcpOptionsSetId", "VPCs with this DHCP options set. The mock has none.").Example("dopt-o6w0df4epg9zo8isy****")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*product.Tag).Bind)
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	r.Page.Bind(p, "VPCs", 50)
}

// DescribeVpcsResponse is a page of VPCs.
type DescribeVpcsResponse struct {
	Total int
	Page  product.Page
	VPCs  []described
}

// Fields declares the answer.
func (a *DescribeVpcsResponse) Fields(w *wire.Writer) {
	w.Int("TotalCount", a.Total)
	w.Int("PageNumber", a.Page.Number)
	w.Int("PageSize", a.Page.Size)
	wire.List(w, "Vpcs", "Vpc", a.VPCs, (*described).fields)
}

func (c *Caller) describeVpcs(r *DescribeVpcsRequest) (*DescribeVpcsResponse, error) {
	a := &DescribeVpcsResponse{Page: r.Page}
	return a, c.View(func(ns *store.Namespace) error {
		if r.DryRun {
			return product.ErrDryRun
		}
		var selected []*network.VPC
		for _, v := range ns.VPCs() {
			if r.selects(ns, v) && !ns.Hidden(v.ID) {
				selected = append(selected, v)
			}
		}
		a.Total = len(selected)
		start, end := r.Page.Bounds(len(selected))
		for _, v := range selected[start:end] {
			a.VPCs = append(a.VPCs, describe(ns, v))
		}
		return nil
	})
}

func (r *DescribeVpcsRequest) selects(ns *store.Namespace, v *network.VPC) bool {
	return r.IDs.selects(v.ID) &&
		(r.Name == "" || r.Name == v.Name.String()) &&
		r.Default.Selects(v.Default) &&
		r.EnableIPv6.Selects(v.CIDR6.IsValid()) &&
		(r.ResourceGroup == "" || r.ResourceGroup == resourceGroup(ns, v.ResourceGroup)) &&
		(r.Owner == "" || r.Owner == v.Account) &&
		r.DHCP == "" &&
		product.HasTags(v.Tags, r.Tags)
}

// described is a VPC with what is in it.
type described struct {
	network.VPC
	status        string
	resourceGroup string
	switches      []string
}

func describe(ns *store.Namespace, v *network.VPC) described {
	d := described{VPC: *v, status: v.Status.At(ns.Now()), resourceGroup: resourceGroup(ns, v.ResourceGroup)}
	for _, s := range ns.VSwitchesOf(v.ID) {
		if !ns.Hidden(s.ID) {
			d.switches = append(d.switches, s.ID)
		}
	}
	return d
}

func (d *described) fields(w *wire.Writer) {
	w.Text("VpcId", d.ID)
	w.Text("VpcName", d.Name.String())
	w.Text("Description", d.Description.String())
	w.Text("RegionId", d.Region)
	w.Text("Status", d.status)
	w.Text("CidrBlock", d.CIDR.String())
	w.Text("Ipv6CidrBlock", d.CIDR6.String())
	w.Bool("EnabledIpv6", d.CIDR6.IsValid())
	w.Bool("IsDefault", d.Default)
	w.Text("VRouterId", d.VRouterID())
	w.Text("CreationTime", product.Timestamp(d.Created))
	w.Text("ResourceGroupId", d.resourceGroup)
	w.Int("OwnerId", number(d.Account))
	w.Text("DhcpOptionsSetId", "")
	w.Text("DhcpOptionsSetStatus", "")
	w.Text("DnsHostnameStatus", "DISABLED")
	w.Texts("VSwitchIds", "VSwitchId", d.switches)
	w.Texts("RouterTableIds", "RouterTableIds", []string{d.RouteTableID()})
	w.Texts("SecondaryCidrBlocks", "SecondaryCidrBlock", nil)
	w.Texts("UserCidrs", "UserCidr", d.UserCIDRs.Texts())
	w.Texts("NatGatewayIds", "NatGatewayIds", nil)
	wire.List(w, "Ipv6CidrBlocks", "Ipv6CidrBlock", d.blocks6(), (*block6).fields)
	wire.List(w, "Tags", "Tag", d.Tags, tagFields)
}

// number returns the id of an account as a number, 0 for one that is none.
func number(account string) int {
	n, _ := strconv.Atoi(account)
	return n
}

// blocks6 returns the IPv6 blocks: none or one.
func (d *described) blocks6() []block6 {
	if !d.CIDR6.IsValid() {
		return nil
	}
	return []block6{block6(d.CIDR6.String())}
}

// A block6 is an IPv6 block of a VPC.
type block6 string

func (b *block6) fields(w *wire.Writer) {
	w.Text("Ipv6CidrBlock", string(*b))
	w.Text("Ipv6Isp", "BGP")
}

func tagFields(t *secgroup.Tag, w *wire.Writer) {
	w.Text("Key", t.Key)
	w.Text("Value", t.Value)
}

// An idList is ids that are separated by commas.
type idList []string

// Set reads at most 20 ids.
func (l *idList) Set(text string) error {
	ids := strings.Split(text, ",")
	if len(ids) > 20 {
		return errIDs
	}
	for i, id := range ids {
		ids[i] = strings.TrimSpace(id)
	}
	*l = ids
	return nil
}

// selects reports whether the list has the id, or is absent.
func (l idList) selects(id string) bool { return l == nil || slices.Contains(l, id) }

// ownerID is the id of an account.
type ownerID string

// Type returns the API's name of the type.
func (*ownerID) Type() string { return "Long" }

// Set reads an integer.
func (o *ownerID) Set(text string) error {
	if _, err := strconv.ParseUint(text, 10, 64); err != nil {
		return param.ErrInvalid
	}
	*o = ownerID(strings.Clone(text))
	return nil
}
