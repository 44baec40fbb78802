package store

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// inventory is what a World holds and Load replaces as one.
type inventory struct {
	source   *clock.Source
	accounts accounts
	places   map[string]*place // by region id, all known regions
	groups   int
	groupIDs map[string]int      // how many groups there are by an id, anywhere: only hints ask
	revoked  map[string]*revoked // by account: only hints ask
}

// place is a region of one inventory: what all accounts have there.
type place struct {
	Region
	namespaces map[string]*Namespace // by account
	named      references
}

func newInventory(a *clock.Source) *inventory {
	inv := &inventory{
		source:   a,
		accounts: newAccounts(),
		places:   make(map[string]*place, len(regions)),
		groupIDs: map[string]int{},
		revoked:  map[string]*revoked{},
	}
	for _, r := range regions {
		inv.places[r.ID] = &place{Region: r, namespaces: map[string]*Namespace{}, named: references{}}
	}
	return inv
}

// namespace is an account's part of a region. One without groups is made on the spot
// and not kept, so that looking costs no memory and may happen under a read lock.
func (inv *inventory) namespace(account, region string) (*Namespace, error) {
	p, ok := inv.places[region]
	if !ok {
		return nil, ErrRegion
	}
	if r, ok := p.namespaces[account]; ok {
		return r, nil
	}
	return &Namespace{Account: account, Region: p.ID, held: inv, place: p}, nil
}

// group is a group of any account, or nil.
func (p *place) group(account, id string) *secgroup.Group {
	if r, ok := p.namespaces[account]; ok {
		return r.groups[id]
	}
	return nil
}

// all visits every group, by account, region and id.
func (inv *inventory) all() iter.Seq[*secgroup.Group] {
	return func(yield func(*secgroup.Group) bool) {
		for _, r := range inv.namespaces() {
			for _, g := range slices.Backward(r.sorted) {
				if !yield(g) {
					return
				}
			}
		}
	}
}

func (inv *inventory) namespaces() []*Namespace {
	var all []*Namespace
	for _, p := range inv.places {
		all = slices.AppendSeq(all, maps.Values(p.namespaces))
	}
	slices.SortFunc(all, func(a, b *Namespace) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region))
	})
	return all
}
