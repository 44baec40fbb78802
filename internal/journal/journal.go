// Package journal keeps the last finished calls, for people who wonder what
// happened and for tests that assert it.
package journal

import (
	"sync"
	"time"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

const (
	maxEntries = 4096
	maxBytes   = 16 << 20 // of queries and bodies
)

// Entry is one finished call. What was sent is kept as it came; secrets are taken
// out when an entry is read.
type Entry struct {
	Number    int64
	Time      time.Time // of the mock's clock
	Account   string
	Region    string
	Action    string
	Method    string
	Host      string
	Query     string
	Body      string
	Status    int
	Code      string
	Message   string
	RequestID string
	Hint      string
	Took      time.Duration
}

// Journal is a bounded list of calls. The zero value is empty and ready.
type Journal struct {
	mu    sync.Mutex
	ring  []Entry
	first int // where the oldest entry is, once the ring is full
	count int
	bytes int
	last  int64 // number of the newest call, also after it has been forgotten
}

// Add takes a call down and gives it its number.
func (j *Journal) Add(c *rpc.Call, o *rpc.Outcome, account, hint string, took time.Duration) int64 {
	e := Entry{
		Time: c.Received, Account: account, Region: c.Get("RegionId"), Action: c.Action, Method: c.Method, Host: c.Host,
		Query: c.Query, Body: c.Body, Status: o.Status, Code: o.Code, Message: o.Message, RequestID: c.RequestID,
		Hint: hint, Took: took,
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last++
	e.Number = j.last
	j.put(e)
	for j.bytes > maxBytes && j.count > 1 {
		j.drop()
	}
	return e.Number
}

func (j *Journal) put(e Entry) {
	switch {
	case j.count == maxEntries:
		j.drop()
		fallthrough
	case j.count < len(j.ring):
		j.ring[(j.first+j.count)%len(j.ring)] = e
	default:
		j.straighten()
		j.ring = append(j.ring, e)
	}
	j.count++
	j.bytes += e.size()
}

// straighten puts the oldest entry first, so that the ring can grow.
func (j *Journal) straighten() {
	if j.first == 0 {
		return
	}
	ring := make([]Entry, 0, 2*len(j.ring))
	for i := range j.count {
		ring = append(ring, j.ring[(j.first+i)%len(j.ring)])
	}
	j.ring, j.first = ring, 0
}

func (j *Journal) drop() {
	e := &j.ring[j.first]
	j.bytes -= e.size()
	*e = Entry{}
	j.first = (j.first + 1) % len(j.ring)
	j.count--
}

func (e *Entry) size() int { return len(e.Query) + len(e.Body) }

// Clear forgets every call. Numbers go on: a call's number is never given twice.
func (j *Journal) Clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ring, j.first, j.count, j.bytes = nil, 0, 0, 0
}

// Filter chooses calls; what is not set chooses all.
type Filter struct {
	Action, Code, Account string
	SinceNumber           int64 // calls after this one
	SinceTime             time.Time
}

func (f *Filter) chooses(e *Entry) bool {
	return (f.Action == "" || f.Action == e.Action) &&
		(f.Code == "" || f.Code == e.Code) &&
		(f.Account == "" || f.Account == e.Account) &&
		e.Number > f.SinceNumber && !e.Time.Before(f.SinceTime)
}

// Select is the chosen calls, oldest first.
func (j *Journal) Select(f Filter) []Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	var chosen []Entry
	for i := range j.count {
		if e := &j.ring[(j.first+i)%len(j.ring)]; f.chooses(e) {
			chosen = append(chosen, *e)
		}
	}
	return chosen
}
