package network

import (
	"errors"
	"fmt"
	"time"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Causes of blocks of vSwitches.
var (
	ErrMask    = errors.New("the CIDR block of a vSwitch has 16 to 29 bits")
	ErrOutside = errors.New("the CIDR block of a vSwitch is within that of its VPC")
	ErrOverlap = errors.New("the CIDR blocks of two vSwitches of a VPC do not overlap")
)

// A VSwitch is a part of a VPC in one zone.
type VSwitch struct {
	ID, Account, Region string
	VPC, Zone           string
	Name                Name
	Description         Description
	CIDR                CIDR
	Default             bool // the account's default vSwitch in the zone
	ResourceGroup       string
	Tags                []secgroup.Tag
	Created             time.Time
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
	}
	for _, o := range others {
		if o.VPC == s.VPC && o.ID != s.ID && o.CIDR.Overlaps(s.CIDR.Prefix) {
			return fmt.Errorf("%w; %s has %s", ErrOverlap, o.ID, o.CIDR)
		}
	}
	return nil
}
