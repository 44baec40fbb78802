package vpc

import (
	"errors"
	"slices"
	"strconv"

	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// CreateVSwitch creates a vSwitch.
var CreateVSwitch = define(rpc.Spec{
	Name:     "CreateVSwitch",
	Summary:  "Creates a vSwitch in a VPC.",
	Example:  "RegionId=cn-hangzhou&ZoneId=cn-hangzhou-a&VpcId=vpc-1&CidrBlock=172.18.0.0/24&VSwitchName=shop",
	Failures: createVSwitchFailures,
}, (*Caller).createVSwitch)

// CreateVSwitchRequest is the vSwitch to create.
type CreateVSwitchRequest struct {
	product.Regional
	VSwitch network.VSwitch
	Tags    []product.Tag
	block6  optionalByte
	product.Idempotent
}

// Params declares the parameters.
func (r *CreateVSwitchRequest) Params(p *param.Set) {
	v := &r.VSwitch
	p.String(&r.Region, "RegionId", "Region of the VPC. Without it, the region that has the VPC.").Example("cn-hangzhou")
	p.String(&v.Zone, "ZoneId", "Zone of the vSwitch.").Require().Example("cn-hangzhou-b")
	p.Var(&v.CIDR, "CidrBlock", "IPv4 block of 16 to 29 bits within that of the VPC. It overlaps that of no other vSwitch.").Require().Example("172.16.0.0/24")
	p.String(&v.VPC, "VpcId", "VPC. It exists, whatever the option -vpcs says.").Require().Example("vpc-257gqcdfvx6n****")
	p.Var(&r.block6, "Ipv6CidrBlock", "Last eight bits of the IPv6 block, 0 to 255, in a VPC with IPv6.").Example("12")
	p.Var(&v.Name, "VSwitchName", "Name. "+earlyName).Example("VSwitch-1")
	p.Var(&v.Description, "Description", "Description. "+earlyDescription).Example("This is my vswitch")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*product.Tag).Bind)
	p.Fail(product.CheckRepeatedKey(r.Tags))
	p.Unused("VpcIpv6CidrBlock String")
	r.BindToken(p)
}

const (
	earlyName        = "Before edition 2025: 2 to 128 letters, digits, periods, underscores and hyphens, a letter first."
	earlyDescription = "Before edition 2025: 2 to 256 characters, a letter first."
)

// CreateVSwitchResponse has the id of the new vSwitch.
type CreateVSwitchResponse struct{ id string }

// Fields declares the answer.
func (a *CreateVSwitchResponse) Fields(w *wire.Writer) { w.Text("VSwitchId", a.id) }

func (c *Caller) createVSwitch(r *CreateVSwitchRequest) (*CreateVSwitchResponse, error) {
	s := r.VSwitch
	s.Tags = product.TagsOf(r.Tags)
	if err := c.checkTexts(s.Name, s.Description); err != nil {
		return nil, err
	}
	if c.Region == "" {
		c.Region = c.regionOf(func(ns *store.Namespace) bool { _, ok := ns.VPC(s.VPC); return ok })
	}
	a := &CreateVSwitchResponse{}
	return a, c.Update(func(ns *store.Namespace) error {
		if !store.IsZone(c.Region, s.Zone) {
			return errZone
		}
		v, err := findVPC(ns, s.VPC)
		if err != nil {
			return err
		}
		if r.block6.given {
			s.CIDR6 = v.CIDR6.Subnet(r.block6.value)
		}
		if err := c.checkVSwitch(ns, v, &s, r.block6.given); err != nil {
			return err
		}
		c.addVSwitch(ns, &s)
		a.id = s.ID
		return nil
	})
}

// addVSwitch adds a vSwitch to the world.
func (c *Caller) addVSwitch(ns *store.Namespace, s *network.VSwitch) {
	s.ID = ns.NewID("vsw-")
	s.Status.Until(ns.Now().Add(c.Settle))
	ns.AddVSwitch(s)
	ns.Hide(s.ID, c.Hide)
}

// vSwitches in a VPC: of the documents until 2024, and of those of today.
const (
	vswitchesEarly = 24
	vswitchesToday = 150
)

// checkVSwitch returns an error if a vSwitch cannot be added to a VPC.
func (c *Caller) checkVSwitch(ns *store.Namespace, v *network.VPC, s *network.VSwitch, wants6 bool) error {
	others := ns.VSwitchesOf(v.ID)
	limit := vswitchesEarly
	if c.Edition >= rpc.Edition2025 {
		limit = vswitchesToday
	}
	counted := slices.DeleteFunc(others, func(o *network.VSwitch) bool { return o.Default })
	switch {
	case v.Status.Pending(ns.Now()):
		return errPending
	case len(counted) >= limit:
		return product.Quota(errVSwitchQuota, v.ID, len(counted), limit, "vSwitches")
	case wants6 && !v.CIDR6.IsValid():
		return named6(network.ErrNoIPv6)
	}
	return named6(s.Check(v, ns.VSwitchesOf(v.ID)))
}

// named6 returns an error with the name of the parameter if it is about an IPv6 block.
func named6(err error) error {
	if errors.Is(err, network.ErrNoIPv6) || errors.Is(err, network.ErrSubnet6Taken) {
		return rpc.Named(err, "Ipv6CidrBlock")
	}
	return err
}

// checkTexts returns an error if the edition forbids a name or a description.
func (c *Caller) checkTexts(name network.Name, description network.Description) error {
	if c.Edition >= rpc.Edition2025 {
		return nil
	}
	if err := name.CheckEarly(); err != nil {
		return err
	}
	return description.CheckEarly()
}

