package ecs

import (
	"errors"
	"net/netip"
	"path"
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

var (
	errIDList          = errors.New("the value is a JSON array of at most 100 texts, such as [\"i-1\"]")
	errInstanceStatus  = errors.New("Status is Pending, Running, Starting, Stopping or Stopped")
	errInternetCharge  = errors.New("InternetChargeType is PayByBandwidth or PayByTraffic")
	errInstanceNetwork = errors.New("InstanceNetworkType is vpc or classic")
)

// DescribeInstances lists instances. An id that does not exist is no error.
var DescribeInstances = define(rpc.Spec{
	Name:    "DescribeInstances",
	Summary: "Lists the instances of the account in a region.",
	Example: "RegionId=cn-hangzhou",
	Failures: slices.Concat([]*rpc.Failure{
		invalidNextToken,
		{On: errIDList, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "A list is not a JSON array, or has more than 100 elements.", Try: "InstanceIds=i-web"},
		{On: errInstanceStatus, Status: 404, Code: "InvalidStatus.NotFound", Message: "The specified Status is not found",
			When: "Status is none of the states of an instance.", Try: "Status=Halted"},
		{On: errInstanceNetwork, Status: 404, Code: "InvalidNetworkType.NotFound", Message: "The specified InstanceNetworkType is not found",
			When: "InstanceNetworkType is neither vpc nor classic.", Try: "InstanceNetworkType=lan"},
		{On: errChargeType, Status: 404, Code: "InvalidInstanceChargeType.NotFound", Message: "The InstanceChargeType does not exist in our records",
			When: "InstanceChargeType is neither PrePaid nor PostPaid.", Try: "InstanceChargeType=Free"},
		{On: errInternetCharge, Status: 404, Code: "InvalidInternetChargeType.ValueNotSupported", Message: "The specified InternetChargeType is not valid",
			When: "InternetChargeType is neither PayByBandwidth nor PayByTraffic.", Try: "InternetChargeType=Free"},
		invalidBool("IoOptimized"),
		{On: product.ErrDryRun, Status: 400, Code: "DryRunOperation", Message: "Request validation has been passed with DryRun flag set.",
			When: "DryRun is true and the request would succeed.", Try: "DryRun=true"},
		unknownRegion,
	}, groupTagFailures()),
}, (*Caller).describeInstances)

// DescribeInstancesRequest selects instances. A filter that is absent selects all.
type DescribeInstancesRequest struct {
	regional
	IDs              idList
	VPC, VSwitch     string
	Zone             string
	Network          instanceNetwork
	Group            string
	Inner            idList
	Private, Public  idList
	Elastic          idList
	Charge           chargeType
	Traffic          trafficType
	Name             string
	Image            string
	Status           optionalStatus
	Optimized        optionalBool
	Type, TypeFamily string
	KeyPair          string
	ResourceGroup    string
	Tags             []tag
	Attributes       []string
	DryRun           bool
	Page             page
}

// Params declares the parameters.
func (r *DescribeInstancesRequest) Params(p *param.Set) {
	r.region(p, "Region of the instances.")
	p.Var(&r.IDs, "InstanceIds", "Up to 100 instances, as a JSON array.").Example(`["i-bp67acfmxazb4p****"]`)
	p.String(&r.VPC, "VpcId", "Instances in this VPC.").Example("vpc-bp67acfmxazb4p****")
	p.String(&r.VSwitch, "VSwitchId", "Instances in this vSwitch.").Example("vsw-bp67acfmxazb4p****")
	p.String(&r.Zone, "ZoneId", "Instances in this zone.").Example("cn-hangzhou-g")
	p.Var(&r.Network, "InstanceNetworkType", "Instances in a VPC, or in the classic network.").Example("vpc")
	p.String(&r.Group, "SecurityGroupId", "Instances in this security group.").Example("sg-bp67acfmxazb4p****")
	p.Var(&r.Inner, "InnerIpAddresses", "Private addresses of instances in the classic network, as a JSON array.").Example(`["10.1.1.1"]`)
	p.Var(&r.Private, "PrivateIpAddresses", "Private addresses of instances in a VPC, as a JSON array.").Example(`["172.16.1.1"]`)
	p.Var(&r.Public, "PublicIpAddresses", "Public addresses of instances, as a JSON array.").Example(`["42.1.1.1"]`)
	p.Var(&r.Elastic, "EipAddresses", "Elastic addresses. The mock has none.").Example(`["42.1.1.1"]`)
	p.Var(&r.Charge, "InstanceChargeType", "Instances that are paid so.").Example("PostPaid")
	p.Var(&r.Traffic, "InternetChargeType", "Instances whose traffic is paid so.").Example("PayByTraffic")
	p.String(&r.Name, "InstanceName", "Instances with this name; * stands for any characters.").Example("web-*")
	p.String(&r.Image, "ImageId", "Instances of this image.").Example("m-bp67acfmxazb4p****")
	p.Var(&r.Status, "Status", "Instances in this state.").Example("Running")
	p.Var(&r.Optimized, "IoOptimized", "Whether instances are I/O optimized. All are.").Example("true")
	p.String(&r.Type, "InstanceType", "Instances of this type.").Example("ecs.g5.large")
	p.String(&r.TypeFamily, "InstanceTypeFamily", "Instances of the types of this family.").Example("ecs.g5")
	p.String(&r.KeyPair, "KeyPairName", "Instances with this key pair.").Example("KeyPairNameTest")
	p.String(&r.ResourceGroup, "ResourceGroupId", "Instances in this resource group.").Example("rg-bp67acfmxazb4p****")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).BindEither)
	param.List(p, &r.Attributes, "AdditionalAttributes", 20, additionalAttribute)
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	p.Unused(unusedInDescribeInstances)
	r.Page.bind(p, "Instances", 100, 10, 100)
}

