package vpc

import (
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// ShortVpcsRequest is DescribeVpcsRequest with the parameters that DescribeVpcs of ECS has.
type ShortVpcsRequest struct{ DescribeVpcsRequest }

// Params declares the parameters.
func (r *ShortVpcsRequest) Params(p *param.Set) {
	r.BindRegion(p, "Region of the VPCs.")
	p.Var((*anyIDs)(&r.IDs), "VpcId", "VPCs, separated by commas.").Example("vpc-bp1b1xjllp3ve5yze****")
	p.Var(&r.Default, "IsDefault", "The default VPC of the region, or the other VPCs.").Example("false")
	r.Page.Bind(p, "VPCs", 50)
}

// anyIDs are ids that are separated by commas, as many as there are.
type anyIDs []string

// Set reads the ids.
func (l *anyIDs) Set(text string) error {
	for id := range strings.SplitSeq(text, ",") {
		*l = append(*l, strings.TrimSpace(id))
	}
	return nil
}

// ShortVpcsResponse is DescribeVpcsResponse with the fields that ECS has of a VPC.
type ShortVpcsResponse struct{ DescribeVpcsResponse }

// Fields declares the answer.
func (a *ShortVpcsResponse) Fields(w *wire.Writer) {
	w.Int("TotalCount", a.Total)
	w.Int("PageNumber", a.Page.Number)
	w.Int("PageSize", a.Page.Size)
	wire.List(w, "Vpcs", "Vpc", a.VPCs, func(d *described, w *wire.Writer) {
		w.Text("VpcId", d.ID)
		w.Text("VpcName", d.Name.String())
		w.Text("Description", d.Description.String())
		w.Text("RegionId", d.Region)
		w.Text("Status", d.status)
		w.Text("CidrBlock", d.CIDR.String())
		w.Bool("IsDefault", d.Default)
		w.Text("VRouterId", d.VRouterID())
		w.Text("CreationTime", product.Timestamp(d.Created))
		w.Texts("VSwitchIds", "VSwitchId", d.switches)
		w.Texts("UserCidrs", "UserCidr", d.UserCIDRs.Texts())
	})
}

// ShortVpcs carries out DescribeVpcs of ECS.
func ShortVpcs(c *product.Caller, r *ShortVpcsRequest) (*ShortVpcsResponse, error) {
	a, err := (*Caller)(c).describeVpcs(&r.DescribeVpcsRequest)
	if err != nil {
		return nil, err
	}
	return &ShortVpcsResponse{*a}, nil
}

// ShortVSwitchesRequest is DescribeVSwitchesRequest with the parameters that
// DescribeVSwitches of ECS has.
type ShortVSwitchesRequest struct{ DescribeVSwitchesRequest }

// Params declares the parameters.
func (r *ShortVSwitchesRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the vSwitches. Without it, the region that has the vSwitch or the VPC.").Example("cn-hangzhou")
	p.Var((*anyIDs)(&r.IDs), "VSwitchId", "VSwitches, separated by commas.").Example("vsw-23dsf3****")
	p.Var((*anyIDs)(&r.VPCs), "VpcId", "VSwitches of these VPCs, separated by commas.").Example("vpc-25cdvfeq58pl****")
	p.String(&r.Zone, "ZoneId", "VSwitches in this zone.").Example("cn-hangzhou-d")
	p.Var(&r.Default, "IsDefault", "The default vSwitches, or the others.").Example("true")
	r.Page.Bind(p, "VSwitches", 50)
}

// ShortVSwitchesResponse is DescribeVSwitchesResponse with the fields that ECS has of a
// vSwitch.
type ShortVSwitchesResponse struct{ DescribeVSwitchesResponse }

// Fields declares the answer.
func (a *ShortVSwitchesResponse) Fields(w *wire.Writer) {
	w.Int("TotalCount", a.Total)
	w.Int("PageNumber", a.Page.Number)
	w.Int("PageSize", a.Page.Size)
	wire.List(w, "VSwitches", "VSwitch", a.VSwitches, func(s *vswitch, w *wire.Writer) {
		w.Text("VSwitchId", s.ID)
		w.Text("VSwitchName", s.Name.String())
		w.Text("Description", s.Description.String())
		w.Text("VpcId", s.VPC)
		w.Text("ZoneId", s.Zone)
		w.Text("Status", s.status)
		w.Text("CidrBlock", s.CIDR.String())
		w.Int("AvailableIpAddressCount", s.addresses)
		w.Bool("IsDefault", s.Default)
		w.Text("CreationTime", s.created)
	})
}

// ShortVSwitches carries out DescribeVSwitches of ECS.
func ShortVSwitches(c *product.Caller, r *ShortVSwitchesRequest) (*ShortVSwitchesResponse, error) {
	a, err := (*Caller)(c).describeVSwitches(&r.DescribeVSwitchesRequest)
	if err != nil {
		return nil, err
	}
	return &ShortVSwitchesResponse{*a}, nil
}
