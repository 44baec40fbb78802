package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// Reasons why an instance cannot be created.
var (
	errImage           = errors.New("the id of an image begins with m- or ends with .vhd")
	errInstanceType    = errors.New("an instance type is written as ecs.g6.large")
	errInstanceName    = errors.New("a name has 2 to 128 letters, digits, periods, underscores, hyphens and colons, a letter first, and does not begin with http:// or https://")
	errDescription     = errors.New("a description has 2 to 256 characters and does not begin with http:// or https://")
	errHostName        = errors.New("a host name has 2 to 64 letters, digits, periods and hyphens, none of which begins or ends it or comes twice in a row")
	errLongName        = errors.New("a name with UniqueSuffix has at most 125 characters")
	errMinAmount       = errors.New("MinAmount is at most Amount")
	errBandwidthIn     = errors.New("InternetMaxBandwidthIn is 1 to 200")
	errBandwidthOut    = errors.New("InternetMaxBandwidthOut is 0 to 100")
	errUserData        = errors.New("UserData has at most 16 KB, and 32 KB in base64")
	errDiskCategory    = errors.New("a disk category is cloud_essd, cloud_ssd, cloud_efficiency or cloud")
	errDiskSize        = errors.New("a system disk has 20 to 500 GiB")
	errZone            = errors.New("the region has no such zone")
	errVSwitchID       = errors.New("the id of a vSwitch begins with vsw-")
	errNoVSwitch       = errors.New("an instance in a VPC is in a vSwitch; give VSwitchId")
	errLaunchVPC       = errors.New("the security groups and the vSwitch are not in the same VPC")
	errVSwitchZone     = errors.New("the vSwitch is in another zone")
	errPrivateAddress  = errors.New("PrivateIpAddress is an IPv4 address, and needs a vSwitch")
	errOutsideAddress  = errors.New("the address is not in the CIDR block of the vSwitch")
	errUsedAddress     = errors.New("the address is used already")
	errNoAddress       = errors.New("the vSwitch has no address left")
	errGroupFull       = errors.New("the security group has the most members")
	errNoLaunchGroup   = errors.New("give SecurityGroupId or SecurityGroupIds")
	errTooManyGroups   = errors.New("an instance is in five groups at most")
	errTwoLaunchGroups = errors.New("give SecurityGroupId or SecurityGroupIds, not both")
)

// launch is what RunInstances and CreateInstance have in common.
type launch struct {
	regional
	Instance compute.Instance // as it will be, without an id
	Image    imageID
	Type     instanceType
	Name     instanceName
	Host     hostName
	About    aboutText
	Group    string
	Groups   []string
	VSwitch  string
	Address  string
	further
	Zone     string
	Charge   chargeType
	Spot     spotStrategy
	Traffic  launchTraffic
	In, Out  int
	Data     userData
	Disk     diskCategory
	DiskSize diskSize
	RG       product.ResourceGroup
	Tags     []tag
	idempotent
}

func (r *launch) bind(p *param.Set, bindTag func(*tag, *param.Set)) {
	r.region(p, "Region of the instance.")
	p.Var(&r.Image, "ImageId", "Image. Any id that begins with m- or ends with .vhd is taken to exist.").Else(rpc.Named(param.ErrMissing, "ImageId")).Example(compute.DefaultImage)
	p.Var(&r.Type, "InstanceType", "Instance type. Any that is written so is taken to exist.").Else(rpc.Named(param.ErrMissing, "InstanceType")).Example("ecs.g6.large")
	p.Var(&r.Name, "InstanceName", "Name; the id of the instance where absent.").Example("k8s-node-[1,4]-alibabacloud")
	p.Var(&r.About, "Description", "Description. It does not begin with http:// or https://.").Example("Instance_Description")
	p.Var(&r.Host, "HostName", "Host name.").Example("k8s-node-[1,4]-ecshost")
	p.String(&r.Zone, "ZoneId", "Zone; that of the vSwitch, or the region's first, where absent.").Example("cn-hangzhou-a")
	p.Var(&r.Charge, "InstanceChargeType", "How the instance is paid.").Default("PostPaid").Example("PostPaid")
	p.Var(&r.Spot, "SpotStrategy", "How the instance bids.").Default("NoSpot").Example("NoSpot")
	p.Var(&r.Traffic, "InternetChargeType", "How traffic is paid.").Default("PayByTraffic").Example("PayByTraffic")
	p.Int(&r.In, "InternetMaxBandwidthIn", "The most Mbit/s from the Internet.").Example("10")
	p.Int(&r.Out, "InternetMaxBandwidthOut", "The most Mbit/s to the Internet. RunInstances gives the instance a public address if it is more than 0.").Example("10")
	p.Var(&r.Data, "UserData", "User data, in base64.").Example("ZWNobyBoZWxsbyBlY3Mh")
	p.String(&r.Instance.KeyPair, "KeyPairName", "Key pair. Every key pair is taken to exist.").Example("KeyPair_Name")
	p.String(&r.Instance.Role, "RamRoleName", "Role. Every role is taken to exist.").Example("RAM_Name")
	p.Var(&r.RG, "ResourceGroupId", "Resource group.").Example("rg-bp67acfmxazb4p****")
	p.Bool(&r.Instance.Protected, "DeletionProtection", "Whether the instance is protected from deletion.").Example("false")
	p.String(&r.Instance.Credit, "CreditSpecification", "Performance mode of a burstable instance.").Example("Standard")
	p.Var(&r.Disk, "SystemDisk.Category", "Category of the system disk.").Default("cloud_efficiency").Example("cloud_ssd")
	p.Var(&r.DiskSize, "SystemDisk.Size", "Size of the system disk in GiB.").Default("40").Example("50")
	p.String(&r.Instance.Disk.Name, "SystemDisk.DiskName", "Name of the system disk.").Example("cloud_ssdSystem")
	p.String(&r.Instance.Disk.Description, "SystemDisk.Description", "Description of the system disk.").Example("SystemDisk_Description")
	p.String(&r.Instance.Disk.Level, "SystemDisk.PerformanceLevel", "Performance level of the system disk.").Example("PL1")
	param.List(p, &r.Tags, "Tag", product.MaxTags, bindTag)
	p.Fail(product.CheckRepeatedKey(r.Tags))
	p.Fail(r.checkNumbers())
}

