package ecs

import (
	"context"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeRegions lists the regions. Each one's endpoint is the mock itself, so
// that a client which follows it stays inside.
var DescribeRegions = rpc.Define(rpc.Spec{
	Name:    "DescribeRegions",
	Summary: "Lists the regions. Each one's endpoint is the mock itself.",
	Example: "AcceptLanguage=en-US",
}, (*Caller).describeRegions)

// DescribeRegionsRequest chooses the language of the names.
type DescribeRegionsRequest struct {
	Language, ChargeType, ResourceType string
}

// Params declares the parameters.
func (r *DescribeRegionsRequest) Params(p *param.Set) {
	p.String(&r.Language, "AcceptLanguage", "Language of the names: zh-CN, en-US or ja; zh-CN for any other.").Default("zh-CN").Example("en-US")
	p.String(&r.ChargeType, "InstanceChargeType", "Has no effect: the mock sells nothing.").Example("PrePaid")
	p.String(&r.ResourceType, "ResourceType", "Has no effect: the mock sells nothing.").Example("instance")
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

func (c *Caller) describeRegions(_ context.Context, r *DescribeRegionsRequest) (*DescribeRegionsResponse, error) {
	a := &DescribeRegionsResponse{}
	for _, known := range store.Regions() {
		a.Regions = append(a.Regions, region{known.ID, regionName(&known, r.Language), c.Call.Host})
	}
	return a, nil
}

// regionName is what a region is called in a language, Chinese for any that is not known.
func regionName(r *store.Region, language string) string {
	switch language {
	case "en-US":
		return r.NameEN
	case "ja":
		return r.NameJA
	}
	return r.Name
}
