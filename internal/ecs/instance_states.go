package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

var errNoInstances = errors.New("give InstanceId.1")

// StartInstances starts stopped instances.
var StartInstances = define(rpc.Spec{
	Name: "StartInstances", Summary: "Starts stopped instances.", Example: "RegionId=cn-hangzhou&InstanceId.1=i-loner",
	Failures: severalRows("i-web"),
}, func(c *Caller, r *StartInstancesRequest) (*InstanceResponses, error) {
	return c.changeAll(&r.instances, &toStart)
})

// StartInstancesRequest names instances.
type StartInstancesRequest struct{ instances }

// Params declares the parameters.
func (r *StartInstancesRequest) Params(p *param.Set) { r.bind(p, "") }

// StopInstances stops running instances.
var StopInstances = define(rpc.Spec{
	Name: "StopInstances", Summary: "Stops running instances.", Example: "RegionId=cn-hangzhou&InstanceId.1=i-web",
	Failures: severalRows("i-loner"),
}, func(c *Caller, r *StopInstancesRequest) (*InstanceResponses, error) {
	return c.changeAll(&r.instances, &toStop)
})

// StopInstancesRequest names instances.
type StopInstancesRequest struct{ instances }

// Params declares the parameters.
func (r *StopInstancesRequest) Params(p *param.Set) {
	r.bind(p, "ForceStop Boolean\nStoppedMode String")
}

// RebootInstances restarts running instances.
var RebootInstances = define(rpc.Spec{
	Name: "RebootInstances", Summary: "Restarts running instances.", Example: "RegionId=cn-hangzhou&InstanceId.1=i-web",
	Failures: severalRows("i-loner"),
}, func(c *Caller, r *RebootInstancesRequest) (*InstanceResponses, error) {
	return c.changeAll(&r.instances, &toReboot)
})

// RebootInstancesRequest names instances.
type RebootInstancesRequest struct{ instances }

// Params declares the parameters.
func (r *RebootInstancesRequest) Params(p *param.Set) { r.bind(p, "ForceReboot Boolean") }

// severalRows returns the rows of the actions on several instances; wrong is one in a
// state that does not allow the action.
func severalRows(wrong string) []*rpc.Failure {
	return []*rpc.Failure{
		wrongState.With("InstanceId.1=" + wrong),
		dryRun,
		noInstances,
		{On: errInstance, Status: 404, Code: "InvalidInstanceId.NotFound", Message: "The specified InstanceId does not exist.",
			When: "The account has no such instance in the region.", Try: "InstanceId.1=i-nowhere"},
		{On: errOptimization, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "BatchOptimization is neither AllTogether nor SuccessFirst.", Try: "BatchOptimization=Never"},
		unknownRegion,
	}
}

var noInstances = &rpc.Failure{On: errNoInstances, Status: 400, Code: "MissingParameter", Message: `The input parameter "InstanceId" that is mandatory for processing this request is not supplied.`,
	When: "No instance is given.", Try: "-InstanceId.1"}

// instances is a request about several instances.
type instances struct {
	regional
	IDs          []string
	Optimization optimization
	DryRun       bool
}

func (r *instances) bind(p *param.Set, unused string) {
	r.region(p, "Region of the instances.")
	param.NeedList(p, errNoInstances, &r.IDs, "InstanceId", maxInstances, bindInstanceID)
	p.Var(&r.Optimization, "BatchOptimization", "AllTogether changes all instances or none, SuccessFirst those that it can.").Default("AllTogether").Example("SuccessFirst")
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	p.Unused(unused)
}

func bindInstanceID(id *string, p *param.Set) {
	p.String(id, "", "Instance.").Example("i-bp67acfmxazb4p****")
}

// InstanceResponses is what became of each instance.
type InstanceResponses struct{ list []instanceResponse }

type instanceResponse struct {
	id          string
	before, now compute.Status
	err         error
}

// Fields declares the answer.
func (a *InstanceResponses) Fields(w *wire.Writer) {
	wire.List(w, "InstanceResponses", "InstanceResponse", a.list, func(r *instanceResponse, w *wire.Writer) {
		code, message := "200", "success"
		switch {
		case errors.Is(r.err, errInstance):
			code, message = "404", "The specified InstanceId does not exist."
		case r.err != nil:
			code, message = "403", "The current status of the resource does not support this operation."
		}
		w.Text("InstanceId", r.id)
		w.Text("PreviousStatus", r.before.String())
		w.Text("CurrentStatus", r.now.String())
		w.Text("Code", code)
		w.Text("Message", message)
	})
}

// changeAll changes the states of instances: of all or of none, or of those that can.
func (c *Caller) changeAll(r *instances, t *transition) (*InstanceResponses, error) {
	a := &InstanceResponses{}
	return a, c.Update(func(ns *store.Namespace) error {
		var able []*compute.Instance
		for _, id := range r.IDs {
			response := instanceResponse{id: id, err: errInstance}
			i, ok := ns.Instance(id)
			if ok {
				response.before, response.err = i.State.At(ns.Now()), t.check(ns, i)
				response.now = response.before
			}
			switch {
			case response.err == nil:
				able, response.now = append(able, i), t.through
			case r.Optimization != "SuccessFirst":
				return response.err
			}
			a.list = append(a.list, response)
		}
		if r.DryRun {
			return product.ErrDryRun
		}
		for _, i := range able {
			c.make(t, ns, i)
		}
		return nil
	})
}

var errOptimization = errors.New("BatchOptimization is AllTogether or SuccessFirst")

// optimization is how a change of several instances ends where one of them fails.
type optimization string

var optimizations = []string{"AllTogether", "SuccessFirst"}

// Values returns the valid values.
func (*optimization) Values() []string { return optimizations }

// Set reads a value.
func (o *optimization) Set(text string) error {
	if !slices.Contains(optimizations, text) {
		return errOptimization
	}
	*o = optimization(text)
	return nil
}
