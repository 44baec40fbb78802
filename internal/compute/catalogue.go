package compute

import (
	"strconv"
	"strings"
	"time"
)

// What an instance has where a state does not say it.
const (
	DefaultType  = "ecs.g6.large"
	DefaultImage = "aliyun_3_x64_20G_alibase_20240528.vhd"
	DefaultDisk  = "cloud_essd"

	DefaultDiskSize = 40
)

// A Type is an instance type.
type Type struct {
	ID         string
	Family     string
	Generation string
	Cores      int
	Memory     int // in GiB
	Interfaces int // how many an instance has at most, the primary one included
	Addresses  int // private IPv4 addresses of an interface
}

// Types returns the instance types that the mock sells, in every zone.
func Types() []Type { return types }

// FindType returns the instance type with an id.
func FindType(id string) (Type, bool) { return find(types, id, func(t *Type) string { return t.ID }) }

var types = []Type{
	{"ecs.t5-lc1m2.small", "ecs.t5", "ecs-3", 1, 2, 2, 2},
	{"ecs.t6-c1m1.large", "ecs.t6", "ecs-4", 2, 2, 2, 2},
	{"ecs.n4.large", "ecs.n4", "ecs-3", 2, 4, 2, 2},
	{"ecs.c5.large", "ecs.c5", "ecs-4", 2, 4, 2, 6},
	{"ecs.g5.large", "ecs.g5", "ecs-4", 2, 8, 2, 6},
	{"ecs.c6.large", "ecs.c6", "ecs-5", 2, 4, 2, 6},
	{"ecs.c6.xlarge", "ecs.c6", "ecs-5", 4, 8, 3, 10},
	{"ecs.g6.large", "ecs.g6", "ecs-5", 2, 8, 2, 6},
	{"ecs.g6.xlarge", "ecs.g6", "ecs-5", 4, 16, 3, 10},
	{"ecs.g6.2xlarge", "ecs.g6", "ecs-5", 8, 32, 4, 10},
	{"ecs.r6.large", "ecs.r6", "ecs-5", 2, 16, 2, 6},
	{"ecs.e-c1m2.large", "ecs.e", "ecs-6", 2, 4, 2, 2},
	{"ecs.u1-c1m2.large", "ecs.u1", "ecs-6", 2, 4, 2, 6},
	{"ecs.c7.large", "ecs.c7", "ecs-6", 2, 4, 3, 6},
	{"ecs.c7.xlarge", "ecs.c7", "ecs-6", 4, 8, 4, 15},
	{"ecs.g7.large", "ecs.g7", "ecs-6", 2, 8, 3, 6},
	{"ecs.g7.xlarge", "ecs.g7", "ecs-6", 4, 16, 4, 15},
	{"ecs.r7.large", "ecs.r7", "ecs-6", 2, 16, 3, 6},
}

// An Image is an image: one that the vendor offers to everybody, or a custom one.
type Image struct {
	ID       string
	Family   string
	Name     string // of the operating system
	NameEN   string
	Platform string
	System   string // linux or windows
	Size     int    // in GiB
	Title    string // the name of the image; "" is its id
	Custom   bool   // of the account, not the vendor's
}

