package ecs

import (
	"errors"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

var (
	errTwoInterfaceGroups = errors.New("give SecurityGroupId or SecurityGroupIds, not both")
	errGroupClassic       = errors.New("the security group is in the classic network; a network interface is in a VPC")
)

// CreateNetworkInterface creates a network interface that is not attached to an instance.
var CreateNetworkInterface = define(rpc.Spec{
	Name:    "CreateNetworkInterface",
	Summary: "Creates a network interface. An instance in the same zone can have it.",
	Example: "RegionId=cn-hangzhou&VSwitchId=vsw-1&SecurityGroupId=sg-web",
	Failures: slices.Concat([]*rpc.Failure{
		{On: errTwoInterfaceGroups, Status: 400, Code: "InvalidParameter.Conflict", Message: "The specified parameters SecurityGroupId and SecurityGroupIds are conflict.",
			When: "SecurityGroupId and SecurityGroupIds are both given.", Try: "SecurityGroupIds.1=sg-web"},
		{On: errInstanceName, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "NetworkInterfaceName does not follow its rules.", Try: "NetworkInterfaceName=9lives"},
		{On: errDescription, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "Description does not have 2 to 256 characters, or begins with http:// or https://.", Try: "Description=x"},
		invalidBool("DeleteOnRelease"),
		{On: errVSwitchID, Status: 404, Code: "InvalidVSwitchId.NotFound", Message: "The specified VSwitchId is not found.",
			When: "There is no such vSwitch.", Try: "VSwitchId=switch"},
		{On: errPrivateAddress, Status: 403, Code: "InvalidIp.Address", Message: "The specified ipAddress is invalid.",
			When: "PrimaryIpAddress or PrivateIpAddress.N is not an IPv4 address.", Try: "PrimaryIpAddress=10.0.0"},
		{On: errOutsideAddress, Status: 403, Code: "InvalidVSwitchId.IpInvalid", Message: "The specified IpAddress is not valid in VSwitch CIDR block.",
			When: "The address is not in the block of the vSwitch.", Try: "PrimaryIpAddress=192.0.2.1"},
		{On: errUsedAddress, Status: 400, Code: "InvalidPrivateIpAddress.Duplicated", Message: "Specified private IP address is duplicated.",
			When: "The address is used already.", Try: "PrimaryIpAddress=172.16.0.1"},
		{On: errNoAddress, Status: 403, Code: "InvalidVSwitchId.IpNotEnough", Message: "The specified VSwitch has not enough IpAddress.",
			When: "The vSwitch has no address left.", Try: "5*VSwitchId=vsw-small"},
		{On: errSecondaryCount, Status: 403, Code: "MaxEniPrivateIpsCountExceeded", Message: "The number of private addresses of the ENI exceeds the limit.",
			When: "The interface would have more than 49 secondary private addresses, before edition 2025 more than 10.", Try: "SecondaryPrivateIpAddressCount=50"},
		fullGroup.With("1995*VSwitchId=vsw-big&NetworkInterfaceName=eni#"),
		unknownResourceGroup,
		repeatedTagKey,
	}, furtherFailures,
		interfaceGroupFailures("SecurityGroupId=", "-SecurityGroupId&SecurityGroupIds.1=sg-web&SecurityGroupIds.2="),
		tagFailures("The specified Tag.n.Key is not valid.", "The specified Tag.n.Key is not valid.", "The specified Tag.n.Value is not valid.", ""),
		product.TokenFailures("NetworkInterfaceName=other")),
}, (*Caller).createInterface)

// interfaceGroupFailures returns the rows of the security groups of a network interface.
// one and more begin a Try that gives one group, or one beside sg-web.
func interfaceGroupFailures(one, more string) []*rpc.Failure {
	return []*rpc.Failure{
		{On: store.ErrGroup, Status: 404, Code: "InvalidSecurityGroupId.NotFound", Message: "The specified SecurityGroupId is not found.",
			When: "The account has no such group in the region.", Try: one + "sg-nowhere"},
		{On: errGroupClassic, Status: 403, Code: "InvalidSecurityGroupId.NotVpc", Message: "The specified SecurityGroupId not in VPC.",
			When: "The group is in the classic network.", Try: one + "sg-classic"},
		{On: errInterfaceVPC, Status: 403, Code: "InvalidOperation.VpcMismatch", Message: "The VPC of the specified ENI and security group are not in the same VPC.",
			When: "The group is in another VPC than the network interface.", Try: one + "sg-elsewhere"},
		{On: errMemberType, Status: 400, Code: "InvalidOperation.MultiGroupType", Message: "The specified instance can't join different types of security group.",
			When: "The security groups are of different types.", Try: more + "sg-enterprise"},
		serviceManaged.With(one + "sg-managed").From(rpc.Edition2020),
		unknownRegion,
	}
}

// CreateNetworkInterfaceRequest is the network interface to create.
type CreateNetworkInterfaceRequest struct {
	regional
	VSwitch string
	Group   string
	Groups  []string
	Address string
	further
	Name    instanceName
	About   aboutText
	RG      product.ResourceGroup
	Release optionalBool
	Tags    []tag
	idempotent
}

// Params declares the parameters.
func (r *CreateNetworkInterfaceRequest) Params(p *param.Set) {
	r.region(p, "Region of the network interface.")
	p.String(&r.VSwitch, "VSwitchId", "vSwitch of the network interface.").Require().Example("vsw-bp1s5fnvk4gn2tws03****")
	p.String(&r.Group, "SecurityGroupId", "Security group of the network interface.").Example("sg-bp1fg655nh68xyz9i****")
	param.List(p, &r.Groups, "SecurityGroupIds", maxGroupsOfMember, groupID)
	p.String(&r.Address, "PrimaryIpAddress", "Private address; a free one of the vSwitch where absent.").Example("172.17.0.1")
	r.further.bind(p)
	p.Var(&r.Name, "NetworkInterfaceName", "Name.").Example("testNetworkInterfaceName")
	p.Var(&r.About, "Description", "Description. It does not begin with http:// or https://.").Example("testDescription")
	p.Var(&r.RG, "ResourceGroupId", "Resource group.").Example("rg-bp67acfmxazb4ph****")
	p.Var(&r.Release, "DeleteOnRelease", "Whether the network interface is deleted with its instance; it is where absent.").Example("true")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).Bind)
	p.Fail(product.CheckRepeatedKey(r.Tags))
	p.Unused(unusedInCreateInterface)
	r.token(p)
	p.Fail(r.further.check(p))
	switch {
	case r.Group != "" && len(r.Groups) > 0:
		p.Fail(rpc.Named(errTwoInterfaceGroups, "SecurityGroupIds"))
	case r.Group != "":
		r.Groups = []string{r.Group}
	case len(r.Groups) == 0:
		p.Fail(rpc.Named(param.ErrMissing, "SecurityGroupId"))
	}
}

