package compute

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

// An Image is an image that the vendor offers to everybody.
type Image struct {
	ID       string
	Family   string
	Name     string // of the operating system
	NameEN   string
	Platform string
	System   string // linux or windows
	Size     int    // in GiB
}

// Images returns the images that the mock has, in every region.
func Images() []Image { return images }

// FindImage returns the image with an id.
func FindImage(id string) (Image, bool) {
	return find(images, id, func(i *Image) string { return i.ID })
}

var images = []Image{
	{"aliyun_3_x64_20G_alibase_20240528.vhd", "acs:alibaba_cloud_linux_3_2104_lts_x64", "Alibaba Cloud Linux  3.2104 LTS 64位", "Alibaba Cloud Linux  3.2104 LTS 64 bit", "Aliyun", "linux", 20},
	{"aliyun_2_1903_x64_20G_alibase_20240628.vhd", "acs:alibaba_cloud_linux_2_1903_lts_x64", "Alibaba Cloud Linux  2.1903 LTS 64位", "Alibaba Cloud Linux  2.1903 LTS 64 bit", "Aliyun", "linux", 20},
	{"ubuntu_24_04_x64_20G_alibase_20240923.vhd", "acs:ubuntu_24_04_x64", "Ubuntu  24.04 64位", "Ubuntu  24.04 64 bit", "Ubuntu", "linux", 20},
	{"ubuntu_22_04_x64_20G_alibase_20240101.vhd", "acs:ubuntu_22_04_x64", "Ubuntu  22.04 64位", "Ubuntu  22.04 64 bit", "Ubuntu", "linux", 20},
	{"ubuntu_20_04_x64_20G_alibase_20240101.vhd", "acs:ubuntu_20_04_x64", "Ubuntu  20.04 64位", "Ubuntu  20.04 64 bit", "Ubuntu", "linux", 20},
	{"ubuntu_18_04_x64_20G_alibase_20240101.vhd", "acs:ubuntu_18_04_x64", "Ubuntu  18.04 64位", "Ubuntu  18.04 64 bit", "Ubuntu", "linux", 20},
	{"debian_12_4_x64_20G_alibase_20240101.vhd", "acs:debian_12_4_x64", "Debian  12.4 64位", "Debian  12.4 64 bit", "Debian", "linux", 20},
	{"centos_7_9_x64_20G_alibase_20240628.vhd", "acs:centos_7_9_x64", "CentOS  7.9 64位", "CentOS  7.9 64 bit", "CentOS", "linux", 20},
	{"win2022_21H2_x64_dtc_en-us_40G_alibase_20240617.vhd", "acs:windows_server_2022_datacenter_en", "Windows Server  2022 数据中心版 64位英文版", "Windows Server  2022 Datacenter 64 bit English Edition", "Windows Server 2022", "windows", 40},
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
