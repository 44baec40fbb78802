package vpc

import (
	"cmp"
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// CreateVpc creates a VPC.
var CreateVpc = define(rpc.Spec{
	Name:     "CreateVpc",
	Summary:  "Creates a VPC with a router and a route table.",
	Example:  "RegionId=cn-hangzhou&VpcName=shop&CidrBlock=10.1.0.0/16",
	Failures: createVpcFailures,
}, (*Caller).createVpc)

// CreateVpcRequest is the VPC to create.
type CreateVpcRequest struct {
	product.Regional
	VPC           network.VPC
	EnableIPv6    bool
	ResourceGroup product.ResourceGroup
	Tags          []product.Tag
	DryRun        bool
	product.Idempotent
}

// Params declares the parameters.
func (r *CreateVpcRequest) Params(p *param.Set) {
	r.BindRegion(p, "Region of the new VPC.")
	p.Var(&r.VPC.CIDR, "CidrBlock", "IPv4 block, without host bits. Before edition 2025: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or a part of one, of 8 to 24 bits. "+
		"From edition 2025 on: any of 8 to 28 bits outside of 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16 and 224.0.0.0/4.").Default(network.DefaultCIDR).Example("192.168.0.0/16")
	p.Bool(&r.EnableIPv6, "EnableIpv6", "Whether the VPC gets an IPv6 block.").Example("false")
	p.Var(&r.VPC.CIDR6, "Ipv6CidrBlock", "IPv6 block, of 56 bits, in place of one that the mock chooses. It need not be reserved.").Example("2408:4005:3e8:9a00::/56")
	p.Var(&r.VPC.Name, "VpcName", "Name. Before edition 2025: 2 to 128 letters, digits, periods, underscores and hyphens, a letter first.").Example("abc")
	p.Var(&r.VPC.Description, "Description", "Description. Before edition 2025: 2 to 256 characters, a letter first.").Example("This is my first Vpc")
	p.Var(&r.ResourceGroup, "ResourceGroupId", "Resource group. The option -vpcs says which exist.").Example("rg-acfmxazb4ph6aiy****")
	p.Var(&r.VPC.UserCIDRs, "UserCidr", "Up to three IPv4 blocks outside of the VPC, separated by commas.").Example("192.168.0.0/12")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*product.Tag).Bind)
	p.Fail(product.CheckRepeatedKey(r.Tags))
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	ignore(p, "Ipv6Isp", "String", "BGP")
	ignore(p, "Ipv4IpamPoolId", "String", "ipam-pool-sycmt3p2a9v63i****")
	ignore(p, "Ipv4CidrMask", "Integer", "12")
	ignore(p, "Ipv6IpamPoolId", "String", "ipam-pool-bp1aq51kkfh477z03****")
	ignore(p, "Ipv6CidrMask", "Integer", "56")
	ignore(p, "EnableDnsHostname", "Boolean", "false")
	r.BindToken(p)
}

// CreateVpcResponse has the ids of the new VPC, its router and its route table.
type CreateVpcResponse struct{ id, router, table, resourceGroup string }

// Fields declares the answer.
func (a *CreateVpcResponse) Fields(w *wire.Writer) {
	w.Text("VpcId", a.id)
	w.Text("VRouterId", a.router)
	w.Text("RouteTableId", a.table)
	w.Text("ResourceGroupId", a.resourceGroup)
}

func (c *Caller) createVpc(r *CreateVpcRequest) (*CreateVpcResponse, error) {
	v := r.VPC
	v.ResourceGroup, v.Tags = string(r.ResourceGroup), product.TagsOf(r.Tags)
	if err := c.checkVPC(&v); err != nil {
		return nil, err
	}
	a := &CreateVpcResponse{}
	return a, c.Update(func(ns *store.Namespace) error {
		if err := product.CheckResourceGroup((*product.Caller)(c), ns, r.ResourceGroup); err != nil {
			return err
		}
		if n := vpcCount(ns); n >= network.VPCsInRegion {
			return product.Quota(errVPCQuota, "the account", n, network.VPCsInRegion, "VPCs in "+c.Region)
		}
		if r.DryRun {
			return product.ErrDryRun
		}
		v.ID, v.Account = ns.NewID("vpc-"), c.Account
		if r.EnableIPv6 {
			v.EnableIPv6()
		}
		v.Status.Until(ns.Now().Add(c.Settle))
		ns.AddVPC(&v)
		ns.Hide(v.ID, c.Hide)
		*a = CreateVpcResponse{v.ID, v.VRouterID(), v.RouteTableID(), resourceGroup(ns, v.ResourceGroup)}
		return nil
	})
}

