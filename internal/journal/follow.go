package journal

// How many calls one look gives, and how many it passes: a follower must not hold
// up the calls that it follows.
const (
	mostGiven  = 64
	mostPassed = 512
)

// News is what a follower has not seen.
type News struct {
	Calls   []Entry         // the chosen ones, oldest first
	Skipped int64           // how many calls were pushed out of the journal before they were seen
	Last    int64           // the number of the last call that was looked at: SinceNumber of the next look
	More    <-chan struct{} // closed when there are more
}

// After is what has come after f.SinceNumber, or some of it. It never waits: who
// wants to waits for More.
func (j *Journal) After(f Filter) News {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := News{Last: max(f.SinceNumber, j.cleared)}
	if oldest := j.oldest(); n.Last < oldest-1 {
		n.Skipped, n.Last = oldest-1-n.Last, oldest-1
	}
	until := min(j.last, n.Last+mostPassed)
	for n.Last < until && len(n.Calls) < mostGiven {
		n.Last++
		if e := j.at(n.Last); e.Number != 0 && f.chooses(e) {
			n.Calls = append(n.Calls, *e)
		}
	}
	n.More = j.more(n.Last)
	return n
}

// always is closed.
var always = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

func (j *Journal) more(seen int64) <-chan struct{} {
	if seen < j.last {
		return always
	}
	if j.awaited == nil {
		j.awaited = make(chan struct{})
	}
	return j.awaited
}

// wake tells all who wait that there is a call.
func (j *Journal) wake() {
	if j.awaited != nil {
		close(j.awaited)
		j.awaited = nil
	}
}

// Last is the number of the newest call, 0 before there is one.
func (j *Journal) Last() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.last
}

// Oldest is the number before the oldest call that is kept.
func (j *Journal) Oldest() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.oldest() - 1
}

// ClearAccount forgets the calls of one account. Their places stay, empty, until
// their turn comes.
func (j *Journal) ClearAccount(id string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for n := j.oldest(); n <= j.last; n++ {
		if e := j.at(n); e.Number != 0 && e.Account == id {
			j.bytes -= e.size()
			*e = Entry{}
		}
	}
}
