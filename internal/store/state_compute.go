package store

import (
	"errors"
	"net/netip"
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// instance declares an instance. What a state leaves out has a usual value.
func (s *state) instance(f *form.Object, i *compute.Instance) {
	s.scope(f, &i.Account, &i.Region)
	f.Required("InstanceId", (*secgroup.Text)(&i.ID))
	f.Default("InstanceName", &i.Name, i.ID)
	f.Value("Description", &i.Description)
	f.Default("HostName", &i.HostName, i.DefaultHostName())
	f.Default("InstanceType", (*secgroup.Text)(&i.Type), compute.DefaultType)
	f.Default("ImageId", (*secgroup.Text)(&i.Image), compute.DefaultImage)
	s.place(f, i.Account, i.Region, &i.Zone, &i.VPC, &i.VSwitch)
	f.Value("PrivateIpAddress", (*address)(&i.Address))
	s.further(f, &i.Member, place{i.VSwitch, i.Address}, &i.Further)
	f.Value("PublicIpAddress", (*address)(&i.PublicAddress))
	status := i.State.End()
	f.Default("Status", &status, "Running")
	f.Flag("DeletionProtection", &i.Protected)
	f.Text("ResourceGroupId", &i.ResourceGroup)
	f.Text("KeyPairName", &i.KeyPair)
	f.Text("RamRoleName", &i.Role)
	f.Text("UserData", &i.UserData)
	f.Default("InstanceChargeType", (*secgroup.Text)(&i.Charge), "PostPaid")
	f.Default("SpotStrategy", (*secgroup.Text)(&i.Spot), "NoSpot")
	f.Default("InternetChargeType", (*secgroup.Text)(&i.Traffic), "PayByTraffic")
	f.Int("InternetMaxBandwidthIn", &i.BandwidthIn)
	f.Int("InternetMaxBandwidthOut", &i.BandwidthOut)
	f.Text("CreditSpecification", &i.Credit)
	f.Default("SystemDiskCategory", (*secgroup.Text)(&i.Disk.Category), compute.DefaultDisk)
	f.Int("SystemDiskSize", &i.Disk.Size)
	f.Text("SystemDiskName", &i.Disk.Name)
	f.Text("SystemDiskDescription", &i.Disk.Description)
	f.Text("SystemDiskPerformanceLevel", &i.Disk.Level)
	f.Text("SystemDiskResourceGroupId", &i.Disk.ResourceGroup)
	s.tagsNamed(f, "SystemDiskTags", &i.Disk.Tags)
	f.Value("CreationTime", moment{&i.Created})
	s.tags(f, &i.Tags)
	if f.Reading() {
		i.State.To(status)
		s.draft.instance(f, i)
	}
	f.Texts("SecurityGroupIds", i.Groups, func(group string) error { return s.draft.join(&i.Member, group) })
}

// place declares where an instance or an interface is. A vSwitch that is known gives the
// zone and the VPC that a state leaves out.
func (s *state) place(f *form.Object, account, region string, zone, vpc, vswitch *string) {
	usual, in := ZoneID(region, "a"), (*network.VSwitch)(nil)
	if !f.Reading() {
		in = s.contents.vswitch(account, region, *vswitch)
	}
	if in != nil {
		usual = in.Zone
	}
	f.Default("ZoneId", (*secgroup.Text)(zone), usual)
	f.Text("VpcId", vpc)
	f.Text("VSwitchId", vswitch)
	if !f.Reading() || f.Failed() || *vswitch == "" {
		return
	}
	if in = s.draft.namespace(account, region).vswitch(*vswitch); in == nil {
		return
	}
	if !f.Has("ZoneId") {
		*zone = in.Zone
	}
	if *vpc == "" {
		*vpc = in.VPC
	}
}

// networkInterface declares a network interface that is not primary.
func (s *state) networkInterface(f *form.Object, e *compute.Interface) {
	s.scope(f, &e.Account, &e.Region)
	f.Required("NetworkInterfaceId", (*secgroup.Text)(&e.ID))
	f.Value("NetworkInterfaceName", &e.Name)
	f.Value("Description", &e.Description)
	s.place(f, e.Account, e.Region, &e.Zone, &e.VPC, &e.VSwitch)
	f.Value("PrivateIpAddress", (*address)(&e.Address))
	s.further(f, &e.Member, place{e.VSwitch, e.Address}, &e.Further)
	f.Text("InstanceId", &e.Instance)
	f.Text("ResourceGroupId", &e.ResourceGroup)
	f.Flag("ServiceManaged", &e.ServiceManaged)
	f.Flag("DeleteOnRelease", &e.DeleteOnRelease)
	f.Value("CreationTime", moment{&e.Created})
	s.tags(f, &e.Tags)
	if f.Reading() {
		if e.Instance != "" {
			e.State.To(compute.InUse)
		}
		s.draft.networkInterface(f, e)
	}
	f.Texts("SecurityGroupIds", e.Groups, func(group string) error { return s.draft.join(&e.Member, group) })
}

// further declares the addresses of an interface besides its primary one.
func (s *state) further(f *form.Object, m *secgroup.Member, primary place, a *compute.Further) {
	if f.Reading() && !f.Failed() && primary.IsValid() {
		if err := s.draft.namespace(m.Account, m.Region).take(primary, false); err != nil {
			f.Fail("PrivateIpAddress", err)
		}
	}
	for _, six := range []bool{false, true} {
		name, list := "SecondaryPrivateIpAddresses", &a.Secondary
		if six {
			name, list = "Ipv6Addresses", &a.IPv6
		}
		f.Texts(name, compute.Texts(*list), func(text string) error {
			ip, err := readAddress(text, six)
			switch {
			case err != nil:
				return err
			case ip == primary.Addr || slices.Contains(*list, ip):
				return errTaken
			}
			*list = append(*list, ip)
			return s.draft.namespace(m.Account, m.Region).take(place{primary.in, ip}, true)
		})
	}
}

// readAddress returns an address of IPv4 or IPv6.
func readAddress(text string, six bool) (netip.Addr, error) {
	ip, err := netip.ParseAddr(text)
	switch {
	case err == nil && ip.Is6() == six && ip.Zone() == "":
		return ip, nil
	case six:
		return ip, errAddress6
	}
	return ip, errAddress
}

// Errors of the addresses of instances and network interfaces.
var (
	errAddress  = errors.New("an address is written as 10.0.0.1")
	errAddress6 = errors.New("an IPv6 address is written as 2001:db8::1")
)

// An address is an IPv4 address; the zero value is none.
type address netip.Addr

func (a *address) Set(text string) error {
	ip, err := readAddress(text, false)
	*a = address(ip)
	return err
}

func (a *address) String() string {
	if ip := netip.Addr(*a); ip.IsValid() {
		return ip.String()
	}
	return ""
}
