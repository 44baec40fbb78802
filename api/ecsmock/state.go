package ecsmock

import "time"

// A State is everything in a mock: groups and what they refer to. Its JSON is the form
// of state files. Names are those of the API; what is left out has the API's default.
type State struct {
	Version           int                `json:",omitempty"` // of the form: 1, or 0 for the same
	Accounts          []Account          `json:",omitempty"` // needed only for their e-mail addresses
	Regions           []Region           `json:",omitempty"` // needed only for their names
	InstanceTypes     []InstanceType     `json:",omitempty"` // besides those that the mock sells
	Images            []Image            `json:",omitempty"` // besides those that the mock has
	ResourceGroups    []ResourceGroup    `json:",omitempty"`
	Vpcs              []Vpc              `json:",omitempty"`
	VSwitches         []VSwitch          `json:",omitempty"` // of these VPCs, or of those that are there
	SecurityGroups    []SecurityGroup    `json:",omitempty"`
	Instances         []Instance         `json:",omitempty"`
	NetworkInterfaces []NetworkInterface `json:",omitempty"`
	PrefixLists       []PrefixList       `json:",omitempty"`
	PortRangeLists    []PortRangeList    `json:",omitempty"`
}

// An Account is an account and its e-mail address.
type Account struct {
	AccountId string // 1 to 64 letters and digits, 16 digits at the service
	Email     string `json:",omitempty"` // by which SourceGroupOwnerAccount may name it
}

// A Region is a region that the mock does not have otherwise, or another name of one.
type Region struct {
	RegionId  string // such as cn-hangzhou
	LocalName string `json:",omitempty"` // that DescribeRegions shows
}

// An InstanceType is an instance type that every zone sells. What is left out follows from
// its id.
type InstanceType struct {
	InstanceTypeId string // such as ecs.g9.large
	CpuCoreCount   int    `json:",omitempty"`
	MemorySize     int    `json:",omitempty"` // in GiB
	EniQuantity    int    `json:",omitempty"` // network interfaces of an instance, the primary one included
}

// An Image is a custom image, which every account has in every region.
type Image struct {
	ImageId     string // begins with m- or ends with .vhd
	ImageName   string `json:",omitempty"` // blank is the id
	ImageFamily string `json:",omitempty"`
	OSName      string `json:",omitempty"` // blank is Linux
	Platform    string `json:",omitempty"` // blank is Others Linux
	OSType      string `json:",omitempty"` // linux, which is the default, or windows
	Size        int    `json:",omitempty"` // in GiB; 0 is 40
}

// A ResourceGroup is a resource group of an account, in whatever region. The default one
// of an account always exists.
type ResourceGroup struct {
	AccountId       string    `json:",omitempty"` // owner; blank is 1234567890123456
	ResourceGroupId string    // such as rg-1
	Name            string    `json:",omitempty"` // blank is the id
	DisplayName     string    `json:",omitempty"` // blank is the name
	CreateDate      time.Time `json:",omitzero"`  // of whole seconds; zero is now
	Tags            []Tag     `json:",omitempty"` // each key once
}

// A Vpc is a VPC. Its id is unique in an account and region. Groups may name a VPC that
// is not listed.
type Vpc struct {
	AccountId       string    `json:",omitempty"` // owner; blank is 1234567890123456
	RegionId        string    // such as cn-hangzhou
	VpcId           string    // such as vpc-1
	VpcName         string    `json:",omitempty"`
	Description     string    `json:",omitempty"`
	CidrBlock       string    `json:",omitempty"` // blank is 172.16.0.0/12
	Ipv6CidrBlock   string    `json:",omitempty"` // of 56 bits; blank is a VPC without IPv6
	UserCidr        string    `json:",omitempty"` // up to three blocks, separated by commas
	IsDefault       bool      `json:",omitempty"` // the default VPC of the region
	ResourceGroupId string    `json:",omitempty"`
	Status          string    `json:",omitempty"` // Available, which blank is, or Pending, for ever
	CreationTime    time.Time `json:",omitzero"`  // of whole seconds; zero is now
	Tags            []Tag     `json:",omitempty"` // each key once

	RouteTableName        string `json:",omitempty"` // of the system route table
	RouteTableDescription string `json:",omitempty"`
	RouteTableTags        []Tag  `json:",omitempty"` // each key once
}

// A VSwitch is a part of a VPC.
type VSwitch struct {
	AccountId       string    `json:",omitempty"` // owner; blank is 1234567890123456
	RegionId        string    // that of the VPC
	VSwitchId       string    // such as vsw-1
	VpcId           string    // of the same account and region
	ZoneId          string    `json:",omitempty"` // such as cn-hangzhou-b; blank is the zone a of the region
	VSwitchName     string    `json:",omitempty"`
	Description     string    `json:",omitempty"`
	CidrBlock       string    // of 16 to 29 bits, within the VPC's
	Ipv6CidrBlock   string    `json:",omitempty"` // of 64 bits, within the VPC's; blank is a vSwitch without IPv6
	IsDefault       bool      `json:",omitempty"` // the default vSwitch of the zone
	ResourceGroupId string    `json:",omitempty"`
	Status          string    `json:",omitempty"` // Available, which blank is, or Pending, for ever
	CreationTime    time.Time `json:",omitzero"`  // of whole seconds; zero is now
	Tags            []Tag     `json:",omitempty"` // each key once
}

