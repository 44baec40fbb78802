package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

var (
	errDestination   = errors.New("DestinationResource is Zone, IoOptimized, InstanceType, Network, ddh, SystemDisk or DataDisk")
	errAvailableType = errors.New("ResourceType is instance, disk, reservedinstance or ddh")
	errOptimized     = errors.New("IoOptimized is none or optimized")
	errNetworkKind   = errors.New("NetworkCategory is vpc or classic")
	errTypeAndSize   = errors.New("give InstanceType, or Cores and Memory")
)

// DescribeAvailableResource lists what each zone sells.
var DescribeAvailableResource = define(rpc.Spec{
	Name:    "DescribeAvailableResource",
	Summary: "Lists what each zone sells. In the mock every zone sells the same, and is never sold out.",
	Example: "RegionId=cn-hangzhou&DestinationResource=InstanceType&Cores=2&Memory=4.0",
	Failures: []*rpc.Failure{
		{On: store.ErrRegion, Status: 404, Code: "Invalid.RegionId", Message: "The specified RegionId does not exist.",
			When: "The region does not exist.", Try: "RegionId=cn-atlantis"},
		{On: errChargeType, Status: 400, Code: "Invalid.InstanceChargeType", Message: "The specified InstanceChargeType is not valid.",
			When: "InstanceChargeType is neither PrePaid nor PostPaid.", Try: "InstanceChargeType=Free"},
		{On: param.ErrMissing, Of: "DestinationResource", Status: 400, Code: "Invalid.Param", Message: "The input parameter DestinationResource that is mandatory for processing this request is not supplied.",
			When: "DestinationResource is absent or blank.", Try: "-DestinationResource"},
		{On: errAvailableType, Status: 404, Code: "Invalid.ResourceType", Message: "The ResourceType provided does not exist in our records.",
			When: "ResourceType is none of its values.", Try: "ResourceType=cloud"},
		{On: errDestination, Status: 404, Code: "Invalid.DestinationResource", Message: "The specified DestinationResource is not valid.",
			When: "DestinationResource is none of its values.", Try: "DestinationResource=Cloud"},
		{On: errOptimized, Status: 404, Code: "Invalid.IoOptimized", Message: "The specified IoOptimized is not valid.",
			When: "IoOptimized is neither none nor optimized.", Try: "IoOptimized=fast"},
		{On: errNetworkKind, Status: 404, Code: "Invalid.NetworkCategory", Message: "The specified NetworkCategory is not valid.",
			When: "NetworkCategory is neither vpc nor classic.", Try: "NetworkCategory=lan"},
		{On: errSpotStrategy, Status: 404, Code: "Invalid.SpotStrategy", Message: "The specified SpotStrategy is not valid.",
			When: "SpotStrategy is none of its values.", Try: "SpotStrategy=Sometimes"},
		{On: errTypeAndSize, Status: 403, Code: "InvalidParam.TypeAndCpuMem.Conflict", Message: "The specified 'InstanceType' and 'Cores','Memory' are not blank at the same time.",
			When: "InstanceType is given together with Cores or Memory.", Try: "InstanceType=ecs.g6.large"},
	},
}, (*Caller).describeAvailable)

// destination is the kind of resources that are asked for.
type destination string

var destinations = []string{"Zone", "IoOptimized", "InstanceType", "Network", "ddh", "SystemDisk", "DataDisk"}

// Values returns the valid values.
func (*destination) Values() []string { return destinations }

// Set reads a kind of resources.
func (d *destination) Set(text string) error { return setOne(d, text, destinations, errDestination) }

// availableType is the type of the resource that is to be bought.
type availableType string

var availableTypes = []string{"instance", "disk", "reservedinstance", "ddh"}

// Values returns the valid values.
func (*availableType) Values() []string { return availableTypes }

// Set reads a type.
func (t *availableType) Set(text string) error {
	return setOne(t, text, availableTypes, errAvailableType)
}

// ioOptimized is none or optimized.
type ioOptimized string

var ioOptimizeds = []string{"none", "optimized"}

// Values returns the valid values.
func (*ioOptimized) Values() []string { return ioOptimizeds }

// Set reads none or optimized.
func (o *ioOptimized) Set(text string) error { return setOne(o, text, ioOptimizeds, errOptimized) }

// networkCategory is vpc or classic.
type networkCategory string

// Values returns the valid values.
func (*networkCategory) Values() []string { return networks }

// Set reads a category of networks.
func (n *networkCategory) Set(text string) error { return setOne(n, text, networks, errNetworkKind) }

// DescribeAvailableResourceRequest is the kind of resources, and what they are for.
type DescribeAvailableResourceRequest struct {
	regional
	Destination destination
	Zone        string
	Charge      chargeType
	Spot        spotStrategy
	Optimized   ioOptimized
	Resource    availableType
	Network     networkCategory
	Type        string
	System      string
	Data        string
	Cores       int
	Memory      gibibytes
}

