// Package store is the World: the accounts, their security groups in each region
// with the instances and network interfaces in them, prefix lists, which group's
// rules name which group or list, and the client tokens and nonces of calls. It also
// reads and writes the state form, in which a whole world is one JSON document.
//
// What View and Update hand out is valid until they return: a reset may replace the
// world right after.
package store

import (
	"sync"
	"sync/atomic"

	"github.com/ecsmock/ecsmock/internal/clock"
)

// A World is all that the mock remembers. It is safe for concurrent use.
//
// One lock serves all data: the critical sections are short, and rules that name
// groups of other accounts, a reset, and a consistent snapshot need no lock order.
type World struct {
	Tokens Tokens
	Nonces Nonces
	Keys   Keys

	clock    *clock.Source
	more     []Region      // beside those of every world
	revision atomic.Uint64 // counts changes under the lock; a File reads it without

	loaded atomic.Pointer[Load]

	mu       sync.RWMutex
	contents *contents
	seed     []byte // the state that Reset goes back to; nil is the empty world
}

// New returns an empty world with the time and the ids of a source, and with more regions
// than those of every world.
func New(source *clock.Source, more ...Region) *World {
	w := &World{Tokens: Tokens{clock: source}, Keys: Keys{clock: source}, clock: source, more: more}
	w.contents = w.newContents()
	return w
}

// View calls f with an account's part of a region, in which f must change nothing.
// The error is ErrRegion for an unknown region, else that of f; the account need not
// be known.
func (w *World) View(account, region string, f func(*Namespace) error) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	ns, err := w.contents.namespace(account, region)
	if err != nil {
		return err
	}
	return f(ns)
}

// ViewAll calls f with every namespace that has groups, by account and region. f changes
// nothing.
func (w *World) ViewAll(f func([]*Namespace) error) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return f(w.contents.namespaces())
}

// Update calls f with an account's part of a region, which f may change. There is no
// undo: f first plans, and may fail; what it begins to apply it completes.
func (w *World) Update(account, region string, f func(*Namespace) error) error {
	return w.update(account, region, nil, f)
}

// update updates the world for an access, nil for none, which gets what was changed.
func (w *World) update(account, region string, by *Access, f func(*Namespace) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	ns, err := w.contents.namespace(account, region)
	if err != nil {
		return err
	}
	if by == nil {
		if err = f(ns); err == nil {
			w.revision.Add(1)
		}
		return err
	}
	first := len(by.Changes)
	ns.by = by
	defer func() { ns.by = nil }()
	if err = f(ns); err != nil {
		by.Changes = by.Changes[:first]
		return err
	}
	revision := w.revision.Add(1)
	if ns.record(first); len(by.Changes) > first {
		by.Revision = revision
	}
	return nil
}

// Groups returns the number of groups of all accounts in all regions.
func (w *World) Groups() int {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.contents.groups
}

// A Load is a change of the world that was not made by an update.
type Load struct {
	Revision uint64
	Cause    string // loaded, reset or seeded
	Account  string // whose part of the world it was, "" for the whole
}

// Loaded returns the last load, nil for none.
func (w *World) Loaded() *Load { return w.loaded.Load() }

// note counts a load. The world is locked.
func (w *World) note(cause, account string) {
	w.loaded.Store(&Load{w.revision.Add(1), cause, account})
}

// Revision returns the number of changes of the world.
func (w *World) Revision() uint64 { return w.revision.Load() }

// Snapshot returns the world in the state form, and its revision.
func (w *World) Snapshot() (state []byte, revision uint64) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.contents.state(), w.revision.Load()
}

// State returns the world in the state form. Loading it gives the same world, and
// equal worlds give equal bytes.
func (w *World) State() []byte {
	state, _ := w.Snapshot()
	return state
}

// SnapshotOf returns what one account has, in the state form, and the revision of the world.
func (w *World) SnapshotOf(account string) (state []byte, revision uint64) {
	state, revision = w.Snapshot()
	return w.copyOf(state).only(account).state(), revision
}