func additionalAttribute(name *string, p *param.Set) {
	p.String(name, "", "Further fields of the answer. It has them always.").Example("META_OPTIONS")
}

// DescribeInstancesResponse is one page of instances.
type DescribeInstancesResponse struct {
	Total     int
	Page      page
	Instances []instance
}

// Fields declares the answer.
func (a *DescribeInstancesResponse) Fields(w *wire.Writer) {
	w.Int("TotalCount", a.Total)
	w.Int("PageNumber", a.Page.Number)
	w.Int("PageSize", a.Page.Size)
	w.Text("NextToken", a.Page.Next)
	wire.List(w, "Instances", "Instance", a.Instances, (*instance).fields)
}

func (c *Caller) describeInstances(r *DescribeInstancesRequest) (*DescribeInstancesResponse, error) {
	a := &DescribeInstancesResponse{Page: r.Page}
	return a, c.View(func(ns *store.Namespace) error {
		if r.DryRun {
			return product.ErrDryRun
		}
		now := ns.Now()
		var selected []*compute.Instance
		for _, i := range ns.Instances() {
			if r.selects(i, now) && !ns.Hidden(i.ID) {
				selected = append(selected, i)
			}
		}
		a.Total = len(selected)
		for _, i := range cut(&a.Page, selected, (*compute.Instance).ResourceID) {
			a.Instances = append(a.Instances, newInstance(ns, i))
		}
		return nil
	})
}

