package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

var (
	errAttachVPC      = errors.New("the network interface is in another VPC than the instance")
	errInterfaceZone  = errors.New("the network interface is in another zone than the instance")
	errInterfaceCount = errors.New("the instance has the most network interfaces of its type")
	errTypeAddresses  = errors.New("the instance type does not allow so many private addresses of a network interface")
	errDetachPrimary  = errors.New("a primary network interface is never detached from its instance")
)

// AttachNetworkInterface attaches a network interface to an instance.
var AttachNetworkInterface = define(rpc.Spec{
	Name:    "AttachNetworkInterface",
	Summary: "Attaches a network interface to an instance.",
	Example: "RegionId=cn-hangzhou&InstanceId=i-loner&NetworkInterfaceId=eni-crowded",
	Failures: slices.Concat([]*rpc.Failure{
		interfaceState("The network interface is attached to an instance already.", "NetworkInterfaceId=eni-web"),
		primaryInterface,
		{On: errInterfaceCount, Status: 403, Code: "EniPerInstanceLimitExceeded", Message: "The number of ENI exceeds the limit for the type of instance you are trying to launch.",
			When: "The instance has as many network interfaces as its type allows.", Try: "InstanceId=i-web"},
		{On: errInterfaceZone, Status: 403, Code: "InvalidOperation.AvailabilityZoneMismatch", Message: "The VPC VSwitch of the specified ENI and ECS instance are not in the same availability zone.",
			When: "The network interface is in another zone than the instance.", Try: "NetworkInterfaceId=eni-far"},
		{On: errTypeAddresses, Status: 403, Code: "InvalidOperation.Ipv4CountExceeded", Message: "The number of IPv4 addresses of the ENI exceeds the limit of the instance type.",
			When: "The network interface has more private addresses than the instance type allows.", Try: "InstanceId=i-prepaid"},
		{On: errAttachVPC, Status: 403, Code: "InvalidOperation.VpcMismatch", Message: "The VPC of the specified ENI and ECS instance are not in the same VPC.",
			When: "The network interface is in another VPC than the instance.", Try: "NetworkInterfaceId=eni-elsewhere"},
	}, attachmentFailures),
}, (*Caller).attachInterface)

// attachmentFailures is the rows that AttachNetworkInterface and DetachNetworkInterface
// share.
var attachmentFailures = []*rpc.Failure{
	managedInterface,
	unknownInterface,
	{On: errInstance, Status: 404, Code: "InvalidEcsId.NotFound", Message: "The specified EcsId is not found.",
		When: "The account has no such instance in the region.", Try: "InstanceId=i-nowhere"},
	{On: errStatus, Status: 400, Code: "InvalidOperation.InvalidEcsState", Message: "The operation is not allowed in the current ECS state.",
		When: "The instance is neither running nor stopped.", Try: "InstanceId=i-starting"},
	unknownRegion,
}

// attachment is a network interface and an instance.
type attachment struct {
	oneInterface
	Instance string
}

func (r *attachment) bind(p *param.Set) {
	r.oneInterface.bind(p)
	p.String(&r.Instance, "InstanceId", "Instance.").Require().Example("i-bp67acfmxazb4p****")
}

// instance returns the instance, which is running or stopped.
func (r *attachment) instance(ns *store.Namespace) (*compute.Instance, error) {
	i, ok := ns.Instance(r.Instance)
	if !ok {
		return nil, errInstance
	}
	if s := i.State.At(ns.Now()); s != compute.Running && s != compute.Stopped {
		return nil, errStatus
	}
	return i, nil
}

// AttachNetworkInterfaceRequest names a network interface and an instance.
type AttachNetworkInterfaceRequest struct{ attachment }

// Params declares the parameters.
func (r *AttachNetworkInterfaceRequest) Params(p *param.Set) {
	r.bind(p)
	p.Unused(`
	NetworkCardIndex Integer
	TrunkNetworkInstanceId String
	WaitForNetworkConfigurationReady Boolean`)
}

func (c *Caller) attachInterface(r *AttachNetworkInterfaceRequest) (*Done, error) {
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		e, err := r.secondary(ns)
		if err != nil {
			return err
		}
		i, err := r.instance(ns)
		if err != nil {
			return err
		}
		kind, _ := ns.InstanceType(i.Type)
		has := attached(ns, i)
		switch {
		case e.State.At(ns.Now()) != compute.Available:
			return errInterfaceState
		case e.VPC != i.VPC:
			return errAttachVPC
		case e.Zone != i.Zone:
			return errInterfaceZone
		case has >= kind.Interfaces:
			return product.Quota(errInterfaceCount, i.ID, has, kind.Interfaces, "network interfaces")
		case len(e.Secondary) >= kind.Addresses:
			return errTypeAddresses
		}
		ns.Edit(e.ID)
		e.Instance = i.ID
		e.State.Through(compute.Attaching, compute.InUse, ns.Now().Add(c.Settle))
		return nil
	})
}

// attached returns how many network interfaces an instance has, the primary one included.
func attached(ns *store.Namespace, i *compute.Instance) int {
	n := 1
	for _, e := range ns.Interfaces() {
		if e.Instance == i.ID {
			n++
		}
	}
	return n
}

