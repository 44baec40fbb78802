package store

import (
	"errors"
	"slices"
	"time"

	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// VPC returns a VPC of this account in this region.
func (ns *Namespace) VPC(id string) (*network.VPC, bool) { return ns.vpcs.get(id) }

// VPCs returns the VPCs by id, descending. The slice must not be changed, and AddVPC and
// DeleteVPC change it.
func (ns *Namespace) VPCs() []*network.VPC { return ns.vpcs }

// AddVPC adds a VPC, whose id is new to the namespace.
func (ns *Namespace) AddVPC(v *network.VPC) {
	ns.Edit(v.ID)
	ns.keep(&v.Account, &v.Region, &v.Created)
	ns.vpcs = ns.vpcs.with(v)
}

// DeleteVPC removes a VPC of the namespace.
func (ns *Namespace) DeleteVPC(v *network.VPC) {
	ns.Edit(v.ID)
	ns.vpcs = ns.vpcs.without(v.ID)
	delete(ns.hidden, v.ID)
}

// VSwitch returns a vSwitch of this account in this region.
func (ns *Namespace) VSwitch(id string) (*network.VSwitch, bool) { return ns.vswitches.get(id) }

// vswitch returns an account's vSwitch in a region, or nil.
func (c *contents) vswitch(account, region, id string) *network.VSwitch {
	ns, err := c.namespace(account, region)
	if err != nil {
		return nil
	}
	v, _ := ns.VSwitch(id)
	return v
}

// VSwitches returns the vSwitches by id, descending. The slice must not be changed, and
// AddVSwitch and DeleteVSwitch change it.
func (ns *Namespace) VSwitches() []*network.VSwitch { return ns.vswitches }

// VSwitchesOf returns the vSwitches of a VPC by id, descending.
func (ns *Namespace) VSwitchesOf(vpc string) []*network.VSwitch {
	var list []*network.VSwitch
	for _, s := range ns.vswitches {
		if s.VPC == vpc {
			list = append(list, s)
		}
	}
	return list
}

// AddVSwitch adds a vSwitch, whose id is new to the namespace, to a VPC of it.
func (ns *Namespace) AddVSwitch(s *network.VSwitch) {
	ns.Edit(s.ID)
	ns.keep(&s.Account, &s.Region, &s.Created)
	ns.vswitches = ns.vswitches.with(s)
}

// DeleteVSwitch removes a vSwitch of the namespace.
func (ns *Namespace) DeleteVSwitch(s *network.VSwitch) {
	ns.Edit(s.ID)
	ns.vswitches = ns.vswitches.without(s.ID)
	delete(ns.hidden, s.ID)
}

// keep makes an object one of the namespace.
func (ns *Namespace) keep(account, region *string, created *time.Time) {
	ns.create()
	*account, *region = ns.Account, ns.Region
	*created = ns.created(*created)
}

// Why a state's VPC or vSwitch is refused, besides the errors of its fields.
var (
	errVPC       = errors.New("the account has no such VPC in this region")
	errSecondVPC = errors.New("the account has a default VPC in this region already")
)

func (s *state) vpc(f *form.Object, v *network.VPC) {
	s.scope(f, &v.Account, &v.Region)
	f.Required("VpcId", (*secgroup.Text)(&v.ID))
	f.Value("VpcName", &v.Name)
	f.Value("Description", &v.Description)
	f.Default("CidrBlock", &v.CIDR, network.DefaultCIDR)
	f.Value("Ipv6CidrBlock", &v.CIDR6)
	f.Value("UserCidr", &v.UserCIDRs)
	f.Flag("IsDefault", &v.Default)
	f.Text("ResourceGroupId", &v.ResourceGroup)
	f.Default("Status", &v.Status, "Available")
	f.Value("RouteTableName", &v.Table.Name)
	f.Value("RouteTableDescription", &v.Table.Description)
	f.Value("CreationTime", moment{&v.Created})
	s.tags(f, &v.Tags)
	s.tagsNamed(f, "RouteTableTags", &v.Table.Tags)
	if f.Reading() {
		s.draft.vpc(f, v)
	}
}

func (s *state) vswitch(f *form.Object, v *network.VSwitch) {
	s.scope(f, &v.Account, &v.Region)
	f.Required("VSwitchId", (*secgroup.Text)(&v.ID))
	f.Required("VpcId", (*secgroup.Text)(&v.VPC))
	f.Default("ZoneId", (*secgroup.Text)(&v.Zone), ZoneID(v.Region, "a"))
	f.Value("VSwitchName", &v.Name)
	f.Value("Description", &v.Description)
	f.Required("CidrBlock", &v.CIDR)
	f.Value("Ipv6CidrBlock", &v.CIDR6)
	f.Flag("IsDefault", &v.Default)
	f.Text("ResourceGroupId", &v.ResourceGroup)
	f.Default("Status", &v.Status, "Available")
	f.Value("CreationTime", moment{&v.Created})
	s.tags(f, &v.Tags)
	if f.Reading() {
		s.draft.vswitch(f, v)
	}
}

// vpc adds a VPC.
func (d *draft) vpc(f *form.Object, v *network.VPC) {
	if f.Failed() {
		return
	}
	if err := v.CheckBlock(); err != nil {
		f.Fail("CidrBlock", err)
		return
	}
	ns := d.namespace(v.Account, v.Region)
	isDefault := func(v *network.VPC) bool { return v.Default }
	if v.Default && (slices.ContainsFunc(ns.vpcs, isDefault) || slices.ContainsFunc(ns.newVPCs, isDefault)) {
		f.Fail("IsDefault", errSecondVPC)
		return
	}
	ns.use(f, "VpcId", v.ID, nil)
	v.Created = d.orNow(v.Created)
	ns.newVPCs = append(ns.newVPCs, v)
}

// vswitch adds a vSwitch to a VPC of the state or of the world.
func (d *draft) vswitch(f *form.Object, s *network.VSwitch) {
	if f.Failed() {
		return
	}
	ns := d.namespace(s.Account, s.Region)
	v, ok := ns.VPC(s.VPC)
	if at := slices.IndexFunc(ns.newVPCs, func(v *network.VPC) bool { return v.ID == s.VPC }); at >= 0 {
		v, ok = ns.newVPCs[at], true
	}
	if !ok {
		f.Fail("VpcId", errVPC)
		return
	}
	if err := s.Check(v, slices.Concat(ns.vswitches, ns.newVSwitches)); err != nil {
		field := "CidrBlock"
		if errors.Is(err, network.ErrNoIPv6) || errors.Is(err, network.ErrSubnet6Taken) {
			field = "Ipv6CidrBlock"
		}
		f.Fail(field, err)
		return
	}
	ns.use(f, "VSwitchId", s.ID, nil)
	s.Created = d.orNow(s.Created)
	ns.newVSwitches = append(ns.newVSwitches, s)
}

// orNow returns the time of creation that a state gives, or now.
func (d *draft) orNow(created time.Time) time.Time {
	if created.IsZero() {
		return d.now
	}
	return created
}
