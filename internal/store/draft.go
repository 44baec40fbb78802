package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// draft is what a state is about to add to an inventory: all of it is checked
// before any of it is applied.
type draft struct {
	held     *inventory
	now      time.Time // of all that does not tell when it was created
	accounts map[string]*knownAccount
	emails   map[string]string // ids of the accounts above
	strange  map[string]bool   // see strangers
	groups   []*draftGroup
	index    map[secgroup.Key]int // of the newest group's rules
	members  []*secgroup.Member
	lists    []*secgroup.PrefixList
	homes    map[home]*draftHome
}

// home is whose and where something is.
type home struct{ account, region string }

// draftHome is what of a namespace a draft has to know: the ids that the state uses,
// and what is a group's.
type draftHome struct {
	namespace *Namespace
	ids       map[string]*secgroup.Group // nil for the id of something else
}

// draftGroup is a group whose rules are not in it yet: those without an id get one
// when all ids of the state are known.
type draftGroup struct {
	*secgroup.Group
	home  *draftHome
	rules []*secgroup.Rule
}

func newDraft(held *inventory) *draft {
	return &draft{
		held:     held,
		now:      seconds(held.source.Now()),
		accounts: map[string]*knownAccount{},
		emails:   map[string]string{},
		index:    map[secgroup.Key]int{},
		homes:    map[home]*draftHome{},
	}
}

// account takes an account in, which the world may know already, though not by
// another address.
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
	if err := d.mayHave(a); err != nil {
		f.Fail("Email", err)
		return
	}
	d.emails[a.Email] = a.ID
}

func (d *draft) mayHave(a *knownAccount) error {
	if known, ok := d.held.accounts.byID[a.ID]; ok && known.Email != "" && known.Email != a.Email {
		return fmt.Errorf("the account has the address %s already", known.Email)
	}
	if id, ok := d.owner(a.Email); ok && id != a.ID {
		return fmt.Errorf("account %s has this address", id)
	}
	if d.strangers()[a.Email] {
		return errors.New("rules of the world name an unknown owner by this address; load the account before them or together with them")
	}
	return nil
}

// strangers are the e-mail addresses by which rules of the world name an owner
// that nobody knows. Nobody may turn up with such an address: the rules would
// mean that account when read again, and nobody as they stand.
func (d *draft) strangers() map[string]bool {
	if d.strange != nil {
		return d.strange
	}
	d.strange = map[string]bool{}
	for _, p := range d.held.places {
		for peer := range p.named {
			if strings.Contains(peer.Owner, "@") {
				d.strange[peer.Owner] = true
			}
		}
	}
	return d.strange
}

// owner is the id of the account that has an id or an address.
func (d *draft) owner(text string) (string, bool) {
	if id, ok := d.emails[text]; ok {
		return id, true
	}
	return d.held.accounts.owner(text)
}

// group takes a group in, whose fields are read but for its rules.
func (d *draft) group(f *form.Object, g *secgroup.Group) {
	if f.Failed() {
		return
	}
	if g.Created.IsZero() {
		g.Created = d.now
	}
	home := d.home(g.Account, g.Region)
	home.use(f, "SecurityGroupId", g.ID, g)
	d.groups = append(d.groups, &draftGroup{Group: g, home: home})
	clear(d.index)
}

func (d *draft) home(account, region string) *draftHome {
	k := home{account, region}
	if h, ok := d.homes[k]; ok {
		return h
	}
	r, _ := d.held.namespace(account, region) // the region is known
	h := &draftHome{namespace: r, ids: map[string]*secgroup.Group{}}
	d.homes[k] = h
	return h
}

// use makes an id a used one, if it is not; g is the group whose id it is, if any.
func (h *draftHome) use(f *form.Object, name, id string, g *secgroup.Group) {
	if _, ok := h.ids[id]; ok || h.namespace.taken(id) {
		f.Fail(name, fmt.Errorf("the id %s is used already in the account's %s", id, h.namespace.Region))
		return
	}
	h.ids[id] = g
}

func (d *draft) tag(f *form.Object, tags *[]secgroup.Tag, t *secgroup.Tag) {
	if slices.ContainsFunc(*tags, func(has secgroup.Tag) bool { return has.Key == t.Key }) {
		f.Fail("TagKey", errors.New("there is a tag with this key already"))
	}
	*tags = append(*tags, *t)
}

// rule takes a rule of the newest group in, if the API would.
func (d *draft) rule(f *form.Object, g *secgroup.Group, r *secgroup.Rule) {
	if f.Failed() {
		return
	}
	if field, err := refusal(g, r); err != nil {
		f.Fail(field, err)
		return
	}
	d.settle(g, r)
	if i, ok := d.index[r.Key()]; ok {
		f.Fail("", fmt.Errorf("this is the same rule as Permissions[%d]", i))
		return
	}
	to := d.groups[len(d.groups)-1]
	if r.ID != "" {
		to.home.use(f, "SecurityGroupRuleId", r.ID, nil)
	}
	d.index[r.Key()] = len(to.rules)
	to.rules = append(to.rules, r)
}

// settle fills in what the rule leaves to its group, to the accounts and to the
// clock. An owner whom nobody knows stays as he is named.
func (d *draft) settle(g *secgroup.Group, r *secgroup.Rule) {
	r.SetDefaults(g)
	if r.Created.IsZero() {
		r.Created = d.now
	}
	if r.Peer.Group == "" {
		return
	}
	if r.Peer.Owner == "" {
		r.Peer.Owner = g.Account
	}
	if id, ok := d.owner(r.Peer.Owner); ok {
		r.Peer.Owner = id
	}
}

// refusal is why a group cannot have a rule, and which field tells, "" for none
// or several.
func refusal(g *secgroup.Group, r *secgroup.Rule) (field string, err error) {
	switch err = r.Check(g.ID, false); err {
	case nil:
		return "", g.CheckRule(r)
	case secgroup.ErrProtocolCase:
		return "IpProtocol", err
	case secgroup.ErrPorts:
		return wrongPorts(g, r), err
	}
	return "", err
}

// wrongPorts is which of a rule's two ranges its protocol cannot have.
func wrongPorts(g *secgroup.Group, r *secgroup.Rule) string {
	bare := *r
	bare.SourcePorts = secgroup.Ports{}
	if bare.Check(g.ID, false) == secgroup.ErrPorts {
		return "PortRange"
	}
	return "SourcePortRange"
}

// apply adds the draft to the inventory. Nothing can fail any more. Ids are made
// last, when all that the state gives are taken.
func (d *draft) apply() {
	for _, a := range d.accounts {
		d.held.accounts.merge(a)
	}
	for _, g := range d.groups {
		g.register()
	}
	for _, m := range d.members {
		d.home(m.Account, m.Region).namespace.addMember(m)
	}
	for _, p := range d.lists {
		d.home(p.Account, p.Region).namespace.addList(p)
	}
	for _, h := range d.homes {
		h.namespace.sort()
	}
	for _, g := range d.groups {
		g.fill()
	}
}

func (g *draftGroup) register() {
	r := g.home.namespace
	r.register(g.Group)
	r.sorted = append(r.sorted, g.Group)
}

func (g *draftGroup) fill() {
	for _, rule := range g.rules {
		if rule.ID == "" {
			rule.ID = g.home.newRuleID()
		}
		g.home.namespace.enter(g.Group, rule)
		g.Add(rule)
	}
}

// newRuleID makes an id that neither the namespace nor the state has.
func (h *draftHome) newRuleID() string {
	for {
		id := h.namespace.NewID("sgr-")
		if _, ok := h.ids[id]; !ok {
			return id
		}
	}
}
