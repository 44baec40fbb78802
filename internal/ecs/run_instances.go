package ecs

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// RunInstances creates instances and starts them.
var RunInstances = define(rpc.Spec{
	Name:     "RunInstances",
	Summary:  "Creates one or more instances and starts them.",
	Example:  "RegionId=cn-hangzhou&ImageId=" + compute.DefaultImage + "&InstanceType=ecs.g6.large&SecurityGroupId=sg-web&VSwitchId=vsw-1",
	Failures: runInstancesFailures,
}, (*Caller).runInstances)

// RunInstancesRequest is the instances to create.
type RunInstancesRequest struct {
	launch
	Amount, Least int
	Suffix        bool
	DryRun        bool
	Interfaces    []secondary
}

// Params declares the parameters.
func (r *RunInstancesRequest) Params(p *param.Set) {
	r.launch.bind(p, (*tag).Bind)
	p.Int(&r.Amount, "Amount", "How many instances to create.").Between(1, 100).Default("1").Example("3")
	p.Int(&r.Least, "MinAmount", "The least number of instances to create. The mock creates all.").Between(1, 100).Example("2")
	p.Bool(&r.Suffix, "UniqueSuffix", "Whether names end with 001, 002 and so on.").Example("true")
	param.List(p, &r.Groups, "SecurityGroupIds", 16, groupID)
	param.List(p, &r.Interfaces, "NetworkInterface", 2, (*secondary).bind)
	r.bind6(p)
	if r.Suffix && utf8.RuneCountInString(string(r.Name)) > 125 {
		p.Fail(errLongName)
	}
	r.network(r.Interfaces, p)
	p.Fail(r.checkAddresses(p))
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	p.Unused(unusedInRunInstances)
	r.token(p)
}

// checkAddresses returns an error if the instances cannot have the addresses.
func (r *RunInstancesRequest) checkAddresses(p *param.Set) error {
	six := len(r.IPv6)
	for i := range r.Interfaces {
		six += len(r.Interfaces[i].IPv6)
	}
	if six > 0 && r.Amount > 1 {
		return rpc.Named(errAddressAmount, "Amount")
	}
	return r.further.check(p)
}

// RunInstancesResponse has the ids of the new instances.
type RunInstancesResponse struct{ IDs []string }

// Fields declares the answer.
func (a *RunInstancesResponse) Fields(w *wire.Writer) {
	w.Text("OrderId", "")
	w.Int("TradePrice", 0)
	w.Texts("InstanceIdSets", "InstanceIdSet", a.IDs)
}

func (c *Caller) runInstances(r *RunInstancesRequest) (*RunInstancesResponse, error) {
	a := &RunInstancesResponse{}
	if r.Least > r.Amount {
		return nil, errMinAmount
	}
	return a, c.Update(func(ns *store.Namespace) error {
		pools := addressPools{}
		planned, err := c.launch(ns, pools, &r.launch, r.Amount, true)
		if err != nil {
			return err
		}
		secondaries, err := c.planSecondaries(ns, pools, r, planned[0])
		switch {
		case err != nil:
			return err
		case r.DryRun:
			return product.ErrDryRun
		}
		for n, i := range planned {
			r.rename(i, n)
			i.State.Through(compute.Pending, compute.Running, ns.Now().Add(c.Settle))
			ns.AddInstance(i)
			ns.Hide(i.ID, c.Hide)
			a.IDs = append(a.IDs, i.ID)
			for _, list := range secondaries {
				e := list[n]
				e.Instance, e.Zone = i.ID, i.Zone
				ns.AddInterface(e)
			}
		}
		return nil
	})
}

// numbered is a name with a place for a number, such as web-[1,4]-host: the first number
// and how many digits it has.
var numbered = regexp.MustCompile(`^(.*)\[(\d{0,6}),([1-6]?)\](.*)$`)

// rename gives the names of the n-th instance their numbers.
func (r *RunInstancesRequest) rename(i *compute.Instance, n int) {
	suffix := ""
	if r.Suffix {
		suffix = fmt.Sprintf("%03d", n+1)
	}
	name := func(text secgroup.Text, otherwise string) secgroup.Text {
		parts := numbered.FindStringSubmatch(text.String())
		switch {
		case text == "":
			return secgroup.Text(otherwise)
		case parts == nil:
			return text + secgroup.Text(suffix)
		}
		first, _ := strconv.Atoi(parts[2])
		digits, _ := strconv.Atoi(parts[3])
		number := fmt.Sprintf("%0*d", digits, first+n)
		if parts[4] == "" {
			return secgroup.Text(parts[1] + number)
		}
		return secgroup.Text(parts[1] + number + parts[4] + suffix)
	}
	i.Name, i.HostName = name(i.Name, i.ID), name(i.HostName, i.DefaultHostName())
}

// CreateInstance creates an instance and leaves it stopped.
var CreateInstance = define(rpc.Spec{
	Name:     "CreateInstance",
	Summary:  "Creates an instance, which is stopped.",
	Example:  "RegionId=cn-hangzhou&ImageId=" + compute.DefaultImage + "&InstanceType=ecs.g6.large&SecurityGroupId=sg-web&VSwitchId=vsw-1",
	Failures: createInstanceFailures,
}, (*Caller).createInstance)

// CreateInstanceRequest is the instance to create.
type CreateInstanceRequest struct {
	launch
	DryRun bool
}

