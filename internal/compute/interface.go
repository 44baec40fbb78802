package compute

import (
	"errors"
	"fmt"
	"hash/fnv"
	"net/netip"
	"time"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// An Interface is a network interface.
type Interface struct {
	secgroup.Member

	Name        secgroup.Text
	Description secgroup.Text
	VSwitch     string // "" where a state names only the VPC
	Zone        string
	Address     netip.Addr // the primary private one; the zero value for none
	Further
	Instance        string // to which it is attached, "" for none
	Primary         bool   // of its instance
	ResourceGroup   string
	ServiceManaged  bool
	DeleteOnRelease bool           // with its instance
	Tags            []secgroup.Tag // never changed in place
	Created         time.Time

	State Transition[InterfaceStatus]
}

// Further is the addresses of a network interface besides its primary private one. The
// lists are never changed in place.
type Further struct {
	Secondary []netip.Addr // private IPv4 addresses
	IPv6      []netip.Addr
}

// ResourceID returns the id.
func (e *Interface) ResourceID() string { return e.ID }

// Private returns the private IPv4 addresses as texts, the primary one first.
func (e *Interface) Private() []string {
	secondary := Texts(e.Secondary)
	if !e.Address.IsValid() {
		return secondary
	}
	return append([]string{e.Address.String()}, secondary...)
}

// Texts returns addresses as texts.
//
//go:noinline
func Texts(addresses []netip.Addr) []string {
	var texts []string
	for _, a := range addresses {
		texts = append(texts, a.String())
	}
	return texts
}

// Type returns the type of the interface as the API prints it.
func (e *Interface) Type() string {
	if e.Primary {
		return "Primary"
	}
	return "Secondary"
}

// MAC returns the hardware address, which follows from the id. All begin with the
// vendor's 00:16:3e.
func (e *Interface) MAC() string {
	h := fnv.New32a()
	h.Write([]byte(e.ID))
	n := h.Sum32()
	return fmt.Sprintf("00:16:3e:%02x:%02x:%02x", byte(n>>16), byte(n>>8), byte(n))
}

// An InterfaceStatus is the state of a network interface. The zero value is available.
type InterfaceStatus uint8

// The states of a network interface.
const (
	Available InterfaceStatus = iota
	InUse
	Creating
	Attaching
	Detaching
	Deleting
)

// String returns the status as the API prints it.
func (s InterfaceStatus) String() string {
	return [...]string{"Available", "InUse", "Creating", "Attaching", "Detaching", "Deleting"}[s]
}

// ErrStatus is the cause of a status.
var ErrStatus = errors.New("a status is Running, Stopped, Starting, Stopping or Pending")
