package store

import (
	"cmp"
	"slices"
	"time"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Namespace is one account in one region. It is valid only inside View or Update.
type Namespace struct {
	Account, Region string

	held    *inventory
	place   *place
	groups  map[string]*secgroup.Group    // nil, as the other maps, until keep
	sorted  []*secgroup.Group             // by id, descending
	rules   secgroup.IDs                  // of all groups, which share it
	members map[string]*secgroup.Member   // of both kinds
	inGroup map[string][]*secgroup.Member // by the group's id; by kind and id
	lists   []*secgroup.PrefixList        // by id, descending

	hidden     map[string]time.Time // until when, by the id of a group or a rule
	manyHidden int                  // with so many, those whose time has come are dropped
}

// Group is a group of this account in this region, or a *Missing.
func (r *Namespace) Group(id string) (*secgroup.Group, error) {
	if g, ok := r.groups[id]; ok {
		return g, nil
	}
	return nil, r.missing(id)
}

// Groups are the groups by id, descending. The slice is the namespace's own: it must
// not be changed, and AddGroup and DeleteGroup change it.
func (r *Namespace) Groups() []*secgroup.Group { return r.sorted }

// AddGroup takes a group in, with the rules it has, and makes its account known.
// The group's id is new to the namespace.
func (r *Namespace) AddGroup(g *secgroup.Group) {
	r.own(g)
	r.register(g)
	at, _ := slices.BinarySearchFunc(r.sorted, g, descending)
	r.sorted = slices.Insert(r.sorted, at, g)
	for rule := range g.Rules() {
		r.enter(g, rule)
	}
}

// DeleteGroup takes a group of the namespace out. Rules of other groups that name it
// stay, and name nothing from then on.
func (r *Namespace) DeleteGroup(g *secgroup.Group) {
	for rule := range g.Rules() {
		delete(r.rules, rule.ID)
		delete(r.hidden, rule.ID)
		r.leave(g, rule)
	}
	at, _ := slices.BinarySearchFunc(r.sorted, g, descending)
	r.sorted = slices.Delete(r.sorted, at, at+1)
	delete(r.groups, g.ID)
	delete(r.hidden, g.ID)
	r.held.groups--
	if r.held.groupIDs[g.ID]--; r.held.groupIDs[g.ID] == 0 {
		delete(r.held.groupIDs, g.ID)
	}
}

// AddRule puts a rule into a group of the namespace. The rule is settled, has an id
// and names the owner of the group it names; its key is free.
func (r *Namespace) AddRule(g *secgroup.Group, rule *secgroup.Rule) {
	r.ownRule(rule)
	r.enter(g, rule) // first: it shares the strings that the group's index keeps
	g.Add(rule)
}

// RemoveRule takes a rule of a group of the namespace out.
func (r *Namespace) RemoveRule(g *secgroup.Group, rule *secgroup.Rule) {
	g.Remove(rule)
	delete(r.hidden, rule.ID)
	r.leave(g, rule)
}

// ChangeRule makes a rule of a group of the namespace what another one is, as Change of
// the group does; what it becomes is settled and names the owner of the group it names.
func (r *Namespace) ChangeRule(g *secgroup.Group, rule *secgroup.Rule, to secgroup.Rule) {
	r.ownRule(&to)
	r.enter(g, &to)
	r.leave(g, rule)
	g.Change(rule, to)
}

// Peer is a group of any account in this region.
func (r *Namespace) Peer(owner, id string) (*secgroup.Group, bool) {
	g := r.place.group(owner, id)
	return g, g != nil
}

// Referrers are the groups of any account in this region that have rules which
// name a group, by account and id. The group itself is not among them.
func (r *Namespace) Referrers(owner, id string) []*secgroup.Group {
	return r.place.named.of(owner, id)
}

// Owner is the id of the account whose id or e-mail address a text is. The
// namespace's own account and the default account are always known.
func (r *Namespace) Owner(text string) (string, bool) {
	if text == r.Account {
		return r.Account, true
	}
	return r.held.accounts.owner(text)
}

// NewID makes an id of a kind, such as "sg-", that nothing in the namespace has.
// States and resets bring ids back that the source will make again.
func (r *Namespace) NewID(kind string) string {
	for {
		if id := r.held.source.ID(kind, r.place.Letters); !r.taken(id) {
			return id
		}
	}
}

// Now is the mock's time.
func (r *Namespace) Now() time.Time { return r.held.source.Now() }

// taken tells whether an id is in use, for whatever it is.
func (r *Namespace) taken(id string) bool {
	_, group := r.groups[id]
	_, rule := r.rules[id]
	_, member := r.members[id]
	_, list := r.PrefixList(id)
	return group || rule || member || list
}

// keep makes the namespace one that is found, and its account known: something is
// about to be in it.
func (r *Namespace) keep() {
	if r.groups != nil {
		return
	}
	r.Account = r.held.accounts.add(r.Account)
	r.groups, r.rules = map[string]*secgroup.Group{}, secgroup.IDs{}
	r.members, r.inGroup = map[string]*secgroup.Member{}, map[string][]*secgroup.Member{}
	r.place.namespaces[r.Account] = r
}

// register makes the group findable, but for its place in the order.
func (r *Namespace) register(g *secgroup.Group) {
	r.keep()
	g.Account, g.Region = r.Account, r.Region
	g.Share(r.rules)
	r.groups[g.ID] = g
	r.held.groups++
	r.held.groupIDs[g.ID]++
}

// sort puts all that a state added where it belongs.
func (r *Namespace) sort() {
	slices.SortFunc(r.sorted, descending)
	for _, in := range r.inGroup {
		slices.SortFunc(in, byKind)
	}
	slices.SortFunc(r.lists, func(a, b *secgroup.PrefixList) int { return cmp.Compare(b.ID, a.ID) })
}

// enter and leave keep what the namespace knows of its groups' rules.
func (r *Namespace) enter(g *secgroup.Group, rule *secgroup.Rule) {
	if rule.Peer != (secgroup.Peer{}) {
		r.place.name(g, &rule.Peer)
	}
}

func (r *Namespace) leave(g *secgroup.Group, rule *secgroup.Rule) {
	if rule.Peer != (secgroup.Peer{}) {
		r.place.named.remove(g, rule.Peer)
	}
}

func descending(a, b *secgroup.Group) int { return cmp.Compare(b.ID, a.ID) }
