package ecs

import (
	"net/netip"
	"strings"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// placeLaunch sets the VPC and the zone of an instance, whose groups and vSwitch are
// those of the request.
func (c *Caller) placeLaunch(ns *store.Namespace, i *compute.Instance) error {
	g, err := ns.VisibleGroup(i.Groups[0])
	if err != nil {
		return err
	}
	if i.Zone != "" && !strings.HasPrefix(i.Zone, c.Region) {
		return errZone
	}
	i.VPC = g.VPC
	switch {
	case i.VPC == "" && i.VSwitch != "":
		return errLaunchVPC
	case i.VPC != "" && i.VSwitch == "":
		return rpc.Named(errNoVSwitch, "VSwitchId")
	case i.VPC == "":
		i.Zone = chosen(i.Zone, store.ZoneID(i.Region, "a"))
		return nil
	}
	return c.placeInVSwitch(ns, i)
}

// placeInVSwitch sets the zone of an instance in a VPC.
func (c *Caller) placeInVSwitch(ns *store.Namespace, i *compute.Instance) error {
	vswitch, err := product.FindVSwitch((*product.Caller)(c), ns, i.VSwitch)
	known := vswitch != nil
	switch {
	case err != nil || !known && !strings.HasPrefix(i.VSwitch, "vsw-"):
		return product.Hinted(errVSwitchID, "there is no vSwitch "+i.VSwitch+" in "+c.Region)
	case known && vswitch.VPC != i.VPC:
		return errLaunchVPC
	case known && i.Zone != "" && i.Zone != vswitch.Zone:
		return errVSwitchZone
	case known:
		i.Zone = vswitch.Zone
	}
	i.Zone = chosen(i.Zone, store.ZoneID(i.Region, "a"))
	return nil
}

// checkLaunchGroups returns an error if n instances cannot be in the groups.
func (c *Caller) checkLaunchGroups(ns *store.Namespace, i *compute.Instance, n int) error {
	if len(i.Groups) > maxGroupsOfMember {
		return errTooManyGroups
	}
	kind := secgroup.GroupType(0)
	for _, id := range i.Groups {
		g, err := ns.VisibleGroup(id)
		switch {
		case err != nil:
			return err
		case g.VPC != i.VPC:
			return errLaunchVPC
		case kind != 0 && kind != g.Type:
			return errMemberType
		case len(ns.Members(id))+n > g.Capacity():
			return product.Quota(errGroupFull, id, len(ns.Members(id)), g.Capacity(), "members")
		}
		kind = g.Type
	}
	return nil
}

// anyBlock has the addresses of the classic network and of vSwitches that are taken to
// exist.
var anyBlock = netip.MustParsePrefix("172.16.0.0/12")

// publicBlocks are the networks for documentation, from which the mock takes public
// addresses.
var publicBlocks = []netip.Prefix{
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("192.0.2.0/24"),
}

// freePublic returns a public address after the first skipped ones that no instance of
// the namespace has, as long as there is one.
func freePublic(ns *store.Namespace, skip int) netip.Addr {
	used := map[netip.Addr]bool{}
	for _, i := range ns.Instances() {
		used[i.PublicAddress] = true
	}
	for _, block := range publicBlocks {
		for a := block.Addr().Next(); block.Contains(a.Next()); a = a.Next() {
			if used[a] {
				continue
			}
			if skip == 0 {
				return a
			}
			skip--
		}
	}
	return publicBlocks[0].Addr().Next()
}