// checkNumbers returns an error if a number is out of its range.
func (r *launch) checkNumbers() error {
	switch {
	case r.In < 0 || r.In > 200:
		return errBandwidthIn
	case r.Out < 0 || r.Out > 100:
		return errBandwidthOut
	}
	return nil
}

// network declares the groups, the vSwitch and the addresses, which may be those of the
// primary interface.
func (r *launch) network(interfaces []secondary, p *param.Set) {
	p.String(&r.Group, "SecurityGroupId", "Security group of the instance. It decides on the VPC.").Example("sg-bp15ed6xe1yxeycg7****")
	p.String(&r.VSwitch, "VSwitchId", "vSwitch of the instance.").Example("vsw-bp1s5fnvk4gn2tws0****")
	p.String(&r.Address, "PrivateIpAddress", "Private address; a free one of the vSwitch where absent.").Example("172.16.236.1")
	for i := range interfaces {
		if e := &interfaces[i]; e.primary() {
			r.VSwitch, r.Address = chosen(e.VSwitch, r.VSwitch), chosen(e.Address, r.Address)
			r.Group, r.Groups = chosen(e.Group, r.Group), append(e.Groups, r.Groups...)
			r.IPv6, r.Count6 = append(r.IPv6, e.IPv6...), r.Count6+e.Count6
		}
	}
	switch {
	case r.Group != "" && len(r.Groups) > 0:
		p.Fail(rpc.Named(errTwoLaunchGroups, "SecurityGroupIds"))
	case r.Group != "":
		r.Groups = []string{r.Group}
	case len(r.Groups) == 0:
		p.Fail(rpc.Named(errNoLaunchGroup, "SecurityGroupId"))
	}
	r.Groups = unique(r.Groups)
}

// launch returns n instances of a request, which the world can take. public says whether
// they get public addresses if they have the bandwidth.
func (c *Caller) launch(ns *store.Namespace, pools addressPools, r *launch, n int, public bool) ([]*compute.Instance, error) {
	i := r.Instance
	i.Name, i.HostName, i.Description = secgroup.Text(r.Name), secgroup.Text(r.Host), secgroup.Text(r.About)
	i.Image, i.Type, i.UserData = string(r.Image), string(r.Type), string(r.Data)
	i.Charge, i.Spot, i.Traffic = string(r.Charge), string(r.Spot), string(r.Traffic)
	i.BandwidthIn, i.BandwidthOut = r.In, r.Out
	i.Disk.Category, i.Disk.Size = string(r.Disk), int(r.DiskSize)
	i.ResourceGroup, i.Tags = string(r.RG), product.TagsOf(r.Tags)
	i.Region, i.Groups, i.VSwitch, i.Zone = c.Region, r.Groups, r.VSwitch, r.Zone
	if err := product.CheckResourceGroup((*product.Caller)(c), ns, r.RG); err != nil {
		return nil, err
	}
	if err := c.placeLaunch(ns, &i); err != nil {
		return nil, err
	}
	if err := c.checkLaunchGroups(ns, &i, n); err != nil {
		return nil, err
	}
	list, err := pools.of(ns, i.VSwitch).give(r.Address, &r.further, n)
	if err != nil {
		return nil, err
	}
	var planned []*compute.Instance
	for k, e := range list {
		next := i
		next.ID, next.Address, next.Further = ns.NewID("i-"), e.Address, e.Further
		next.Groups, next.Created = slices.Clone(i.Groups), ns.Now()
		if public && r.Out > 0 {
			next.PublicAddress = freePublic(ns, k)
		}
		planned = append(planned, &next)
	}
	return planned, nil
}
