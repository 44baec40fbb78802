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

// mostFaults is how many there can be at once: every call is compared with each.
const mostFaults = 1000

// Set is the faults that are there, in the order in which they were posted. It is
// safe for concurrent use.
type Set struct {
	catalogue Catalogue
	seed      uint64
	closed    chan struct{}
	close     sync.Once

	posted atomic.Pointer[[]*posted] // nil for none; what it points to never changes

	mu   sync.Mutex // held to change the above
	last int64      // the newest fault's id
}

// posted is a fault that counts.
type posted struct {
	Fault
	id             int64
	matched, acted atomic.Int64
}

// Entry is a fault of a set and what became of it.
type Entry struct {
	Id int64
	Fault
	Matched int64 // how many calls it chose
	Acted   int64 // on how many of them it acted
}

func (p *posted) entry() Entry {
	f := p.Fault
	f.Params = maps.Clone(f.Params)
	return Entry{p.id, f, p.matched.Load(), p.acted.Load()}
}

// New makes a set without faults. A seed makes jitter the same in every run.
func New(c Catalogue, seed *uint64) *Set {
	s := &Set{catalogue: c, seed: rand.Uint64(), closed: make(chan struct{})}
	if seed != nil {
		s.seed = *seed
	}
	return s
}

// Close ends every delay, now and from now on: the calls go on at once.
func (s *Set) Close() { s.close.Do(func() { close(s.closed) }) }

// Add posts faults, all of them or, if one makes no sense, none.
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
	if len(list)+len(faults) > mostFaults {
		return nil, fmt.Errorf("there are %d faults, and %d more would be above %d; remove some that have acted", len(list), len(faults), mostFaults)
	}
	entries := []Entry{}
	for _, f := range faults {
		f.Params = maps.Clone(f.Params)
		s.last++
		p := &posted{Fault: f, id: s.last}
		list, entries = append(list, p), append(entries, p.entry())
	}
	s.put(list)
	return entries, nil
}

// List is the faults, the oldest first, and what became of them.
func (s *Set) List() []Entry {
	entries := []Entry{}
	for _, p := range s.list() {
		entries = append(entries, p.entry())
	}
	return entries
}

// Remove takes a fault away, and tells whether there was one with this id.
func (s *Set) Remove(id int64) bool {
	return s.remove(func(p *posted) bool { return p.id == id })
}

// Clear takes all faults away. Ids go on: an id is never given twice.
func (s *Set) Clear() { s.remove(func(*posted) bool { return true }) }

// ClearAccount takes the faults of one account away, not those of every account.
func (s *Set) ClearAccount(account string) {
	s.remove(func(p *posted) bool { return p.AccountId == account })
}

// Reset takes all faults away and begins anew, ids too, so that the same faults
// act in the same way again.
func (s *Set) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(nil)
	s.last = 0
}

func (s *Set) remove(gone func(*posted) bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.list()
	after := slices.DeleteFunc(slices.Clone(before), gone)
	s.put(after)
	return len(after) < len(before)
}

func (s *Set) list() []*posted {
	if list := s.posted.Load(); list != nil {
		return *list
	}
	return nil
}

func (s *Set) put(list []*posted) {
	if len(list) == 0 {
		s.posted.Store(nil)
		return
	}
	s.posted.Store(&list)
}

// Match finds out what befalls a call of an account, nil for nothing, and counts
// it. It is to be asked once for each call.
//
// Faults that only make a call late all act, and their delays add up. Of those that
// decide the answer the one posted first acts; those behind it do not see the call,
// so that several in a row act one after the other.
func (s *Set) Match(c *rpc.Call, account string) *Hit {
	list := s.posted.Load()
	if list == nil {
		return nil
	}
	var h *Hit
	for _, p := range *list {
		if h != nil && h.deciding != nil && p.answers() || !p.chooses(c, account) {
			continue
		}
		turn, acts := p.count()
		if !acts {
			continue
		}
		if h == nil {
			h = &Hit{set: s}
		}
		h.add(p, turn, p.late(s.seed, turn))
	}
	return h
}

func (p *posted) chooses(c *rpc.Call, account string) bool {
	if p.Action != "*" && p.Action != c.Action || p.AccountId != "" && p.AccountId != account {
		return false
	}
	if p.HideMs > 0 && !adds(c.Action) { // * is all that add
		return false
	}
	for name, value := range p.Params {
		if c.Get(name) != value {
			return false
		}
	}
	return true
}

// count counts a chosen call, and tells whether the fault acts on it and for which
// time. Calls that come at once get a turn each.
func (p *posted) count() (turn int64, acts bool) {
	turn = p.matched.Add(1) - int64(p.After)
	if turn < 1 || p.Times > 0 && turn > int64(p.Times) {
		return 0, false
	}
	p.acted.Add(1)
	return turn, true
}

// late is how much later the fault makes a call. Jitter follows from the seed, the
// fault and its turn alone, so that nothing else that happens changes it.
func (p *posted) late(seed uint64, turn int64) time.Duration {
	ms := int64(p.DelayMs)
	if p.JitterMs > 0 {
		chance := rand.New(rand.NewPCG(seed, uint64(p.id)<<32^uint64(turn)))
		ms += chance.Int64N(int64(p.JitterMs) + 1)
	}
	return time.Duration(ms) * time.Millisecond
}
