// Package fault injects faults that a test asks for: errors, delays and damaged
// answers, to show how a client reacts. Which calls a fault acts on follows from the
// faults and the order of the calls alone.
package fault

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/form"
)

// When a fault acts: before the call takes effect, so that an error means that
// nothing was done, or after it, so that only the answer differs.
const (
	BeforeEffect = "before"
	AfterEffect  = "after"
)

// A Fault says which calls it matches, on which of those it acts, and how. The zero
// values match every call and do nothing.
type Fault struct {
	Action    string            // an action of the mock, as Vpc.TagResources only that of one product, or * for every one
	AccountId string            `json:",omitempty"` // of the caller
	Params    map[string]string `json:",omitempty"` // parameters as they are sent, all of which must match; "" matches an absent or blank one

	After int `json:",omitempty"` // how many matching calls it skips first
	Times int `json:",omitempty"` // on how many calls it acts then, 0 for all
	Every int `json:",omitempty"` // with 3, it acts only on each third of these calls

	Chance float64 `json:",omitempty"` // how likely it acts on one of these calls, 0 to 1; 0 is always

	Code       string `json:",omitempty"` // error code of the answer: one of the catalogue, or any with Status and Message
	Status     int    `json:",omitempty"` // instead of the catalogue's
	Message    string `json:",omitempty"` // instead of the catalogue's
	DelayMs    int    `json:",omitempty"` // delays the call, in milliseconds
	JitterMs   int    `json:",omitempty"` // delays it by up to so much more, at random
	Drop       bool   `json:",omitempty"` // closes the connection without an answer
	TruncateAt int    `json:",omitempty"` // closes the connection after so many bytes of the answer's body
	HideMs     int    `json:",omitempty"` // hides what the call adds, in milliseconds of the mock's clock; matches only calls that add
	When       string `json:",omitempty"` // before, the default, or after

	Answer    json.RawMessage `json:",omitempty"` // fields of a successful answer, laid over those of the call
	Replace   bool            `json:",omitempty"` // Answer is the whole answer
	Unchecked bool            `json:",omitempty"` // Answer may have fields that the action does not
}

const example = `{"Action": "RevokeSecurityGroup", "Code": "Throttling.User", "Times": 2}`

// Parse reads one fault, or a list of them, in JSON. An error has the path of what
// is wrong, as in "[1].Times". Add checks whether the faults make sense.
func Parse(body []byte) ([]Fault, error) {
	var faults []Fault
	err := form.ReadAll(body, func(o *form.Object) {
		var f Fault
		f.fields(o)
		faults = append(faults, f)
	})
	var formErr *form.Error
	switch {
	case errors.As(err, &formErr) && formErr.Path == "":
		return nil, fmt.Errorf("%w; a fault is written as %s", err, example)
	case err != nil:
		return nil, err
	case len(faults) == 0:
		return nil, errors.New("the list has no fault; a fault is written as " + example)
	}
	return faults, nil
}

func (f *Fault) fields(o *form.Object) {
	o.Text("Action", &f.Action)
	o.Text("AccountId", &f.AccountId)
	o.ReadMap("Params", &f.Params)
	o.Int("After", &f.After)
	o.Int("Times", &f.Times)
	o.Int("Every", &f.Every)
	o.Float("Chance", &f.Chance)
	o.Text("Code", &f.Code)
	o.Int("Status", &f.Status)
	o.Text("Message", &f.Message)
	o.Int("DelayMs", &f.DelayMs)
	o.Int("JitterMs", &f.JitterMs)
	o.Flag("Drop", &f.Drop)
	o.Int("TruncateAt", &f.TruncateAt)
	o.Int("HideMs", &f.HideMs)
	o.Text("When", &f.When)
	o.ReadObject("Answer", (*[]byte)(&f.Answer))
	o.Flag("Replace", &f.Replace)
	o.Flag("Unchecked", &f.Unchecked)
}

// decides reports whether the fault changes the answer. One that does not only delays
// the call or hides what it adds.
func (f *Fault) decides() bool {
	return f.Code != "" || f.Drop || f.TruncateAt > 0 || f.answers()
}

// after reports whether the fault acts after the effect of a call, as one does that
// changes the answer of the call.
func (f *Fault) after() bool { return f.When == AfterEffect || f.answers() && !f.Replace }

func (f *Fault) hide() time.Duration { return time.Duration(f.HideMs) * time.Millisecond }

// adds reports whether an action of this name adds something to the world.
func adds(action string) bool {
	_, name, qualified := strings.Cut(action, ".")
	if qualified {
		action = name
	}
	return strings.HasPrefix(action, "Authorize") || strings.HasPrefix(action, "Create")
}

// label returns in a few words what the fault does with this delay.
func (f *Fault) label(delay time.Duration) string {
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
	if f.answers() {
		does = append(does, "answer")
	}
	if delay > 0 || len(does) == 0 {
		does = append(does, delay.String()+" late")
	}
	return strings.Join(does, ", ")
}

// note returns the sentence for people that the fault acted for the nth time.
func (f *Fault) note(id, nth int64, delay time.Duration) string {
	when := ""
	if f.after() {
		when = " after the effect"
	}
	times := fmt.Sprintf("%d of %d times", nth, f.Times)
	switch {
	case f.Times == 0 && nth == 1:
		times = "once so far"
	case f.Times == 0:
		times = fmt.Sprintf("%d times so far", nth)
	}
	return fmt.Sprintf("fault %d (%s) acted%s, %s", id, f.label(delay), when, times)
}
