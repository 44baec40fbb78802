package vpc

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeRouteTableList lists route tables. A VPC has one, of the type System.
var DescribeRouteTableList = define(rpc.Spec{
	Name:     "DescribeRouteTableList",
	Summary:  "Lists route tables. In the mock each VPC has one, of the type System.",
	Example:  "RegionId=cn-hangzhou&VpcId=vpc-1",
	Failures: slices.Concat([]*rpc.Failure{unknownRegion}, tagFailures),
}, (*Caller).describeRouteTableList)

// DescribeRouteTableListRequest selects route tables. A filter that is absent selects all.
type DescribeRouteTableListRequest struct {
	product.Regional
	VPC, ID, Name, Type string
	Router, RouterType  string
	ResourceGroup       string
	Tags                []product.Tag
	Page                product.Page
}

// Params declares the parameters.
func (r *DescribeRouteTableListRequest) Params(p *param.Set) {
	r.BindRegion(p, "Region of the route tables.")
	p.String(&r.VPC, "VpcId", "The route table of this VPC.").Example("vpc-bp15zckdt37pq72****")
	p.String(&r.ID, "RouteTableId", "Route table.").Example("vtb-bp1r9pvl4xen8s9ju****")
	p.String(&r.Name, "RouteTableName", "Route tables with exactly this name.").Example("RouteTable-1")
	p.String(&r.Type, "RouteTableType", "Type of the route tables.").Example("System")
	p.String(&r.Router, "RouterId", "The route table of this router.").Example("vrt-bp1lhl0taikrteen8****")
	p.String(&r.RouterType, "RouterType", "Type of the routers.").Example("VRouter")
	p.String(&r.ResourceGroup, "ResourceGroupId", "Route tables of VPCs in this resource group.").Example("rg-acfmxazb4ph6aiy****")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*product.Tag).Bind)
	r.Page.Bind(p, "Route tables", 50)
}

// DescribeRouteTableListResponse is a page of route tables.
type DescribeRouteTableListResponse struct {
	total  int
	page   product.Page
	tables []described
}

// Fields declares the answer.
func (a *DescribeRouteTableListResponse) Fields(w *wire.Writer) {
	w.Int("TotalCount", a.total)
	w.Int("PageNumber", a.page.Number)
	w.Int("PageSize", a.page.Size)
	wire.List(w, "RouterTableList", "RouterTableListType", a.tables, (*described).tableFields)
}

func (d *described) tableFields(w *wire.Writer) {
	w.Text("RouteTableId", d.RouteTableID())
	w.Text("RouteTableName", d.Table.Name.String())
	w.Text("Description", d.Table.Description.String())
	w.Text("RouteTableType", "System")
	w.Text("RouterId", d.VRouterID())
	w.Text("RouterType", "VRouter")
	w.Text("VpcId", d.ID)
	w.Text("Status", d.status)
	w.Text("CreationTime", product.Timestamp(d.Created))
	w.Text("ResourceGroupId", d.resourceGroup)
	w.Int("OwnerId", number(d.Account))
	w.Text("AssociateType", "VSwitch")
	w.Bool("RoutePropagationEnable", true)
	w.Texts("VSwitchIds", "VSwitchId", d.switches)
	w.Texts("GatewayIds", "GatewayIds", nil)
	wire.List(w, "Tags", "Tag", d.Table.Tags, tagFields)
}

func (c *Caller) describeRouteTableList(r *DescribeRouteTableListRequest) (*DescribeRouteTableListResponse, error) {
	a := &DescribeRouteTableListResponse{page: r.Page}
	return a, c.View(func(ns *store.Namespace) error {
		var selected []*network.VPC
		for _, v := range ns.VPCs() {
			if !ns.Hidden(v.ID) && r.selects(ns, v) {
				selected = append(selected, v)
			}
		}
		a.total = len(selected)
		start, end := r.Page.Bounds(len(selected))
		for _, v := range selected[start:end] {
			a.tables = append(a.tables, describe(ns, v))
		}
		return nil
	})
}

func (r *DescribeRouteTableListRequest) selects(ns *store.Namespace, v *network.VPC) bool {
	return (r.VPC == "" || r.VPC == v.ID) &&
		(r.ID == "" || r.ID == v.RouteTableID()) &&
		(r.Name == "" || r.Name == v.Table.Name.String()) &&
		(r.Type == "" || r.Type == "System") &&
		(r.Router == "" || r.Router == v.VRouterID()) &&
		(r.RouterType == "" || r.RouterType == "VRouter") &&
		(r.ResourceGroup == "" || r.ResourceGroup == resourceGroup(ns, v.ResourceGroup)) &&
		product.HasTags(v.Table.Tags, r.Tags)
}

// ModifyRouteTableAttributes changes the name and the description of a route table.
var ModifyRouteTableAttributes = define(rpc.Spec{
	Name:    "ModifyRouteTableAttributes",
	Summary: "Changes the name and the description of a route table.",
	Example: "RegionId=cn-hangzhou&RouteTableId=vtb-1&RouteTableName=shop",
	Failures: []*rpc.Failure{
		{On: errRouteTable, Status: 404, Code: "InvalidRouteTableId.NotFound", Message: "Specified route table does not exist.",
			When: "The account has no such route table in the region.", Try: "RouteTableId=vtb-nowhere"},
		unknownRegion,
	},
}, (*Caller).modifyRouteTable)

// errRouteTable is the cause of a route table that does not exist.
var errRouteTable = errors.New("the account has no such route table in this region")

// ModifyRouteTableAttributesRequest is a route table with its changes.
type ModifyRouteTableAttributesRequest struct {
	product.Regional
	ID          string
	Name        network.Name
	Description network.Description
}

// Params declares the parameters.
func (r *ModifyRouteTableAttributesRequest) Params(p *param.Set) {
	r.BindRegion(p, "Region of the route table.")
	p.String(&r.ID, "RouteTableId", "Route table.").Require().Example("vtb-bp145q7glnuzdvzu2****")
	p.Var((*freeName)(&r.Name), "RouteTableName", "New name.").Example("doctest")
	p.Var((*freeDescription)(&r.Description), "Description", "New description.").Example("abc")
	p.Unused("RoutePropagationEnable Boolean")
}

// freeName and freeDescription are texts of a route table: no document has an error for
// one that is malformed, so that one is the gateway's.
type (
	freeName        network.Name
	freeDescription network.Description
)

// Set reads the name.
func (n *freeName) Set(text string) error {
	if (*network.Name)(n).Set(text) != nil {
		return param.ErrInvalid
	}
	return nil
}

// Set reads the description.
func (d *freeDescription) Set(text string) error {
	if (*network.Description)(d).Set(text) != nil {
		return param.ErrInvalid
	}
	return nil
}

func (c *Caller) modifyRouteTable(r *ModifyRouteTableAttributesRequest) (*product.Done, error) {
	return &product.Done{}, c.Update(func(ns *store.Namespace) error {
		v := ofRouteTable(ns, r.ID)
		if v == nil {
			return errRouteTable
		}
		ns.Edit(v.ID)
		if r.Name != "" {
			v.Table.Name = r.Name
		}
		if r.Description != "" {
			v.Table.Description = r.Description
		}
		return nil
	})
}

// ofRouteTable returns the VPC with a route table, or nil.
func ofRouteTable(ns *store.Namespace, id string) *network.VPC {
	at := slices.IndexFunc(ns.VPCs(), func(v *network.VPC) bool { return v.RouteTableID() == id })
	if at < 0 {
		return nil
	}
	return ns.VPCs()[at]
}