// Params declares the parameters.
func (r *DescribeAvailableResourceRequest) Params(p *param.Set) {
	r.region(p, "Region of the zones.")
	p.Var(&r.Destination, "DestinationResource", "Kind of resources that are listed.").Require().Example("InstanceType")
	p.String(&r.Zone, "ZoneId", "Zone; all zones where absent.").Example("cn-hangzhou-e")
	p.Var(&r.Charge, "InstanceChargeType", "Is checked only.").Default("PostPaid").Example("PrePaid")
	p.Var(&r.Spot, "SpotStrategy", "Is checked only.").Default("NoSpot").Example("NoSpot")
	p.Var(&r.Optimized, "IoOptimized", "Is checked only.").Default("optimized").Example("optimized")
	p.Var(&r.Resource, "ResourceType", "Is checked only.").Default("instance").Example("instance")
	p.Var(&r.Network, "NetworkCategory", "Is checked only.").Example("vpc")
	p.String(&r.Type, "InstanceType", "Instance type. Without such a type nothing is listed.").Example("ecs.g5.large")
	p.String(&r.System, "SystemDiskCategory", "Category of the system disk.").Example("cloud_ssd")
	p.String(&r.Data, "DataDiskCategory", "Category of the data disk.").Example("cloud_ssd")
	p.Int(&r.Cores, "Cores", "Instance types with so many vCPUs.").Example("2")
	p.Var(&r.Memory, "Memory", "Instance types with so many GiB.").Example("8.0")
	p.Unused(`
	DedicatedHostId String
	Scope String
	SpotDuration Integer`)
	if r.Type != "" && (r.Cores != 0 || r.Memory != 0) {
		p.Fail(errTypeAndSize)
	}
}

// DescribeAvailableResourceResponse is the zones that sell something.
type DescribeAvailableResourceResponse struct{ Zones []availableZone }

// An availableZone is a zone with what it sells.
type availableZone struct {
	id, region string
	of         destination
	values     []string
}

// Fields declares the answer.
func (a *DescribeAvailableResourceResponse) Fields(w *wire.Writer) {
	wire.List(w, "AvailableZones", "AvailableZone", a.Zones, (*availableZone).fields)
}

func (z *availableZone) fields(w *wire.Writer) {
	w.Text("RegionId", z.region)
	w.Text("ZoneId", z.id)
	stock(w)
	wire.List(w, "AvailableResources", "AvailableResource", []availableZone{*z}, func(z *availableZone, w *wire.Writer) {
		w.Text("Type", string(z.of))
		wire.List(w, "SupportedResources", "SupportedResource", z.values, func(value *string, w *wire.Writer) {
			w.Text("Value", *value)
			stock(w)
			z.size(w)
		})
	})
}

func stock(w *wire.Writer) {
	w.Text("Status", "Available")
	w.Text("StatusCategory", "WithStock")
}

// size writes the sizes of disks. Other resources have none.
func (z *availableZone) size(w *wire.Writer) {
	most, unit := 0, ""
	switch z.of {
	case "SystemDisk":
		most, unit = 500, "GiB"
	case "DataDisk":
		most, unit = 32768, "GiB"
	}
	w.Int("Min", min(most, 20))
	w.Int("Max", most)
	w.Text("Unit", unit)
}

func (c *Caller) describeAvailable(r *DescribeAvailableResourceRequest) (*DescribeAvailableResourceResponse, error) {
	a := &DescribeAvailableResourceResponse{}
	types := c.World.InstanceTypes()
	return a, c.View(func(ns *store.Namespace) error {
		if _, ok := ns.InstanceType(r.Type); r.Type != "" && !ok {
			return nil
		}
		for _, letter := range store.Zones() {
			zone := availableZone{id: store.ZoneID(c.Region, letter), region: c.Region, of: r.Destination}
			if r.Zone != "" && r.Zone != zone.id {
				continue
			}
			if zone.values = r.values(zone.id, types); zone.values != nil {
				a.Zones = append(a.Zones, zone)
			}
		}
		return nil
	})
}

// values returns what a zone sells, nil for nothing.
func (r *DescribeAvailableResourceRequest) values(zone string, types []compute.Type) []string {
	switch r.Destination {
	case "Zone":
		return []string{zone}
	case "IoOptimized":
		return []string{"optimized"}
	case "Network":
		return []string{"vpc"}
	case "SystemDisk":
		return only(compute.DiskCategories(), r.System)
	case "DataDisk":
		return only(compute.DiskCategories(), r.Data)
	case "InstanceType":
		if r.Type != "" {
			return []string{r.Type}
		}
		var ids []string
		for _, t := range types {
			if (r.Cores == 0 || r.Cores == t.Cores) && (r.Memory == 0 || r.Memory == gibibytes(t.Memory)) {
				ids = append(ids, t.ID)
			}
		}
		return ids
	}
	return nil
}

// only returns the values, or of them only the one that is wanted, if any is.
func only(values []string, want string) []string {
	switch {
	case want == "":
		return values
	case slices.Contains(values, want):
		return []string{want}
	}
	return nil
}
