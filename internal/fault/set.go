package fault

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// maxFaults is how many there can be at once: every call is compared with each.
const maxFaults = 1000

// A Set is the faults of a mock, in the order in which they were added. It is safe for
// concurrent use.
type Set struct {
	catalogue Catalogue
	seed      uint64
	closed    chan struct{}
	close     sync.Once

	active   atomic.Pointer[[]*active] // nil for none; what it points to never changes
	revision atomic.Uint64

	mu   sync.Mutex // guards changes of active
	last int64      // the id of the newest fault
}

// An active fault counts the calls.
type active struct {
	Fault
	id             int64
	matched, acted atomic.Int64
}

// An Entry is a fault of a set with its counts.
type Entry struct {
	Id int64
	Fault
	Matched int64 // how many calls it matched
	Acted   int64 // on how many of them it acted
}

func (p *active) entry() Entry {
	f := p.Fault
	f.Params = maps.Clone(f.Params)
	return Entry{p.id, f, p.matched.Load(), p.acted.Load()}
}

// New returns a set without faults. With a seed the jitter is the same in every run.
func New(c Catalogue, seed *uint64) *Set {
	s := &Set{catalogue: c, seed: rand.Uint64(), closed: make(chan struct{})}
	if seed != nil {
		s.seed = *seed
	}
	return s
}

// Close ends all delays, those of later calls too.
func (s *Set) Close() { s.close.Do(func() { close(s.closed) }) }

// Add adds faults, or none if there is an error in one.
func (s *Set) Add(faults ...Fault) ([]Entry, error) {
	for i := range faults {
		if err := s.catalogue.check(&faults[i]); err != nil {
			if len(faults) > 1 {
				err = fmt.Errorf("[%d].%w", i, err)
			}
			return nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	list := slices.Clone(s.list())
	if len(list)+len(faults) > maxFaults {
		return nil, fmt.Errorf("there are %d faults, and %d more would exceed the limit of %d; remove some", len(list), len(faults), maxFaults)
	}
	entries := []Entry{}
	for _, f := range faults {
		f.Params = maps.Clone(f.Params)
		s.last++
		p := &active{Fault: f, id: s.last}
		list, entries = append(list, p), append(entries, p.entry())
	}
	s.put(list)
	return entries, nil
}

// List returns the faults, the oldest first.
func (s *Set) List() []Entry {
	entries := []Entry{}
	for _, p := range s.list() {
		entries = append(entries, p.entry())
	}
	return entries
}

// Remove removes a fault and reports whether there was one with this id.
func (s *Set) Remove(id int64) bool {
	return s.remove(func(p *active) bool { return p.id == id })
}

// Clear removes all faults. An id is never used again.
func (s *Set) Clear() { s.remove(func(*active) bool { return true }) }

// ClearAccount removes the faults with this account, not those without an account.
func (s *Set) ClearAccount(account string) {
	s.remove(func(p *active) bool { return p.AccountId == account })
}

// Reset removes all faults and restarts the ids, so that the same faults act in the
// same way again.
func (s *Set) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(nil)
	s.last = 0
}

func (s *Set) remove(which func(*active) bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.list()
	after := slices.DeleteFunc(slices.Clone(before), which)
	s.put(after)
	return len(after) < len(before)
}

func (s *Set) list() []*active {
	if list := s.active.Load(); list != nil {
		return *list
	}
	return nil
}

// Revision returns how often the faults or their counts have changed.
func (s *Set) Revision() uint64 { return s.revision.Load() }

func (s *Set) put(list []*active) {
	s.revision.Add(1)
	if len(list) == 0 {
		s.active.Store(nil)
		return
	}
	s.active.Store(&list)
}

// Match returns what the faults do to a call of an account, nil for nothing, and
// counts the call. It must be called once for each call.
//
// All matching faults that only delay act, and their delays add up. Of those that
// decide the answer the first one acts; later ones do not count the call, so that
// several faults act one after the other.
func (s *Set) Match(c *rpc.Call, account string) *Hit {
	list := s.active.Load()
	if list == nil {
		return nil
	}
	var h *Hit
	for _, p := range *list {
		if h != nil && h.deciding != nil && p.decides() || !p.matches(c, account) {
			continue
		}
		s.revision.Add(1)
		nth, acts := p.count(s.seed)
		if !acts {
			continue
		}
		if h == nil {
			h = &Hit{set: s}
		}
		h.add(p, nth, p.delay(s.seed, nth))
	}
	return h
}

func (p *active) matches(c *rpc.Call, account string) bool {
	if p.Action != "*" && !c.Names(p.Action) || p.AccountId != "" && p.AccountId != account {
		return false
	}
	if p.HideMs > 0 && !adds(c.Action) { // * matches the actions that add
		return false
	}
	for name, value := range p.Params {
		if c.Get(name) != value {
			return false
		}
	}
	return true
}

// count counts a matching call. It reports whether the fault acts on it, and for the
// nth time.
func (p *active) count(seed uint64) (nth int64, acts bool) {
	n := p.matched.Add(1) - int64(p.After)
	if n < 1 || p.Every > 1 && n%int64(p.Every) != 0 || p.Chance > 0 && p.random(seed, n).Float64() >= p.Chance {
		return 0, false
	}
	for { // another call may act meanwhile
		nth = p.acted.Load()
		if p.Times > 0 && nth >= int64(p.Times) {
			return 0, false
		}
		if p.acted.CompareAndSwap(nth, nth+1) {
			return nth + 1, true
		}
	}
}

// random returns a source that follows from the seed, the fault's id and a number alone:
// other calls do not change it.
func (p *active) random(seed uint64, n int64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64(p.id)<<32^uint64(n)))
}

// delay returns how long the fault delays the call that it acts on for the nth time.
func (p *active) delay(seed uint64, nth int64) time.Duration {
	ms := int64(p.DelayMs)
	if p.JitterMs > 0 {
		ms += p.random(seed, nth).Int64N(int64(p.JitterMs) + 1)
	}
	return time.Duration(ms) * time.Millisecond
}
