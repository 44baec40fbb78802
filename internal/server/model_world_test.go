package server_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// A model is what the calls of a test should have made of a server: plain maps, in which
// everything is found by looking at all of it. It shares no code with the store.
type model struct {
	*rand.Rand
	s       *server.Server
	edition rpc.Edition
	draws   []drawer

	vpcs       map[string]*modelVPC
	vswitches  map[string]*modelVSwitch
	groups     map[string]*modelGroup
	instances  map[string]*modelMember
	interfaces map[string]*modelMember
	gone       []string // ids of what was deleted
}

type modelVPC struct{ isDefault bool }

type modelVSwitch struct {
	vpc, zone string
	block     netip.Prefix
}

type modelGroup struct {
	vpc        string
	enterprise bool
	rules      []modelRule
}

type modelRule struct{ peer, ports string }

// A modelMember is an instance or a network interface that is not primary.
type modelMember struct {
	vpc, vswitch, zone string
	groups             []string
	running            bool   // an instance
	instance           string // to which an interface is attached
	release            bool   // an interface is deleted with its instance
	secondary          int    // addresses of an interface
}

const ofVPC = "&Version=2016-04-28"

func newModel(s *server.Server, edition rpc.Edition, seed uint64) *model {
	m := &model{
		Rand: rand.New(rand.NewPCG(seed, 2014)), s: s, edition: edition,
		vpcs: map[string]*modelVPC{}, vswitches: map[string]*modelVSwitch{}, groups: map[string]*modelGroup{},
		instances: map[string]*modelMember{}, interfaces: map[string]*modelMember{},
	}
	m.draws = []drawer{
		{"CreateVpc" + ofVPC, 3, m.createVPC},
		{"CreateVSwitch" + ofVPC, 5, m.createVSwitch},
		{"CreateSecurityGroup", 10, m.createGroup},
		{"AuthorizeSecurityGroup", 10, m.authorize},
		{"RevokeSecurityGroup", 8, m.revoke},
		{"RunInstances", 8, m.runInstances},
		{"CreateInstance", 4, m.createInstance},
		{"StartInstance", 4, func() modelCall { return m.changeState(true) }},
		{"StopInstance", 4, func() modelCall { return m.changeState(false) }},
		{"DeleteInstance", 6, m.deleteInstance},
		{"CreateNetworkInterface", 8, m.createInterface},
		{"AttachNetworkInterface", 8, m.attach},
		{"DetachNetworkInterface", 4, m.detach},
		{"ModifyNetworkInterfaceAttribute", 5, m.modifyInterface},
		{"ModifyInstanceAttribute", 5, m.modifyInstance},
		{"JoinSecurityGroup", 14, m.join},
		{"LeaveSecurityGroup", 5, m.leave},
		{"DeleteNetworkInterface", 4, m.deleteInterface},
		{"DeleteSecurityGroup", 4, m.deleteGroup},
		{"DeleteVSwitch" + ofVPC, 3, m.deleteVSwitch},
		{"DeleteVpc" + ofVPC, 2, m.deleteVPC},
	}
	return m
}

// keys returns the keys of a map in order.
func keys[T any](all map[string]T) []string { return slices.Sorted(maps.Keys(all)) }

// pickID returns one of the ids of a map, now and then one of a kind that there is not.
func pickID[T any](m *model, all map[string]T, kind string) string {
	return m.one(keys(all), kind)
}

func (m *model) one(ids []string, kind string) string {
	if len(ids) > 0 && m.IntN(12) > 0 {
		return ids[m.IntN(len(ids))]
	}
	deleted := slices.DeleteFunc(slices.Clone(m.gone), func(id string) bool { return !strings.HasPrefix(id, kind) })
	if len(deleted) > 0 && m.IntN(2) == 0 {
		return deleted[m.IntN(len(deleted))]
	}
	return kind + "nowhere"
}

// pickVPC returns a VPC, mostly one of two, so that much meets in one.
func (m *model) pickVPC() string {
	if ids := keys(m.vpcs); len(ids) > 2 && m.IntN(5) > 0 {
		return ids[m.IntN(2)]
	}
	return pickID(m, m.vpcs, "vpc-")
}

// pickGroup returns a group, mostly one where a member is.
func (m *model) pickGroup(member *modelMember) string {
	var near []string
	for _, id := range keys(m.groups) {
		if member != nil && m.groups[id].vpc == member.vpc {
			near = append(near, id)
		}
	}
	if member == nil || m.IntN(4) == 0 {
		return pickID(m, m.groups, "sg-")
	}
	return m.one(near, "sg-")
}

