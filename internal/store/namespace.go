package store

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// A Namespace is one account in one region. It is valid only inside View or Update.
type Namespace struct {
	Account, Region string

	all     *contents
	in      *regionContents
	groups  map[string]*secgroup.Group    // nil until something is added, as the other maps
	sorted  []*secgroup.Group             // by id, descending
	rules   secgroup.IDs                  // of all groups, which share it
	inGroup map[string][]*secgroup.Member // by the group's id; sorted by kind and id

	instances  resources[*compute.Instance]
	interfaces resources[*compute.Interface] // but for the primary ones

	prefixLists resources[*secgroup.PrefixList]
	portLists   resources[*secgroup.PortRangeList]
	vpcs        resources[*network.VPC]
	vswitches   resources[*network.VSwitch]

	by *Access // that updates the namespace, nil for none

	hidden  map[string]time.Time // until when, by the id of a group or a rule
	sweepAt int                  // with so many, those whose time is over are removed
}

// In returns the region.
func (ns *Namespace) In() Region { return ns.in.Region }

// Group returns a group of this account in this region, or a *Missing.
func (ns *Namespace) Group(id string) (*secgroup.Group, error) {
	if g, ok := ns.groups[id]; ok {
		return g, nil
	}
	return nil, ns.missing(id)
}

// Groups returns the groups by id, descending. The slice must not be changed, and
// AddGroup and DeleteGroup change it.
func (ns *Namespace) Groups() []*secgroup.Group { return ns.sorted }

// AddGroup adds a group with the rules that it has, and makes its account known. The
// group's id is new to the namespace.
func (ns *Namespace) AddGroup(g *secgroup.Group) {
	ns.touch(g.ID, true)
	g.SetDefaults()
	g.Created = ns.created(g.Created)
	ns.register(g)
	at, _ := slices.BinarySearchFunc(ns.sorted, g, descending)
	ns.sorted = slices.Insert(ns.sorted, at, g)
	for rule := range g.Rules() {
		ns.refer(g, rule)
	}
}

// DeleteGroup removes a group of the namespace. Rules of other groups that name it
// stay, and name nothing from then on.
func (ns *Namespace) DeleteGroup(g *secgroup.Group) {
	ns.touch(g.ID, true)
	for rule := range g.Rules() {
		delete(ns.rules, rule.ID)
		delete(ns.hidden, rule.ID)
		ns.unrefer(g, rule)
	}
	at, _ := slices.BinarySearchFunc(ns.sorted, g, descending)
	ns.sorted = slices.Delete(ns.sorted, at, at+1)
	delete(ns.groups, g.ID)
	delete(ns.hidden, g.ID)
	ns.all.groups--
	if ns.all.groupIDs[g.ID]--; ns.all.groupIDs[g.ID] == 0 {
		delete(ns.all.groupIDs, g.ID)
	}
}

// AddRule adds a rule to a group of the namespace. The rule has its defaults, an id, and
// the owner of the group that it names; its key is new to the group.
func (ns *Namespace) AddRule(g *secgroup.Group, rule *secgroup.Rule) {
	rule.Created = ns.created(rule.Created)
	ns.refer(g, rule) // first: the group's key of the rule has the strings that are shared
	g.Add(rule)
	ns.touchRule(g, nil, rule)
}

// RemoveRule removes a rule of a group of the namespace.
func (ns *Namespace) RemoveRule(g *secgroup.Group, rule *secgroup.Rule) {
	ns.touchRule(g, rule, nil)
	g.Remove(rule)
	delete(ns.hidden, rule.ID)
	ns.unrefer(g, rule)
}

// ChangeRule replaces the values of a rule of a group of the namespace, as the group's
// Change does, by those of a rule that has its defaults and the owner of the group
// that it names.
func (ns *Namespace) ChangeRule(g *secgroup.Group, rule *secgroup.Rule, to secgroup.Rule) {
	ns.refer(g, &to)
	ns.unrefer(g, rule)
	was := *rule
	g.Change(rule, to)
	ns.touchRule(g, &was, rule)
}

// Peer returns a group of any account in this region.
func (ns *Namespace) Peer(owner, id string) (*secgroup.Group, bool) {
	g := ns.in.group(owner, id)
	return g, g != nil
}

