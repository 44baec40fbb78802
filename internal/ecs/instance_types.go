package ecs

import (
	"slices"
	"sort"
	"strconv"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeInstanceTypes lists instance types.
var DescribeInstanceTypes = define(rpc.Spec{
	Name:     "DescribeInstanceTypes",
	Summary:  "Lists instance types: some of the vendor's, and those of the state.",
	Example:  "InstanceTypeFamily=ecs.g6",
	Failures: []*rpc.Failure{invalidNextToken},
}, (*Caller).describeTypes)

// DescribeInstanceTypesRequest selects instance types. What is absent selects all.
type DescribeInstanceTypesRequest struct {
	Family                        string
	Families, IDs                 []string
	LeastCores, MostCores         int
	LeastMemory, MostMemory       gibibytes
	LeastInterfaces, LeastAddress int
	Most                          pageSize
	Token                         nextToken
}

// gibibytes is a size of memory in GiB, 0 where absent.
type gibibytes float64

// Type returns the API's name of the type.
func (*gibibytes) Type() string { return "Float" }

// Set reads a number such as 4 or 4.0.
func (g *gibibytes) Set(text string) error {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return param.ErrInvalid
	}
	*g = gibibytes(n)
	return nil
}

// pageSize is how many types a page has, 0 for all.
type pageSize int

// Type returns the API's name of the type.
func (*pageSize) Type() string { return "Long" }

// Set reads a number above 0.
func (s *pageSize) Set(text string) error {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil || n == 0 {
		return param.ErrInvalid
	}
	*s = pageSize(n)
	return nil
}

// Params declares the parameters.
func (r *DescribeInstanceTypesRequest) Params(p *param.Set) {
	p.String(&r.Family, "InstanceTypeFamily", "Types of this family.").Example("ecs.g6")
	param.List(p, &r.Families, "InstanceTypeFamilies", 10, func(f *string, p *param.Set) {
		p.String(f, "", "Types of these families.").Example("ecs.g6")
	})
	param.List(p, &r.IDs, "InstanceTypes", 100, func(id *string, p *param.Set) {
		p.String(id, "", "Types with these ids.").Example("ecs.g6.large")
	})
	p.Int(&r.LeastCores, "MinimumCpuCoreCount", "Types with so many vCPUs or more.").Example("2")
	p.Int(&r.MostCores, "MaximumCpuCoreCount", "Types with so many vCPUs or fewer.").Example("4")
	p.Var(&r.LeastMemory, "MinimumMemorySize", "Types with so many GiB or more.").Example("4")
	p.Var(&r.MostMemory, "MaximumMemorySize", "Types with so many GiB or fewer.").Example("4")
	p.Int(&r.LeastInterfaces, "MinimumEniQuantity", "Types whose instances have so many network interfaces or more.").Example("2")
	p.Int(&r.LeastAddress, "MinimumEniPrivateIpAddressQuantity", "Types whose network interfaces have so many addresses or more.").Example("2")
	p.Var(&r.Token, "NextToken", nextTokenText).Example("")
	p.Var(&r.Most, "MaxResults", "Types a page; all where absent.").Example("10")
	p.Unused(unusedInDescribeTypes)
}

// DescribeInstanceTypesResponse is one page of instance types.
type DescribeInstanceTypesResponse struct {
	Next  string
	Types []compute.Type
}

// Fields declares the answer.
func (a *DescribeInstanceTypesResponse) Fields(w *wire.Writer) {
	w.Text("NextToken", a.Next)
	wire.List(w, "InstanceTypes", "InstanceType", a.Types, typeFields)
}

func typeFields(t *compute.Type, w *wire.Writer) {
	w.Text("InstanceTypeId", t.ID)
	w.Text("InstanceTypeFamily", t.Family)
	w.Text("InstanceFamilyLevel", t.Level())
	w.Text("InstanceCategory", t.Category())
	w.Text("CpuArchitecture", "X86")
	w.Int("CpuCoreCount", t.Cores)
	w.Int("MemorySize", t.Memory)
	w.Int("EniQuantity", t.Interfaces)
	w.Int("EniTotalQuantity", t.Interfaces)
	w.Int("EniPrivateIpAddressQuantity", t.Addresses)
	w.Int("EniIpv6AddressQuantity", 1)
	w.Bool("EniTrunkSupported", false)
	w.Int("PrimaryEniQueueNumber", 2)
	w.Int("SecondaryEniQueueNumber", 2)
	w.Int("InstanceBandwidthRx", 1024000)
	w.Int("InstanceBandwidthTx", 1024000)
	w.Int("InstancePpsRx", 300000)
	w.Int("InstancePpsTx", 300000)
	w.Int("GPUAmount", 0)
	w.Text("GPUSpec", "")
	w.Int("InitialCredit", 0)
	w.Int("BaselineCredit", 0)
	w.Int("LocalStorageAmount", 0)
	w.Int("LocalStorageCapacity", 0)
	w.Text("LocalStorageCategory", "")
	w.Text("NvmeSupport", "unsupported")
	wire.List(w, "NetworkCards", "NetworkCardInfo", nil, func(_ *struct{}, w *wire.Writer) { w.Int("NetworkCardIndex", 0) })
}