// CreateNetworkInterfaceResponse is the new network interface.
type CreateNetworkInterfaceResponse struct{ networkInterface }

// Fields declares the answer.
func (a *CreateNetworkInterfaceResponse) Fields(w *wire.Writer) { a.fields(w) }

func (c *Caller) createInterface(r *CreateNetworkInterfaceRequest) (*CreateNetworkInterfaceResponse, error) {
	a := &CreateNetworkInterfaceResponse{}
	return a, c.Update(func(ns *store.Namespace) error {
		e := &compute.Interface{
			Member: secgroup.Member{Kind: secgroup.Interface}, VSwitch: r.VSwitch,
			Name: secgroup.Text(r.Name), Description: secgroup.Text(r.About), ResourceGroup: string(r.RG),
			DeleteOnRelease: !r.Release.Given || r.Release.Value, Tags: product.TagsOf(r.Tags),
		}
		if err := c.placeInterface(ns, e, r.Groups[0]); err != nil {
			return err
		}
		groups, err := c.interfaceGroups(ns, &e.Member, r.Groups)
		if err != nil {
			return err
		}
		list, err := addressPools{}.of(ns, e.VSwitch).give(r.Address, &r.further, 1)
		if err != nil {
			return err
		}
		e.ID, e.Address, e.Further, e.Groups = ns.NewID("eni-"), list[0].Address, list[0].Further, groups
		e.State.Through(compute.Creating, compute.Available, ns.Now().Add(c.Settle))
		ns.AddInterface(e)
		ns.Hide(e.ID, c.Hide)
		a.networkInterface = newInterface(e, ns.Now())
		return nil
	})
}