// Params declares the parameters.
func (r *CreateInstanceRequest) Params(p *param.Set) {
	r.launch.bind(p, (*tag).BindEither)
	r.network(nil, p)
	p.Bool(&r.DryRun, "DryRun", "Checks the request only. That it would succeed is reported as an error.").Example("false")
	p.Unused(unusedInCreateInstance)
	r.token(p)
}

// CreateInstanceResponse has the id of the new instance.
type CreateInstanceResponse struct{ ID string }

// Fields declares the answer.
func (a *CreateInstanceResponse) Fields(w *wire.Writer) {
	w.Text("InstanceId", a.ID)
	w.Text("OrderId", "")
	w.Int("TradePrice", 0)
}

func (c *Caller) createInstance(r *CreateInstanceRequest) (*CreateInstanceResponse, error) {
	a := &CreateInstanceResponse{}
	return a, c.Update(func(ns *store.Namespace) error {
		planned, err := c.launch(ns, addressPools{}, &r.launch, 1, false)
		switch {
		case err != nil:
			return err
		case r.DryRun:
			return product.ErrDryRun
		}
		i := planned[0]
		i.Name, i.HostName = secgroup.Text(chosen(i.Name, i.ID)), secgroup.Text(chosen(i.HostName, i.DefaultHostName()))
		i.State.Through(compute.Pending, compute.Stopped, ns.Now().Add(c.Settle))
		ns.AddInstance(i)
		ns.Hide(i.ID, c.Hide)
		a.ID = i.ID
		return nil
	})
}

// A secondary is a network interface that is created with an instance, or the primary one
// where InstanceType says so.
type secondary struct {
	Kind              string
	VSwitch, Address  string
	Group             string
	Groups            []string
	Name, Description secgroup.Text
	DeleteOnRelease   optionalBool
	further
}

func (e *secondary) bind(p *param.Set) {
	p.String(&e.Kind, "InstanceType", "Primary for the primary interface, else Secondary.").Example("Secondary")
	p.String(&e.VSwitch, "VSwitchId", "vSwitch of the interface; that of the instance where absent.").Example("vsw-bp67acfmxazb4p****")
	p.String(&e.Address, "PrimaryIpAddress", "Private address of the interface.").Example("172.16.236.1")
	p.String(&e.Group, "SecurityGroupId", "Security group of the interface; that of the instance where absent.").Example("sg-bp67acfmxazb4p****")
	param.List(p, &e.Groups, "SecurityGroupIds", maxGroupsOfMember, groupID)
	p.Var(&e.Name, "NetworkInterfaceName", "Name of the interface.").Example("FinanceJoshua")
	p.Var(&e.Description, "Description", "Description of the interface.").Example("FinanceJoshua")
	p.Var(&e.DeleteOnRelease, "DeleteOnRelease", "Whether the interface is deleted with its instance.").Example("true")
	e.bind6(p)
	p.Unused(unusedInNetworkInterface)
	p.Fail(e.check(p))
}

func groupID(id *string, p *param.Set) {
	p.String(id, "", "Security group.").Example("sg-bp15ed6xe1yxeycg7****")
}

func (e *secondary) primary() bool { return strings.EqualFold(e.Kind, "Primary") }

// planSecondaries returns the network interfaces that are not primary: for each one of
// the request, those of the instances in turn, which are like the first one.
func (c *Caller) planSecondaries(ns *store.Namespace, pools addressPools, r *RunInstancesRequest, first *compute.Instance) ([][]*compute.Interface, error) {
	var all [][]*compute.Interface
	for i := range r.Interfaces {
		e := &r.Interfaces[i]
		if e.primary() {
			continue
		}
		like := *first
		like.Groups, like.VSwitch = e.groups(first), chosen(e.VSwitch, first.VSwitch)
		if err := c.placeLaunch(ns, &like); err != nil {
			return nil, err
		}
		if err := c.checkLaunchGroups(ns, &like, r.Amount); err != nil {
			return nil, err
		}
		list, err := pools.of(ns, like.VSwitch).give(e.Address, &e.further, r.Amount)
		if err != nil {
			return nil, err
		}
		all = append(all, e.planned(ns, &like, list))
	}
	return all, nil
}

// groups returns the security groups of the interface: those of its instance where it is
// given none.
func (e *secondary) groups(i *compute.Instance) []string {
	groups := e.Groups
	if e.Group != "" {
		groups = []string{e.Group}
	}
	if len(groups) == 0 {
		groups = i.Groups
	}
	return unique(groups)
}

// planned returns an interface for each of some that have addresses, each in the network
// of an instance.
func (e *secondary) planned(ns *store.Namespace, like *compute.Instance, addresses []compute.Interface) []*compute.Interface {
	var list []*compute.Interface
	for i := range addresses {
		n := &addresses[i]
		n.Member = secgroup.Member{ID: ns.NewID("eni-"), VPC: like.VPC, Groups: slices.Clone(like.Groups)}
		n.Name, n.Description, n.VSwitch = e.Name, e.Description, like.VSwitch
		n.DeleteOnRelease = !e.DeleteOnRelease.Given || e.DeleteOnRelease.Value
		n.State.To(compute.InUse)
		list = append(list, n)
	}
	return list
}

// unique returns texts without those that came before.
func unique(texts []string) []string {
	var list []string
	for _, t := range texts {
		if !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}