// checkVPC returns an error if the edition forbids a value of a VPC.
func (c *Caller) checkVPC(v *network.VPC) error {
	if c.Edition >= rpc.Edition2025 {
		return v.CheckBlock()
	}
	for _, err := range []error{v.CheckBlockEarly(), v.Name.CheckEarly(), v.Description.CheckEarly()} {
		if err != nil {
			return err
		}
	}
	return nil
}

// vpcCount returns the number of VPCs that count for the quota.
func vpcCount(ns *store.Namespace) int {
	n := 0
	for _, v := range ns.VPCs() {
		if !v.Default {
			n++
		}
	}
	return n
}

// resourceGroup returns the resource group of what was given one, or none.
func resourceGroup(ns *store.Namespace, given string) string {
	return cmp.Or(given, ns.DefaultResourceGroup())
}

// DeleteVpc deletes a VPC in which nothing is.
var DeleteVpc = define(rpc.Spec{
	Name:     "DeleteVpc",
	Summary:  "Deletes a VPC in which there is nothing, with its router and its route table.",
	Example:  "RegionId=cn-hangzhou&VpcId=vpc-empty",
	Failures: deleteVpcFailures,
}, (*Caller).deleteVpc)

// DeleteVpcRequest names the VPC to delete.
type DeleteVpcRequest struct {
	product.Regional
	ID     string
	DryRun bool
	product.Idempotent
}

// Params declares the parameters.
func (r *DeleteVpcRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the VPC. Without it, the region that has the VPC.").Example("cn-hangzhou")
	p.String(&r.ID, "VpcId", "VPC to delete.").Require().Example("vpc-bp1m7v25emi1h5mtc****")
	ignore(p, "ForceDelete", "Boolean", "false")
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	r.BindToken(p)
}

func (c *Caller) deleteVpc(r *DeleteVpcRequest) (*product.Done, error) {
	if c.Region == "" {
		c.Region = c.regionOf(func(ns *store.Namespace) bool { _, ok := ns.VPC(r.ID); return ok })
	}
	return &product.Done{}, c.Update(func(ns *store.Namespace) error {
		v, err := findVPC(ns, r.ID)
		if err != nil {
			return err
		}
		if v.Status.Pending(ns.Now()) {
			return errPending
		}
		if in := ns.VSwitchesOf(v.ID); len(in) > 0 {
			return product.Hinted(errHasVSwitches, in[0].ID+" is in this VPC")
		}
		inVPC := func(g *secgroup.Group) bool { return g.VPC == v.ID }
		if at := slices.IndexFunc(ns.Groups(), inVPC); at >= 0 {
			return product.Hinted(errHasGroups, ns.Groups()[at].ID+" is in this VPC")
		}
		if r.DryRun {
			return product.ErrDryRun
		}
		ns.DeleteVPC(v)
		return nil
	})
}

// regionOf returns the region in which the account has what a call without a region is
// about, or any region if it has that nowhere.
func (c *Caller) regionOf(has func(*store.Namespace) bool) string {
	regions := c.World.AllRegions()
	for _, r := range regions {
		found := false
		c.World.View(c.Account, r.ID, func(ns *store.Namespace) error { found = has(ns); return nil })
		if found {
			return r.ID
		}
	}
	return regions[0].ID
}

// findVPC returns a VPC of the account. The error is product.ErrVPC.
func findVPC(ns *store.Namespace, id string) (*network.VPC, error) {
	if v, ok := ns.VPC(id); ok {
		return v, nil
	}
	return nil, product.ErrVPC
}

// ignore declares a parameter that has no effect in the mock.
func ignore(p *param.Set, name, kind, example string) {
	p.Var(&ignored{kind}, name, "Has no effect.").Example(example)
}

// ignored is a value of a type of the API that nobody reads.
type ignored struct{ kind string }

// Type returns the API's name of the type.
func (i *ignored) Type() string { return i.kind }

// Set takes any text.
func (*ignored) Set(string) error { return nil }

// Causes of calls about VPCs.
var (
	errVPCQuota     = errors.New("the account already has the most VPCs in the region")
	errPending      = errors.New("the resource is being configured; wait until it is Available")
	errHasVSwitches = errors.New("the VPC has vSwitches")
	errHasGroups    = errors.New("the VPC has security groups")
	errIDs          = errors.New("the list has at most 20 ids, separated by commas")
)
