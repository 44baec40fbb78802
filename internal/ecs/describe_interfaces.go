package ecs

import (
	"slices"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeNetworkInterfaces lists network interfaces, also the primary ones of instances.
// An id that does not exist is no error.
var DescribeNetworkInterfaces = define(rpc.Spec{
	Name:    "DescribeNetworkInterfaces",
	Summary: "Lists the network interfaces of the account in a region.",
	Example: "RegionId=cn-hangzhou",
	Failures: slices.Concat([]*rpc.Failure{
		invalidNextToken,
		{On: errInterfaceKind, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "Type is neither Primary nor Secondary.", Try: "Type=Tertiary"},
		{On: errInterfaceStatus, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "Status is none of the states of a network interface.", Try: "Status=Lost"},
		invalidBool("ServiceManaged"),
		unknownRegion,
	}, groupTagFailures()),
}, (*Caller).describeInterfaces)

// DescribeNetworkInterfacesRequest selects network interfaces. A filter that is absent
// selects all.
type DescribeNetworkInterfacesRequest struct {
	regional
	IDs           []string
	VPC, VSwitch  string
	Group         string
	Instance      string
	Kind          interfaceKind
	Status        interfaceStatus
	Name          string
	Primary       string
	Private, IPv6 []string
	Managed       optionalBool
	ResourceGroup string
	Tags          []tag
	Page          page
}

// Params declares the parameters.
func (r *DescribeNetworkInterfacesRequest) Params(p *param.Set) {
	r.region(p, "Region of the network interfaces.")
	param.List(p, &r.IDs, "NetworkInterfaceId", 100, func(id *string, p *param.Set) {
		p.String(id, "", "Network interfaces with these ids.").Example("eni-bp125p95hhdhn3ot****")
	})
	p.String(&r.VPC, "VpcId", "Network interfaces in this VPC.").Example("vpc-bp67acfmxazb4p****")
	p.String(&r.VSwitch, "VSwitchId", "Network interfaces in this vSwitch.").Example("vsw-bp16usj2p27htro3****")
	p.String(&r.Group, "SecurityGroupId", "Network interfaces in this security group.").Example("sg-bp144yr32sx6ndw****")
	p.String(&r.Instance, "InstanceId", "Network interfaces of this instance.").Example("i-bp1e2l6djkndyuli****")
	p.Var(&r.Kind, "Type", "Network interfaces of this type.").Example("Secondary")
	p.Var(&r.Status, "Status", "Network interfaces in this state.").Example("Available")
	p.String(&r.Name, "NetworkInterfaceName", "Network interfaces with this name.").Example("test-eni-name")
	p.String(&r.Primary, "PrimaryIpAddress", "Network interfaces with this primary private address.").Example("192.168.0.1")
	param.List(p, &r.Private, "PrivateIpAddress", 100, func(address *string, p *param.Set) {
		p.String(address, "", "Network interfaces with one of these private addresses.").Example("192.168.0.1")
	})
	p.Var(&r.Managed, "ServiceManaged", "Whether a cloud service manages the network interfaces.").Example("false")
	p.String(&r.ResourceGroup, "ResourceGroupId", "Network interfaces in this resource group.").Example("rg-bp67acfmxazb4p****")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).Bind)
	param.List(p, &r.IPv6, "Ipv6Address", 100, ipv6Address)
	r.Page.bind(p, "Network interfaces", 100, 10, 500)
}

// DescribeNetworkInterfacesResponse is one page of network interfaces.
type DescribeNetworkInterfacesResponse struct {
	Total      int
	Page       page
	Interfaces []networkInterface
}

// Fields declares the answer.
func (a *DescribeNetworkInterfacesResponse) Fields(w *wire.Writer) {
	w.Int("TotalCount", a.Total)
	w.Int("PageNumber", a.Page.Number)
	w.Int("PageSize", a.Page.Size)
	w.Text("NextToken", a.Page.Next)
	wire.List(w, "NetworkInterfaceSets", "NetworkInterfaceSet", a.Interfaces, (*networkInterface).fields)
}