// placeInterface sets the VPC and the zone of a new interface. A vSwitch that is only
// taken to exist is in the VPC of the group.
func (c *Caller) placeInterface(ns *store.Namespace, e *compute.Interface, group string) error {
	vswitch, err := product.FindVSwitch((*product.Caller)(c), ns, e.VSwitch)
	switch {
	case vswitch != nil:
		e.VPC, e.Zone = vswitch.VPC, vswitch.Zone
		return nil
	case err != nil || !strings.HasPrefix(e.VSwitch, "vsw-"):
		return product.Hinted(errVSwitchID, "there is no vSwitch "+e.VSwitch+" in "+c.Region)
	}
	g, err := ns.VisibleGroup(group)
	if err != nil {
		return err
	}
	e.VPC, e.Zone = g.VPC, store.ZoneID(c.Region, "a")
	return nil
}

// interfaceGroups returns the ids of groups, each once, if a member can be in them in
// place of its groups.
func (c *Caller) interfaceGroups(ns *store.Namespace, m *secgroup.Member, ids []string) ([]string, error) {
	kind := secgroup.GroupType(0)
	var list []string
	for _, id := range ids {
		if slices.Contains(list, id) {
			continue
		}
		g, err := ns.VisibleGroup(id)
		if err != nil {
			return nil, err
		}
		joins := !slices.Contains(m.Groups, id)
		switch err := c.checkManaged(g, rpc.Edition2020); {
		case err != nil && joins:
			return nil, err
		case g.VPC == "":
			return nil, errGroupClassic
		case g.VPC != m.VPC:
			return nil, errInterfaceVPC
		case kind != 0 && kind != g.Type:
			return nil, errMemberType
		case joins && len(ns.Members(id)) >= g.Capacity():
			return nil, product.Quota(errGroupFull, id, len(ns.Members(id)), g.Capacity(), "members")
		}
		kind, list = g.Type, append(list, g.ID)
	}
	return list, nil
}

// DeleteNetworkInterface deletes a network interface that no instance has.
var DeleteNetworkInterface = define(rpc.Spec{
	Name:    "DeleteNetworkInterface",
	Summary: "Deletes a network interface that is not attached to an instance.",
	Example: "RegionId=cn-hangzhou&NetworkInterfaceId=eni-crowded",
	Failures: []*rpc.Failure{
		interfaceState("The network interface is attached to an instance.", "NetworkInterfaceId=eni-web"),
		primaryInterface,
		managedInterface,
		unknownInterface,
		unknownRegion,
	},
}, (*Caller).deleteInterface)

// DeleteNetworkInterfaceRequest names the network interface to delete.
type DeleteNetworkInterfaceRequest struct{ oneInterface }

// Params declares the parameters.
func (r *DeleteNetworkInterfaceRequest) Params(p *param.Set) { r.bind(p) }

func (c *Caller) deleteInterface(r *DeleteNetworkInterfaceRequest) (*Done, error) {
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		e, err := r.secondary(ns)
		switch {
		case err != nil:
			return err
		case e.State.At(ns.Now()) != compute.Available:
			return errInterfaceState
		}
		ns.DeleteInterface(e)
		return nil
	})
}
