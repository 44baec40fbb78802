package vpc

import (
	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeVSwitches lists vSwitches. An id that does not exist is no error.
var DescribeVSwitches = define(rpc.Spec{
	Name:     "DescribeVSwitches",
	Summary:  "Lists the vSwitches of the account in a region.",
	Example:  "RegionId=cn-hangzhou&VpcId=vpc-1",
	Failures: describeVSwitchesFailures,
}, (*Caller).describeVSwitches)

// DescribeVSwitchesRequest selects vSwitches. A filter that is absent selects all.
type DescribeVSwitchesRequest struct {
	product.Regional
	IDs, VPCs     idList
	Zone          string
	Name          string
	Table         string
	ResourceGroup string
	Owner         string
	Default       product.OptionalBool
	EnableIPv6    product.OptionalBool
	Tags          []product.Tag
	DryRun        bool
	Page          product.Page
}

// Params declares the parameters.
func (r *DescribeVSwitchesRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the vSwitches. Without it, the region that has the vSwitch or the VPC.").Example("cn-hangzhou")
	p.Var(&r.IDs, "VSwitchId", "Up to 20 vSwitches, separated by commas.").Example("vsw-23dsf3****")
	p.Var(&r.VPCs, "VpcId", "VSwitches of these VPCs, up to 20, separated by commas.").Example("vpc-25cdvfeq58pl****")
	p.String(&r.Zone, "ZoneId", "VSwitches in this zone.").Example("cn-hangzhou-d")
	p.String(&r.Name, "VSwitchName", "VSwitches with exactly this name.").Example("vSwitch")
	p.String(&r.Table, "RouteTableId", "VSwitches with this route table.").Example("vtb-bp145q7glnuzdvzu2****")
	p.String(&r.ResourceGroup, "ResourceGroupId", "VSwitches in this resource group.").Example("rg-bp67acfmxazb4ph****")
	p.Var((*ownerID)(&r.Owner), "VSwitchOwnerId", "VSwitches of this account. The mock shares none between accounts.").Example("2546073170691****")
	p.Var(&r.Default, "IsDefault", "The default vSwitches, or the others.").Example("true")
	p.Var(&r.EnableIPv6, "EnableIpv6", "VSwitches with an IPv6 block, or without one.").Example("false")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*product.Tag).Bind)
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	r.Page.Bind(p, "VSwitches", 50)
}

// DescribeVSwitchesResponse is a page of vSwitches.
type DescribeVSwitchesResponse struct {
	Total     int
	Page      product.Page
	VSwitches []vswitch
}

// Fields declares the answer.
func (a *DescribeVSwitchesResponse) Fields(w *wire.Writer) {
	w.Int("TotalCount", a.Total)
	w.Int("PageNumber", a.Page.Number)
	w.Int("PageSize", a.Page.Size)
	wire.List(w, "VSwitches", "VSwitch", a.VSwitches, (*vswitch).fields)
}

func (c *Caller) describeVSwitches(r *DescribeVSwitchesRequest) (*DescribeVSwitchesResponse, error) {
	if c.Region == "" {
		c.Region = c.regionOf(r.isAbout)
	}
	a := &DescribeVSwitchesResponse{Page: r.Page}
	return a, c.View(func(ns *store.Namespace) error {
		if r.DryRun {
			return product.ErrDryRun
		}
		var selected []*network.VSwitch
		for _, s := range ns.VSwitches() {
			if !ns.Hidden(s.ID) && r.selects(ns, s) {
				selected = append(selected, s)
			}
		}
		a.Total = len(selected)
		start, end := r.Page.Bounds(len(selected))
		for _, s := range selected[start:end] {
			a.VSwitches = append(a.VSwitches, newVSwitch(ns, s))
		}
		return nil
	})
}

// isAbout reports whether the request names a vSwitch or a VPC that is there.
func (r *DescribeVSwitchesRequest) isAbout(ns *store.Namespace) bool {
	for _, id := range r.IDs {
		if _, ok := ns.VSwitch(id); ok {
			return true
		}
	}
	for _, id := range r.VPCs {
		if _, ok := ns.VPC(id); ok {
			return true
		}
	}
	return false
}

func (r *DescribeVSwitchesRequest) selects(ns *store.Namespace, s *network.VSwitch) bool {
	v, _ := ns.VPC(s.VPC)
	return r.IDs.selects(s.ID) && r.VPCs.selects(s.VPC) &&
		(r.Zone == "" || r.Zone == s.Zone) &&
		(r.Name == "" || r.Name == s.Name.String()) &&
		(r.Table == "" || r.Table == v.RouteTableID()) &&
		(r.ResourceGroup == "" || r.ResourceGroup == resourceGroup(ns, s.ResourceGroup)) &&
		(r.Owner == "" || r.Owner == s.Account) &&
		r.Default.Selects(s.Default) &&
		r.EnableIPv6.Selects(s.CIDR6.IsValid()) &&
		product.HasTags(s.Tags, r.Tags)
}

