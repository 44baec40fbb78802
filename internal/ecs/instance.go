package ecs

import (
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// instance is an instance as answers show it.
type instance struct {
	compute.Instance
	kind       compute.Type
	image      compute.Image
	status     compute.Status
	interfaces []compute.Interface // attached, the primary one first
}

// newInstance returns a copy of an instance that may be read when the world has changed.
func newInstance(ns *store.Namespace, i *compute.Instance) instance {
	a := instance{Instance: *i, status: i.State.At(ns.Now()), interfaces: []compute.Interface{*i.Primary()}}
	a.Groups = slices.Clone(i.Groups)
	a.kind, _ = ns.InstanceType(i.Type)
	a.image, _ = ns.Image(i.Image)
	for _, e := range ns.Interfaces() {
		if e.Instance == i.ID {
			a.interfaces = append(a.interfaces, *e)
		}
	}
	return a
}

func (i *instance) fields(w *wire.Writer) {
	kind := i.kind
	i.names(w)
	w.Text("InstanceType", i.Type)
	w.Text("InstanceTypeFamily", kind.Family)
	w.Int("Cpu", kind.Cores)
	w.Int("CPU", kind.Cores)
	w.Int("Memory", 1024*kind.Memory)
	w.Int("GPUAmount", 0)
	w.Text("GPUSpec", "")
	w.Object("CpuOptions", func(w *wire.Writer) {
		w.Int("CoreCount", (kind.Cores+1)/2)
		w.Int("ThreadsPerCore", 2)
		w.Text("Numa", "")
		w.Text("TopologyType", "")
	})
	i.system(w)
	i.times(w)
	i.payment(w)
	i.network(w)
	i.placement(w)
	wire.List(w, "Tags", "Tag", i.Tags, tagFields)
}

func (i *instance) names(w *wire.Writer) {
	w.Text("InstanceId", i.ID)
	w.Text("InstanceName", i.Name.String())
	w.Text("Description", i.Description.String())
	w.Text("HostName", i.HostName.String())
	w.Text("SerialNumber", serialNumber(i.ID))
	w.Text("RegionId", i.Region)
	w.Text("ZoneId", i.Zone)
	w.Text("ClusterId", "")
	w.Text("Status", i.status.String())
	w.Text("StoppedMode", "Not-applicable")
	w.Bool("DeviceAvailable", true)
	w.Bool("DeletionProtection", i.Protected)
	w.Bool("IoOptimized", true)
	w.Bool("Recyclable", false)
	w.Text("ResourceGroupId", i.ResourceGroup)
	w.Text("KeyPairName", i.KeyPair)
	operationLocks(w)
}

// operationLocks writes the reasons why an instance is locked. The mock locks none.
func operationLocks(w *wire.Writer) {
	wire.List(w, "OperationLocks", "LockReason", nil, func(_ *struct{}, w *wire.Writer) { w.Text("LockReason", "") })
}

func (i *instance) system(w *wire.Writer) {
	image := i.image
	w.Text("ImageId", i.Image)
	w.Text("OSName", image.Name)
	w.Text("OSNameEn", image.NameEN)
	w.Text("OSType", chosen(image.System, "linux"))
	w.Object("MetadataOptions", func(w *wire.Writer) {
		w.Text("HttpEndpoint", "enabled")
		w.Text("HttpTokens", "optional")
		w.Int("HttpPutResponseHopLimit", 0)
	})
	w.Object("ImageOptions", func(w *wire.Writer) { w.Bool("LoginAsNonRoot", false) })
	w.Object("AdditionalInfo", func(w *wire.Writer) { w.Bool("EnableHighDensityMode", false) })
	w.Text("CreditSpecification", i.Credit)
}

func (i *instance) times(w *wire.Writer) {
	started := i.Started
	if started.IsZero() {
		started = i.Created
	}
	w.Text("CreationTime", minute(i.Created))
	w.Text("StartTime", minute(started))
	w.Text("ExpiredTime", minute(never))
	w.Text("AutoReleaseTime", "")
}

// never is the time when an instance that is paid by use ends.
var never = time.Date(2099, 12, 31, 15, 59, 0, 0, time.UTC)

func (i *instance) payment(w *wire.Writer) {
	w.Text("InstanceChargeType", i.Charge)
	w.Text("InternetChargeType", i.Traffic)
	w.Text("SaleCycle", "")
	w.Text("SpotStrategy", i.Spot)
	w.Int("SpotPriceLimit", 0)
	w.Int("SpotDuration", 1)
	w.Text("SpotInterruptionBehavior", "Terminate")
	w.Int("InternetMaxBandwidthIn", i.BandwidthIn)
	w.Int("InternetMaxBandwidthOut", i.BandwidthOut)
}

func (i *instance) network(w *wire.Writer) {
	i.addresses(w)
	wire.List(w, "NetworkInterfaces", "NetworkInterface", i.interfaces, func(e *compute.Interface, w *wire.Writer) {
		w.Text("NetworkInterfaceId", e.ID)
		w.Text("MacAddress", e.MAC())
		w.Text("PrimaryIpAddress", addressText(e.Address))
		w.Text("Type", e.Type())
		privateIPSets(w, e, func(*wire.Writer) {})
		ipv6Sets(w, e)
	})
}

// addresses writes the networks, the addresses and the security groups.
func (i *instance) addresses(w *wire.Writer) {
	inner, private, network := addresses(i.Address), []string(nil), "classic"
	if i.VPC != "" {
		inner, private, network = nil, inner, "vpc"
	}
	w.Text("InstanceNetworkType", network)
	w.Text("VlanId", "")
	w.Object("VpcAttributes", func(w *wire.Writer) {
		w.Text("VpcId", i.VPC)
		w.Text("VSwitchId", i.VSwitch)
		w.Text("NatIpAddress", "")
		w.Texts("PrivateIpAddress", "IpAddress", private)
	})
	w.Object("EipAddress", func(w *wire.Writer) {
		w.Text("AllocationId", "")
		w.Text("IpAddress", "")
		w.Text("InternetChargeType", "")
	})
	w.Texts("PublicIpAddress", "IpAddress", addresses(i.PublicAddress))
	w.Texts("InnerIpAddress", "IpAddress", inner)
	w.Texts("RdmaIpAddress", "IpAddress", nil)
	w.Texts("SecurityGroupIds", "SecurityGroupId", i.Groups)
}

func (i *instance) placement(w *wire.Writer) {
	w.Text("HpcClusterId", "")
	w.Text("DeploymentSetId", "")
	w.Object("DedicatedHostAttribute", func(w *wire.Writer) {
		w.Text("DedicatedHostId", "")
		w.Text("DedicatedHostName", "")
	})
	w.Object("DedicatedInstanceAttribute", func(w *wire.Writer) {
		w.Text("Affinity", "")
		w.Text("Tenancy", "")
	})
	w.Object("EcsCapacityReservationAttr", func(w *wire.Writer) {
		w.Text("CapacityReservationId", "")
		w.Text("CapacityReservationPreference", "")
	})
}

// serialNumber returns the serial number of an instance, which follows from its id.
func serialNumber(id string) string {
	h := fnv.New128a()
	h.Write([]byte(id))
	sum := h.Sum(nil)
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:])
}
