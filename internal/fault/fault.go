// Package fault holds injected faults: errors, delays and damaged answers that a
// test asks for, so that it can see how a client takes them. Which call a fault
// befalls follows from what was posted and the order of the calls, never from luck.
package fault

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// When a fault acts: before the call takes effect, so that an error means that
// nothing was done, or after it, so that only the answer suffers.
const (
	BeforeEffect = "before"
	AfterEffect  = "after"
)

// Fault is the form of one: which calls it befalls, which of those, and what
// happens to them. What is left out chooses every call, and does nothing.
type Fault struct {
	Action    string            // of the mock, or * for every one
	AccountId string            `json:",omitempty"` // whose call it is
	Params    map[string]string `json:",omitempty"` // parameters as they are sent, all of which must be so; "" is absent or blank

	After int `json:",omitempty"` // so many of the chosen calls are spared first
	Times int `json:",omitempty"` // then it acts so often, 0 for always

	Code       string `json:",omitempty"` // what is answered: a code of the catalogue, or one with Status and Message
	Status     int    `json:",omitempty"` // in place of the catalogue's
	Message    string `json:",omitempty"` // in place of the catalogue's
	DelayMs    int    `json:",omitempty"` // the call takes so much longer, in milliseconds
	JitterMs   int    `json:",omitempty"` // and up to so much more, by chance
	Drop       bool   `json:",omitempty"` // the connection is closed without an answer
	TruncateAt int    `json:",omitempty"` // the connection is closed after so many bytes of the answer's body
	HideMs     int    `json:",omitempty"` // what the call adds shows so much later, in milliseconds of the mock's clock; only calls that add are chosen
	When       string `json:",omitempty"` // before, which is the default, or after
}

// answers tells whether the fault decides what the client gets. One that does not
// only makes the call, or what it adds, late.
func (f *Fault) answers() bool { return f.Code != "" || f.Drop || f.TruncateAt > 0 }

func (f *Fault) after() bool { return f.When == AfterEffect }

func (f *Fault) hide() time.Duration { return time.Duration(f.HideMs) * time.Millisecond }

// adds tells whether an action of this name makes something that was not there.
func adds(action string) bool {
	return strings.HasPrefix(action, "Authorize") || strings.HasPrefix(action, "Create")
}

// label says in a few words what the fault does, when it makes the call so late.
func (f *Fault) label(late time.Duration) string {
	var does []string
	if f.Code != "" {
		does = append(does, f.Code)
	}
	if f.Drop {
		does = append(does, "drop")
	}
	if f.TruncateAt > 0 {
		does = append(does, "cut after "+strconv.Itoa(f.TruncateAt)+" bytes")
	}
	if late > 0 || len(does) == 0 {
		does = append(does, late.String()+" late")
	}
	return strings.Join(does, ", ")
}

// sentence tells people that the fault acted, this time being the turn'th.
func (f *Fault) sentence(id, turn int64, late time.Duration) string {
	when := ""
	if f.after() {
		when = " after the effect"
	}
	times := fmt.Sprintf("%d of %d times", turn, f.Times)
	switch {
	case f.Times == 0 && turn == 1:
		times = "once so far"
	case f.Times == 0:
		times = fmt.Sprintf("%d times so far", turn)
	}
	return fmt.Sprintf("fault %d (%s) acted%s, %s", id, f.label(late), when, times)
}
