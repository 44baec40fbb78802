package store

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// contents is the data of a World, which Load replaces as a whole.
type contents struct {
	clock     *clock.Source
	accounts  accounts
	catalogue catalogue
	regions   map[string]*regionContents // by id
	groups    int
	groupIDs  map[string]int      // number of groups with an id, anywhere: only hints ask
	revoked   map[string]*revoked // by account: only hints ask

	resourceGroups map[string]resources[*ResourceGroup] // by account
}

// regionContents is the data of all accounts in a region.
type regionContents struct {
	Region
	rank       int                   // regions are sorted by it, then by id
	listed     bool                  // DescribeRegions shows it
	stated     bool                  // a state has to name it
	localName  string                // that a state gave it
	namespaces map[string]*Namespace // by account
	named      references
}

func newContents(source *clock.Source) *contents {
	c := &contents{
		clock:    source,
		accounts: accounts{map[string]*knownAccount{}, map[string]*knownAccount{}},
		regions:  map[string]*regionContents{},
		groupIDs: map[string]int{},
		revoked:  map[string]*revoked{},

		resourceGroups: map[string]resources[*ResourceGroup]{},
	}
	for i, r := range builtIn {
		c.regions[r.ID] = newRegionContents(r, i)
		c.regions[r.ID].listed = i < len(regions)
	}
	return c
}

func newRegionContents(r Region, rank int) *regionContents {
	return &regionContents{Region: r, rank: rank, namespaces: map[string]*Namespace{}, named: references{}}
}

// namespace returns an account's part of a region. One that has nothing is made for
// the call and not kept: that costs no memory and may happen under a read lock.
func (c *contents) namespace(account, region string) (*Namespace, error) {
	in, ok := c.regions[region]
	if !ok {
		return nil, ErrRegion
	}
	return c.namespaceIn(in, account), nil
}

func (c *contents) namespaceIn(in *regionContents, account string) *Namespace {
	if ns, ok := in.namespaces[account]; ok {
		return ns
	}
	return &Namespace{Account: account, Region: in.ID, all: c, in: in}
}

// group returns a group of any account, or nil.
func (in *regionContents) group(account, id string) *secgroup.Group {
	if ns, ok := in.namespaces[account]; ok {
		return ns.groups[id]
	}
	return nil
}

// namespaces returns all namespaces by account and region.
func (c *contents) namespaces() []*Namespace {
	var all []*Namespace
	for _, in := range c.regions {
		all = slices.AppendSeq(all, maps.Values(in.namespaces))
	}
	slices.SortFunc(all, func(a, b *Namespace) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region))
	})
	return all
}

// all visits things of the namespaces by account, region and id; of returns those of a
// namespace by id, descending.
func all[T any](c *contents, of func(*Namespace) []*T) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for _, ns := range c.namespaces() {
			for _, v := range slices.Backward(of(ns)) {
				if !yield(v) {
					return
				}
			}
		}
	}
}

// drop removes all that an account has.
func (c *contents) drop(account string) {
	for _, in := range c.regions {
		ns, ok := in.namespaces[account]
		if !ok {
			continue
		}
		for len(ns.sorted) > 0 {
			ns.DeleteGroup(ns.sorted[len(ns.sorted)-1])
		}
		delete(in.namespaces, account)
	}
	delete(c.revoked, account)
	delete(c.resourceGroups, account)
	c.accounts.remove(account)
}

// only removes all that other accounts have, and what no account has: regions without
// anything of this one, and the catalogue.
func (c *contents) only(account string) *contents {
	for _, ns := range c.namespaces() {
		if ns.Account != account {
			c.drop(ns.Account)
		}
	}
	for id := range c.accounts.byID {
		if id != account {
			delete(c.resourceGroups, id)
			c.accounts.remove(id)
		}
	}
	for _, in := range c.regions {
		in.stated = in.stated && !in.isEmpty()
	}
	c.catalogue = catalogue{}
	return c
}

// A knownAccount is an account that has something, or that a state names.
type knownAccount struct {
	ID    string
	Email string // "" if unknown
}

// accounts are the known accounts.
type accounts struct {
	byID    map[string]*knownAccount
	byEmail map[string]*knownAccount
}

// owner returns the id of the account with an id or an e-mail address. The default
// account keeps its address when a state gives it another one.
func (all accounts) owner(text string) (string, bool) {
	if text == account.DefaultID || text == account.DefaultEmail {
		return account.DefaultID, true
	}
	if a, ok := all.byID[text]; ok {
		return a.ID, true
	}
	if a, ok := all.byEmail[text]; ok {
		return a.ID, true
	}
	return "", false
}

// add makes an account known, and returns its id as the string that all of its
// objects share.
func (all accounts) add(id string) string {
	a, ok := all.byID[id]
	if !ok {
		a = &knownAccount{ID: strings.Clone(id)}
		all.byID[a.ID] = a
	}
	return a.ID
}

// merge adds an account of a state.
func (all accounts) merge(added *knownAccount) {
	a := all.byID[all.add(added.ID)]
	if added.Email != "" && added.Email != account.DefaultEmail {
		a.Email = added.Email
		all.byEmail[a.Email] = a
	}
}

func (all accounts) remove(id string) {
	if a := all.byID[id]; a != nil {
		delete(all.byID, id)
		delete(all.byEmail, a.Email)
	}
}

// stated visits the accounts that a state has to name, by id: all but a default
// account without another address than its own.
func (all accounts) stated() iter.Seq[*knownAccount] {
	return func(yield func(*knownAccount) bool) {
		for _, id := range slices.Sorted(maps.Keys(all.byID)) {
			a := all.byID[id]
			if (id != account.DefaultID || a.Email != "") && !yield(a) {
				return
			}
		}
	}
}
