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

// DeleteInstance deletes an instance.
var DeleteInstance = define(rpc.Spec{
	Name: "DeleteInstance", Summary: "Deletes a stopped instance, or with Force a running one.", Example: "InstanceId=i-loner",
	Failures: instanceRows(
		wrongState.With("InstanceId=i-web"),
		protected.With("InstanceId=i-crowded&Force=true"),
		prepaid.With("InstanceId=i-prepaid"),
		&rpc.Failure{On: errPending, Status: 403, Code: "IncorrectInstanceStatus.Initializing", Message: "The specified instance status does not support this operation.",
			When: "The instance is being created.", Try: "InstanceId=i-pending"},
		dryRun,
	),
}, (*Caller).deleteInstance)

var protected = &rpc.Failure{On: errProtected, Status: 403, Code: "InvalidOperation.DeletionProtection", Message: "The specified instance is protected from deletion.",
	When: "DeletionProtection of the instance is true. The document has %s as the text."}

var prepaid = &rpc.Failure{On: errSubscription, Status: 403, Code: "ChargeTypeViolation", Message: "The operation is not permitted due to charge type of the instance.",
	When: "The instance is paid in advance, and TerminateSubscription is not true."}

// DeleteInstanceRequest names an instance.
type DeleteInstanceRequest struct {
	oneInstance
	deletion
}

// deletion is how instances are deleted.
type deletion struct{ Force, Terminate bool }

func (d *deletion) bind(p *param.Set) {
	p.Bool(&d.Force, "Force", "Whether a running instance is deleted, too.").Example("false")
	p.Bool(&d.Terminate, "TerminateSubscription", "Whether an instance that is paid in advance is deleted, too.").Example("false")
}

// Params declares the parameters.
func (r *DeleteInstanceRequest) Params(p *param.Set) {
	r.oneInstance.bind(p, "ForceStop Boolean")
	r.deletion.bind(p)
}

func (c *Caller) deleteInstance(r *DeleteInstanceRequest) (*Done, error) {
	return &Done{}, c.updateInstance(&r.oneInstance, func(ns *store.Namespace, i *compute.Instance) error {
		if err := r.check(ns, i); err != nil {
			return err
		}
		if r.DryRun {
			return product.ErrDryRun
		}
		release(ns, i)
		return nil
	})
}

// check returns an error if an instance cannot be deleted.
func (d *deletion) check(ns *store.Namespace, i *compute.Instance) error {
	now := i.State.At(ns.Now())
	switch {
	case i.Protected:
		return errProtected
	case i.Charge == "PrePaid" && !d.Terminate:
		return errSubscription
	case now == compute.Pending:
		return errPending
	case now != compute.Stopped && !d.Force:
		return product.Hinted(errInstanceState, i.ID+" is "+now.String()+"; stop it first, or give Force=true")
	}
	return nil
}

// release deletes an instance with the network interfaces that go with it, and detaches
// the others.
func release(ns *store.Namespace, i *compute.Instance) {
	for _, e := range slices.Clone(ns.Interfaces()) {
		switch {
		case e.Instance != i.ID:
		case e.DeleteOnRelease:
			ns.DeleteInterface(e)
		default:
			ns.Edit(e.ID)
			e.Instance = ""
			e.State.To(compute.Available)
		}
	}
	ns.DeleteInstance(i)
}

// DeleteInstances deletes instances.
var DeleteInstances = define(rpc.Spec{
	Name: "DeleteInstances", Summary: "Deletes stopped instances, or with Force running ones: all or none.", Example: "RegionId=cn-hangzhou&InstanceId.1=i-loner",
	Failures: slices.Concat([]*rpc.Failure{
		wrongState.With("InstanceId.1=i-web"),
		protected.With("InstanceId.1=i-crowded&Force=true"),
		prepaid.With("InstanceId.1=i-prepaid"),
		{On: errPending, Status: 403, Code: "IncorrectInstanceStatus.Initializing", Message: "The specified instance status does not support this operation.",
			When: "An instance is being created.", Try: "InstanceId.1=i-pending"},
		dryRun,
		noInstances,
		{On: errInstance, Status: 404, Code: "InvalidInstanceId.NotFound", Message: "The specified InstanceId does not exist.",
			When: "The account has no such instance in the region.", Try: "InstanceId.1=i-nowhere"},
		{On: errTwiceInstance, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "An instance is given twice.", Try: "InstanceId.2=i-loner"},
		unknownRegion,
	}, product.TokenFailures("Force=true")),
}, (*Caller).deleteInstances)

var errTwiceInstance = errors.New("the request has the same instance twice")

// DeleteInstancesRequest names instances.
type DeleteInstancesRequest struct {
	regional
	IDs    []string
	DryRun bool
	deletion
	idempotent
}

// Params declares the parameters.
func (r *DeleteInstancesRequest) Params(p *param.Set) {
	r.region(p, "Region of the instances.")
	param.NeedList(p, errNoInstances, &r.IDs, "InstanceId", maxInstances, bindInstanceID)
	r.deletion.bind(p)
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	p.Unused("ForceStop Boolean")
	r.token(p)
}