// A SecurityGroup is a group and its rules. Its id is unique in an account and region.
type SecurityGroup struct {
	AccountId         string       `json:",omitempty"` // owner; blank is 1234567890123456
	RegionId          string       // such as cn-hangzhou
	SecurityGroupId   string       // such as sg-web
	SecurityGroupName string       `json:",omitempty"`
	Description       string       `json:",omitempty"`
	VpcId             string       `json:",omitempty"` // blank is the classic network
	SecurityGroupType string       `json:",omitempty"` // normal, which is the default, or enterprise
	InnerAccessPolicy string       `json:",omitempty"` // Accept or Drop, between members; the default of a normal group is Accept
	ResourceGroupId   string       `json:",omitempty"`
	ServiceManaged    bool         `json:",omitempty"` // belongs to a cloud product; users cannot change it
	CreationTime      time.Time    `json:",omitzero"`  // of whole seconds; zero is now
	Tags              []Tag        `json:",omitempty"` // each key once
	Permissions       []Permission `json:",omitempty"` // each rule once
}

// A Permission is a rule of a group. An ingress rule has exactly one source, an egress
// rule one destination: a CIDR block, a group or a prefix list. All fields but the id,
// the description and the time identify it.
type Permission struct {
	SecurityGroupRuleId     string    `json:",omitempty"` // such as sgr-1; generated if blank
	Direction               string    `json:",omitempty"` // ingress, which is the default, or egress
	IpProtocol              string    `json:",omitempty"` // tcp, udp, icmp, icmpv6, gre or all, in any case, or an IANA number
	PortRange               string    `json:",omitempty"` // such as 22/22 for tcp and udp, else -1/-1
	PortRangeListId         string    `json:",omitempty"` // in place of PortRange, for tcp and udp
	SourcePortRange         string    `json:",omitempty"` // as PortRange; blank is any
	NicType                 string    `json:",omitempty"` // internet or intranet
	Policy                  string    `json:",omitempty"` // Accept, which is the default, or Drop
	Priority                int       `json:",omitempty"` // 1, which is the default and the strongest, to 100
	SourceCidrIp            string    `json:",omitempty"` // an IPv4 address or block
	Ipv6SourceCidrIp        string    `json:",omitempty"` // an IPv6 address or block
	SourceGroupId           string    `json:",omitempty"`
	SourceGroupOwnerAccount string    `json:",omitempty"` // owner of SourceGroupId, an id or e-mail address; blank is the group's account
	SourcePrefixListId      string    `json:",omitempty"`
	Ipv6AsWritten           bool      `json:",omitempty"` // whether the text of IPv6 blocks is kept; else it is compressed
	DestCidrIp              string    `json:",omitempty"` // an IPv4 address or block; in an ingress rule, blank is any
	Ipv6DestCidrIp          string    `json:",omitempty"` // an IPv6 address or block; in an ingress rule, blank is any
	DestGroupId             string    `json:",omitempty"`
	DestGroupOwnerAccount   string    `json:",omitempty"` // owner of DestGroupId, an id or e-mail address; blank is the group's account
	DestPrefixListId        string    `json:",omitempty"`
	Description             string    `json:",omitempty"` // 1 to 512 characters
	CreateTime              time.Time `json:",omitzero"`  // of whole seconds; zero is now
}

// A Tag is a label of a resource.
type Tag struct {
	TagKey   string
	TagValue string `json:",omitempty"`
}

