package vpc

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeVpcAttribute describes a VPC.
var DescribeVpcAttribute = define(rpc.Spec{
	Name:    "DescribeVpcAttribute",
	Summary: "Returns a VPC and what is in it.",
	Example: "RegionId=cn-hangzhou&VpcId=vpc-1",
	Failures: []*rpc.Failure{
		unknownVPC,
		unknownRegion,
		dryRun,
		{On: product.ErrBool, Status: 400, Code: "InvalidParameter", Message: `The specified parameter "%s" is not valid.`,
			When: "IsDefault is neither true nor false.", Try: "IsDefault=maybe"},
	},
}, (*Caller).describeVpcAttribute)

// DescribeVpcAttributeRequest names the VPC.
type DescribeVpcAttributeRequest struct {
	product.Regional
	ID      string
	Default product.OptionalBool
	DryRun  bool
}

// Params declares the parameters.
func (r *DescribeVpcAttributeRequest) Params(p *param.Set) {
	r.BindRegion(p, "Region of the VPC.")
	p.String(&r.ID, "VpcId", "VPC.").Require().Example("vpc-bp18sth14qii3pnv****")
	p.Var(&r.Default, "IsDefault", "Whether the VPC has to be the default one of the region.").Example("false")
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
}

// DescribeVpcAttributeResponse is a VPC with what is in it.
type DescribeVpcAttributeResponse struct {
	described
	resources []resources
}

// Fields declares the answer.
func (a *DescribeVpcAttributeResponse) Fields(w *wire.Writer) {
	a.fields(w)
	w.Bool("ClassicLinkEnabled", false)
	w.Bool("SupportIpv4Gateway", true)
	w.Text("Ipv4GatewayId", "")
	wire.List(w, "AssociatedCens", "AssociatedCen", nil, (*noCen).fields)
	wire.List(w, "CloudResources", "CloudResourceSetType", a.resources, (*resources).fields)
}

// A noCen is an instance of Cloud Enterprise Network, which the mock does not have.
type noCen struct{}

func (*noCen) fields(w *wire.Writer) {
	w.Text("CenId", "")
	w.Text("CenOwnerId", "")
	w.Text("CenStatus", "")
}

func (c *Caller) describeVpcAttribute(r *DescribeVpcAttributeRequest) (*DescribeVpcAttributeResponse, error) {
	a := &DescribeVpcAttributeResponse{}
	return a, c.View(func(ns *store.Namespace) error {
		v, ok := ns.VPC(r.ID)
		switch {
		case !ok || ns.Hidden(v.ID) || !r.Default.Selects(v.Default):
			return product.ErrVPC
		case r.DryRun:
			return product.ErrDryRun
		}
		a.described = describe(ns, v)
		a.resources = []resources{{"VRouter", 1}, {"RouteTable", 1}}
		if n := len(a.switches); n > 0 {
			a.resources = append(a.resources, resources{"VSwitch", n})
		}
		return nil
	})
}

// ModifyVpcAttribute changes a VPC.
var ModifyVpcAttribute = define(rpc.Spec{
	Name:    "ModifyVpcAttribute",
	Summary: "Changes the name, the description and the blocks of a VPC.",
	Example: "RegionId=cn-hangzhou&VpcId=vpc-1&VpcName=shop&Description=For_the_shop.",
	Failures: []*rpc.Failure{
		unknownVPC,
		pendingVPC,
		{On: network.ErrName, Status: 400, Code: "InvalidVpcName.Malformed", Message: "Specified VPC name is not valid.",
			When: "VpcName does not follow its rules.", Try: "VpcName=http://shop"},
		{On: network.ErrDescription, Status: 400, Code: "InvalidVpcDiscription.Malformed", Message: "Specified VPC description is not valid.",
			When: "Description does not follow its rules.", Try: "Description=http://shop"},
		{On: network.ErrCIDR, Status: 400, Code: "InvalidCidrBlock.Malformed", Message: "Specified CIDR block is not valid.",
			When: "CidrBlock is not a block that a VPC can have in the edition.", Try: "CidrBlock=10.0.0.1/16"},
		{On: network.ErrOutside, Status: 400, Code: "InvalidCidrBlock.Malformed", Message: "Specified CIDR block is not valid.",
			When: "A vSwitch of the VPC is not within CidrBlock.", Try: "CidrBlock=10.0.0.0/16"},
		{On: network.ErrCIDR6, Status: 400, Code: "InvalidIpv6CidrBlock.Malformed", Message: "Specified Ipv6CidrBlock is not valid.",
			When: "Ipv6CidrBlock is not an IPv6 block of 56 bits.", Try: "Ipv6CidrBlock=2408::/64"},
		unknownRegion,
	},
}, (*Caller).modifyVpc)

