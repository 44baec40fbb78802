package ecs

import (
	"errors"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

var (
	errImageOwner   = errors.New("ImageOwnerAlias is system, self, others or marketplace")
	errOSType       = errors.New("OSType is linux or windows")
	errArchitecture = errors.New("Architecture is i386, x86_64 or arm64")
	errUsage        = errors.New("Usage is instance or none")
)

// DescribeImages lists images. An id that does not exist is no error.
var DescribeImages = define(rpc.Spec{
	Name:    "DescribeImages",
	Summary: "Lists images: some of the vendor's, and those of the state.",
	Example: "RegionId=cn-hangzhou&ImageOwnerAlias=system",
	Failures: slices.Concat([]*rpc.Failure{
		{On: errImageOwner, Status: 400, Code: "InvalidImageOwnerAlias.ValueNotSupported", Message: "The specified ImageOwnerAlias value is not supported.",
			When: "ImageOwnerAlias is none of its values.", Try: "ImageOwnerAlias=mine"},
		{On: errUsage, Status: 404, Code: "InvalidUsage", Message: "The specifed Usage is not valid",
			When: "Usage is neither instance nor none.", Try: "Usage=often"},
		{On: errInstanceType, Status: 400, Code: "InvalidInstanceType.ValueNotSupported", Message: "The specified InstanceType does not exist or beyond the permitted range.",
			When: "InstanceType is not written like ecs.g6.large.", Try: "InstanceType=large"},
		{On: errOSType, Status: 404, Code: "InvalidOSType", Message: "The specifed OSType is not valid",
			When: "OSType is neither linux nor windows.", Try: "OSType=plan9"},
		{On: errArchitecture, Status: 404, Code: "InvalidArchitecture", Message: "The specifed Architecture is not valid",
			When: "Architecture is none of its values.", Try: "Architecture=pdp11"},
		invalidBool("IsSupportIoOptimized"),
		dryRun,
		unknownRegion,
	}, olderTagFailures("")),
}, (*Caller).describeImages)

// imageOwner is where images come from, "" for everywhere but the marketplace.
type imageOwner string

var imageOwners = []string{"system", "self", "others", "marketplace"}

// Values returns the valid values.
func (*imageOwner) Values() []string { return imageOwners }

// Set reads an owner.
func (o *imageOwner) Set(text string) error { return setOne(o, text, imageOwners, errImageOwner) }

// osType is the system of images, "" for any.
type osType string

var osTypes = []string{"linux", "windows"}

// Values returns the valid values.
func (*osType) Values() []string { return osTypes }

// Set reads a system.
func (o *osType) Set(text string) error { return setOne(o, text, osTypes, errOSType) }

// architecture is the architecture of images, "" for any.
type architecture string

var architectures = []string{"i386", "x86_64", "arm64"}

// Values returns the valid values.
func (*architecture) Values() []string { return architectures }

// Set reads an architecture.
func (a *architecture) Set(text string) error {
	return setOne(a, text, architectures, errArchitecture)
}

// imageUsage is whether an instance has the image, "" for any.
type imageUsage string

var imageUsages = []string{"instance", "none"}

// Values returns the valid values.
func (*imageUsage) Values() []string { return imageUsages }

// Set reads a usage.
func (u *imageUsage) Set(text string) error { return setOne(u, text, imageUsages, errUsage) }

// setOne sets a value to a text, or returns an error if it is not a valid one.
func setOne[T ~string](v *T, text string, values []string, err error) error {
	if !slices.Contains(values, text) {
		return err
	}
	*v = T(text)
	return nil
}

// DescribeImagesRequest selects images. A filter that is absent selects all.
type DescribeImagesRequest struct {
	regional
	IDs, Status  string // separated by commas
	Name, Family string
	Owner        imageOwner
	Type         instanceType
	OS           osType
	Architecture architecture
	Usage        imageUsage
	Optimized    optionalBool
	CloudInit    optionalBool
	RG           string
	Tags         []tag
	DryRun       bool
	Page         product.Page
}

// Params declares the parameters.
func (r *DescribeImagesRequest) Params(p *param.Set) {
	r.region(p, "Region of the images.")
	p.String(&r.IDs, "ImageId", "Images with these ids, separated by commas.").Example("m-bp1g7004ksh0oeuc****")
	p.String(&r.Status, "Status", "Images in these states, separated by commas. All images of the mock are Available.").Default("Available").Example("Available")
	p.String(&r.Name, "ImageName", "Images with this name; * stands for any characters.").Example("testImageName")
	p.String(&r.Family, "ImageFamily", "Images of this family.").Example("hangzhou-daily-update")
	p.Var(&r.Owner, "ImageOwnerAlias", "Images from there. Images of a state are self, the others system.").Example("self")
	p.Var(&r.Type, "InstanceType", "Is checked only: every type can have every image.").Example("ecs.g5.large")
	p.Var(&r.OS, "OSType", "Images of this system.").Example("linux")
	p.Var(&r.Architecture, "Architecture", "Images of this architecture. All are x86_64.").Example("x86_64")
	p.Var(&r.Usage, "Usage", "Images that an instance of the account has, or that none has.").Example("none")
	p.Var(&r.Optimized, "IsSupportIoOptimized", "Whether images are for I/O optimized instances. All are.").Example("true")
	p.Var(&r.CloudInit, "IsSupportCloudinit", "Whether images support cloud-init. All do.").Example("true")
	p.String(&r.RG, "ResourceGroupId", "Images in this resource group. None is in one.").Example("rg-bp67acfmxazb4p****")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).BindEither)
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	p.Unused(`
	ActionType String
	Filter RepeatList
	Filter.N.Key String
	Filter.N.Value String
	ImageOwnerId Long
	IsPublic Boolean
	ShowExpired Boolean
	SnapshotId String`)
	r.Page.Bind(p, "Images", 100)
}

