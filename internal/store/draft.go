package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/network"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// A draft is what a state is going to add: all of it is checked before any is applied.
type draft struct {
	to       *contents
	now      time.Time // of creation, where the state has none
	accounts map[string]*knownAccount
	emails   map[string]string // ids of the accounts above
	unknown  map[string]bool   // see unknownOwners
	groups   []*draftGroup
	index    map[secgroup.Key]int // of the last group's rules
	scopes   map[scope]*draftNamespace

	regions     map[string]*regionContents // those that the contents lack
	regionNames map[string]string          // of the regions that the state names, "" for none

	catalogue  catalogue
	instances  []*compute.Instance
	interfaces []*compute.Interface

	resourceGroups []*ResourceGroup

	prefixLists []*secgroup.PrefixList
	portLists   []*secgroup.PortRangeList
}

type scope struct{ account, region string }

// A draftNamespace is a namespace with the ids that the state uses in it.
type draftNamespace struct {
	*Namespace
	ids map[string]*secgroup.Group // nil for the id of something else

	newVPCs      []*network.VPC
	newVSwitches []*network.VSwitch
	taken        map[place]bool // addresses, by whether an interface has them besides its primary one; see take
}

// A draftGroup is a group with the rules that are to be added: those without an id get
// one when all ids of the state are known.
type draftGroup struct {
	*secgroup.Group
	in    *draftNamespace
	rules []*secgroup.Rule
}

func newDraft(to *contents) *draft {
	return &draft{
		to:       to,
		now:      seconds(to.clock.Now()),
		accounts: map[string]*knownAccount{},
		emails:   map[string]string{},
		index:    map[secgroup.Key]int{},
		scopes:   map[scope]*draftNamespace{},

		regions:     map[string]*regionContents{},
		regionNames: map[string]string{},
	}
}

// account adds an account. The world may have it, though not with another address.
func (d *draft) account(f *form.Object, a *knownAccount) {
	if f.Failed() {
		return
	}
	if _, ok := d.accounts[a.ID]; ok {
		f.Fail("AccountId", fmt.Errorf("%s is in the list already", a.ID))
		return
	}
	d.accounts[a.ID] = a
	if a.Email == "" || a.ID == account.DefaultID && a.Email == account.DefaultEmail {
		return
	}
	if has, ok := d.to.accounts.byID[a.ID]; ok && has.Email != "" && has.Email != a.Email {
		f.Fail("Email", fmt.Errorf("the account has the address %s already", has.Email))
		return
	}
	if err := d.checkEmail(a); err != nil {
		f.Fail("Email", err)
		return
	}
	d.emails[a.Email] = a.ID
}

// checkEmail returns an error if an account's address is another's.
func (d *draft) checkEmail(a *knownAccount) error {
	if id, ok := d.owner(a.Email); ok && id != a.ID {
		return fmt.Errorf("account %s has this address", id)
	}
	if d.unknownOwners()[a.Email] {
		return errors.New("rules of the world name an unknown owner by this address; load the account before them or together with them")
	}
	return nil
}

// unknownOwners returns the e-mail addresses by which rules of the world name an owner
// that is not known. No account may get such an address: the rules name nothing, and
// would name that account when they are read again.
func (d *draft) unknownOwners() map[string]bool {
	if d.unknown != nil {
		return d.unknown
	}
	d.unknown = map[string]bool{}
	for _, in := range d.to.regions {
		for peer := range in.named {
			if strings.Contains(peer.Owner, "@") {
				d.unknown[peer.Owner] = true
			}
		}
	}
	return d.unknown
}

// owner returns the id of the account with an id or an address.
func (d *draft) owner(text string) (string, bool) {
	if id, ok := d.emails[text]; ok {
		return id, true
	}
	return d.to.accounts.owner(text)
}

func (d *draft) namespace(account, region string) *draftNamespace {
	at := scope{account, region}
	if ns, ok := d.scopes[at]; ok {
		return ns
	}
	in := d.to.regions[region]
	if in == nil {
		in = d.regions[region]
	}
	ns := &draftNamespace{Namespace: d.to.namespaceIn(in, account), ids: map[string]*secgroup.Group{}}
	d.scopes[at] = ns
	return ns
}

// use marks an id, which is given in a field, as used; g is the group with the id, if any.
func (ns *draftNamespace) use(f *form.Object, field, id string, g *secgroup.Group) {
	if _, ok := ns.ids[id]; ok || ns.isUsed(id) {
		f.Fail(field, fmt.Errorf("the id %s is used already in the account's %s", id, ns.Region))
		return
	}
	ns.ids[id] = g
}

