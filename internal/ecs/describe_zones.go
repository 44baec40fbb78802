package ecs

import (
	"context"
	"strings"

	"github.com/ecsmock/ecsmock/internal/ascii"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeZones lists the zones of a region: three in each, since the mock has
// nothing that would be in one.
var DescribeZones = rpc.Define(rpc.Spec{
	Name:     "DescribeZones",
	Summary:  "Lists the zones of a region. In the mock every region has the zones a, b and c.",
	Example:  "RegionId=cn-hangzhou&AcceptLanguage=en-US",
	Failures: regionFailures,
}, (*Caller).describeZones)

// DescribeZonesRequest names the region and the language of the names.
type DescribeZonesRequest struct {
	Region, Language, ChargeType, Spot string
	Verbose                            bool
}

// Params declares the parameters.
func (r *DescribeZonesRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "The region.").Require().Example("cn-hangzhou")
	p.String(&r.Language, "AcceptLanguage", "Language of the names: zh-CN, en-US or ja; zh-CN for any other.").Default("zh-CN").Example("en-US")
	p.String(&r.ChargeType, "InstanceChargeType", "Has no effect: the mock sells nothing.").Example("PostPaid")
	p.String(&r.Spot, "SpotStrategy", "Has no effect: the mock sells nothing.").Example("NoSpot")
	p.Bool(&r.Verbose, "Verbose", "Has no effect: the mock sells nothing, in detail or not.").Example("true")
}

// DescribeZonesResponse is the zones.
type DescribeZonesResponse struct{ Zones []zone }

type zone struct{ id, name string }

// Fields declares the answer.
func (a *DescribeZonesResponse) Fields(w *wire.Writer) {
	wire.List(w, "Zones", "Zone", a.Zones, (*zone).fields)
}

// fields declares a zone. What could be bought in it is there, and empty.
func (z *zone) fields(w *wire.Writer) {
	w.Text("ZoneId", z.id)
	w.Text("LocalName", z.name)
	w.Text("ZoneType", "AvailabilityZone")
	w.Texts("AvailableResourceCreation", "ResourceTypes", nil)
	w.Texts("AvailableDiskCategories", "DiskCategories", nil)
	w.Texts("AvailableInstanceTypes", "InstanceTypes", nil)
	w.Texts("AvailableVolumeCategories", "VolumeCategories", nil)
	w.Texts("AvailableDedicatedHostTypes", "DedicatedHostType", nil)
	w.Texts("DedicatedHostGenerations", "DedicatedHostGeneration", nil)
	w.Texts("AvailableResources", "ResourcesInfo", nil)
}

func (c *Caller) describeZones(_ context.Context, r *DescribeZonesRequest) (*DescribeZonesResponse, error) {
	a := &DescribeZonesResponse{}
	return a, c.World.View(c.Account, c.Region, func(*store.Namespace) error {
		for _, known := range store.Regions() {
			if known.ID != c.Region {
				continue
			}
			for _, letter := range []string{"a", "b", "c"} {
				a.Zones = append(a.Zones, zone{zoneID(known.ID, letter), zoneName(&known, r.Language, letter)})
			}
		}
		return nil
	})
}

// zoneID is the region's id and a letter: cn-hangzhou-a, but ap-southeast-1a.
func zoneID(region, letter string) string {
	if ascii.IsDigit(region[len(region)-1]) {
		return region + letter
	}
	return region + "-" + letter
}

// zoneName begins with the place, as the vendor writes it: 青岛 可用区 B, Hangzhou Zone B.
func zoneName(r *store.Region, language, letter string) string {
	kind := "可用区"
	switch language {
	case "en-US":
		kind = "Zone"
	case "ja":
		kind = "ゾーン"
	}
	return place(regionName(r, language)) + " " + kind + " " + strings.ToUpper(letter)
}

// place is the city in the name of a region, which some regions are named after.
func place(region string) string {
	_, city, ok := strings.Cut(strings.NewReplacer("（", "(", "）", "", ")", "").Replace(region), "(")
	if !ok {
		return region
	}
	city, _, _ = strings.Cut(city, "-")
	return strings.TrimSpace(city)
}
