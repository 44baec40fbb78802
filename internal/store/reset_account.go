package store

import (
	"maps"
	"slices"
)

// ResetAccount puts what one account has back to its part of the seed, or empties it,
// and forgets the account's client tokens and the rules that it revoked. Rules of
// other accounts may name nothing then. It fails, and changes nothing, where the
// account's e-mail address in the seed has become another account's.
func (w *World) ResetAccount(id string) error {
	w.tokens.underWay.Lock()
	defer w.tokens.underWay.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	part := newInventory(w.source)
	if w.seed != nil {
		if err := part.merge(w.seed); err != nil {
			panic("store: the seed does not load again: " + err.Error())
		}
		part.keepOnly(id)
	}
	known := w.held.accounts.forget(id)
	if told := part.accounts.byID[id]; told != nil && told.Email != "" {
		if err := newDraft(w.held).mayHave(told); err != nil {
			w.held.accounts.restore(known)
			return err
		}
	}
	w.held.drop(id)
	if err := w.held.merge(part.state()); err != nil {
		panic("store: an account's part of the seed does not load again: " + err.Error())
	}
	w.changes.Add(1)
	w.tokens.forgetAccount(id)
	return nil
}

// drop takes all that an account has out of the inventory.
func (inv *inventory) drop(id string) {
	for _, p := range inv.places {
		r, ok := p.namespaces[id]
		if !ok {
			continue
		}
		for len(r.sorted) > 0 {
			r.DeleteGroup(r.sorted[len(r.sorted)-1])
		}
		delete(p.namespaces, id)
	}
	delete(inv.revoked, id)
}

// keepOnly takes all out of the inventory that is not of an account.
func (inv *inventory) keepOnly(id string) {
	for _, r := range inv.namespaces() {
		if r.Account != id {
			inv.drop(r.Account)
		}
	}
	for _, other := range slices.Collect(maps.Keys(inv.accounts.byID)) {
		if other != id {
			inv.accounts.forget(other)
		}
	}
}

// forget makes an account unknown, and gives what was known, or nil.
func (all accounts) forget(id string) *knownAccount {
	a := all.byID[id]
	if a != nil {
		delete(all.byID, id)
		delete(all.byEmail, a.Email)
	}
	return a
}

// restore undoes forget.
func (all accounts) restore(a *knownAccount) {
	if a != nil {
		all.byID[a.ID] = a
		if a.Email != "" {
			all.byEmail[a.Email] = a
		}
	}
}
