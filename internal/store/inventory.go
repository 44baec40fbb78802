package store

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"github.com/ecsmock/ecsmock/internal/ambient"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// inventory is what a World holds and Load replaces as one.
type inventory struct {
	source   *ambient.Source
	accounts accounts
	places   map[string]*place // by region id, all known regions
	groups   int
	groupIDs map[string]int      // how many groups there are by an id, anywhere: only hints ask
	revoked  map[string]*revoked // by account: only hints ask
}

// place is a region of one inventory: what all accounts have there.
type place struct {
	Region
	realms map[string]*Realm // by account
	named  references
}

func newInventory(a *ambient.Source) *inventory {
	inv := &inventory{
		source:   a,
		accounts: newAccounts(),
		places:   make(map[string]*place, len(regions)),
		groupIDs: map[string]int{},
		revoked:  map[string]*revoked{},
	}
	for _, r := range regions {
		inv.places[r.ID] = &place{Region: r, realms: map[string]*Realm{}, named: references{}}
	}
	return inv
}

// realm is an account's part of a region. One without groups is made on the spot
// and not kept, so that looking costs no memory and may happen under a read lock.
func (inv *inventory) realm(account, region string) (*Realm, error) {
	p, ok := inv.places[region]
	if !ok {
		return nil, ErrRegion
	}
	if r, ok := p.realms[account]; ok {
		return r, nil
	}
	return &Realm{Account: account, Region: p.ID, held: inv, place: p}, nil
}

// group is a group of any account, or nil.
func (p *place) group(account, id string) *secgroup.Group {
	if r, ok := p.realms[account]; ok {
		return r.groups[id]
	}
	return nil
}

// all visits every group, by account, region and id.
func (inv *inventory) all() iter.Seq[*secgroup.Group] {
	return func(yield func(*secgroup.Group) bool) {
		for _, r := range inv.realms() {
			for _, g := range slices.Backward(r.sorted) {
				if !yield(g) {
					return
				}
			}
		}
	}
}

func (inv *inventory) realms() []*Realm {
	var all []*Realm
	for _, p := range inv.places {
		all = slices.AppendSeq(all, maps.Values(p.realms))
	}
	slices.SortFunc(all, func(a, b *Realm) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region))
	})
	return all
}
