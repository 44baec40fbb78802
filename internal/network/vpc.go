package network

import (
	"hash/fnv"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Limits of a VPC and of vSwitches.
const (
	DefaultCIDR  = "172.16.0.0/12" // of a VPC that gives none
	VPCsInRegion = 10              // VPCs of an account in a region, without the default one
	TagsOfOne    = 20              // tags of a resource

	DefaultVPCCIDR = "172.31.0.0/16" // of the default VPC
)

// A VPC is a virtual private cloud. Its lists are never changed in place: answers may
// still read them.
type VPC struct {
	ID, Account, Region string
	Name                Name
	Description         Description
	CIDR                CIDR
	CIDR6               CIDR6 // if IPv6 is enabled
	UserCIDRs           UserCIDRs
	Default             bool // the account's default VPC in the region
	ResourceGroup       string
	Tags                []secgroup.Tag
	Created             time.Time
	Status              Status
	Table               RouteTable
}

// A RouteTable is what can be changed of the system route table of a VPC.
type RouteTable struct {
	Name        Name
	Description Description
	Tags        []secgroup.Tag
}

// ResourceID returns the id.
func (v *VPC) ResourceID() string { return v.ID }

// VRouterID returns the id of the VPC's router.
func (v *VPC) VRouterID() string { return "vrt-" + strings.TrimPrefix(v.ID, "vpc-") }

// RouteTableID returns the id of the VPC's system route table.
func (v *VPC) RouteTableID() string { return "vtb-" + strings.TrimPrefix(v.ID, "vpc-") }

// EnableIPv6 gives the VPC an IPv6 block if it has none: one that follows from its id.
func (v *VPC) EnableIPv6() {
	if v.CIDR6.IsValid() {
		return
	}
	h := fnv.New32a()
	h.Write([]byte(v.Account + v.ID))
	sum := h.Sum(nil)
	addr := netip.AddrFrom16([16]byte{0x24, 0x08, 0x40, 0x05, sum[0], sum[1], sum[2]})
	v.CIDR6 = CIDR6{netip.PrefixFrom(addr, 56)}
}

// private are the blocks that VPCs are in before edition 2025, and excluded those that
// no VPC is in.
var (
	private  = prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
	excluded = prefixes("100.64.0.0/10", "224.0.0.0/4", "127.0.0.0/8", "169.254.0.0/16")
)

func prefixes(texts ...string) []netip.Prefix {
	var list []netip.Prefix
	for _, t := range texts {
		list = append(list, netip.MustParsePrefix(t))
	}
	return list
}

// CheckBlock returns ErrCIDR if the block of the VPC is not one that a VPC can have:
// of 8 to 28 bits, and not in one of the excluded blocks.
func (v *VPC) CheckBlock() error {
	bits := v.CIDR.Bits()
	if bits < 8 || bits > 28 || slices.ContainsFunc(excluded, v.CIDR.Overlaps) {
		return ErrCIDR
	}
	return nil
}

// CheckBlockEarly returns ErrCIDR if the documents before edition 2025 forbid the block:
// it has 8 to 24 bits, and is in one of the private blocks.
func (v *VPC) CheckBlockEarly() error {
	bits := v.CIDR.Bits()
	if bits < 8 || bits > 24 || !slices.ContainsFunc(private, v.CIDR.within) {
		return ErrCIDR
	}
	return nil
}

// within reports whether the block is in another.
func (c CIDR) within(outer netip.Prefix) bool {
	return outer.Bits() <= c.Bits() && outer.Contains(c.Addr())
}
