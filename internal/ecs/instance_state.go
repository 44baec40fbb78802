package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
)

// Reasons why the state of an instance cannot be changed.
var (
	errInstanceState = errors.New("the state of the instance does not allow the action")
	errPending       = errors.New("the instance is being created")
	errProtected     = errors.New("the instance is protected from deletion; set DeletionProtection to false with ModifyInstanceAttribute first")
	errSubscription  = errors.New("an instance that is paid in advance is deleted with TerminateSubscription=true only")
)

// maxInstances is how many instances a request may name.
const maxInstances = 100

// A transition is a change of an instance's state.
type transition struct {
	from        []compute.Status // in which the change may begin
	through, to compute.Status
}

var (
	toStart  = transition{[]compute.Status{compute.Stopped}, compute.Starting, compute.Running}
	toStop   = transition{[]compute.Status{compute.Running}, compute.Stopping, compute.Stopped}
	toReboot = transition{[]compute.Status{compute.Running}, compute.Starting, compute.Running}
)

// check returns an error if an instance cannot make the change.
func (t *transition) check(ns *store.Namespace, i *compute.Instance) error {
	if now := i.State.At(ns.Now()); !slices.Contains(t.from, now) {
		return product.Hinted(errInstanceState, i.ID+" is "+now.String())
	}
	return nil
}

// instanceRows returns the rows of the actions on one instance.
func instanceRows(rows ...*rpc.Failure) []*rpc.Failure {
	return append(rows, &rpc.Failure{On: errInstance, Status: 404, Code: "InvalidInstanceId.NotFound", Message: "The specified InstanceId does not exist.",
		When: "The account has no such instance in the region.", Try: "InstanceId=i-nowhere"}, unknownRegion)
}

var wrongState = &rpc.Failure{On: errInstanceState, Status: 403, Code: "IncorrectInstanceStatus", Message: "The current status of the resource does not support this operation.",
	When: "The state of the instance does not allow it.", Try: "InstanceId=i-loner"}

// StartInstance starts a stopped instance.
var StartInstance = define(rpc.Spec{
	Name: "StartInstance", Summary: "Starts a stopped instance.", Example: "InstanceId=i-loner",
	Failures: instanceRows(wrongState.With("InstanceId=i-web"), dryRun),
}, func(c *Caller, r *StartInstanceRequest) (*Done, error) {
	return c.changeState(&r.oneInstance, &toStart)
})

// StartInstanceRequest names an instance.
type StartInstanceRequest struct{ oneInstance }

// Params declares the parameters.
func (r *StartInstanceRequest) Params(p *param.Set) { r.bind(p, "InitLocalDisk Boolean") }

// StopInstance stops a running instance.
var StopInstance = define(rpc.Spec{
	Name: "StopInstance", Summary: "Stops a running instance.", Example: "InstanceId=i-web",
	Failures: instanceRows(wrongState, dryRun),
}, func(c *Caller, r *StopInstanceRequest) (*Done, error) { return c.changeState(&r.oneInstance, &toStop) })

// StopInstanceRequest names an instance.
type StopInstanceRequest struct{ oneInstance }

// Params declares the parameters.
func (r *StopInstanceRequest) Params(p *param.Set) {
	r.bind(p, "ConfirmStop Boolean\nForceStop Boolean\nHibernate Boolean\nStoppedMode String")
}

// RebootInstance restarts a running instance.
var RebootInstance = define(rpc.Spec{
	Name: "RebootInstance", Summary: "Restarts a running instance.", Example: "InstanceId=i-web",
	Failures: instanceRows(wrongState, dryRun),
}, func(c *Caller, r *RebootInstanceRequest) (*Done, error) {
	return c.changeState(&r.oneInstance, &toReboot)
})

// RebootInstanceRequest names an instance.
type RebootInstanceRequest struct{ oneInstance }

// Params declares the parameters.
func (r *RebootInstanceRequest) Params(p *param.Set) { r.bind(p, "ForceStop Boolean") }

// oneInstance is a request about one instance. Its region is that which has the instance
// where the request names none.
type oneInstance struct {
	regional
	ID     string
	DryRun bool
}

func (r *oneInstance) bind(p *param.Set, unused string) {
	r.bindID(p)
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	p.Unused(unused)
}

func (r *oneInstance) bindID(p *param.Set) {
	r.Region = p.Outer("RegionId")
	p.String(&r.ID, "InstanceId", "Instance.").Require().Example("i-bp67acfmxazb4p****")
}

// updateInstance calls f with the instance of a request.
func (c *Caller) updateInstance(r *oneInstance, f func(*store.Namespace, *compute.Instance) error) error {
	c.findInstanceRegion(r.ID)
	return c.Update(func(ns *store.Namespace) error {
		i, ok := ns.Instance(r.ID)
		if !ok {
			return errInstance
		}
		return f(ns, i)
	})
}

// findInstanceRegion sets the region of a call that names none to that of an instance of
// the account. Where the account has no such instance it sets any region.
func (c *Caller) findInstanceRegion(id string) {
	if c.Region != "" {
		return
	}
	regions := c.World.AllRegions()
	c.Region = regions[0].ID
	for _, r := range regions {
		exists := func(ns *store.Namespace) error {
			if _, ok := ns.Instance(id); !ok {
				return errInstance
			}
			return nil
		}
		if c.World.View(c.Account, r.ID, exists) == nil {
			c.Region = r.ID
			return
		}
	}
}

// changeState changes the state of an instance.
func (c *Caller) changeState(r *oneInstance, t *transition) (*Done, error) {
	return &Done{}, c.updateInstance(r, func(ns *store.Namespace, i *compute.Instance) error {
		if err := t.check(ns, i); err != nil {
			return err
		}
		if r.DryRun {
			return product.ErrDryRun
		}
		c.make(t, ns, i)
		return nil
	})
}

// make makes a change of an instance's state, which takes the time that Settle says.
func (c *Caller) make(t *transition, ns *store.Namespace, i *compute.Instance) {
	ns.Edit(i.ID)
	i.State.Through(t.through, t.to, ns.Now().Add(c.Settle))
	if t.to == compute.Running {
		i.Started = ns.Now()
	}
}
