package fault

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// maxWait is how long a call is delayed at most, whatever delays add up.
const maxWait = maxDelay * time.Millisecond

// A Hit is what faults do to one call.
type Hit struct {
	set       *Set
	before    delays
	after     delays
	hiding    []*active // the faults that hide what the call adds
	deciding  *active   // the fault that decides the answer, nil for none
	note      string    // about that one
	dropped   bool      // nothing is sent
	throttled bool
}

// delays are how long faults delay a call, with the notes of those that do nothing else.
type delays struct {
	sum   time.Duration
	notes []string
}

func (h *Hit) add(p *active, nth int64, delay time.Duration) {
	at := &h.before
	if p.Fault.after() {
		at = &h.after
	}
	at.sum += delay
	note := p.note(p.id, nth, delay)
	if p.HideMs > 0 {
		h.hiding = append(h.hiding, p)
	}
	switch {
	case p.decides():
		h.deciding, h.note = p, note
	case p.HideMs == 0 || delay > 0:
		at.notes = append(at.notes, note)
	}
}

// errLeft is the error of a call whose client did not wait for it.
var errLeft = errors.New("the client left while a fault delayed the call; nothing was done")

// Before does what comes before the effect of a call. If ended is true, the call must
// not be carried out, and out is its outcome.
func (h *Hit) Before(ctx context.Context, c *rpc.Call) (out rpc.Outcome, ended bool) {
	d := h.before
	ends := h.deciding != nil && !h.deciding.Fault.after()
	if ends { // there will be no effect, so all delays come before it
		d.sum += h.after.sum
		d.notes = append(d.notes, h.after.notes...)
	}
	if !h.wait(ctx, c, d) {
		h.dropped = true
		return rpc.Outcome{Err: errLeft}, true
	}
	if !ends {
		return rpc.Outcome{}, false
	}
	c.Note(h.note)
	h.noteHiding(c, false)
	return h.decide(c, rpc.Outcome{}), true
}

// After does what comes after the effect of a call with the outcome, and returns the
// outcome that the client gets.
func (h *Hit) After(ctx context.Context, c *rpc.Call, outcome rpc.Outcome) rpc.Outcome {
	h.noteHiding(c, outcome.Status < 400)
	if !h.wait(ctx, c, h.after) {
		c.Note("the client left while a fault delayed the answer")
	}
	if h.deciding == nil {
		return outcome
	}
	c.Note(h.note)
	if h.deciding.Code == "" && !h.deciding.Drop && !h.deciding.Replace {
		return h.decide(c, outcome)
	}
	c.Note(strings.TrimSpace(fmt.Sprintf("without the fault the answer was %d %s", outcome.Status, outcome.Code)))
	return h.decide(c, rpc.Outcome{Err: outcome.Err})
}

// Hide returns how long to hide what the call adds: the longest time of all faults.
func (h *Hit) Hide() time.Duration {
	var longest time.Duration
	for _, p := range h.hiding {
		longest = max(longest, p.hide())
	}
	return longest
}

// noteHiding notes which faults hide what a call added, if it added something.
func (h *Hit) noteHiding(c *rpc.Call, added bool) {
	for _, p := range h.hiding {
		if added {
			c.Note(fmt.Sprintf("fault %d hides what was added for %s", p.id, p.hide()))
		} else {
			c.Note(fmt.Sprintf("fault %d hides nothing, since nothing was added", p.id))
		}
	}
}

// decide returns the outcome with what the deciding fault changes. That of a dropped
// call has the status 0, since there is no answer.
func (h *Hit) decide(c *rpc.Call, out rpc.Outcome) rpc.Outcome {
	f := &h.deciding.Fault
	h.dropped = f.Drop
	switch {
	case f.answers():
		return h.answer(c, out)
	case f.Code == "":
		return out
	}
	h.throttled = strings.Contains(f.Code, "Throttling")
	out.Code, out.Status, out.Message = f.Code, f.Status, f.Message
	if row := h.set.catalogue.row(c.FullAction(), f.Code); row != nil {
		if out.Status == 0 {
			out.Status = int(row.Status)
		}
		if out.Message == "" {
			out.Message = h.set.catalogue.message(c.FullAction(), row)
		}
	}
	return out
}

// wait delays a call. It reports false if the client left meanwhile.
func (h *Hit) wait(ctx context.Context, c *rpc.Call, d delays) bool {
	for _, note := range d.notes {
		c.Note(note)
	}
	if d.sum == 0 {
		return true
	}
	t := time.NewTimer(min(d.sum, maxWait))
	defer t.Stop()
	select {
	case <-t.C:
	case <-h.set.closed:
	case <-ctx.Done():
		return false
	}
	return true
}

// Damage returns the damage to the answer, once it is decided.
func (h *Hit) Damage() rpc.Damage {
	switch {
	case h.dropped:
		return rpc.Damage{Drop: true}
	case h.deciding == nil:
		return rpc.Damage{}
	}
	return rpc.Damage{TruncateAt: h.deciding.TruncateAt}
}

// retryAfter is how long a throttled client is asked to wait, in milliseconds: long
// enough to be noticed, and short, since tests wait for it.
const retryAfter = 100

// Headers returns the headers that throttled clients read: how long to wait, and which
// quota is used up. Clients compare the letters of their names exactly.
func (h *Hit) Headers() map[string]string {
	if !h.throttled || h.dropped {
		return nil
	}
	ms := strconv.Itoa(retryAfter)
	quota := "Limit:1,Remain:0,TimeLeft:" + ms + ",Reset:" + ms
	headers := map[string]string{"x-acs-retry-after": ms}
	if h.deciding.Code != "Throttling.Api" {
		headers["X-RateLimit-User"] = quota
	}
	if h.deciding.Code != "Throttling.User" {
		headers["X-RateLimit-User-API"] = quota
	}
	return headers
}