// ModifyVpcAttributeRequest is a VPC with its changes.
type ModifyVpcAttributeRequest struct {
	product.Regional
	ID          string
	Name        network.Name
	Description network.Description
	CIDR        network.CIDR
	CIDR6       network.CIDR6
	EnableIPv6  bool
}

// Params declares the parameters.
func (r *ModifyVpcAttributeRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the VPC. Without it, the region that has the VPC.").Example("cn-hangzhou")
	p.String(&r.ID, "VpcId", "VPC to change.").Require().Example("vpc-bp1m7v25emi1h5mtc****")
	p.Var(&r.Name, "VpcName", "New name. "+earlyName).Example("Vpc-1")
	p.Var(&r.Description, "Description", "New description. "+earlyDescription).Example("This is my VPC.")
	p.Var(&r.CIDR, "CidrBlock", "New IPv4 block. The vSwitches of the VPC are within it.").Example("172.16.0.0/12")
	p.Var(&r.CIDR6, "Ipv6CidrBlock", "IPv6 block, of 56 bits, of a VPC that has none.").Example("2408:XXXX:0:6a::/56")
	p.Bool(&r.EnableIPv6, "EnableIPv6", "Whether to give the VPC an IPv6 block. It keeps one that it has.").Example("false")
	p.Unused("EnableDnsHostname Boolean\nIpv6Isp String")
}

func (c *Caller) modifyVpc(r *ModifyVpcAttributeRequest) (*product.Done, error) {
	if err := c.checkTexts(r.Name, r.Description); err != nil {
		return nil, err
	}
	if c.Region == "" {
		c.Region = c.regionOf(func(ns *store.Namespace) bool { _, ok := ns.VPC(r.ID); return ok })
	}
	return &product.Done{}, c.Update(func(ns *store.Namespace) error {
		v, err := findVPC(ns, r.ID)
		switch {
		case err != nil:
			return err
		case v.Status.Pending(ns.Now()):
			return errPending
		}
		changed := *v
		if r.CIDR.IsValid() {
			changed.CIDR = r.CIDR
			if err := c.checkBlock(ns, &changed); err != nil {
				return err
			}
		}
		r.apply(&changed)
		ns.Edit(v.ID)
		*v = changed
		return nil
	})
}

// apply changes all but the IPv4 block.
func (r *ModifyVpcAttributeRequest) apply(v *network.VPC) {
	if r.Name != "" {
		v.Name = r.Name
	}
	if r.Description != "" {
		v.Description = r.Description
	}
	if r.CIDR6.IsValid() && !v.CIDR6.IsValid() {
		v.CIDR6 = r.CIDR6
	}
	if r.EnableIPv6 {
		v.EnableIPv6()
	}
}

// checkBlock returns an error if a VPC cannot have a new block.
func (c *Caller) checkBlock(ns *store.Namespace, v *network.VPC) error {
	check := v.CheckBlockEarly
	if c.Edition >= rpc.Edition2025 {
		check = v.CheckBlock
	}
	if err := check(); err != nil {
		return err
	}
	outside := func(s *network.VSwitch) bool { return s.Check(v, nil) != nil }
	if slices.ContainsFunc(ns.VSwitchesOf(v.ID), outside) {
		return network.ErrOutside
	}
	return nil
}
