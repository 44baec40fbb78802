package ecs

import (
	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

var malformedInstanceIDs = &rpc.Failure{On: errIDList, Status: 400, Code: "InvalidInstanceIds.Malformed", Message: "The specified instanceIds are not valid.",
	When: "InstanceIds is not a JSON array, or has more than 100 ids.", Try: "InstanceIds=i-web"}

// DescribeInstanceRamRole lists the roles of instances.
var DescribeInstanceRamRole = define(rpc.Spec{
	Name: "DescribeInstanceRamRole", Summary: "Lists the RAM roles of instances.", Example: `RegionId=cn-hangzhou&InstanceIds=["i-web"]`,
	Failures: []*rpc.Failure{malformedInstanceIDs, unknownRegion},
}, (*Caller).describeInstanceRAMRole)

// DescribeInstanceRamRoleRequest selects instances.
type DescribeInstanceRamRoleRequest struct {
	regional
	IDs  idList
	Role string
	Page product.Page
}

// Params declares the parameters.
func (r *DescribeInstanceRamRoleRequest) Params(p *param.Set) {
	r.region(p, "Region of the instances.")
	p.Var(&r.IDs, "InstanceIds", "Up to 100 instances, as a JSON array.").Example(`["i-bp67acfmxazb1p****"]`)
	p.String(&r.Role, "RamRoleName", "Instances with this role.").Example("EcsServiceRole-EcsDocGuideTest")
	r.Page.Bind(p, "Instances", 50)
}

// instancePage is a page of what is told of instances.
type instancePage struct {
	Total int
	Page  product.Page
	list  []compute.Instance
}

// fill takes the page out of a list.
func (a *instancePage) fill(selected []*compute.Instance) {
	a.Total = len(selected)
	start, end := a.Page.Bounds(len(selected))
	for _, i := range selected[start:end] {
		a.list = append(a.list, *i)
	}
}

func (a *instancePage) totals(w *wire.Writer) {
	w.Int("TotalCount", a.Total)
	w.Int("PageNumber", a.Page.Number)
	w.Int("PageSize", a.Page.Size)
}

// DescribeInstanceRamRoleResponse is a page of roles.
type DescribeInstanceRamRoleResponse struct{ instancePage }

// Fields declares the answer.
func (a *DescribeInstanceRamRoleResponse) Fields(w *wire.Writer) {
	a.totals(w)
	wire.List(w, "InstanceRamRoleSets", "InstanceRamRoleSet", a.list, func(i *compute.Instance, w *wire.Writer) {
		w.Text("InstanceId", i.ID)
		w.Text("RamRoleName", i.Role)
	})
}

func (c *Caller) describeInstanceRAMRole(r *DescribeInstanceRamRoleRequest) (*DescribeInstanceRamRoleResponse, error) {
	a := &DescribeInstanceRamRoleResponse{instancePage{Page: r.Page}}
	return a, c.View(func(ns *store.Namespace) error {
		a.fill(named(ns, r.IDs, func(i *compute.Instance) bool { return r.Role == "" || r.Role == i.Role }))
		return nil
	})
}

// DescribeInstanceMaintenanceAttributes lists what happens to instances in maintenance.
var DescribeInstanceMaintenanceAttributes = define(rpc.Spec{
	Name: "DescribeInstanceMaintenanceAttributes", Summary: "Lists what happens to instances in maintenance: they are recovered, at any time.", Example: "RegionId=cn-hangzhou&InstanceId.1=i-web",
	Failures: []*rpc.Failure{unknownRegion},
}, (*Caller).describeMaintenance)

// DescribeInstanceMaintenanceAttributesRequest selects instances.
type DescribeInstanceMaintenanceAttributesRequest struct {
	regional
	IDs  []string
	Page product.Page
}

// Params declares the parameters.
func (r *DescribeInstanceMaintenanceAttributesRequest) Params(p *param.Set) {
	r.region(p, "Region of the instances.")
	param.List(p, &r.IDs, "InstanceId", maxInstances, bindInstanceID)
	r.Page.Bind(p, "Instances", 100)
}

// DescribeInstanceMaintenanceAttributesResponse is a page of instances.
type DescribeInstanceMaintenanceAttributesResponse struct{ instancePage }

// Fields declares the answer.
func (a *DescribeInstanceMaintenanceAttributesResponse) Fields(w *wire.Writer) {
	a.totals(w)
	wire.List(w, "MaintenanceAttributes", "MaintenanceAttribute", a.list, func(i *compute.Instance, w *wire.Writer) {
		w.Text("InstanceId", i.ID)
		w.Bool("NotifyOnMaintenance", false)
		wire.List(w, "MaintenanceWindows", "MaintenanceWindow", nil, func(_ *struct{}, w *wire.Writer) {
			w.Text("StartTime", "")
			w.Text("EndTime", "")
		})
		w.Object("ActionOnMaintenance", func(w *wire.Writer) {
			w.Text("Value", "AutoRecover")
			w.Text("DefaultValue", "AutoRecover")
			w.Texts("SupportedValues", "SupportedValue", []string{"Stop", "AutoRecover", "AutoRedeploy"})
		})
	})
}

func (c *Caller) describeMaintenance(r *DescribeInstanceMaintenanceAttributesRequest) (*DescribeInstanceMaintenanceAttributesResponse, error) {
	a := &DescribeInstanceMaintenanceAttributesResponse{instancePage{Page: r.Page}}
	return a, c.View(func(ns *store.Namespace) error {
		a.fill(named(ns, r.IDs, func(*compute.Instance) bool { return true }))
		return nil
	})
}

// DescribeInstanceAttachmentAttributes lists the private pools of instances.
var DescribeInstanceAttachmentAttributes = define(rpc.Spec{
	Name: "DescribeInstanceAttachmentAttributes", Summary: "Lists the private pools that instances may use: any open one.", Example: `RegionId=cn-hangzhou&InstanceIds=["i-web"]`,
	Failures: []*rpc.Failure{malformedInstanceIDs, unknownRegion},
}, (*Caller).describeAttachment)

// DescribeInstanceAttachmentAttributesRequest selects instances.
type DescribeInstanceAttachmentAttributesRequest struct {
	regional
	IDs  idList
	Page product.Page
}

// Params declares the parameters.
func (r *DescribeInstanceAttachmentAttributesRequest) Params(p *param.Set) {
	r.region(p, "Region of the instances.")
	p.Var(&r.IDs, "InstanceIds", "Up to 100 instances, as a JSON array.").Require().Example(`["i-bp67acfmxazb4p****"]`)
	r.Page.Bind(p, "Instances", 100)
}

// DescribeInstanceAttachmentAttributesResponse is a page of instances.
type DescribeInstanceAttachmentAttributesResponse struct{ instancePage }

// Fields declares the answer.
func (a *DescribeInstanceAttachmentAttributesResponse) Fields(w *wire.Writer) {
	a.totals(w)
	wire.List(w, "Instances", "Instance", a.list, func(i *compute.Instance, w *wire.Writer) {
		w.Text("InstanceId", i.ID)
		w.Text("PrivatePoolOptionsMatchCriteria", "Open")
		w.Text("PrivatePoolOptionsId", "")
	})
}

func (c *Caller) describeAttachment(r *DescribeInstanceAttachmentAttributesRequest) (*DescribeInstanceAttachmentAttributesResponse, error) {
	a := &DescribeInstanceAttachmentAttributesResponse{instancePage{Page: r.Page}}
	return a, c.View(func(ns *store.Namespace) error {
		a.fill(named(ns, r.IDs, func(*compute.Instance) bool { return true }))
		return nil
	})
}
