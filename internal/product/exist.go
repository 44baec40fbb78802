package product

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
)

// VPCs says whether a VPC, a vSwitch or a resource group that a call names must exist.
type VPCs uint8

// The values of VPCs: VPCsKnown from edition 2025 on as soon as the account has any in the
// region, else VPCsAny; whatever looks like an id is taken to exist; it must exist.
const (
	VPCsByEdition VPCs = iota
	VPCsAny
	VPCsKnown
)

// Set reads any or known.
func (v *VPCs) Set(text string) error {
	switch text {
	case "any":
		*v = VPCsAny
	case "known":
		*v = VPCsKnown
	default:
		return errors.New("any or known")
	}
	return nil
}

// Causes of what a call names and the account does not have.
var (
	ErrVPC     = errors.New("the account has no such VPC in this region")
	ErrVSwitch = errors.New("the account has no such vSwitch in this region")
)

// mustExist reports whether what a call names must exist in an account that has some.
func (c *Caller) mustExist(some bool) bool {
	return c.VPCs == VPCsKnown || c.VPCs == VPCsByEdition && some && c.Edition >= rpc.Edition2025
}

// hasVPC reports whether the account has a VPC in the region beside the default one, which
// comes by itself.
func hasVPC(ns *store.Namespace) bool {
	return slices.ContainsFunc(ns.VPCs(), func(v *network.VPC) bool { return !v.Default })
}

// FindVPC returns a VPC that a call names, nil for one that is taken to exist. The error is
// ErrVPC.
func FindVPC(c *Caller, ns *store.Namespace, id string) (*network.VPC, error) {
	v, ok := ns.VPC(id)
	if ok || !c.mustExist(hasVPC(ns)) {
		return v, nil
	}
	return nil, Hinted(ErrVPC, "there is no VPC "+id+" in "+c.Region)
}

// FindVSwitch returns a vSwitch that a call names, nil for one that is taken to exist. The
// error is ErrVSwitch.
func FindVSwitch(c *Caller, ns *store.Namespace, id string) (*network.VSwitch, error) {
	s, ok := ns.VSwitch(id)
	if ok || !c.mustExist(hasVPC(ns)) {
		return s, nil
	}
	return nil, Hinted(ErrVSwitch, "there is no vSwitch "+id+" in "+c.Region)
}

// CheckResourceGroup returns ErrResourceGroup if a call names a resource group that must
// exist and does not. A blank id is that of the default one.
func CheckResourceGroup(c *Caller, ns *store.Namespace, id ResourceGroup) error {
	if id == "" || !c.mustExist(len(ns.ResourceGroups()) > 0) {
		return nil
	}
	if _, ok := ns.ResourceGroup(string(id)); ok {
		return nil
	}
	return Hinted(ErrResourceGroup, "the account has no resource group "+string(id))
}
