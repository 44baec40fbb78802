// Package journal keeps the last finished calls, for people who want to see what
// happened and for tests that assert it.
package journal

import (
	"slices"
	"sync"
	"time"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

const (
	maxEntries = 4096
	maxBytes   = 16 << 20 // of the texts that clients choose
)

// A Journal is a bounded list of calls. The zero value is empty and ready to use.
type Journal struct {
	mu    sync.Mutex
	ring  []Entry // grows to maxEntries; a call's number gives its index
	count int     // how many of the newest calls are kept
	bytes int
	last  int64 // number of the newest call, also after it was removed

	kept      []kept // of the newest calls, nil before the first; a call's number gives its index
	keptFrom  int64  // number of the oldest call of which it is kept
	keptBytes int

	cleared int64         // number of the newest call when Clear was called
	awaited chan struct{} // closed by the next call, nil while nobody waits
}

// Add adds a call with its result and returns its number. It keeps nothing of r itself.
func (j *Journal) Add(c *rpc.Call, o *rpc.Outcome, account, hint string, took time.Duration, r Result) int64 {
	e := Entry{
		Time: c.Received, Account: account, Region: c.Get("RegionId"), Product: c.ProductName(), Action: c.Action,
		Method: c.Method, Host: c.Host, Path: c.Path,
		Query: c.Query, Body: c.Body, Status: o.Status, Code: o.Code, Message: redact(o.Message), RequestID: c.RequestID,
		Hint: hint, Detail: redact(c.Detail), Took: took,
		Revision: r.Revision,
	}
	k := newKept(c, o, &r)
	j.mu.Lock()
	defer j.mu.Unlock()
	for j.count == maxEntries || j.count > 0 && j.bytes+e.size() > maxBytes {
		j.drop()
	}
	j.put(&e)
	if k.number = e.Number; c.Number != nil {
		c.Number.Store(e.Number)
	}
	j.keep(k)
	j.wake()
	return e.Number
}

func (j *Journal) put(e *Entry) {
	j.last++
	e.Number = j.last
	if len(j.ring) < maxEntries {
		j.ring = append(j.ring, *e)
	} else {
		*j.at(e.Number) = *e
	}
	j.count++
	j.bytes += e.size()
}

// keep keeps more of the newest call, and drops that of the oldest ones if it is too much.
func (j *Journal) keep(k kept) {
	j.keptFrom = max(j.keptFrom, 1, k.number-maxKept+1)
	if j.kept == nil {
		j.kept = make([]kept, maxKept)
	}
	newest := &j.kept[(k.number-1)%maxKept]
	j.keptBytes -= newest.size()
	*newest = k
	for j.keptBytes += k.size(); j.keptBytes > maxKeptBytes && j.keptFrom < k.number; j.keptFrom++ {
		oldest := &j.kept[(j.keptFrom-1)%maxKept]
		j.keptBytes -= oldest.size()
		*oldest = kept{}
	}
}

// more returns what is kept of a call beside its parameters.
func (j *Journal) more(number int64) kept {
	if j.kept != nil {
		if k := j.kept[(number-1)%maxKept]; k.number == number {
			return k
		}
	}
	return kept{}
}

// copy returns a call with what else is kept of it.
func (j *Journal) copy(e *Entry) Entry {
	c := *e
	k := j.more(e.Number)
	c.kept = &k
	return c
}

// at returns the element of the call with this number.
func (j *Journal) at(number int64) *Entry { return &j.ring[(number-1)%maxEntries] }

// oldest returns the number of the oldest call that is kept.
func (j *Journal) oldest() int64 { return j.last - int64(j.count) + 1 }

func (j *Journal) drop() {
	e := j.at(j.oldest())
	j.bytes -= e.size()
	*e = Entry{}
	j.count--
}

// Clear removes every call. A number is never used again.
func (j *Journal) Clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	clear(j.ring)
	clear(j.kept)
	j.keptBytes, j.keptFrom = 0, j.last+1
	j.count, j.bytes, j.cleared = 0, 0, j.last
}

// Select returns the matching calls, oldest first. Words are sought while calls go on.
func (j *Journal) Select(f Filter) []Entry {
	limit := f.Limit
	if len(f.Words) > 0 {
		limit = 0
	}
	selected := j.newest(f, limit)
	selected = slices.DeleteFunc(selected, func(e Entry) bool { return !e.contains(f.Words) })
	if f.Limit > 0 {
		selected = selected[:min(f.Limit, len(selected))]
	}
	slices.Reverse(selected)
	return selected
}

// newest returns the calls that match but for the words, newest first, at most so many; 0 is
// no limit.
func (j *Journal) newest(f Filter, limit int) []Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	var selected []Entry
	for n := f.last(j.last); n >= j.oldest() && (limit == 0 || len(selected) < limit); n-- {
		if e := j.at(n); e.Number != 0 && f.matches(e) {
			selected = append(selected, j.copy(e))
		}
	}
	return selected
}

// How many calls After returns at most, and how many it looks at: a follower must not
// delay the calls that it follows.
const (
	maxReturned = 64
	maxVisited  = 512
)

// News is what a follower has not seen yet.
type News struct {
	Calls   []Entry         // the matching ones, oldest first
	Skipped int64           // how many calls left the journal before they were seen
	Last    int64           // SinceNumber of the next After
	More    <-chan struct{} // closed when there are more
}

// After returns calls after f.SinceNumber, maybe not all. It does not wait; wait for More.
func (j *Journal) After(f Filter) News {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := News{Last: max(f.SinceNumber, j.cleared)}
	if oldest := j.oldest(); n.Last < oldest-1 {
		n.Skipped, n.Last = oldest-1-n.Last, oldest-1
	}
	until := min(j.last, n.Last+maxVisited)
	for n.Last < until && len(n.Calls) < maxReturned {
		n.Last++
		if e := j.at(n.Last); e.Number != 0 && f.matches(e) {
			if c := j.copy(e); c.contains(f.Words) {
				n.Calls = append(n.Calls, c)
			}
		}
	}
	n.More = j.newer(n.Last)
	return n
}

// closed is a closed channel.
var closed = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

func (j *Journal) newer(seen int64) <-chan struct{} {
	if seen < j.last {
		return closed
	}
	if j.awaited == nil {
		j.awaited = make(chan struct{})
	}
	return j.awaited
}

// Wake makes followers look for what is new beside the calls.
func (j *Journal) Wake() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.wake()
}

// wake wakes all who wait for a call.
func (j *Journal) wake() {
	if j.awaited != nil {
		close(j.awaited)
		j.awaited = nil
	}
}

// Last returns the number of the newest call, 0 before the first.
func (j *Journal) Last() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.last
}

// BeforeOldest returns the number before that of the oldest call that is kept.
func (j *Journal) BeforeOldest() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.oldest() - 1
}

// ClearAccount removes the calls of one account. Their elements stay, empty, until
// newer calls replace them.
func (j *Journal) ClearAccount(id string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for n := j.oldest(); n <= j.last; n++ {
		if e := j.at(n); e.Number != 0 && e.Account == id {
			j.bytes -= e.size()
			*e = Entry{}
			j.forget(n)
		}
	}
}

// forget removes what is kept of a call beside its parameters.
func (j *Journal) forget(number int64) {
	if k := j.more(number); k.number != 0 {
		j.keptBytes -= k.size()
		j.kept[(number-1)%maxKept] = kept{}
	}
}
