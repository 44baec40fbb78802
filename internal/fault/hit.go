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

// longestWait is how long a call is held back at most, whatever delays add up.
const longestWait = longestDelay * time.Millisecond

// Hit is what faults do to one call.
type Hit struct {
	set       *Set
	before    delay
	after     delay
	hidden    []*posted // the faults that hide what the call adds
	deciding  *posted   // the fault that decides the answer, nil for none
	sentence  string    // about that one
	lost      bool      // nothing is sent
	throttled bool
}

// delay is how long faults hold a call back, and the sentences about those of them
// that do nothing else.
type delay struct {
	late      time.Duration
	sentences []string
}

// Damage is what becomes of an answer on its way to the client.
type Damage struct {
	Drop       bool // nothing is sent, and the connection is closed
	TruncateAt int  // so many bytes of the body are, and the connection is closed; 0 for no damage
}

func (h *Hit) add(p *posted, turn int64, late time.Duration) {
	at := &h.before
	if p.Fault.after() {
		at = &h.after
	}
	at.late += late
	sentence := p.sentence(p.id, turn, late)
	if p.HideMs > 0 {
		h.hidden = append(h.hidden, p)
	}
	switch {
	case p.answers():
		h.deciding, h.sentence = p, sentence
	case p.HideMs == 0 || late > 0:
		at.sentences = append(at.sentences, sentence)
	}
}

// errLeft is what became of a call whose client did not wait for it.
var errLeft = errors.New("the client left while a fault held the call back; nothing was done")

// Before is what happens before the effect of a call. If that is the end of it, the
// call is not to be carried out, and out is its outcome.
func (h *Hit) Before(ctx context.Context, c *rpc.Call) (out rpc.Outcome, ended bool) {
	held := h.before
	ends := h.deciding != nil && !h.deciding.Fault.after()
	if ends { // the delays that were to follow the effect have no other place
		held.late += h.after.late
		held.sentences = append(held.sentences, h.after.sentences...)
	}
	if !h.hold(ctx, c, held) {
		h.lost = true
		return rpc.Outcome{Err: errLeft}, true
	}
	if !ends {
		return rpc.Outcome{}, false
	}
	c.Note(h.sentence)
	h.tellHidden(c, false)
	return h.decide(c, rpc.Outcome{}), true
}

// After is what happens after the effect of a call: its own outcome goes in, what
// the client is told comes out.
func (h *Hit) After(ctx context.Context, c *rpc.Call, own rpc.Outcome) rpc.Outcome {
	h.tellHidden(c, own.Status < 400)
	if !h.hold(ctx, c, h.after) {
		c.Note("the client left while a fault held the answer back")
	}
	if h.deciding == nil {
		return own
	}
	c.Note(h.sentence)
	if h.deciding.Code == "" && !h.deciding.Drop {
		return h.decide(c, own)
	}
	c.Note(strings.TrimSpace(fmt.Sprintf("the call's own answer was %d %s", own.Status, own.Code)))
	return h.decide(c, rpc.Outcome{Err: own.Err})
}

// Hide is how much later what the call adds is to be told, the longest that a fault
// asks for.
func (h *Hit) Hide() time.Duration {
	var longest time.Duration
	for _, p := range h.hidden {
		longest = max(longest, p.hide())
	}
	return longest
}

// tellHidden tells which faults hide what a call added, if it was carried out.
func (h *Hit) tellHidden(c *rpc.Call, added bool) {
	for _, p := range h.hidden {
		if added {
			c.Note(fmt.Sprintf("fault %d hides what was added for %s", p.id, p.hide()))
		} else {
			c.Note(fmt.Sprintf("fault %d found nothing added that it could hide", p.id))
		}
	}
}

// decide makes the outcome what the deciding fault wants. That of a dropped call
// has the status 0, since there is no answer.
func (h *Hit) decide(c *rpc.Call, out rpc.Outcome) rpc.Outcome {
	f := &h.deciding.Fault
	h.lost = f.Drop
	if f.Code == "" {
		return out
	}
	h.throttled = strings.Contains(f.Code, "Throttling")
	out.Code, out.Status, out.Message = f.Code, f.Status, f.Message
	if row := h.set.catalogue.row(c.Action, f.Code); row != nil {
		if out.Status == 0 {
			out.Status = row.Status
		}
		if out.Message == "" {
			out.Message = message(row)
		}
	}
	return out
}

// hold holds a call back. It tells false if the client left meanwhile.
func (h *Hit) hold(ctx context.Context, c *rpc.Call, d delay) bool {
	for _, s := range d.sentences {
		c.Note(s)
	}
	if d.late == 0 {
		return true
	}
	t := time.NewTimer(min(d.late, longestWait))
	defer t.Stop()
	select {
	case <-t.C:
	case <-h.set.closed:
	case <-ctx.Done():
		return false
	}
	return true
}

// Damage is what becomes of the answer, once it is decided.
func (h *Hit) Damage() Damage {
	if h.lost {
		return Damage{Drop: true}
	}
	if h.deciding == nil {
		return Damage{}
	}
	return Damage{TruncateAt: h.deciding.TruncateAt}
}

// retryAfter is how long a throttled client is asked to wait, in milliseconds: long
// enough to be seen, and short, since tests wait for it.
const retryAfter = 100

// Headers are those that clients read when they are throttled, by the names that
// they compare letter by letter: how long to wait, and which quota is used up.
// Nobody reads Reset.
func (h *Hit) Headers() map[string]string {
	if !h.throttled || h.lost {
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
