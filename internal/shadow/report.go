package shadow

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// The limits of a report. More differences are only counted.
const (
	maxDifferences = 1000
	maxExchanges   = 16 << 20 // bytes of all exchange files
	maxValue       = 1 << 10  // bytes of a value that is shown
)

// A Report is what a shadow has found so far.
type Report struct {
	Host    string // of the service
	Edition int    // of the mock

	mu       sync.Mutex
	calls    int            // that the service answered
	equal    int            // that both answered in the same way
	lost     int            // that the service did not answer
	dropped  int            // differences for which there is no room
	apart    map[string]int // calls that the service refused for reasons of its own, by their status and code
	diverged int64          // number of the first call that the service carried out and the mock refused, 0 for none
	found    []*Difference
	kept     int // bytes of their exchange files
}

// A Difference is one thing in which the mock answers otherwise than the service.
type Difference struct {
	Id      int
	Product string
	Action  string
	Edition int
	Kind    string
	Path    string `json:",omitempty"` // of a field, such as Permissions.Permission[].Priority
	Service string `json:",omitempty"` // what the service has, the first time
	Mock    string `json:",omitempty"` // what the mock has
	Count   int    // how many calls had it
	Call    int64  // number of the first of them in the journal

	exchange string // an exchange file
}

// String returns the difference as a sentence.
func (d *Difference) String() string {
	at := d.Action
	if d.Path != "" {
		at += ", " + d.Path
	}
	switch d.Kind {
	case KindForm:
		return at + ": the service's answer is neither JSON nor XML of the API"
	case KindMissing:
		return at + ": the mock lacks " + d.Service
	case KindExtra:
		return at + ": the mock has " + d.Mock + ", the service has not"
	}
	return fmt.Sprintf("%s: the service has the %s %q, the mock %q", at, d.Kind, d.Service, d.Mock)
}

// same reports whether two differences are one: of values the place decides, of all others
// what both sides have, too.
func (d *Difference) same(o *Difference) bool {
	if d.Product != o.Product || d.Action != o.Action || d.Kind != o.Kind || d.Path != o.Path {
		return false
	}
	switch d.Kind {
	case KindStatus, KindCode, KindText, KindType:
		return d.Service == o.Service && d.Mock == o.Mock
	}
	return true
}

// add counts a call with what was found in it, and returns the differences.
func (r *Report) add(c *Call, mock *outcome, number int64, before func(ids []string) []byte, found []difference) []*Difference {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls++
	if len(found) == 0 {
		r.equal++
	}
	var told []*Difference
	for _, f := range found {
		d := &Difference{Product: c.call.ProductName(), Action: c.call.Action, Edition: r.Edition, Kind: f.kind, Path: f.path, Service: cut(f.service), Mock: cut(f.mock), Call: number}
		i := slices.IndexFunc(r.found, d.same)
		switch {
		case i >= 0:
			d = r.found[i]
		case len(r.found) == maxDifferences:
			r.dropped++
			continue
		default:
			d.Id = len(r.found) + 1
			if d.exchange = c.exchange(d, before); r.kept+len(d.exchange) > maxExchanges {
				d.exchange = ""
			}
			r.kept += len(d.exchange)
			r.found = append(r.found, d)
		}
		if !slices.Contains(told, d) { // a list may have one many times
			d.Count++
			told = append(told, d)
		}
	}
	return told
}

// cut returns the beginning of a long text.
func cut(text string) string {
	if len(text) <= maxValue {
		return text
	}
	return strings.ToValidUTF8(text[:maxValue], "") + "..."
}

// lose counts a call that the service did not answer.
func (r *Report) lose() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lost++
}

// setApart counts a call that the service refused for a reason that a mock cannot know.
func (r *Report) setApart(refusal string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.calls++; r.apart == nil {
		r.apart = map[string]int{}
	}
	r.apart[refusal]++
}

// diverge notes that the service carried out a call that the mock refused.
func (r *Report) diverge(number int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.diverged == 0 {
		r.diverged = number
	}
}

// JSON returns the report.
func (r *Report) JSON() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	type refused struct {
		Refusal string
		Count   int
	}
	list := []refused{}
	for _, code := range slices.Sorted(maps.Keys(r.apart)) {
		list = append(list, refused{code, r.apart[code]})
	}
	text, _ := json.MarshalIndent(struct { // of texts and numbers, which cannot fail
		Service     string
		Edition     int
		Calls       int
		Equal       int
		Apart       []refused
		Unanswered  int
		Dropped     int   `json:",omitempty"`
		Diverged    int64 `json:",omitempty"`
		Differences []*Difference
	}{r.Host, r.Edition, r.calls, r.equal, list, r.lost, r.dropped, r.diverged, append([]*Difference{}, r.found...)}, "", "  ")
	return append(text, '\n')
}

// Exchanges returns the differences as exchange files in a txtar archive, where a line with the
// name is before each.
func (r *Report) Exchanges() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var b strings.Builder
	for _, d := range r.found {
		if d.exchange != "" {
			folder := strings.TrimPrefix(d.Product+"."+d.Action, "Ecs.")
			fmt.Fprintf(&b, "-- testdata/actions/%s/difference-%d.txt --\n%s", folder, d.Id, d.exchange)
		}
	}
	return b.String()
}

// Summary returns a line for what was compared and one for each difference.
func (r *Report) Summary() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	refused := 0
	for _, n := range r.apart {
		refused += n
	}
	lines := []string{fmt.Sprintf("%s answered %d calls, %d of them as edition %d does; it refused %d for reasons of the account or the service, and did not answer %d; differences: %d",
		r.Host, r.calls, r.equal, r.Edition, refused, r.lost, len(r.found)+r.dropped)}
	sorted := slices.SortedStableFunc(slices.Values(r.found), func(a, b *Difference) int { return cmp.Compare(b.Count, a.Count) })
	for _, d := range sorted {
		lines = append(lines, fmt.Sprintf("%d x %s", d.Count, d))
	}
	return lines
}

// Len returns how many differences there are.
func (r *Report) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.found) + r.dropped
}

// Clear forgets what was found.
func (r *Report) Clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls, r.equal, r.lost, r.dropped, r.apart, r.diverged, r.found, r.kept = 0, 0, 0, 0, nil, 0, nil, 0
}
