package ecs

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// Reasons why an action on a network interface is refused.
var (
	errInterfaceState   = errors.New("the state of the network interface does not allow the action")
	errInterfaceType    = errors.New("a primary network interface is changed with its instance")
	errInterfaceManaged = errors.New("a cloud service manages the network interface; it changes only through that service")
	errInterfaceKind    = errors.New("Type is Primary or Secondary")
	errInterfaceStatus  = errors.New("Status is Available, InUse, Creating, Attaching, Detaching, Deleting or CreateFailed")
)

// networkInterface is a network interface as answers show it.
type networkInterface struct {
	compute.Interface
	status compute.InterfaceStatus
}

// newInterface returns a copy of an interface that may be read when the world has changed.
func newInterface(e *compute.Interface, now time.Time) networkInterface {
	a := networkInterface{Interface: *e, status: e.State.At(now)}
	a.Groups = slices.Clone(e.Groups)
	return a
}

func (e *networkInterface) fields(w *wire.Writer) {
	e.names(w)
	e.network(w)
	e.attachment(w)
	wire.List(w, "Tags", "Tag", e.Tags, tagFields)
}

func (e *networkInterface) names(w *wire.Writer) {
	w.Text("NetworkInterfaceId", e.ID)
	w.Text("NetworkInterfaceName", e.Name.String())
	w.Text("Description", e.Description.String())
	w.Text("CreationTime", product.Timestamp(e.Created))
	w.Text("Status", e.status.String())
	w.Text("Type", e.Type())
	w.Text("OwnerId", e.Account)
	w.Text("ResourceGroupId", e.ResourceGroup)
	w.Bool("ServiceManaged", e.ServiceManaged)
	w.Int("ServiceID", 0)
	w.Bool("DeleteOnRelease", e.DeleteOnRelease)
	w.Int("QueueNumber", 1)
	w.Int("QueuePairNumber", 0)
	w.Text("NetworkInterfaceTrafficMode", "Standard")
	w.Bool("SourceDestCheck", false)
}

func (e *networkInterface) network(w *wire.Writer) {
	w.Text("ZoneId", e.Zone)
	w.Text("VpcId", e.VPC)
	w.Text("VSwitchId", e.VSwitch)
	w.Text("MacAddress", e.MAC())
	w.Text("PrivateIpAddress", addressText(e.Address))
	publicAddress(w)
	privateIPSets(w, &e.Interface, publicAddress)
	ipv6Sets(w, &e.Interface)
	wire.List(w, "Ipv4PrefixSets", "Ipv4PrefixSet", nil, func(_ *struct{}, w *wire.Writer) { w.Text("Ipv4Prefix", "") })
	wire.List(w, "Ipv6PrefixSets", "Ipv6PrefixSet", nil, func(_ *struct{}, w *wire.Writer) { w.Text("Ipv6Prefix", "") })
	w.Texts("SecurityGroupIds", "SecurityGroupId", e.Groups)
}

// publicAddress writes the elastic address of a private one. The mock has none.
func publicAddress(w *wire.Writer) {
	w.Object("AssociatedPublicIp", func(w *wire.Writer) {
		w.Text("AllocationId", "")
		w.Text("PublicIpAddress", "")
	})
}

// attachment writes the instance. That of a service-managed interface is not shown.
func (e *networkInterface) attachment(w *wire.Writer) {
	instance, index := e.Instance, 1
	if e.ServiceManaged {
		instance = ""
	}
	if e.Primary || instance == "" {
		index = 0
	}
	w.Text("InstanceId", instance)
	w.Object("Attachment", func(w *wire.Writer) {
		w.Text("InstanceId", instance)
		w.Int("DeviceIndex", index)
		w.Text("TrunkNetworkInterfaceId", "")
		w.Int("NetworkCardIndex", 0)
	})
}

// oneInterface is a request about one network interface.
type oneInterface struct {
	regional
	ID string
}

func (r *oneInterface) bind(p *param.Set) {
	r.region(p, "Region of the network interface.")
	p.String(&r.ID, "NetworkInterfaceId", "Network interface.").Require().Example("eni-bp67acfmxazb4p****")
}

// find returns the interface. A hidden one does not exist.
func (r *oneInterface) find(ns *store.Namespace) (*compute.Interface, error) {
	e, ok := ns.Interface(r.ID)
	if !ok || ns.Hidden(e.ID) || e.Primary && ns.Hidden(e.Instance) {
		return nil, errInterface
	}
	return e, nil
}

// secondary returns the interface if it may be changed: it is neither primary nor managed
// by a cloud service.
func (r *oneInterface) secondary(ns *store.Namespace) (*compute.Interface, error) {
	e, ok := ns.Interface(r.ID)
	switch {
	case !ok:
		return nil, errInterface
	case e.Primary:
		return nil, errInterfaceType
	case e.ServiceManaged:
		return nil, errInterfaceManaged
	}
	return e, nil
}

// interfaceKind is Primary or Secondary, "" where absent.
type interfaceKind string

var interfaceKinds = []string{"Primary", "Secondary"}

// Values returns the valid values.
func (k *interfaceKind) Values() []string { return interfaceKinds }

// Set reads a type of network interfaces.
func (k *interfaceKind) Set(text string) error {
	for _, kind := range interfaceKinds {
		if strings.EqualFold(kind, text) {
			*k = interfaceKind(kind)
			return nil
		}
	}
	return errInterfaceKind
}

// interfaceStatus is the state of a network interface, "" where absent. No interface of
// the mock fails to be created.
type interfaceStatus string

var interfaceStatuses = []string{"Available", "InUse", "Creating", "Attaching", "Detaching", "Deleting", "CreateFailed"}

// Values returns the valid values.
func (s *interfaceStatus) Values() []string { return interfaceStatuses }

// Set reads a state.
func (s *interfaceStatus) Set(text string) error {
	for _, status := range interfaceStatuses {
		if strings.EqualFold(status, text) {
			*s = interfaceStatus(status)
			return nil
		}
	}
	return errInterfaceStatus
}

// Rows of the actions on network interfaces. The documents since 2019 have %s as the
// texts; these are the older ones.

var unknownInterface = &rpc.Failure{
	On: errInterface, Status: 404, Code: "InvalidEniId.NotFound", Message: "The specified EniId is not found.",
	When: "The account has no such network interface in the region.", Try: "NetworkInterfaceId=eni-nowhere",
}

var managedInterface = &rpc.Failure{
	On: errInterfaceManaged, Status: 403, Code: "InvalidOperation.EniServiceManaged", Message: "The specified ENI is managed by a cloud service.",
	When: "A cloud service manages the network interface.", Try: "NetworkInterfaceId=eni-managed",
}

// primaryInterface returns the row of an action that a primary interface does not have.
var primaryInterface = &rpc.Failure{
	On: errInterfaceType, Status: 403, Code: "InvalidOperation.InvalidEniType", Message: "The operation is not allowed in the current ENI type.",
	When: "The network interface is the primary one of an instance.", Try: "NetworkInterfaceId=eni-web-primary",
}

// interfaceState returns the row of an interface in the wrong state.
func interfaceState(when, try string) *rpc.Failure {
	return &rpc.Failure{
		On: errInterfaceState, Status: 400, Code: "InvalidOperation.InvalidEniState", Message: "The operation is not allowed in the current ENI state.",
		When: when, Try: try,
	}
}