func (c *Caller) describeInterfaces(r *DescribeNetworkInterfacesRequest) (*DescribeNetworkInterfacesResponse, error) {
	a := &DescribeNetworkInterfacesResponse{Page: r.Page}
	return a, c.View(func(ns *store.Namespace) error {
		selected := r.selected(ns)
		a.Total = len(selected)
		for _, e := range cut(&a.Page, selected, (*compute.Interface).ResourceID) {
			a.Interfaces = append(a.Interfaces, newInterface(e, ns.Now()))
		}
		return nil
	})
}

// selected returns the interfaces that the request selects by id, descending.
func (r *DescribeNetworkInterfacesRequest) selected(ns *store.Namespace) []*compute.Interface {
	var selected []*compute.Interface
	now := ns.Now()
	for _, e := range ns.Interfaces() {
		if r.selects(e, now) && !ns.Hidden(e.ID) {
			selected = append(selected, e)
		}
	}
	if r.Kind == "Secondary" {
		return selected
	}
	for _, i := range ns.Instances() {
		if e := i.Primary(); r.selects(e, now) && !ns.Hidden(i.ID) {
			selected = append(selected, e)
		}
	}
	slices.SortFunc(selected, func(a, b *compute.Interface) int { return strings.Compare(b.ID, a.ID) })
	return selected
}

func (r *DescribeNetworkInterfacesRequest) selects(e *compute.Interface, now time.Time) bool {
	return (r.IDs == nil || slices.Contains(r.IDs, e.ID)) &&
		(r.VPC == "" || r.VPC == e.VPC) &&
		(r.VSwitch == "" || r.VSwitch == e.VSwitch) &&
		(r.Group == "" || slices.Contains(e.Groups, r.Group)) &&
		(r.Instance == "" || r.Instance == e.Instance) &&
		(r.Kind == "" || string(r.Kind) == e.Type()) &&
		(r.Status == "" || string(r.Status) == e.State.At(now).String()) &&
		(r.Name == "" || secgroup.Text(r.Name) == e.Name) &&
		(r.Primary == "" || r.Primary == addressText(e.Address)) &&
		hasOne(e.Private(), r.Private) &&
		hasOne(compute.Texts(e.IPv6), r.IPv6) &&
		r.Managed.Selects(e.ServiceManaged) &&
		(r.ResourceGroup == "" || r.ResourceGroup == e.ResourceGroup) &&
		product.HasTags(e.Tags, r.Tags)
}

// DescribeNetworkInterfaceAttribute returns one network interface.
var DescribeNetworkInterfaceAttribute = define(rpc.Spec{
	Name:     "DescribeNetworkInterfaceAttribute",
	Summary:  "Returns a network interface.",
	Example:  "RegionId=cn-hangzhou&NetworkInterfaceId=eni-web",
	Failures: []*rpc.Failure{unknownInterface, unknownRegion},
}, (*Caller).describeInterface)

// DescribeNetworkInterfaceAttributeRequest names a network interface.
type DescribeNetworkInterfaceAttributeRequest struct{ oneInterface }

// Params declares the parameters.
func (r *DescribeNetworkInterfaceAttributeRequest) Params(p *param.Set) {
	r.bind(p)
	p.Unused(`
	Attribute String
	Tag RepeatList
	Tag.N.Key String
	Tag.N.Value String`)
}

// DescribeNetworkInterfaceAttributeResponse is the network interface.
type DescribeNetworkInterfaceAttributeResponse struct{ networkInterface }

// Fields declares the answer.
func (a *DescribeNetworkInterfaceAttributeResponse) Fields(w *wire.Writer) { a.fields(w) }

func (c *Caller) describeInterface(r *DescribeNetworkInterfaceAttributeRequest) (*DescribeNetworkInterfaceAttributeResponse, error) {
	a := &DescribeNetworkInterfaceAttributeResponse{}
	return a, c.View(func(ns *store.Namespace) error {
		e, err := r.find(ns)
		if err != nil {
			return err
		}
		a.networkInterface = newInterface(e, ns.Now())
		return nil
	})
}