// vswitch is a vSwitch as answers show it. That of a vSwitch that does not exist has
// blank fields.
type vswitch struct {
	network.VSwitch
	status, created, resourceGroup, table, kind string
	addresses                                   int
}

func newVSwitch(ns *store.Namespace, s *network.VSwitch) vswitch {
	v, _ := ns.VPC(s.VPC)
	return vswitch{
		VSwitch: *s, status: s.Status.At(ns.Now()), created: product.Timestamp(s.Created),
		resourceGroup: resourceGroup(ns, s.ResourceGroup), table: v.RouteTableID(), kind: "System",
		addresses: ns.AvailableAddresses(s),
	}
}

func (s *vswitch) fields(w *wire.Writer) {
	w.Text("VSwitchId", s.ID)
	w.Text("VSwitchName", s.Name.String())
	w.Text("Description", s.Description.String())
	w.Text("VpcId", s.VPC)
	w.Text("ZoneId", s.Zone)
	w.Text("Status", s.status)
	w.Text("CidrBlock", s.CIDR.String())
	w.Text("Ipv6CidrBlock", s.CIDR6.String())
	w.Bool("EnabledIpv6", s.CIDR6.IsValid())
	w.Int("AvailableIpAddressCount", s.addresses)
	w.Bool("IsDefault", s.Default)
	w.Text("CreationTime", s.created)
	w.Text("ResourceGroupId", s.resourceGroup)
	w.Int("OwnerId", number(s.Account))
	w.Text("NetworkAclId", "")
	w.Text("ShareType", "")
	w.Object("RouteTable", func(w *wire.Writer) {
		w.Text("RouteTableId", s.table)
		w.Text("RouteTableType", s.kind)
	})
	wire.List(w, "Tags", "Tag", s.Tags, tagFields)
}

// DescribeVSwitchAttributes describes a vSwitch.
var DescribeVSwitchAttributes = define(rpc.Spec{
	Name:     "DescribeVSwitchAttributes",
	Summary:  "Returns a vSwitch. One that does not exist has a blank id and no error.",
	Example:  "RegionId=cn-hangzhou&VSwitchId=vsw-1",
	Failures: []*rpc.Failure{unknownRegion, dryRun},
}, (*Caller).describeVSwitchAttributes)

// DescribeVSwitchAttributesRequest names the vSwitch.
type DescribeVSwitchAttributesRequest struct {
	product.Regional
	ID     string
	DryRun bool
}

// Params declares the parameters.
func (r *DescribeVSwitchAttributesRequest) Params(p *param.Set) {
	bindVSwitch(p, &r.Regional, &r.ID)
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
}

// DescribeVSwitchAttributesResponse is a vSwitch with what is in it.
type DescribeVSwitchAttributesResponse struct {
	vswitch
	resources []resources
}

// Fields declares the answer.
func (a *DescribeVSwitchAttributesResponse) Fields(w *wire.Writer) {
	a.vswitch.fields(w)
	wire.List(w, "CloudResources", "CloudResourceSetType", a.resources, (*resources).fields)
}

// resources is how many resources of a type a VPC or a vSwitch has.
type resources struct {
	kind  string
	count int
}

func (r *resources) fields(w *wire.Writer) {
	w.Text("ResourceType", r.kind)
	w.Int("ResourceCount", r.count)
}

func (c *Caller) describeVSwitchAttributes(r *DescribeVSwitchAttributesRequest) (*DescribeVSwitchAttributesResponse, error) {
	if c.Region == "" {
		c.Region = c.regionOf(func(ns *store.Namespace) bool { _, ok := ns.VSwitch(r.ID); return ok })
	}
	a := &DescribeVSwitchAttributesResponse{}
	return a, c.View(func(ns *store.Namespace) error {
		if r.DryRun {
			return product.ErrDryRun
		}
		s, ok := ns.VSwitch(r.ID)
		if !ok || ns.Hidden(s.ID) {
			c.Call.Note("there is no vSwitch " + r.ID + " in " + c.Region)
			return nil
		}
		a.vswitch = newVSwitch(ns, s)
		if n := len(ns.InVSwitch(s.ID)); n > 0 {
			a.resources = []resources{{"ECS", n}}
		}
		return nil
	})
}