func (c *Caller) deleteInstances(r *DeleteInstancesRequest) (*Done, error) {
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		var all []*compute.Instance
		for _, id := range r.IDs {
			i, ok := ns.Instance(id)
			switch {
			case !ok:
				return errInstance
			case slices.Contains(all, i):
				return rpc.Named(errTwiceInstance, "InstanceId")
			}
			if err := r.check(ns, i); err != nil {
				return err
			}
			all = append(all, i)
		}
		if r.DryRun {
			return product.ErrDryRun
		}
		for _, i := range all {
			release(ns, i)
		}
		return nil
	})
}

// ModifyInstanceAttribute changes an instance, or the groups in which it is.
var ModifyInstanceAttribute = define(rpc.Spec{
	Name: "ModifyInstanceAttribute", Summary: "Changes the names of an instance, its protection, or its security groups.", Example: "InstanceId=i-web&InstanceName=front",
	Failures: instanceRows(
		malformedInstanceName, malformedDescription, malformedHostName, largeUserData,
		&rpc.Failure{On: product.ErrBool, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "DeletionProtection is neither true nor false.", Try: "DeletionProtection=maybe"},
		&rpc.Failure{On: store.ErrGroup, Status: 404, Code: "InvalidSecurityGroupId.NotFound", Message: "The specified SecurityGroupId does not exist.",
			When: "The account has no such group in the region.", Try: "SecurityGroupIds.1=sg-nowhere"},
		&rpc.Failure{On: errLaunchVPC, Status: 400, Code: "InvalidInstanceId.Mismatch", Message: "Specified instance and security group are not in the same VPC.",
			When: "A security group is in another network or VPC than the instance.", Try: "SecurityGroupIds.1=sg-elsewhere"},
		&rpc.Failure{On: errMemberType, Status: 400, Code: "InvalidOperation.MultiGroupType", Message: "The specified instance can't join different types of security group.",
			When: "The security groups are of different types.", Try: "SecurityGroupIds.1=sg-web&SecurityGroupIds.2=sg-enterprise"},
		&rpc.Failure{On: errTooManyGroups, Status: 400, Code: "InstanceSecurityGroupLimitExceeded", Message: "Exceeding the allowed amount of security groups that an instance can be in.",
			When: "More than five security groups are given.", Try: "SecurityGroupIds.1=sg-web&SecurityGroupIds.2=sg-F876FF7BA&SecurityGroupIds.3=sg-3&SecurityGroupIds.4=sg-4&SecurityGroupIds.5=sg-5&SecurityGroupIds.6=sg-6"},
	),
}, (*Caller).modifyInstance)

// ModifyInstanceAttributeRequest is the changes of an instance.
type ModifyInstanceAttributeRequest struct {
	oneInstance
	Name        instanceName
	Description aboutText
	undescribed bool
	Host        hostName
	Data        userData
	Credit      string
	Protected   optionalBool
	Groups      []string
}

// Params declares the parameters.
func (r *ModifyInstanceAttributeRequest) Params(p *param.Set) {
	r.bindID(p)
	p.Var(&r.Name, "InstanceName", "New name.").Example("testInstanceName")
	p.Var(&r.Description, "Description", "New description. A blank one removes the description.").NoteBlank(&r.undescribed).Example("testInstanceDescription")
	p.Var(&r.Host, "HostName", "New host name.").Example("testHostName")
	p.Var(&r.Data, "UserData", "New user data, in base64.").Example("ZWNobyBoZWxsbyBlY3Mh")
	p.String(&r.Credit, "CreditSpecification", "New performance mode of a burstable instance.").Example("Standard")
	p.Var(&r.Protected, "DeletionProtection", "Whether the instance is protected from deletion.").Example("false")
	param.List(p, &r.Groups, "SecurityGroupIds", 16, groupID)
	p.Unused(unusedInModifyInstance)
}

func (c *Caller) modifyInstance(r *ModifyInstanceAttributeRequest) (*Done, error) {
	return &Done{}, c.updateInstance(&r.oneInstance, func(ns *store.Namespace, i *compute.Instance) error {
		if len(r.Groups) > 0 {
			moved := *i
			moved.Groups = unique(r.Groups)
			if err := c.checkLaunchGroups(ns, &moved, 0); err != nil {
				return err
			}
			ns.SetGroups(&i.Member, moved.Groups)
		}
		ns.Edit(i.ID)
		i.Name = secgroup.Text(chosen(r.Name, i.Name.String()))
		i.HostName = secgroup.Text(chosen(r.Host, i.HostName.String()))
		i.UserData, i.Credit = chosen(r.Data, i.UserData), chosen(r.Credit, i.Credit)
		if i.Description = secgroup.Text(chosen(r.Description, i.Description.String())); r.undescribed {
			i.Description = ""
		}
		if r.Protected.Given {
			i.Protected = r.Protected.Value
		}
		return nil
	})
}