func (c *Caller) describeTypes(r *DescribeInstanceTypesRequest) (*DescribeInstanceTypesResponse, error) {
	var selected []compute.Type
	for _, t := range c.World.InstanceTypes() {
		if r.selects(&t) {
			selected = append(selected, t)
		}
	}
	sort.Slice(selected, func(i, j int) bool { return selected[i].ID > selected[j].ID })
	g := page{Most: int(r.Most), Token: r.Token}
	if g.Most == 0 {
		g.Most = len(selected) + 1
	}
	a := &DescribeInstanceTypesResponse{Types: cut(&g, selected, func(t compute.Type) string { return t.ID })}
	a.Next = g.Next
	return a, nil
}

func (r *DescribeInstanceTypesRequest) selects(t *compute.Type) bool {
	return (r.Family == "" || r.Family == t.Family) &&
		(r.Families == nil || slices.Contains(r.Families, t.Family)) &&
		(r.IDs == nil || slices.Contains(r.IDs, t.ID)) &&
		t.Cores >= r.LeastCores && (r.MostCores == 0 || t.Cores <= r.MostCores) &&
		gibibytes(t.Memory) >= r.LeastMemory && (r.MostMemory == 0 || gibibytes(t.Memory) <= r.MostMemory) &&
		t.Interfaces >= r.LeastInterfaces && t.Addresses >= r.LeastAddress
}

// DescribeInstanceTypeFamilies lists the families of the instance types.
var DescribeInstanceTypeFamilies = define(rpc.Spec{
	Name:     "DescribeInstanceTypeFamilies",
	Summary:  "Lists the families of the instance types.",
	Example:  "RegionId=cn-hangzhou",
	Failures: []*rpc.Failure{unknownRegion},
}, (*Caller).describeFamilies)

// DescribeInstanceTypeFamiliesRequest selects families by generation.
type DescribeInstanceTypeFamiliesRequest struct {
	regional
	Generation string
}

// Params declares the parameters.
func (r *DescribeInstanceTypeFamiliesRequest) Params(p *param.Set) {
	r.region(p, "Region of the families. All regions have the same.")
	p.String(&r.Generation, "Generation", "Families of this generation.").Example("ecs-5")
}

// DescribeInstanceTypeFamiliesResponse is the families.
type DescribeInstanceTypeFamiliesResponse struct{ Families []family }

type family struct{ id, generation string }

// Fields declares the answer.
func (a *DescribeInstanceTypeFamiliesResponse) Fields(w *wire.Writer) {
	wire.List(w, "InstanceTypeFamilies", "InstanceTypeFamily", a.Families, func(f *family, w *wire.Writer) {
		w.Text("InstanceTypeFamilyId", f.id)
		w.Text("Generation", f.generation)
	})
}

func (c *Caller) describeFamilies(r *DescribeInstanceTypeFamiliesRequest) (*DescribeInstanceTypeFamiliesResponse, error) {
	a := &DescribeInstanceTypeFamiliesResponse{}
	err := c.View(func(*store.Namespace) error { return nil })
	for _, t := range c.World.InstanceTypes() {
		f := family{t.Family, t.Generation}
		if (r.Generation == "" || r.Generation == f.generation) && !slices.Contains(a.Families, f) {
			a.Families = append(a.Families, f)
		}
	}
	return a, err
}

const unusedInDescribeTypes = `
	AdditionalAttributes RepeatList
	CpuArchitecture String
	CpuArchitectures RepeatList
	GPUSpec String
	GpuSpecs RepeatList
	InstanceCategories RepeatList
	InstanceCategory String
	InstanceFamilyLevel String
	LocalStorageCategories RepeatList
	LocalStorageCategory String
	MaximumCpuSpeedFrequency Float
	MaximumCpuTurboFrequency Float
	MaximumGPUAmount Integer
	MinimumBaselineCredit Integer
	MinimumCpuSpeedFrequency Float
	MinimumCpuTurboFrequency Float
	MinimumDiskQuantity Integer
	MinimumEniIpv6AddressQuantity Integer
	MinimumEriQuantity Integer
	MinimumGPUAmount Integer
	MinimumInitialCredit Integer
	MinimumInstanceBandwidthRx Integer
	MinimumInstanceBandwidthTx Integer
	MinimumInstancePpsRx Long
	MinimumInstancePpsTx Long
	MinimumLocalStorageAmount Integer
	MinimumLocalStorageCapacity Long
	MinimumPrimaryEniQueueNumber Integer
	MinimumQueuePairNumber Integer
	MinimumSecondaryEniQueueNumber Integer
	NvmeSupport String
	PhysicalProcessorModel String
	PhysicalProcessorModels RepeatList`
