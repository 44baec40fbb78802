// Package compute is the domain of instances and their network interfaces: as much of
// them as security groups are used with. There is no data plane.
package compute

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// An Instance is a virtual machine. Its security groups are those of its primary
// network interface, which exists as long as the instance.
type Instance struct {
	secgroup.Member

	Name          secgroup.Text
	Description   secgroup.Text
	HostName      secgroup.Text
	Type          string // such as ecs.g6.large
	Image         string
	Zone          string
	VSwitch       string     // "" where a state names only the VPC
	Address       netip.Addr // the private address; the zero value for none
	PublicAddress netip.Addr // the zero value for none
	Further                  // of the primary network interface
	ResourceGroup string
	KeyPair       string
	Role          string // of RAM
	UserData      string // in base64
	Charge        string // PostPaid or PrePaid
	Spot          string // the strategy
	Traffic       string // PayByTraffic or PayByBandwidth
	BandwidthIn   int    // in Mbit/s
	BandwidthOut  int
	Protected     bool // from deletion
	Credit        string
	Disk          Disk
	Tags          []secgroup.Tag // never changed in place
	Created       time.Time
	Started       time.Time

	State Transition[Status]
}

// A Disk is the system disk of an instance.
type Disk struct {
	Category    string
	Size        int // in GiB; 0 is DefaultDiskSize
	Name        string
	Description string
	Level       string         // of performance
	Tags        []secgroup.Tag // never changed in place

	ResourceGroup string // "" is that of the instance
}

// DiskGroup returns the resource group of the system disk.
func (i *Instance) DiskGroup() string { return cmp.Or(i.Disk.ResourceGroup, i.ResourceGroup) }

// ResourceID returns the id.
func (i *Instance) ResourceID() string { return i.ID }

// PrimaryID returns the id of the primary network interface: that of the instance with
// eni- in place of i-. For a short id, which a state gave, it ends in -primary: the state
// may have both i-web and eni-web.
func (i *Instance) PrimaryID() string {
	name := strings.TrimPrefix(i.ID, "i-")
	if len(name) < idLength {
		name += "-primary"
	}
	return "eni-" + name
}

// idLength is the length of the random part of an id that the mock makes.
const idLength = 20

// DiskID returns the id of the system disk.
func (i *Instance) DiskID() string { return "d-" + strings.TrimPrefix(i.ID, "i-") }

// DiskSize returns the size of the system disk in GiB.
func (i *Instance) DiskSize() int {
	if i.Disk.Size == 0 {
		return DefaultDiskSize
	}
	return i.Disk.Size
}

// DefaultHostName returns the host name of an instance that was given none.
func (i *Instance) DefaultHostName() string { return "iZ" + strings.TrimPrefix(i.ID, "i-") + "Z" }

// InstanceIDs returns the ids of which one is that of the instance with a primary
// network interface.
func InstanceIDs(primary string) []string {
	name, ok := strings.CutPrefix(primary, "eni-")
	if !ok {
		return nil
	}
	name = strings.TrimSuffix(name, "-primary")
	return []string{"i-" + name, name}
}

// Primary returns the primary network interface.
func (i *Instance) Primary() *Interface {
	e := &Interface{
		Member: i.Member, VSwitch: i.VSwitch, Zone: i.Zone, Address: i.Address, Further: i.Further, Instance: i.ID,
		ResourceGroup: i.ResourceGroup, DeleteOnRelease: true, Created: i.Created, Primary: true,
	}
	e.ID, e.Kind, e.Groups = i.PrimaryID(), secgroup.Interface, slices.Clone(i.Groups)
	e.State.To(InUse)
	return e
}

// A Status is the state of an instance. The zero value is running.
type Status uint8

// The states of an instance.
const (
	Running Status = iota
	Stopped
	Starting
	Stopping
	Pending
)

var statusNames = []string{"Running", "Stopped", "Starting", "Stopping", "Pending"}

// Set reads a status in any case.
func (s *Status) Set(text string) error {
	n := slices.IndexFunc(statusNames, func(name string) bool { return strings.EqualFold(name, text) })
	if n < 0 {
		return ErrStatus
	}
	*s = Status(n)
	return nil
}

// String returns the status as the API prints it, capitalised.
func (s Status) String() string { return statusNames[s] }

// Values returns the valid values.
func (s *Status) Values() []string { return statusNames }

// A Transition is a state that may be on its way to another one.
type Transition[S comparable] struct {
	now, then S
	due       time.Time
}

// To changes the state at once.
func (t *Transition[S]) To(s S) { *t = Transition[S]{now: s, then: s} }

// Through changes the state to s until a time, from which on it is then.
func (t *Transition[S]) Through(s, then S, due time.Time) {
	*t = Transition[S]{now: s, then: then, due: due}
}

// At returns the state at a time.
func (t *Transition[S]) At(now time.Time) S {
	if now.Before(t.due) {
		return t.now
	}
	return t.then
}

// End returns the state in which the transition ends.
func (t *Transition[S]) End() S { return t.then }
