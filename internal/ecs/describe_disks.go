package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

var errDiskType = errors.New("DiskType is all, system or data")

// DescribeDisks lists the system disks of the instances. The mock has no other disks.
var DescribeDisks = define(rpc.Spec{
	Name: "DescribeDisks", Summary: "Lists the system disks of instances. The mock has no other disks.", Example: "RegionId=cn-hangzhou",
	Failures: slices.Concat([]*rpc.Failure{
		invalidNextToken,
		{On: errDiskType, Status: 400, Code: "InvalidDiskType.ValueNotSupported", Message: "The specified disk type is not supported.",
			When: "DiskType is none of all, system and data.", Try: "DiskType=floppy"},
		{On: errIDList, Status: 400, Code: "InvalidParameter.DiskIds", Message: "The specified parameter diskIds is not valid.",
			When: "DiskIds is not a JSON array, or has more than 100 ids.", Try: "DiskIds=d-web"},
		dryRun,
		unknownRegion,
	}, groupTagFailures()),
}, (*Caller).describeDisks)

// DescribeDisksRequest selects disks. A filter that is absent selects all.
type DescribeDisksRequest struct {
	regional
	IDs           idList
	Instance      string
	Type          diskType
	Category      string
	Status        string
	Zone          string
	Name          string
	ResourceGroup string
	Tags          []tag
	DryRun        bool
	Page          page
}

// Params declares the parameters.
func (r *DescribeDisksRequest) Params(p *param.Set) {
	r.region(p, "Region of the disks.")
	p.Var(&r.IDs, "DiskIds", "Up to 100 disks, as a JSON array.").Example(`["d-bp67acfmxazb4p****"]`)
	p.String(&r.Instance, "InstanceId", "Disks of this instance.").Example("i-bp67acfmxazb4q****")
	p.Var(&r.Type, "DiskType", "Disks of this type.").Example("system")
	p.String(&r.Category, "Category", "Disks of this category, or all.").Example("all")
	p.String(&r.Status, "Status", "Disks in this state, or All. All disks are In_use.").Example("All")
	p.String(&r.Zone, "ZoneId", "Disks in this zone.").Example("cn-hangzhou-g")
	p.String(&r.Name, "DiskName", "Disks with this name.").Example("testDiskName")
	p.String(&r.ResourceGroup, "ResourceGroupId", "Disks in this resource group, which is at first that of the instance.").Example("rg-bp67acfmxazb4p****")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).BindEither)
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	p.Unused(unusedInDescribeDisks)
	r.Page.bind(p, "Disks", 100, 10, 500)
}

// DescribeDisksResponse is one page of disks.
type DescribeDisksResponse struct {
	Total int
	Page  page
	list  []compute.Instance
}

// Fields declares the answer.
func (a *DescribeDisksResponse) Fields(w *wire.Writer) {
	w.Int("TotalCount", a.Total)
	w.Int("PageNumber", a.Page.Number)
	w.Int("PageSize", a.Page.Size)
	w.Text("NextToken", a.Page.Next)
	wire.List(w, "Disks", "Disk", a.list, diskFields)
}

func diskFields(i *compute.Instance, w *wire.Writer) {
	w.Text("DiskId", i.DiskID())
	w.Text("DiskName", i.Disk.Name)
	w.Text("Description", i.Disk.Description)
	w.Text("Type", "system")
	w.Text("Category", i.Disk.Category)
	w.Int("Size", i.DiskSize())
	w.Text("PerformanceLevel", i.Disk.Level)
	w.Text("Status", "In_use")
	w.Text("InstanceId", i.ID)
	w.Text("Device", systemDevice)
	w.Text("ImageId", i.Image)
	w.Text("RegionId", i.Region)
	w.Text("ZoneId", i.Zone)
	w.Text("ResourceGroupId", i.DiskGroup())
	w.Text("DiskChargeType", i.Charge)
	w.Text("CreationTime", product.Timestamp(i.Created))
	w.Text("AttachedTime", product.Timestamp(i.Created))
	w.Text("DetachedTime", "")
	w.Text("ExpiredTime", minute(never))
	w.Text("SerialNumber", serialNumber(i.DiskID()))
	w.Text("KMSKeyId", "")
	w.Text("SourceSnapshotId", "")
	w.Text("AutoSnapshotPolicyId", "")
	w.Text("StorageSetId", "")
	w.Text("StorageClusterId", "")
	w.Text("ProductCode", "")
	w.Text("MultiAttach", "Disabled")
	w.Int("ProvisionedIops", 0)
	w.Bool("BurstingEnabled", false)
	w.Bool("Encrypted", false)
	w.Bool("Portable", false)
	w.Bool("DeleteWithInstance", true)
	w.Bool("DeleteAutoSnapshot", false)
	w.Bool("EnableAutoSnapshot", false)
	w.Bool("EnableAutomatedSnapshotPolicy", false)
	diskLists(i, w)
}

// diskLists declares where the disk is attached, its locks and its tags.
func diskLists(i *compute.Instance, w *wire.Writer) {
	w.Int("MountInstanceNum", 1)
	wire.List(w, "MountInstances", "MountInstance", []compute.Instance{*i}, attachmentFields)
	wire.List(w, "Attachments", "Attachment", []compute.Instance{*i}, attachmentFields)
	wire.List(w, "OperationLocks", "OperationLock", nil, func(_ *struct{}, w *wire.Writer) { w.Text("LockReason", "") })
	wire.List(w, "Tags", "Tag", i.Disk.Tags, tagFields)
}

func attachmentFields(i *compute.Instance, w *wire.Writer) {
	w.Text("InstanceId", i.ID)
	w.Text("Device", systemDevice)
	w.Text("AttachedTime", product.Timestamp(i.Created))
}

// systemDevice is the name of a system disk in its instance.
const systemDevice = "/dev/xvda"

func (c *Caller) describeDisks(r *DescribeDisksRequest) (*DescribeDisksResponse, error) {
	a := &DescribeDisksResponse{Page: r.Page}
	return a, c.View(func(ns *store.Namespace) error {
		if r.DryRun {
			return product.ErrDryRun
		}
		selected := named(ns, nil, r.selects)
		a.Total = len(selected)
		for _, i := range cut(&a.Page, selected, (*compute.Instance).ResourceID) {
			a.list = append(a.list, *i)
		}
		return nil
	})
}

func (r *DescribeDisksRequest) selects(i *compute.Instance) bool {
	return (r.IDs == nil || slices.Contains(r.IDs, i.DiskID())) &&
		(r.Instance == "" || r.Instance == i.ID) &&
		r.Type != "data" &&
		(r.Category == "" || r.Category == "all" || r.Category == i.Disk.Category) &&
		(r.Status == "" || r.Status == "All" || r.Status == "In_use") &&
		(r.Zone == "" || r.Zone == i.Zone) &&
		(r.Name == "" || r.Name == i.Disk.Name) &&
		(r.ResourceGroup == "" || r.ResourceGroup == i.DiskGroup()) &&
		product.HasTags(i.Disk.Tags, r.Tags)
}

// diskType is the type of disks, "" where absent.
type diskType string

var diskTypes = []string{"all", "system", "data"}

// Values returns the valid values.
func (*diskType) Values() []string { return diskTypes }

// Set reads a type.
func (t *diskType) Set(text string) error {
	if !slices.Contains(diskTypes, text) {
		return errDiskType
	}
	*t = diskType(text)
	return nil
}
