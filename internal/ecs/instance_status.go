package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeInstanceStatus lists the states of instances.
var DescribeInstanceStatus = define(rpc.Spec{
	Name: "DescribeInstanceStatus", Summary: "Lists the states of the instances of the account in a region.", Example: "RegionId=cn-hangzhou",
	Failures: []*rpc.Failure{unknownRegion},
}, (*Caller).describeInstanceStatus)

// DescribeInstanceStatusRequest selects instances.
type DescribeInstanceStatusRequest struct {
	regional
	IDs  []string
	Zone string
	Page product.Page
}

// Params declares the parameters.
func (r *DescribeInstanceStatusRequest) Params(p *param.Set) {
	r.region(p, "Region of the instances.")
	param.List(p, &r.IDs, "InstanceId", maxInstances, bindInstanceID)
	p.String(&r.Zone, "ZoneId", "Instances in this zone.").Example("cn-hangzhou-d")
	p.Unused("ClusterId String")
	r.Page.Bind(p, "Instances", 50)
}

// DescribeInstanceStatusResponse is a page of states.
type DescribeInstanceStatusResponse struct {
	Total int
	Page  product.Page
	list  []instance
}

// Fields declares the answer.
func (a *DescribeInstanceStatusResponse) Fields(w *wire.Writer) {
	w.Int("TotalCount", a.Total)
	w.Int("PageNumber", a.Page.Number)
	w.Int("PageSize", a.Page.Size)
	wire.List(w, "InstanceStatuses", "InstanceStatus", a.list, func(i *instance, w *wire.Writer) {
		w.Text("InstanceId", i.ID)
		w.Text("Status", i.status.String())
	})
}

func (c *Caller) describeInstanceStatus(r *DescribeInstanceStatusRequest) (*DescribeInstanceStatusResponse, error) {
	a := &DescribeInstanceStatusResponse{Page: r.Page}
	return a, c.View(func(ns *store.Namespace) error {
		selected := named(ns, r.IDs, func(i *compute.Instance) bool { return r.Zone == "" || r.Zone == i.Zone })
		a.Total = len(selected)
		start, end := r.Page.Bounds(len(selected))
		for _, i := range selected[start:end] {
			a.list = append(a.list, instance{Instance: *i, status: i.State.At(ns.Now())})
		}
		return nil
	})
}

// named returns the instances that have one of some ids, or all where there are none, and
// that fit.
func named(ns *store.Namespace, ids []string, fits func(*compute.Instance) bool) []*compute.Instance {
	var list []*compute.Instance
	for _, i := range ns.Instances() {
		if (len(ids) == 0 || slices.Contains(ids, i.ID)) && !ns.Hidden(i.ID) && fits(i) {
			list = append(list, i)
		}
	}
	return list
}

// DescribeInstanceAttribute describes one instance.
var DescribeInstanceAttribute = define(rpc.Spec{
	Name: "DescribeInstanceAttribute", Summary: "Returns an instance.", Example: "InstanceId=i-web",
	Failures: instanceRows(),
}, (*Caller).describeInstanceAttribute)

// DescribeInstanceAttributeRequest names an instance.
type DescribeInstanceAttributeRequest struct{ oneInstance }

// Params declares the parameters.
func (r *DescribeInstanceAttributeRequest) Params(p *param.Set) { r.bindID(p) }

// DescribeInstanceAttributeResponse is an instance.
type DescribeInstanceAttributeResponse struct{ instance }

// Fields declares the answer.
func (a *DescribeInstanceAttributeResponse) Fields(w *wire.Writer) {
	i, kind := &a.instance, a.kind
	w.Text("InstanceId", i.ID)
	w.Text("InstanceName", i.Name.String())
	w.Text("Description", i.Description.String())
	w.Text("HostName", i.HostName.String())
	w.Text("SerialNumber", serialNumber(i.ID))
	w.Text("RegionId", i.Region)
	w.Text("ZoneId", i.Zone)
	w.Text("ClusterId", "")
	w.Text("Status", i.status.String())
	w.Text("StoppedMode", "Not-applicable")
	w.Text("ImageId", i.Image)
	w.Text("InstanceType", i.Type)
	w.Int("Cpu", kind.Cores)
	w.Int("Memory", 1024*kind.Memory)
	w.Text("IoOptimized", "optimized")
	w.Bool("EnableJumboFrame", false)
	w.Bool("EnableNetworkEncryption", false)
	w.Text("CreditSpecification", i.Credit)
	w.Text("CreationTime", minute(i.Created))
	w.Text("ExpiredTime", minute(never))
	w.Text("InstanceChargeType", i.Charge)
	w.Text("InternetChargeType", i.Traffic)
	w.Int("InternetMaxBandwidthIn", i.BandwidthIn)
	w.Int("InternetMaxBandwidthOut", i.BandwidthOut)
	i.addresses(w)
	w.Object("DedicatedHostAttribute", func(w *wire.Writer) {
		w.Text("DedicatedHostId", "")
		w.Text("DedicatedHostName", "")
	})
	operationLocks(w)
}

func (c *Caller) describeInstanceAttribute(r *DescribeInstanceAttributeRequest) (*DescribeInstanceAttributeResponse, error) {
	a := &DescribeInstanceAttributeResponse{}
	return a, c.viewInstance(&r.oneInstance, func(ns *store.Namespace, i *compute.Instance) { a.instance = newInstance(ns, i) })
}

// viewInstance calls f with the instance of a request.
func (c *Caller) viewInstance(r *oneInstance, f func(*store.Namespace, *compute.Instance)) error {
	c.findInstanceRegion(r.ID)
	return c.View(func(ns *store.Namespace) error {
		i, ok := ns.Instance(r.ID)
		if !ok || ns.Hidden(i.ID) {
			return errInstance
		}
		f(ns, i)
		return nil
	})
}

// DescribeUserData returns the user data of an instance.
var DescribeUserData = define(rpc.Spec{
	Name: "DescribeUserData", Summary: "Returns the user data of an instance.", Example: "RegionId=cn-hangzhou&InstanceId=i-web",
	Failures: instanceRows(),
}, (*Caller).describeUserData)

// DescribeUserDataRequest names an instance.
type DescribeUserDataRequest struct{ oneInstance }

// Params declares the parameters.
func (r *DescribeUserDataRequest) Params(p *param.Set) {
	r.region(p, "Region of the instance.")
	p.String(&r.ID, "InstanceId", "Instance.").Require().Example("i-bp14bnftyqhxg9ij****")
}

// DescribeUserDataResponse is the user data, in base64.
type DescribeUserDataResponse struct{ id, region, data string }

// Fields declares the answer.
func (a *DescribeUserDataResponse) Fields(w *wire.Writer) {
	w.Text("InstanceId", a.id)
	w.Text("RegionId", a.region)
	w.Text("UserData", a.data)
}

func (c *Caller) describeUserData(r *DescribeUserDataRequest) (*DescribeUserDataResponse, error) {
	a := &DescribeUserDataResponse{}
	return a, c.viewInstance(&r.oneInstance, func(_ *store.Namespace, i *compute.Instance) {
		*a = DescribeUserDataResponse{i.ID, i.Region, i.UserData}
	})
}