// DetachNetworkInterface detaches a network interface from its instance.
var DetachNetworkInterface = define(rpc.Spec{
	Name:    "DetachNetworkInterface",
	Summary: "Detaches a network interface from its instance.",
	Example: "RegionId=cn-hangzhou&InstanceId=i-web&NetworkInterfaceId=eni-web",
	Failures: slices.Concat([]*rpc.Failure{
		interfaceState("The network interface is not attached to the instance.", "NetworkInterfaceId=eni-crowded"),
		{On: errDetachPrimary, Status: 400, Code: "InvalidOperation.DetachPrimaryEniNotAllowed", Message: "Detaching primary ENI from ECS instance is not allowed.",
			When: "The network interface is the primary one of an instance.", Try: "NetworkInterfaceId=eni-web-primary"},
	}, attachmentFailures),
}, (*Caller).detachInterface)

// DetachNetworkInterfaceRequest names a network interface and its instance.
type DetachNetworkInterfaceRequest struct{ attachment }

// Params declares the parameters.
func (r *DetachNetworkInterfaceRequest) Params(p *param.Set) {
	r.bind(p)
	p.Unused("\n\tTrunkNetworkInstanceId String")
}

func (c *Caller) detachInterface(r *DetachNetworkInterfaceRequest) (*Done, error) {
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		e, err := r.secondary(ns)
		if errors.Is(err, errInterfaceType) {
			return errDetachPrimary
		}
		if err != nil {
			return err
		}
		i, err := r.instance(ns)
		switch {
		case err != nil:
			return err
		case e.Instance != i.ID || e.State.At(ns.Now()) != compute.InUse:
			return errInterfaceState
		}
		ns.Edit(e.ID)
		e.Instance = ""
		e.State.Through(compute.Detaching, compute.Available, ns.Now().Add(c.Settle))
		return nil
	})
}

// ModifyNetworkInterfaceAttribute changes a network interface.
var ModifyNetworkInterfaceAttribute = define(rpc.Spec{
	Name:    "ModifyNetworkInterfaceAttribute",
	Summary: "Changes a network interface. Security groups that are given replace those it is in; for a primary one they are those of its instance.",
	Example: "RegionId=cn-hangzhou&NetworkInterfaceId=eni-web&SecurityGroupId.1=sg-web&NetworkInterfaceName=web",
	Failures: slices.Concat([]*rpc.Failure{
		{On: errInstanceName, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "NetworkInterfaceName does not follow its rules.", Try: "NetworkInterfaceName=9lives"},
		{On: errDescription, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "Description does not have 2 to 256 characters, or begins with http:// or https://.", Try: "Description=x"},
		invalidBool("DeleteOnRelease"),
		primaryInterface.With("NetworkInterfaceId=eni-web-primary&NetworkInterfaceName=first"),
		managedInterface,
		unknownInterface,
	}, interfaceGroupFailures("SecurityGroupId.1=", "SecurityGroupId.2=")),
}, (*Caller).modifyInterface)

// ModifyNetworkInterfaceAttributeRequest is what to change. What is absent stays.
type ModifyNetworkInterfaceAttributeRequest struct {
	oneInterface
	Groups  []string
	Name    instanceName
	About   aboutText
	Release optionalBool
}

// Params declares the parameters.
func (r *ModifyNetworkInterfaceAttributeRequest) Params(p *param.Set) {
	r.bind(p)
	param.List(p, &r.Groups, "SecurityGroupId", maxGroupsOfMember, groupID)
	p.Var(&r.Name, "NetworkInterfaceName", "Name.").Example("eniTestName")
	p.Var(&r.About, "Description", "Description. It does not begin with http:// or https://.").Example("testDescription")
	p.Var(&r.Release, "DeleteOnRelease", "Whether the network interface is deleted with its instance.").Example("true")
	p.Unused(unusedInModifyInterface)
}

func (c *Caller) modifyInterface(r *ModifyNetworkInterfaceAttributeRequest) (*Done, error) {
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		e, err := r.find(ns)
		switch {
		case err != nil:
			return err
		case e.ServiceManaged:
			return errInterfaceManaged
		case e.Primary && (r.Name != "" || r.About != "" || r.Release.Given):
			return errInterfaceType
		}
		m := memberOf(ns, e)
		groups, err := c.interfaceGroups(ns, m, r.Groups)
		if err != nil {
			return err
		}
		if groups != nil {
			ns.SetGroups(m, groups)
		}
		ns.Edit(e.ID)
		e.Name, e.Description = secgroup.Text(chosen(r.Name, e.Name.String())), secgroup.Text(chosen(r.About, e.Description.String()))
		if r.Release.Given {
			e.DeleteOnRelease = r.Release.Value
		}
		return nil
	})
}

// memberOf returns the member of groups that an interface is: for a primary one its
// instance.
func memberOf(ns *store.Namespace, e *compute.Interface) *secgroup.Member {
	if e.Primary {
		i, _ := ns.Instance(e.Instance)
		return &i.Member
	}
	return &e.Member
}