// optionalByte is a number from 0 to 255 that may be absent.
type optionalByte struct {
	given bool
	value uint8
}

// Type returns the API's name of the type.
func (*optionalByte) Type() string { return "Integer" }

// Range returns the limits of the number.
func (*optionalByte) Range() (least, most int) { return 0, 255 }

// Set reads the number.
func (b *optionalByte) Set(text string) error {
	n, err := strconv.ParseUint(text, 10, 8)
	if err != nil {
		return param.ErrInvalid
	}
	b.given, b.value = true, uint8(n)
	return nil
}

// ModifyVSwitchAttribute changes the name and the description of a vSwitch.
var ModifyVSwitchAttribute = define(rpc.Spec{
	Name:     "ModifyVSwitchAttribute",
	Summary:  "Changes the name, the description and the IPv6 block of a vSwitch.",
	Example:  "RegionId=cn-hangzhou&VSwitchId=vsw-1&VSwitchName=front",
	Failures: modifyVSwitchFailures,
}, (*Caller).modifyVSwitch)

// ModifyVSwitchAttributeRequest is a vSwitch with its changes.
type ModifyVSwitchAttributeRequest struct {
	product.Regional
	ID          string
	Name        network.Name
	Description network.Description
	EnableIPv6  product.OptionalBool
	block6      optionalByte
}

// Params declares the parameters.
func (r *ModifyVSwitchAttributeRequest) Params(p *param.Set) {
	bindVSwitch(p, &r.Regional, &r.ID)
	p.Var(&r.Name, "VSwitchName", "New name. "+earlyName).Example("Vswitch-1")
	p.Var(&r.Description, "Description", "New description. "+earlyDescription).Example("This is my vswitch.")
	p.Var(&r.EnableIPv6, "EnableIPv6", "Whether the vSwitch has an IPv6 block.").Example("false")
	p.Var(&r.block6, "Ipv6CidrBlock", "Last eight bits of the IPv6 block, 0 to 255, in a VPC with IPv6.").Example("12")
	p.Unused("VpcIpv6CidrBlock String")
}

// bindVSwitch declares the parameters that name a vSwitch.
func bindVSwitch(p *param.Set, r *product.Regional, id *string) {
	p.String(&r.Region, "RegionId", "Region of the vSwitch. Without it, the region that has the vSwitch.").Example("cn-hangzhou")
	p.String(id, "VSwitchId", "VSwitch.").Require().Example("vsw-25b7pv15t****")
}

func (c *Caller) modifyVSwitch(r *ModifyVSwitchAttributeRequest) (*product.Done, error) {
	if err := c.checkTexts(r.Name, r.Description); err != nil {
		return nil, err
	}
	return &product.Done{}, c.updateVSwitch(r.ID, func(ns *store.Namespace, s *network.VSwitch) error {
		changed := *s
		if r.block6.given || r.EnableIPv6.Given {
			v, _ := ns.VPC(s.VPC)
			if changed.CIDR6 = v.CIDR6.Subnet(r.block6.value); r.EnableIPv6.Given && !r.EnableIPv6.Value {
				changed.CIDR6 = network.Subnet6{}
			} else if !v.CIDR6.IsValid() {
				return named6(network.ErrNoIPv6)
			}
			if err := changed.Check(v, ns.VSwitches()); err != nil {
				return named6(err)
			}
		}
		if r.Name != "" {
			changed.Name = r.Name
		}
		if r.Description != "" {
			changed.Description = r.Description
		}
		ns.Edit(s.ID)
		*s = changed
		return nil
	})
}

// updateVSwitch calls f with a vSwitch of the account.
func (c *Caller) updateVSwitch(id string, f func(*store.Namespace, *network.VSwitch) error) error {
	if c.Region == "" {
		c.Region = c.regionOf(func(ns *store.Namespace) bool { _, ok := ns.VSwitch(id); return ok })
	}
	return c.Update(func(ns *store.Namespace) error {
		s, ok := ns.VSwitch(id)
		if !ok {
			return product.ErrVSwitch
		}
		return f(ns, s)
	})
}

// DeleteVSwitch deletes a vSwitch in which nothing is.
var DeleteVSwitch = define(rpc.Spec{
	Name:     "DeleteVSwitch",
	Summary:  "Deletes a vSwitch in which there are no instances and no network interfaces.",
	Example:  "RegionId=cn-hangzhou&VSwitchId=vsw-empty",
	Failures: deleteVSwitchFailures,
}, (*Caller).deleteVSwitch)

// DeleteVSwitchRequest names the vSwitch to delete.
type DeleteVSwitchRequest struct {
	product.Regional
	ID     string
	DryRun bool
}

// Params declares the parameters.
func (r *DeleteVSwitchRequest) Params(p *param.Set) {
	bindVSwitch(p, &r.Regional, &r.ID)
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
}

func (c *Caller) deleteVSwitch(r *DeleteVSwitchRequest) (*product.Done, error) {
	return &product.Done{}, c.updateVSwitch(r.ID, func(ns *store.Namespace, s *network.VSwitch) error {
		in := ns.InVSwitch(s.ID)
		switch {
		case s.Status.Pending(ns.Now()):
			return errPending
		case len(in) > 0:
			return product.Hinted(errVSwitchUsed, in[0]+" is in this vSwitch")
		case r.DryRun:
			return product.ErrDryRun
		}
		ns.DeleteVSwitch(s)
		return nil
	})
}

// Causes of calls about vSwitches.
var (
	errZone         = errors.New("the region has no such zone")
	errVSwitchQuota = errors.New("the VPC already has the most vSwitches")
	errVSwitchUsed  = errors.New("instances or network interfaces are in the vSwitch")
)
