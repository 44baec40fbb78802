package store

import (
	"sync"
	"sync/atomic"

	"github.com/ecsmock/ecsmock/internal/clock"
)

// World is everything that the mock remembers. It is safe for concurrent use.
//
// One lock serves all of it: the critical sections are short, and rules that name
// groups of other accounts, reset, and a consistent snapshot need no lock order.
type World struct {
	source *clock.Source
	tokens tokens
	nonces nonces

	changes atomic.Uint64 // counted under the lock, read without it by who keeps the world in a file

	mu   sync.RWMutex
	held *inventory
	seed []byte // what Reset goes back to, in the state form; nil is the empty world
}

// New makes an empty world that takes its time and its ids from a source.
func New(a *clock.Source) *World {
	w := &World{source: a, held: newInventory(a)}
	w.tokens.source, w.nonces.source = a, a
	return w
}

// View shows one account's part of a region to f, which must change nothing. The
// region must be a known one, else it is ErrRegion; the account need not be.
func (w *World) View(account, region string, f func(*Namespace) error) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	r, err := w.held.namespace(account, region)
	if err != nil {
		return err
	}
	return f(r)
}

// ViewAll shows every namespace that has groups to f, by account and region. f must
// change nothing.
func (w *World) ViewAll(f func([]*Namespace) error) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return f(w.held.namespaces())
}

// Update lets f change one account's part of a region. There is no undo: f first
// plans, and may fail; what it begins to apply it completes.
func (w *World) Update(account, region string, f func(*Namespace) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	r, err := w.held.namespace(account, region)
	if err != nil {
		return err
	}
	if err := f(r); err != nil {
		return err
	}
	w.changes.Add(1)
	return nil
}

// Groups is the number of groups of all accounts in all regions.
func (w *World) Groups() int {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.held.groups
}

// Load replaces the whole world by a state, and forgets client tokens and nonces. A state
// that is refused changes nothing.
func (w *World) Load(state []byte) error {
	held, err := w.build(state)
	if err != nil {
		return err
	}
	w.replace(held, nil)
	return nil
}

// Seed loads a state and remembers it for Reset, with the ids and times that were
// made for what the state left out: a reset gives the same world again.
func (w *World) Seed(state []byte) error {
	held, err := w.build(state)
	if err != nil {
		return err
	}
	w.replace(held, held.state())
	return nil
}

// Merge adds a state to the world. An id that is used already is refused, and
// then nothing has changed.
func (w *World) Merge(state []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.held.merge(state); err != nil {
		return err
	}
	w.changes.Add(1)
	return nil
}

// Reset goes back to the seed, or to the empty world, and forgets client tokens and nonces.
// It holds the lock throughout: a seed that is set meanwhile comes before or after.
func (w *World) Reset() {
	w.tokens.underWay.Lock()
	defer w.tokens.underWay.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	held := newInventory(w.source)
	if w.seed != nil {
		if err := held.merge(w.seed); err != nil {
			panic("store: the seed does not load again: " + err.Error())
		}
	}
	w.held = held
	w.changes.Add(1)
	w.tokens.forget()
	w.nonces.forget()
}

// State is the world in the state form. Loading it gives the same world, and
// equal worlds give equal bytes.
func (w *World) State() []byte {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.held.state()
}

func (w *World) build(state []byte) (*inventory, error) {
	held := newInventory(w.source)
	return held, held.merge(state)
}

// replace swaps the world; tokens go under the same lock, so that no call sees
// the new world with an answer of the old one. A nil seed leaves the seed as it is.
func (w *World) replace(held *inventory, seed []byte) {
	w.tokens.underWay.Lock()
	defer w.tokens.underWay.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held = held
	w.changes.Add(1)
	if seed != nil {
		w.seed = seed
	}
	w.tokens.forget()
	w.nonces.forget()
}