// pickGroups returns one to three groups, seldom six or more, mostly where a member is, or
// all in one VPC.
func (m *model) pickGroups(member *modelMember) []string {
	list := []string{m.pickGroup(member)}
	if g := m.groups[list[0]]; g != nil {
		member = &modelMember{vpc: g.vpc}
	}
	n := m.IntN(3)
	if m.IntN(10) == 0 {
		n = 5 + m.IntN(3)
	}
	for range n {
		list = append(list, m.pickGroup(member))
	}
	return list
}

// pickVSwitch returns a vSwitch, mostly of a VPC.
func (m *model) pickVSwitch(vpc string) string {
	var near []string
	for _, id := range keys(m.vswitches) {
		if m.vswitches[id].vpc == vpc || m.IntN(10) == 0 {
			near = append(near, id)
		}
	}
	return m.one(near, "vsw-")
}

// mustExist reports whether VPCs and vSwitches that a call names must exist: from edition
// 2025 on, once the account has a VPC beside the default one.
func (m *model) mustExist() bool {
	for _, v := range m.vpcs {
		if !v.isDefault {
			return m.edition >= rpc.Edition2025
		}
	}
	return false
}

// free returns how many addresses of a vSwitch nothing has. Four are the service's.
func (m *model) free(vswitch string) int {
	s := m.vswitches[vswitch]
	if s == nil {
		return 1000
	}
	n := 1<<(32-s.block.Bits()) - 4
	for _, i := range m.instances {
		if i.vswitch == vswitch {
			n--
		}
	}
	for _, e := range m.interfaces {
		if e.vswitch == vswitch {
			n -= 1 + e.secondary
		}
	}
	return n
}

// members returns the instances and the interfaces in a group.
func (m *model) members(group string) []string {
	var all []string
	for id, i := range m.instances {
		if slices.Contains(i.groups, group) {
			all = append(all, id)
		}
	}
	for id, e := range m.interfaces {
		if slices.Contains(e.groups, group) {
			all = append(all, id)
		}
	}
	return all
}

// referrers returns the other groups with rules that name a group.
func (m *model) referrers(group string) []string {
	var all []string
	for id, g := range m.groups {
		if id != group && slices.ContainsFunc(g.rules, func(r modelRule) bool { return r.peer == group }) {
			all = append(all, id)
		}
	}
	slices.Sort(all)
	return all
}

// primary returns the instance of which an id is that of the primary interface.
func (m *model) primary(id string) (string, *modelMember) {
	instance := "i-" + strings.TrimPrefix(id, "eni-")
	return instance, m.instances[instance]
}

// pickInterface returns an interface, now and then a primary one.
func (m *model) pickInterface() string {
	if len(m.instances) > 0 && m.IntN(8) == 0 {
		return "eni-" + strings.TrimPrefix(pickID(m, m.instances, "i-"), "i-")
	}
	return pickID(m, m.interfaces, "eni-")
}

// lines returns a line for each fact of the model, as modelState does of the state.
func (m *model) lines() []string {
	var all []string
	add := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	for id := range m.vpcs {
		add("VPC %s", id)
	}
	for id, s := range m.vswitches {
		add("vSwitch %s in %s", id, s.vpc)
	}
	for id, g := range m.groups {
		add("group %s in %q", id, g.vpc)
		for _, r := range g.rules {
			add("rule of %s from %s to %s", id, r.peer, r.ports)
		}
	}
	for id, i := range m.instances {
		status := "Stopped"
		if i.running {
			status = "Running"
		}
		add("instance %s %s in %q %q", id, status, i.vpc, i.vswitch)
	}
	for id, e := range m.interfaces {
		add("interface %s of %q in %q %q with %d more addresses", id, e.instance, e.vpc, e.vswitch, e.secondary)
	}
	for id := range m.groups {
		for _, member := range m.members(id) {
			add("%s is a member of %s", member, id)
		}
	}
	slices.Sort(all)
	return all
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

// numberedList returns the parameters of a list: &Name.1=a&Name.2=b.
func numberedList(name string, texts []string) string {
	query := ""
	for i, t := range texts {
		query += fmt.Sprintf("&%s.%d=%s", name, i+1, t)
	}
	return query
}

// remove deletes an id from a map and remembers it.
func remove[T any](m *model, all map[string]T, id string) {
	delete(all, id)
	m.gone = append(m.gone, id)
}
