package network

import (
	"errors"
	"fmt"
	"net/netip"
	"time"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Causes of blocks of vSwitches.
var (
	ErrMask         = errors.New("the CIDR block of a vSwitch has 16 to 29 bits")
	ErrOutside      = errors.New("the CIDR block of a vSwitch is within that of its VPC")
	ErrOverlap      = errors.New("the CIDR blocks of two vSwitches of a VPC do not overlap")
	ErrNoIPv6       = errors.New("the VPC has no IPv6 block; create it with EnableIpv6")
	ErrSubnet6      = errors.New("an IPv6 CIDR block of a vSwitch has 64 bits and no host bits, such as 2408:4005:3e8:9a01::/64")
	ErrSubnet6Taken = errors.New("another vSwitch of the VPC has this IPv6 block")
)

// A VSwitch is a part of a VPC in one zone.
type VSwitch struct {
	ID, Account, Region string
	VPC, Zone           string
	Name                Name
	Description         Description
	CIDR                CIDR
	CIDR6               Subnet6
	Default             bool // the account's default vSwitch in the zone
	ResourceGroup       string
	Tags                []secgroup.Tag
	Created             time.Time
	Status              Status
}

// ResourceID returns the id.
func (s *VSwitch) ResourceID() string { return s.ID }

// Check returns an error if the vSwitch cannot be in a VPC that has others.
func (s *VSwitch) Check(v *VPC, others []*VSwitch) error {
	switch bits := s.CIDR.Bits(); {
	case bits < 16 || bits > 29:
		return ErrMask
	case !s.CIDR.within(v.CIDR.Prefix):
		return ErrOutside
	case s.CIDR6.IsValid() && !(v.CIDR6.IsValid() && v.CIDR6.Contains(s.CIDR6.Addr())):
		return ErrNoIPv6
	}
	for _, o := range others {
		switch {
		case o.VPC != s.VPC || o.ID == s.ID:
		case o.CIDR.Overlaps(s.CIDR.Prefix):
			return fmt.Errorf("%w; %s has %s", ErrOverlap, o.ID, o.CIDR)
		case s.CIDR6.IsValid() && o.CIDR6 == s.CIDR6:
			return fmt.Errorf("%w: %s", ErrSubnet6Taken, o.ID)
		}
	}
	return nil
}

// The service has the first address of a vSwitch and the last three, of an IPv6 block the
// last nine.
const (
	reservedFirst = 1
	reservedLast  = 3
	reservedLast6 = 9
)

// Addresses returns how many addresses of the vSwitch can be used.
func (s *VSwitch) Addresses() int { return 1<<(32-s.CIDR.Bits()) - reservedFirst - reservedLast }

// Free returns the first n addresses of the vSwitch, of IPv4 or of its IPv6 block, that are
// not among those used, or fewer if there are not so many.
func (s *VSwitch) Free(n int, six bool, used map[netip.Addr]bool) []netip.Addr {
	a, most := s.CIDR.Addr(), s.Addresses()
	if six {
		a, most = s.CIDR6.Addr(), len(used)+n
	}
	var free []netip.Addr
	for ; most > 0 && len(free) < n; most-- {
		a = a.Next()
		if _, ok := used[a]; !ok {
			free = append(free, a)
		}
	}
	return free
}

// Usable reports whether an address, of IPv4 or IPv6, is one of the vSwitch that the
// service has not reserved.
func (s *VSwitch) Usable(a netip.Addr) bool {
	block, last := s.CIDR.Prefix, reservedLast
	if a.Is6() {
		block, last = s.CIDR6.Prefix, reservedLast6
	}
	if !block.Contains(a) || a == block.Addr() {
		return false
	}
	for range last {
		if a = a.Next(); !block.Contains(a) {
			return false
		}
	}
	return true
}

// A Subnet6 is the IPv6 block of a vSwitch. The zero value is absent.
type Subnet6 struct{ netip.Prefix }

// Set reads the block.
func (c *Subnet6) Set(text string) error {
	p, err := netip.ParsePrefix(text)
	if err != nil || !p.Addr().Is6() || p.Bits() != 64 || p != p.Masked() {
		return ErrSubnet6
	}
	c.Prefix = p
	return nil
}

func (c Subnet6) String() string { return prefixText(c.Prefix) }

// Subnet returns a part of the IPv6 block of a VPC: the one whose last eight bits are n.
func (c CIDR6) Subnet(n uint8) Subnet6 {
	if !c.IsValid() {
		return Subnet6{}
	}
	bytes := c.Addr().As16()
	bytes[7] = n
	return Subnet6{netip.PrefixFrom(netip.AddrFrom16(bytes), 64)}
}
