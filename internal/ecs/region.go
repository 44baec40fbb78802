package ecs

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

var (
	errLanguage       = errors.New("AcceptLanguage is zh-CN, en-US or ja, from edition 2025 on also zh-TW, fr, de or ko")
	errRegionResource = errors.New("ResourceType is instance, disk, reservedinstance or scu")
	errChargeType     = errors.New("InstanceChargeType is PrePaid or PostPaid")
	errSpotStrategy   = errors.New("SpotStrategy is NoSpot, SpotWithPriceLimit or SpotAsPriceGo")
)

var unknownLanguage = &rpc.Failure{
	On: errLanguage, Status: 404, Code: "InvalidAcceptLanguage.NotFound", Message: "Only Chinese (zh-CN), English (en-US), and Japanese (ja) are allowed.",
	When: "The edition does not have the language.", Try: "AcceptLanguage=xx",
}

// DescribeRegions lists the regions. Their endpoint is the mock itself, so that a client
// that follows it does not leave the mock.
var DescribeRegions = define(rpc.Spec{
	Name:    "DescribeRegions",
	Summary: "Lists the regions. The endpoint of each is the mock itself.",
	Example: "AcceptLanguage=en-US",
	Failures: []*rpc.Failure{
		unknownLanguage,
		{On: errRegionResource, Since: rpc.Edition2020, Status: 404, Code: "InvalidResourceType.NotFound", Message: "The ResourceType provided does not exist in our records.",
			When: "ResourceType is not instance, disk, reservedinstance or scu.", Try: "ResourceType=cloud"},
	},
}, (*Caller).describeRegions)

// DescribeRegionsRequest selects the language of the names.
type DescribeRegionsRequest struct {
	language
	ChargeType, ResourceType string
}

// Params declares the parameters.
func (r *DescribeRegionsRequest) Params(p *param.Set) {
	r.language.bind(p)
	p.String(&r.ChargeType, "InstanceChargeType", "Has no effect.").Example("PrePaid")
	p.String(&r.ResourceType, "ResourceType", "Is checked only, from edition 2020 on: instance, disk, reservedinstance or scu.").Example("instance")
}

// DescribeRegionsResponse is the regions.
type DescribeRegionsResponse struct{ Regions []region }

type region struct{ id, name, endpoint string }

// Fields declares the answer.
func (a *DescribeRegionsResponse) Fields(w *wire.Writer) {
	wire.List(w, "Regions", "Region", a.Regions, (*region).fields)
}

func (r *region) fields(w *wire.Writer) {
	w.Text("RegionId", r.id)
	w.Text("LocalName", r.name)
	w.Text("RegionEndpoint", r.endpoint)
	w.Text("Status", "available")
}

// regionResources are the types of resources that regions can be listed for.
var regionResources = []string{"", "instance", "disk", "reservedinstance", "scu"}

// checkResource returns an error if the edition does not have the type of resources.
func (r *DescribeRegionsRequest) checkResource(e rpc.Edition) error {
	if e >= rpc.Edition2020 && !slices.ContainsFunc(regionResources, func(t string) bool { return strings.EqualFold(t, r.ResourceType) }) {
		return rpc.Named(errRegionResource, "ResourceType")
	}
	return nil
}

func (c *Caller) describeRegions(r *DescribeRegionsRequest) (*DescribeRegionsResponse, error) {
	a := &DescribeRegionsResponse{}
	if err := cmp.Or(r.check(c.Edition), r.checkResource(c.Edition)); err != nil {
		return nil, err
	}
	for _, known := range c.World.Regions() {
		a.Regions = append(a.Regions, region{known.ID, known.NameIn(r.Language), c.Call.Host})
	}
	return a, nil
}

// DescribeZones lists the zones of a region: always three.
var DescribeZones = define(rpc.Spec{
	Name:    "DescribeZones",
	Summary: "Lists the zones of a region. In the mock every region has the zones a to n.",
	Example: "RegionId=cn-hangzhou&AcceptLanguage=en-US",
	Failures: []*rpc.Failure{
		unknownRegion,
		unknownLanguage,
		{On: errChargeType, Status: 404, Code: "InvalidInstanceChargeType.NotFound", Message: "The InstanceChargeType does not exist in our records",
			When: "InstanceChargeType is neither PrePaid nor PostPaid.", Try: "InstanceChargeType=Free"},
		{On: errSpotStrategy, Status: 400, Code: "InvalidSpotStrategy", Message: "The specified SpotStrategy is not valid.",
			When: "SpotStrategy is not NoSpot, SpotWithPriceLimit or SpotAsPriceGo.", Try: "SpotStrategy=Cheap"},
	},
}, (*Caller).describeZones)