// Load replaces the whole world by a state, and forgets client tokens, nonces and temporary keys. A
// state that is refused changes nothing.
func (w *World) Load(state []byte) error {
	c := w.newContents()
	if err := c.merge(state); err != nil {
		return err
	}
	w.replace(c, nil)
	return nil
}

// Seed loads a state and keeps it for Reset, with the ids and times that were made
// for what the state left out: a reset gives the same world again.
func (w *World) Seed(state []byte) error {
	c := w.newContents()
	if err := c.merge(state); err != nil {
		return err
	}
	w.replace(c, c.state())
	return nil
}

// replace replaces the contents, and the seed unless it is nil.
func (w *World) replace(c *contents, seed []byte) {
	defer w.lockForReset()()
	w.contents = c
	if seed != nil {
		w.seed = seed
	}
	w.note("loaded", "")
	w.forget()
}

// Merge adds a state to the world. A state with an id that is used already is
// refused, and changes nothing.
func (w *World) Merge(state []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.contents.merge(state); err != nil {
		return err
	}
	w.note("seeded", "")
	return nil
}

// LoadOf replaces what one account has by a state without things of other accounts, and
// forgets the account's client tokens and temporary keys. An AccountId that is left out is
// the account. A state that is refused changes nothing.
func (w *World) LoadOf(account string, state []byte) error {
	defer w.lockForReset()()
	trial := w.copyOf(w.contents.state())
	trial.drop(account)
	if err := trial.mergeFor(account, state); err != nil {
		return err
	}
	w.replaceAccount(account, state)
	w.note("loaded", account)
	return nil
}

// MergeOf adds a state without things of other accounts to what one account has, as Merge
// does. An AccountId that is left out is the account.
func (w *World) MergeOf(account string, state []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.contents.mergeFor(account, state); err != nil {
		return err
	}
	w.note("seeded", account)
	return nil
}

// Reset goes back to the seed, or to the empty world, and forgets client tokens and
// nonces. It locks throughout: a seed that is set meanwhile comes before or after.
func (w *World) Reset() {
	defer w.lockForReset()()
	w.contents = w.copyOf(w.seed)
	w.note("reset", "")
	w.forget()
}

// ResetAccount puts what one account has back to its part of the seed, or removes it,
// and forgets the account's client tokens and the rules that it revoked. Rules of
// other accounts may name nothing then. It fails, and changes nothing, if the
// account's e-mail address in the seed has become another account's.
func (w *World) ResetAccount(id string) error {
	defer w.lockForReset()()
	part := w.copyOf(w.seed).only(id)
	if a := part.accounts.byID[id]; a != nil && a.Email != "" {
		if err := newDraft(w.contents).checkEmail(a); err != nil {
			return err
		}
	}
	w.replaceAccount(id, part.state())
	w.note("reset", id)
	return nil
}

// replaceAccount replaces what one account has by a state that is known to load.
func (w *World) replaceAccount(id string, state []byte) {
	w.contents.drop(id)
	if err := w.contents.mergeFor(id, state); err != nil {
		panic("store: an account's state does not load again: " + err.Error())
	}
	w.Tokens.forgetAccount(id)
	w.Keys.forgetAccount(id)
}

// copyOf returns the contents of a state that the world had, nil for an empty world.
func (w *World) copyOf(state []byte) *contents {
	c := w.newContents()
	if state != nil {
		if err := c.merge(state); err != nil {
			panic("store: a state of the world does not load again: " + err.Error())
		}
	}
	return c
}

// lockForReset waits for the calls with client tokens that are under way, then locks
// the world and returns the function that unlocks it. Tokens are forgotten under the
// same lock: no call sees the new world with an answer of the old one.
func (w *World) lockForReset() (unlock func()) {
	w.Tokens.underWay.Lock()
	w.mu.Lock()
	return func() {
		w.mu.Unlock()
		w.Tokens.underWay.Unlock()
	}
}

func (w *World) forget() {
	w.Tokens.forget()
	w.Nonces.forget()
	w.Keys.forget()
}