// newRuleID returns an id that neither the namespace nor the state has.
func (ns *draftNamespace) newRuleID() string {
	for {
		id := ns.NewID("sgr-")
		if _, ok := ns.ids[id]; !ok {
			return id
		}
	}
}

// group adds a group, whose rules follow.
func (d *draft) group(f *form.Object, g *secgroup.Group) {
	if f.Failed() {
		return
	}
	if g.Created.IsZero() {
		g.Created = d.now
	}
	in := d.namespace(g.Account, g.Region)
	in.use(f, "SecurityGroupId", g.ID, g)
	d.groups = append(d.groups, &draftGroup{Group: g, in: in})
	clear(d.index)
}

func (d *draft) tag(f *form.Object, tags *[]secgroup.Tag, t *secgroup.Tag) {
	if slices.ContainsFunc(*tags, func(has secgroup.Tag) bool { return has.Key == t.Key }) {
		f.Fail("TagKey", errors.New("there is a tag with this key already"))
	}
	*tags = append(*tags, *t)
}

// rule adds a rule to the last group.
func (d *draft) rule(f *form.Object, g *secgroup.Group, r *secgroup.Rule) {
	if f.Failed() {
		return
	}
	if field, err := checkRule(g, r); err != nil {
		f.Fail(field, err)
		return
	}
	complete(g, r, d.owner)
	if r.Created.IsZero() {
		r.Created = d.now
	}
	if i, ok := d.index[r.Key()]; ok {
		f.Fail("", fmt.Errorf("this is the same rule as Permissions[%d]", i))
		return
	}
	to := d.groups[len(d.groups)-1]
	if r.ID != "" {
		to.in.use(f, "SecurityGroupRuleId", r.ID, nil)
	}
	d.index[r.Key()] = len(to.rules)
	to.rules = append(to.rules, r)
}

// complete gives a rule the defaults of its group, and the id of its peer's owner. An
// owner that is not known stays as it is written.
func complete(g *secgroup.Group, r *secgroup.Rule, owner func(text string) (string, bool)) {
	r.SetDefaults(g)
	if r.Peer.Group == "" {
		return
	}
	r.OwnerNamed = r.Peer.Owner != ""
	if !r.OwnerNamed {
		r.Peer.Owner = g.Account
	}
	if id, ok := owner(r.Peer.Owner); ok {
		r.Peer.Owner = id
	}
}

// checkRule returns why a group cannot have a rule, and the field that is wrong, "" for
// none or several.
func checkRule(g *secgroup.Group, r *secgroup.Rule) (field string, err error) {
	switch err = r.Check(g.ID, false); err {
	case nil:
		return "", g.CheckRule(r)
	case secgroup.ErrProtocolCase:
		return "IpProtocol", err
	case secgroup.ErrPortListProtocol:
		return "PortRangeListId", err
	case secgroup.ErrNoPorts:
		return "PortRange", err
	case secgroup.ErrPorts:
		without := *r
		without.SourcePorts = secgroup.Ports{}
		if without.Check(g.ID, false) != secgroup.ErrPorts {
			return "SourcePortRange", err
		}
		return "PortRange", err
	}
	return "", err
}

// apply adds the draft to the contents. It cannot fail. Ids are made last, when all
// that the state gives are used.
func (d *draft) apply() {
	maps.Copy(d.to.regions, d.regions)
	for id, name := range d.regionNames {
		d.to.regions[id].list(name)
	}
	for _, a := range d.accounts {
		d.to.accounts.merge(a)
	}
	d.to.catalogue.add(d.catalogue)
	for _, g := range d.groups {
		g.in.register(g.Group)
		g.in.sorted = append(g.in.sorted, g.Group)
	}
	d.applyMembers()
	for _, p := range d.prefixLists {
		d.namespace(p.Account, p.Region).AddPrefixList(p)
	}
	for _, p := range d.portLists {
		d.namespace(p.Account, p.Region).AddPortRangeList(p)
	}
	for _, ns := range d.scopes {
		for _, v := range ns.newVPCs {
			ns.AddVPC(v)
		}
		for _, v := range ns.newVSwitches {
			ns.AddVSwitch(v)
		}
		ns.sort()
	}
	d.applyAddresses()
	for _, g := range d.groups {
		g.addRules()
	}
}

func (g *draftGroup) addRules() {
	for _, rule := range g.rules {
		if rule.ID == "" {
			rule.ID = g.in.newRuleID()
		}
		g.in.refer(g.Group, rule)
		g.Add(rule)
	}
}
