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
	maxBytes   = 16 << 20 // of the texts that a client may choose
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
	Detail    string
	Took      time.Duration
}

// Journal is a bounded list of calls. The zero value is empty and ready.
type Journal struct {
	mu    sync.Mutex
	ring  []Entry // grows to maxEntries; a call's number tells its place
	count int     // how many of the newest calls are kept
	bytes int
	last  int64 // number of the newest call, also after it has been forgotten

	cleared int64         // number of the newest call when all were forgotten
	awaited chan struct{} // closed when the next call comes, nil while nobody waits
}

// Add takes a call down and gives it its number.
func (j *Journal) Add(c *rpc.Call, o *rpc.Outcome, account, hint string, took time.Duration) int64 {
	e := Entry{
		Time: c.Received, Account: account, Region: c.Get("RegionId"), Action: c.Action, Method: c.Method, Host: c.Host,
		Query: c.Query, Body: c.Body, Status: o.Status, Code: o.Code, Message: hush(o.Message), RequestID: c.RequestID,
		Hint: hint, Detail: hush(c.Detail), Took: took,
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for j.count == maxEntries || j.count > 0 && j.bytes+e.size() > maxBytes {
		j.drop()
	}
	if j.put(&e); c.Number != nil {
		c.Number.Store(e.Number)
	}
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

// at is the place of the call with this number.
func (j *Journal) at(number int64) *Entry { return &j.ring[(number-1)%maxEntries] }

// oldest is the number of the oldest call that is kept.
func (j *Journal) oldest() int64 { return j.last - int64(j.count) + 1 }

func (j *Journal) drop() {
	e := j.at(j.oldest())
	j.bytes -= e.size()
	*e = Entry{}
	j.count--
}

// size is how much of the client's making an entry holds.
func (e *Entry) size() int {
	return len(e.Method) + len(e.Host) + len(e.Action) + len(e.Region) + len(e.Query) + len(e.Body) + len(e.Message) + len(e.Hint) + len(e.Detail)
}

// Clear forgets every call. Numbers go on: a call's number is never given twice.
func (j *Journal) Clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	clear(j.ring)
	j.count, j.bytes, j.cleared = 0, 0, j.last
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
	for n := j.oldest(); n <= j.last; n++ {
		if e := j.at(n); e.Number != 0 && f.chooses(e) {
			chosen = append(chosen, *e)
		}
	}
	return chosen
}