// DescribeZonesRequest names a region and selects the language of the names.
type DescribeZonesRequest struct {
	regional
	language
	ChargeType chargeType
	Spot       spotStrategy
	Verbose    bool
}

// Params declares the parameters.
func (r *DescribeZonesRequest) Params(p *param.Set) {
	r.region(p, "Region of the zones.")
	r.language.bind(p)
	p.Var(&r.ChargeType, "InstanceChargeType", "Is checked only.").Example("PostPaid")
	p.Var(&r.Spot, "SpotStrategy", "Is checked only.").Example("NoSpot")
	p.Bool(&r.Verbose, "Verbose", "Has no effect.").Example("true")
}

// DescribeZonesResponse is the zones.
type DescribeZonesResponse struct{ Zones []zone }

type zone struct {
	id, name string
	types    []string // the ids of those that it sells
}

// Fields declares the answer.
func (a *DescribeZonesResponse) Fields(w *wire.Writer) {
	wire.List(w, "Zones", "Zone", a.Zones, (*zone).fields)
}

// fields declares a zone.
func (z *zone) fields(w *wire.Writer) {
	w.Text("ZoneId", z.id)
	w.Text("LocalName", z.name)
	w.Text("ZoneType", "AvailabilityZone")
	w.Texts("AvailableResourceCreation", "ResourceTypes", []string{"VSwitch", "IoOptimized", "Instance", "Disk"})
	w.Texts("AvailableDiskCategories", "DiskCategories", compute.DiskCategories())
	w.Texts("AvailableInstanceTypes", "InstanceTypes", z.types)
	w.Texts("AvailableVolumeCategories", "VolumeCategories", nil)
	w.Texts("AvailableDedicatedHostTypes", "DedicatedHostType", nil)
	w.Texts("DedicatedHostGenerations", "DedicatedHostGeneration", nil)
	w.Texts("AvailableResources", "ResourcesInfo", nil)
}

func (c *Caller) describeZones(r *DescribeZonesRequest) (*DescribeZonesResponse, error) {
	a := &DescribeZonesResponse{}
	if err := r.check(c.Edition); err != nil {
		return nil, err
	}
	var types []string
	for _, t := range c.World.InstanceTypes() {
		types = append(types, t.ID)
	}
	return a, c.View(func(ns *store.Namespace) error {
		in := ns.In()
		for _, letter := range store.Zones() {
			a.Zones = append(a.Zones, zone{store.ZoneID(in.ID, letter), in.ZoneName(letter, r.Language), types})
		}
		return nil
	})
}

// language is the language of names: zh-CN, en-US or ja.
type language struct{ Language string }

func (l *language) bind(p *param.Set) {
	p.String(&l.Language, "AcceptLanguage", "Language of the names: zh-CN, en-US or ja; from edition 2025 on also zh-TW, fr, de and ko, whose names are those of zh-CN.").Default("zh-CN").Example("en-US")
}

// check returns an error if the edition does not have the language. The document's
// sample sends null.
func (l *language) check(e rpc.Edition) error {
	switch l.Language {
	case "", "null", "zh-CN", "en-US", "ja":
		return nil
	case "zh-TW", "zh_TW", "fr", "de", "ko": // the SDK writes it both ways
		if e >= rpc.Edition2025 {
			return nil
		}
	}
	return errLanguage
}

// chargeType is the way in which an instance is paid.
type chargeType string

var chargeTypes = []string{"PrePaid", "PostPaid"}

// Set reads one of the ways. The SDK also writes Prepaid.
func (t *chargeType) Set(text string) error {
	if text == "Prepaid" {
		text = "PrePaid"
	}
	if !slices.Contains(chargeTypes, text) {
		return errChargeType
	}
	*t = chargeType(text)
	return nil
}

// Values returns the valid values.
func (t *chargeType) Values() []string { return chargeTypes }

// spotStrategy is how an instance bids.
type spotStrategy string

var spotStrategies = []string{"NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo"}

// Set reads one of the strategies.
func (t *spotStrategy) Set(text string) error {
	if !slices.Contains(spotStrategies, text) {
		return errSpotStrategy
	}
	*t = spotStrategy(text)
	return nil
}

// Values returns the valid values.
func (t *spotStrategy) Values() []string { return spotStrategies }