// DescribeImagesResponse is one page of images.
type DescribeImagesResponse struct {
	Region string
	Total  int
	Page   product.Page
	Images []image
}

// image is an image as answers show it.
type image struct {
	compute.Image
	used bool
}

// Fields declares the answer.
func (a *DescribeImagesResponse) Fields(w *wire.Writer) {
	w.Text("RegionId", a.Region)
	w.Int("TotalCount", a.Total)
	w.Int("PageNumber", a.Page.Number)
	w.Int("PageSize", a.Page.Size)
	wire.List(w, "Images", "Image", a.Images, (*image).fields)
}

func (i *image) fields(w *wire.Writer) {
	w.Text("ImageId", i.ID)
	w.Text("ImageName", chosen(i.Title, i.ID))
	w.Text("ImageFamily", i.Family)
	w.Text("ImageVersion", "")
	w.Text("ImageOwnerAlias", i.owner())
	w.Text("Description", "")
	w.Text("OSName", i.Name)
	w.Text("OSNameEn", i.NameEN)
	w.Text("OSType", i.System)
	w.Text("Platform", i.Platform)
	w.Text("Architecture", "x86_64")
	w.Int("Size", i.Size)
	w.Text("Status", "Available")
	w.Text("Usage", i.usage())
	w.Text("Progress", "100%")
	w.Text("CreationTime", product.Timestamp(i.Created()))
	w.Text("ProductCode", "")
	w.Text("ResourceGroupId", "")
	w.Bool("IsSubscribed", false)
	w.Bool("IsCopied", false)
	w.Text("IsSelfShared", "")
	w.Bool("IsSupportIoOptimized", true)
	w.Bool("IsSupportCloudinit", true)
	w.Bool("IsPublic", !i.Custom)
	wire.List(w, "DiskDeviceMappings", "DiskDeviceMapping", nil, func(_ *struct{}, w *wire.Writer) { w.Text("Device", "") })
	wire.List(w, "Tags", "Tag", nil, tagFields)
}

func (i *image) owner() string {
	if i.Custom {
		return "self"
	}
	return "system"
}

func (i *image) usage() string {
	if i.used {
		return "instance"
	}
	return "none"
}

func (c *Caller) describeImages(r *DescribeImagesRequest) (*DescribeImagesResponse, error) {
	a := &DescribeImagesResponse{Region: c.Region, Page: r.Page}
	return a, c.View(func(ns *store.Namespace) error {
		if r.DryRun {
			return product.ErrDryRun
		}
		used := map[string]bool{}
		for _, i := range ns.Instances() {
			used[i.Image] = true
		}
		for _, i := range ns.Images() {
			if one := (image{i, used[i.ID]}); r.selects(&one) {
				a.Images = append(a.Images, one)
			}
		}
		a.Total = len(a.Images)
		start, end := a.Page.Bounds(a.Total)
		a.Images = a.Images[start:end]
		return nil
	})
}

func (r *DescribeImagesRequest) selects(i *image) bool {
	return (r.IDs == "" || slices.Contains(strings.Split(r.IDs, ","), i.ID)) &&
		(r.Status == "" || slices.Contains(strings.Split(r.Status, ","), "Available")) &&
		(r.Name == "" || matches(r.Name, chosen(i.Title, i.ID))) &&
		(r.Family == "" || r.Family == i.Family) &&
		(r.Owner == "" || string(r.Owner) == i.owner()) &&
		(r.OS == "" || string(r.OS) == i.System) &&
		(r.Architecture == "" || r.Architecture == "x86_64") &&
		(r.Usage == "" || string(r.Usage) == i.usage()) &&
		r.Optimized.Selects(true) && r.CloudInit.Selects(true) &&
		r.RG == "" && len(r.Tags) == 0
}
