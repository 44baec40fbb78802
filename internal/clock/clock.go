// Package clock makes the time, the ids and the request ids that calls see. All of them
// can be fixed, so that a run can be repeated.
package clock

import (
	crand "crypto/rand"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// A Source is a clock and a source of ids. It is safe for concurrent use.
type Source struct {
	seed  uint64
	fixed bool

	clock sync.RWMutex
	shift time.Duration // of the mock's time against real time
	stop  time.Time     // the time of a frozen clock
	sets  atomic.Uint64

	names    sync.Mutex
	ids      *rand.ChaCha8
	requests *rand.ChaCha8
	expected []string // made by another source, to be given out first
}

// New returns a source of unpredictable ids.
func New() *Source {
	s := &Source{}
	s.restart()
	return s
}

// Seeded returns a source of the same ids in the same order for the same seed.
func Seeded(seed uint64) *Source {
	s := &Source{seed: seed, fixed: true}
	s.restart()
	return s
}

// Reset sets the clock to real time and restarts the sequence of seeded ids.
func (s *Source) Reset() {
	s.clock.Lock()
	s.shift, s.stop = 0, time.Time{}
	s.sets.Add(1)
	s.clock.Unlock()
	if s.fixed {
		s.restart()
	}
}

// restart gives ids and request ids a stream each, so that one more call does not change
// the ids that are made later.
func (s *Source) restart() {
	s.names.Lock()
	defer s.names.Unlock()
	s.ids = rand.NewChaCha8(s.key(0))
	s.requests = rand.NewChaCha8(s.key(1))
}

func (s *Source) key(stream byte) (key [32]byte) {
	if !s.fixed {
		crand.Read(key[:]) // never fails: it ends the program instead
		return key
	}
	binary.LittleEndian.PutUint64(key[:], s.seed)
	key[8] = stream
	return key
}

// Now returns the mock's time, in UTC.
func (s *Source) Now() time.Time {
	s.clock.RLock()
	defer s.clock.RUnlock()
	if !s.stop.IsZero() {
		return s.stop
	}
	return time.Now().UTC().Round(0).Add(s.shift)
}

// Set sets the mock's time, from which the clock goes on unless it is frozen.
func (s *Source) Set(t time.Time, frozen bool) {
	s.clock.Lock()
	defer s.clock.Unlock()
	s.sets.Add(1)
	s.shift, s.stop = t.Sub(time.Now()), time.Time{}
	if frozen {
		s.stop = t.UTC().Round(0)
	}
}

// Frozen reports whether the clock stands still.
func (s *Source) Frozen() bool {
	s.clock.RLock()
	defer s.clock.RUnlock()
	return !s.stop.IsZero()
}

// Revision returns how often the clock has been set, moved or reset.
func (s *Source) Revision() uint64 { return s.sets.Load() }

// Advance adds to the mock's time, frozen or not.
func (s *Source) Advance(d time.Duration) {
	s.clock.Lock()
	defer s.clock.Unlock()
	s.sets.Add(1)
	s.shift += d
	if !s.stop.IsZero() {
		s.stop = s.stop.Add(d)
	}
}

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"

// idLength is the length of an id after its kind, as in sg-bp1 and 17 more.
const idLength = 20

// ID returns a new id: a kind such as "sg-", a region's letters such as "bp1", and
// random letters and digits up to twenty characters.
func (s *Source) ID(kind, region string) string {
	id := make([]byte, 0, len(kind)+idLength)
	id = append(append(id, kind...), region...)
	s.names.Lock()
	defer s.names.Unlock()
	if i := slices.IndexFunc(s.expected, func(e string) bool { return strings.HasPrefix(e, kind) }); i >= 0 {
		made := s.expected[i]
		s.expected = slices.Delete(s.expected, i, i+1)
		return made
	}
	for len(id) < len(kind)+idLength {
		id = append(id, alphabet[s.ids.Uint64()%uint64(len(alphabet))])
	}
	return string(id)
}

// Expect makes ID return these ids first, each for its kind.
func (s *Source) Expect(ids []string) {
	s.names.Lock()
	defer s.names.Unlock()
	s.expected = ids
}

// RequestID returns a new id of a request, a random UUID in upper case.
func (s *Source) RequestID() string {
	s.names.Lock()
	u, _ := uuid.NewRandomFromReader(s.requests) // ChaCha8 never fails
	s.names.Unlock()
	const digits = "0123456789ABCDEF"
	var text [36]byte
	n := 0
	for i, b := range u {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			text[n] = '-'
			n++
		}
		text[n], text[n+1] = digits[b>>4], digits[b&15]
		n += 2
	}
	return string(text[:])
}