// An Instance is an instance and what belongs to it: its primary network interface and
// its system disk. What is left out has a usual value.
type Instance struct {
	AccountId                   string    `json:",omitempty"` // owner; blank is 1234567890123456
	RegionId                    string    // such as cn-hangzhou
	InstanceId                  string    // such as i-1
	InstanceName                string    `json:",omitempty"` // blank is the id
	Description                 string    `json:",omitempty"`
	HostName                    string    `json:",omitempty"`
	InstanceType                string    `json:",omitempty"` // blank is ecs.g6.large
	ImageId                     string    `json:",omitempty"`
	ZoneId                      string    `json:",omitempty"` // blank is the region's first
	VpcId                       string    `json:",omitempty"` // that of its groups; blank is the classic network
	VSwitchId                   string    `json:",omitempty"`
	PrivateIpAddress            string    `json:",omitempty"`
	SecondaryPrivateIpAddresses []string  `json:",omitempty"` // of the primary network interface
	Ipv6Addresses               []string  `json:",omitempty"` // of the primary network interface
	PublicIpAddress             string    `json:",omitempty"`
	Status                      string    `json:",omitempty"` // such as Stopped; blank is Running
	DeletionProtection          bool      `json:",omitempty"`
	ResourceGroupId             string    `json:",omitempty"`
	KeyPairName                 string    `json:",omitempty"`
	RamRoleName                 string    `json:",omitempty"`
	UserData                    string    `json:",omitempty"` // in base64
	InstanceChargeType          string    `json:",omitempty"` // blank is PostPaid
	SpotStrategy                string    `json:",omitempty"` // blank is NoSpot
	InternetChargeType          string    `json:",omitempty"` // blank is PayByTraffic
	InternetMaxBandwidthIn      int       `json:",omitempty"` // in Mbit/s
	InternetMaxBandwidthOut     int       `json:",omitempty"` // in Mbit/s
	CreditSpecification         string    `json:",omitempty"`
	SystemDiskCategory          string    `json:",omitempty"` // blank is cloud_essd
	SystemDiskSize              int       `json:",omitempty"` // in GiB; 0 is 40
	SystemDiskName              string    `json:",omitempty"`
	SystemDiskDescription       string    `json:",omitempty"`
	SystemDiskPerformanceLevel  string    `json:",omitempty"`
	SystemDiskResourceGroupId   string    `json:",omitempty"` // blank is that of the instance
	SystemDiskTags              []Tag     `json:",omitempty"` // each key once
	CreationTime                time.Time `json:",omitzero"`  // of whole seconds; zero is now
	Tags                        []Tag     `json:",omitempty"` // each key once
	SecurityGroupIds            []string  `json:",omitempty"` // groups of the same account and region
}

// A NetworkInterface is a network interface that is not the primary one of an instance.
type NetworkInterface struct {
	AccountId                   string    `json:",omitempty"` // owner; blank is 1234567890123456
	RegionId                    string    // such as cn-hangzhou
	NetworkInterfaceId          string    // such as eni-1
	NetworkInterfaceName        string    `json:",omitempty"`
	Description                 string    `json:",omitempty"`
	ZoneId                      string    `json:",omitempty"` // blank is the region's first
	VpcId                       string    `json:",omitempty"` // that of its groups; blank is the classic network
	VSwitchId                   string    `json:",omitempty"`
	PrivateIpAddress            string    `json:",omitempty"`
	SecondaryPrivateIpAddresses []string  `json:",omitempty"`
	Ipv6Addresses               []string  `json:",omitempty"`
	InstanceId                  string    `json:",omitempty"` // to which it is attached
	ResourceGroupId             string    `json:",omitempty"`
	ServiceManaged              bool      `json:",omitempty"` // belongs to a cloud product
	DeleteOnRelease             bool      `json:",omitempty"` // with its instance
	CreationTime                time.Time `json:",omitzero"`  // of whole seconds; zero is now
	Tags                        []Tag     `json:",omitempty"` // each key once
	SecurityGroupIds            []string  `json:",omitempty"` // groups of the same account and region
}

// A PrefixList is a list of address blocks that rules can name.
type PrefixList struct {
	AccountId       string        `json:",omitempty"` // owner; blank is 1234567890123456
	RegionId        string        // such as cn-hangzhou
	PrefixListId    string        // such as pl-office
	PrefixListName  string        `json:",omitempty"`
	AddressFamily   string        `json:",omitempty"` // IPv4, which is the default, or IPv6
	MaxEntries      int           `json:",omitempty"` // 1 to 200; 0 is the number of entries
	Description     string        `json:",omitempty"`
	ResourceGroupId string        `json:",omitempty"`
	CreationTime    time.Time     `json:",omitzero"` // of whole seconds; zero is now
	Tags            []Tag         `json:",omitempty"`
	Entries         []PrefixEntry `json:",omitempty"` // each block once
}

// A PrefixEntry is one block of a prefix list.
type PrefixEntry struct {
	Cidr        string // an address or block of the list's family
	Description string `json:",omitempty"`
}

// A PortRangeList is a list of port ranges that rules can name.
type PortRangeList struct {
	AccountId         string           `json:",omitempty"` // owner; blank is 1234567890123456
	RegionId          string           // such as cn-hangzhou
	PortRangeListId   string           // such as prl-web
	PortRangeListName string           `json:",omitempty"`
	MaxEntries        int              `json:",omitempty"` // 1 to 2000; 0 is the number of entries
	Description       string           `json:",omitempty"`
	ResourceGroupId   string           `json:",omitempty"`
	CreationTime      time.Time        `json:",omitzero"` // of whole seconds; zero is now
	Tags              []Tag            `json:",omitempty"`
	Entries           []PortRangeEntry `json:",omitempty"` // each range once
}

// A PortRangeEntry is one range of a port range list.
type PortRangeEntry struct {
	PortRange   string // such as 80/80
	Description string `json:",omitempty"`
}
