package vpc

import (
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeRegions lists the regions, as DescribeRegions of ECS does.
var DescribeRegions = define(rpc.Spec{
	Name:    "DescribeRegions",
	Summary: "Lists the regions. The endpoint of each is the mock itself.",
	Example: "AcceptLanguage=en-US",
}, (*Caller).describeRegions)

// DescribeRegionsRequest selects the language of the names.
type DescribeRegionsRequest struct{ Language string }

const languageText = "Language of the names: zh-CN, en-US or ja. Names in another language are those of zh-CN."

// Params declares the parameters.
func (r *DescribeRegionsRequest) Params(p *param.Set) {
	p.String(&r.Language, "AcceptLanguage", languageText).Default("zh-CN").Example("zh-CN")
	p.Unused("ProductType String")
}

// DescribeRegionsResponse is the regions.
type DescribeRegionsResponse struct{ regions []place }

// A place is a region or a zone.
type place struct{ id, name, endpoint string }

// Fields declares the answer.
func (a *DescribeRegionsResponse) Fields(w *wire.Writer) {
	wire.List(w, "Regions", "Region", a.regions, func(r *place, w *wire.Writer) {
		w.Text("RegionId", r.id)
		w.Text("LocalName", r.name)
		w.Text("RegionEndpoint", r.endpoint)
	})
}

func (c *Caller) describeRegions(r *DescribeRegionsRequest) (*DescribeRegionsResponse, error) {
	a := &DescribeRegionsResponse{}
	for _, known := range c.World.Regions() {
		a.regions = append(a.regions, place{known.ID, known.NameIn(r.Language), c.Call.Host})
	}
	return a, nil
}

// DescribeZones lists the zones of a region, as DescribeZones of ECS does.
var DescribeZones = define(rpc.Spec{
	Name:     "DescribeZones",
	Summary:  "Lists the zones of a region. In the mock every region has the zones a to n.",
	Example:  "RegionId=cn-hangzhou&AcceptLanguage=en-US",
	Failures: []*rpc.Failure{unknownRegion},
}, (*Caller).describeZones)

// DescribeZonesRequest names a region and selects the language of the names.
type DescribeZonesRequest struct {
	product.Regional
	Language string
}

// Params declares the parameters.
func (r *DescribeZonesRequest) Params(p *param.Set) {
	r.BindRegion(p, "Region of the zones.")
	p.String(&r.Language, "AcceptLanguage", languageText).Default("zh-CN").Example("zh-CN")
	p.Unused("ZoneType String")
}

// DescribeZonesResponse is the zones.
type DescribeZonesResponse struct{ zones []place }

// Fields declares the answer.
func (a *DescribeZonesResponse) Fields(w *wire.Writer) {
	wire.List(w, "Zones", "Zone", a.zones, func(z *place, w *wire.Writer) {
		w.Text("ZoneId", z.id)
		w.Text("LocalName", z.name)
		w.Text("ZoneType", "AvailabilityZone")
	})
}

func (c *Caller) describeZones(r *DescribeZonesRequest) (*DescribeZonesResponse, error) {
	a := &DescribeZonesResponse{}
	return a, c.View(func(ns *store.Namespace) error {
		in := ns.In()
		for _, letter := range store.Zones() {
			a.zones = append(a.zones, place{id: store.ZoneID(in.ID, letter), name: in.ZoneName(letter, r.Language)})
		}
		return nil
	})
}