func (r *DescribeInstancesRequest) selects(i *compute.Instance, now time.Time) bool {
	return r.selectsNetwork(i) &&
		(r.IDs == nil || slices.Contains(r.IDs, i.ID)) &&
		(r.Zone == "" || r.Zone == i.Zone) &&
		(r.Group == "" || slices.Contains(i.Groups, r.Group)) &&
		(r.Charge == "" || string(r.Charge) == i.Charge) &&
		(r.Traffic == "" || string(r.Traffic) == i.Traffic) &&
		(r.Name == "" || matches(r.Name, i.Name.String())) &&
		(r.Image == "" || r.Image == i.Image) &&
		(!r.Status.given || r.Status.Status == i.State.At(now)) &&
		r.Optimized.Selects(true) &&
		(r.Type == "" || r.Type == i.Type) &&
		(r.TypeFamily == "" || strings.HasPrefix(i.Type, r.TypeFamily+".")) &&
		(r.KeyPair == "" || r.KeyPair == i.KeyPair) &&
		(r.ResourceGroup == "" || r.ResourceGroup == i.ResourceGroup) &&
		product.HasTags(i.Tags, r.Tags)
}

func (r *DescribeInstancesRequest) selectsNetwork(i *compute.Instance) bool {
	return (r.VPC == "" || r.VPC == i.VPC) &&
		(r.VSwitch == "" || r.VSwitch == i.VSwitch) &&
		(r.Network == "" || (r.Network == "classic") == (i.VPC == "")) &&
		r.Inner.selects(i.Address, i.VPC == "") &&
		r.Private.selects(i.Address, i.VPC != "") &&
		r.Public.selects(i.PublicAddress, true) &&
		r.Elastic.selects(netip.Addr{}, true)
}

// matches reports whether a name has the form of a pattern in which * stands for any
// characters.
func matches(pattern, name string) bool {
	escaped := strings.NewReplacer(`\`, `\\`, "?", `\?`, "[", `\[`, "/", "\x00").Replace(pattern)
	ok, _ := path.Match(escaped, strings.ReplaceAll(name, "/", "\x00"))
	return ok
}

// idList is a JSON array of ids or addresses. nil is an absent one.
type idList []string

// Set reads the array. An empty one is absent.
func (l *idList) Set(text string) error {
	ids := groupIDs{}
	if ids.Set(text) != nil {
		return errIDList
	}
	if len(ids) > 0 {
		*l = idList(ids)
	}
	return nil
}

// selects reports whether the list is absent, or has the address of an instance of the
// network that the list is about.
func (l idList) selects(address netip.Addr, network bool) bool {
	return l == nil || network && address.IsValid() && slices.Contains(l, address.String())
}

// optionalStatus is the state of an instance, or absent.
type optionalStatus struct {
	compute.Status
	given bool
}

// Set reads a state as the API prints it.
func (s *optionalStatus) Set(text string) error {
	if s.Status.Set(text) != nil {
		return errInstanceStatus
	}
	s.given = true
	return nil
}

// trafficType is how the traffic of an instance is paid, "" where absent.
type trafficType string

var trafficTypes = []string{"PayByBandwidth", "PayByTraffic"}

// Values returns the valid values.
func (t *trafficType) Values() []string { return trafficTypes }

// Set reads a charge type of traffic.
func (t *trafficType) Set(text string) error {
	if !slices.Contains(trafficTypes, text) {
		return errInternetCharge
	}
	*t = trafficType(text)
	return nil
}

// instanceNetwork is vpc or classic, "" where absent.
type instanceNetwork string

// Values returns the valid values.
func (n *instanceNetwork) Values() []string { return networks }

// Set reads a network type.
func (n *instanceNetwork) Set(text string) error {
	if !slices.Contains(networks, text) {
		return errInstanceNetwork
	}
	*n = instanceNetwork(text)
	return nil
}

// minute returns a time as the API writes those of instances.
func minute(t time.Time) string { return t.UTC().Format("2006-01-02T15:04Z") }

// addresses returns an address as a list, which is empty for none.
func addresses(a netip.Addr) []string {
	if !a.IsValid() {
		return nil
	}
	return []string{a.String()}
}

// addressText returns an address, "" for none.
func addressText(a netip.Addr) string {
	if !a.IsValid() {
		return ""
	}
	return a.String()
}

// chosen returns the first text that is not blank.
func chosen[T ~string](value T, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return string(value)
}