// Created returns when an image was made. The ids of the vendor's images end with the day.
func (i *Image) Created() time.Time {
	name := strings.TrimSuffix(i.ID, ".vhd")
	t, err := time.Parse("20060102", name[max(0, len(name)-8):])
	if err != nil {
		return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return t
}

// IsImageID reports whether a text is written like the id of an image.
func IsImageID(text string) bool {
	return strings.HasPrefix(text, "m-") || strings.HasSuffix(text, ".vhd")
}

// Images returns the images that the mock has, in every region.
func Images() []Image { return images }

// FindImage returns the image with an id.
func FindImage(id string) (Image, bool) {
	return find(images, id, func(i *Image) string { return i.ID })
}

var images = []Image{
	{ID: "aliyun_3_x64_20G_alibase_20240528.vhd", Family: "acs:alibaba_cloud_linux_3_2104_lts_x64", Name: "Alibaba Cloud Linux  3.2104 LTS 64位", NameEN: "Alibaba Cloud Linux  3.2104 LTS 64 bit", Platform: "Aliyun", System: "linux", Size: 20},
	{ID: "aliyun_2_1903_x64_20G_alibase_20240628.vhd", Family: "acs:alibaba_cloud_linux_2_1903_lts_x64", Name: "Alibaba Cloud Linux  2.1903 LTS 64位", NameEN: "Alibaba Cloud Linux  2.1903 LTS 64 bit", Platform: "Aliyun", System: "linux", Size: 20},
	{ID: "ubuntu_24_04_x64_20G_alibase_20240923.vhd", Family: "acs:ubuntu_24_04_x64", Name: "Ubuntu  24.04 64位", NameEN: "Ubuntu  24.04 64 bit", Platform: "Ubuntu", System: "linux", Size: 20},
	{ID: "ubuntu_22_04_x64_20G_alibase_20240101.vhd", Family: "acs:ubuntu_22_04_x64", Name: "Ubuntu  22.04 64位", NameEN: "Ubuntu  22.04 64 bit", Platform: "Ubuntu", System: "linux", Size: 20},
	{ID: "ubuntu_20_04_x64_20G_alibase_20240101.vhd", Family: "acs:ubuntu_20_04_x64", Name: "Ubuntu  20.04 64位", NameEN: "Ubuntu  20.04 64 bit", Platform: "Ubuntu", System: "linux", Size: 20},
	{ID: "ubuntu_18_04_x64_20G_alibase_20240101.vhd", Family: "acs:ubuntu_18_04_x64", Name: "Ubuntu  18.04 64位", NameEN: "Ubuntu  18.04 64 bit", Platform: "Ubuntu", System: "linux", Size: 20},
	{ID: "debian_12_4_x64_20G_alibase_20240101.vhd", Family: "acs:debian_12_4_x64", Name: "Debian  12.4 64位", NameEN: "Debian  12.4 64 bit", Platform: "Debian", System: "linux", Size: 20},
	{ID: "centos_7_9_x64_20G_alibase_20240628.vhd", Family: "acs:centos_7_9_x64", Name: "CentOS  7.9 64位", NameEN: "CentOS  7.9 64 bit", Platform: "CentOS", System: "linux", Size: 20},
	{ID: "win2022_21H2_x64_dtc_en-us_40G_alibase_20240617.vhd", Family: "acs:windows_server_2022_datacenter_en", Name: "Windows Server  2022 数据中心版 64位英文版", NameEN: "Windows Server  2022 Datacenter 64 bit English Edition", Platform: "Windows Server 2022", System: "windows", Size: 40},
}

// DiskCategories are the categories of disks that the mock sells, in every zone.
func DiskCategories() []string {
	return []string{"cloud_essd", "cloud_ssd", "cloud_efficiency", "cloud"}
}

func find[T any](list []T, id string, idOf func(*T) string) (found T, ok bool) {
	for i := range list {
		if idOf(&list[i]) == id {
			return list[i], true
		}
	}
	return found, false
}

// Level returns the level of the type's family as the API prints it.
func (t *Type) Level() string {
	switch t.kind() {
	case "t":
		return "CreditEntryLevel"
	case "n", "e", "xn":
		return "EntryLevel"
	}
	return "EnterpriseLevel"
}

// Category returns what the type is made for, as the API prints it.
func (t *Type) Category() string {
	switch t.kind() {
	case "t":
		return "Burstable"
	case "n", "e", "xn":
		return "Shared"
	case "c":
		return "Compute-optimized"
	case "r":
		return "Memory-optimized"
	}
	return "General-purpose"
}

// kind returns the letters that begin the name of the family: g for ecs.g6.
func (t *Type) kind() string {
	name := strings.TrimPrefix(t.Family, "ecs.")
	return name[:len(name)-len(strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz"))]
}

// TypeOf returns an instance type that is written like the vendor's: one of the catalogue,
// or one with the family and the size that its name says.
func TypeOf(id string) (Type, bool) {
	if t, ok := FindType(id); ok {
		return t, true
	}
	parts := strings.Split(id, ".")
	if len(parts) != 3 || parts[0] != "ecs" || parts[1] == "" || parts[2] == "" {
		return Type{}, false
	}
	cores := 2
	if number, ok := strings.CutSuffix(parts[2], "xlarge"); ok {
		cores = 4
		if n, err := strconv.Atoi(number); err == nil {
			cores = 4 * n
		}
	}
	perCore := map[byte]int{'c': 2, 'g': 4, 'r': 8}[parts[1][0]]
	return Type{ID: id, Family: "ecs." + parts[1], Cores: cores, Memory: cores * max(perCore, 2), Interfaces: 2, Addresses: 6}, true
}