// Referrers returns the groups of any account in this region that have rules which
// name a group, by account and id. The group itself is not among them.
func (ns *Namespace) Referrers(owner, id string) []*secgroup.Group {
	named := ns.in.named.of(secgroup.Peer{Owner: owner, Group: id})
	return slices.DeleteFunc(named, func(g *secgroup.Group) bool { return g.Account == owner && g.ID == id })
}

// Owner returns the id of the account with an id or an e-mail address. The namespace's
// account and the default account are always known.
func (ns *Namespace) Owner(text string) (string, bool) {
	if text == ns.Account {
		return ns.Account, true
	}
	return ns.all.accounts.owner(text)
}

// NewID returns an id of a kind, such as "sg-", that nothing in the namespace has: after
// a state or a reset the source may make ids that are used already.
func (ns *Namespace) NewID(kind string) string {
	for {
		if id := ns.all.clock.ID(kind, ns.in.Letters); !ns.isUsed(id) {
			return id
		}
	}
}

// DefaultVPC returns the id of the account's default VPC in the region. Where there is
// none it is always the same id.
func (ns *Namespace) DefaultVPC() string {
	for _, v := range ns.vpcs {
		if v.Default {
			return v.ID
		}
	}
	return "vpc-" + ns.in.Letters + ns.accountHash()
}

// DefaultResourceGroup returns the id of the account's default resource group, which is
// the same in all regions.
func (ns *Namespace) DefaultResourceGroup() string { return "rg-acfm" + ns.accountHash() }

func (ns *Namespace) accountHash() string {
	h := fnv.New64a()
	h.Write([]byte(ns.Account))
	return strconv.FormatUint(h.Sum64(), 36)
}

// Now returns the mock's time.
func (ns *Namespace) Now() time.Time { return ns.all.clock.Now() }

// created returns the time of creation of an object: now, unless it has one.
func (ns *Namespace) created(at time.Time) time.Time {
	if at.IsZero() {
		at = ns.Now()
	}
	return seconds(at)
}

// seconds returns a time as the API and the state form have it.
func seconds(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// isUsed reports whether anything has an id.
func (ns *Namespace) isUsed(id string) bool {
	_, group := ns.groups[id]
	_, rule := ns.rules[id]
	_, instance := ns.Instance(id)
	_, iface := ns.Interface(id)
	_, prefixes := ns.PrefixList(id)
	_, ports := ns.PortRangeList(id)
	_, vpc := ns.VPC(id)
	_, vswitch := ns.VSwitch(id)
	return group || rule || instance || iface || prefixes || ports || vpc || vswitch
}

// create makes the namespace one that is kept, and its account known, before
// something is added to it.
func (ns *Namespace) create() {
	if ns.groups != nil {
		return
	}
	ns.Account = ns.all.accounts.add(ns.Account)
	ns.groups, ns.rules = map[string]*secgroup.Group{}, secgroup.IDs{}
	ns.inGroup = map[string][]*secgroup.Member{}
	ns.in.namespaces[ns.Account] = ns
}

// register adds a group to all but the sorted slice.
func (ns *Namespace) register(g *secgroup.Group) {
	ns.create()
	g.Account, g.Region = ns.Account, ns.Region
	g.Share(ns.rules)
	ns.groups[g.ID] = g
	ns.all.groups++
	ns.all.groupIDs[g.ID]++
}

// sort sorts what a state has added.
func (ns *Namespace) sort() {
	slices.SortFunc(ns.sorted, descending)
}

// refer adds the peer that a rule names to the references, unrefer removes it.
func (ns *Namespace) refer(g *secgroup.Group, rule *secgroup.Rule) {
	if rule.Peer != (secgroup.Peer{}) {
		ns.in.name(g, &rule.Peer)
	}
}

func (ns *Namespace) unrefer(g *secgroup.Group, rule *secgroup.Rule) {
	if rule.Peer != (secgroup.Peer{}) {
		ns.in.named.remove(g, rule.Peer)
	}
}

func descending(a, b *secgroup.Group) int { return cmp.Compare(b.ID, a.ID) }
