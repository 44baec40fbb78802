package ecsmock

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Call is a finished call with its answer and a hint that explains it.
type Call struct {
	Number    int64             // 1 for the first call of a server; a Reset does not restart it
	Time      time.Time         // when it arrived, by the mock's clock
	Account   string            `json:"AccountId"` // account of the caller
	Region    string            `json:"RegionId"`
	Product   string            // such as Ecs
	Action    string            // such as RevokeSecurityGroup
	Method    string            // GET or POST
	Host      string            // host and port that it was sent to
	Params    map[string]string // all parameters that were sent, without secrets
	Status    int               // HTTP status
	Code      string            // of the error, blank for a success
	Message   string            // of the error, blank for a success
	RequestID string            `json:"RequestId"`
	Hint      string            // what the service would not say, such as the nearest rule; often blank
	Detail    string            // a longer hint, such as both strings to sign
	Took      time.Duration     `json:"-"` // in real time, in whole microseconds
	Changes   []Change          // what it changed in the world; nil for a call that is long ago
	Request   *Message          // as it was sent, without secrets: only of a call that is found by its number
	Answer    *Message          // likewise
}

// UnmarshalJSON reads a call in the form of the journal.
func (c *Call) UnmarshalJSON(text []byte) error {
	type plain Call
	entry := struct {
		*plain
		Microseconds int64
	}{plain: (*plain)(c)}
	if err := json.Unmarshal(text, &entry); err != nil {
		return err
	}
	c.Took = time.Duration(entry.Microseconds) * time.Microsecond
	return nil
}

// String returns the call as a line, as failed assertions print it: with its parameters,
// the security group first, without those that are common to all actions.
func (c Call) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "call %d: %s", c.Number, c.Action)
	for _, name := range slices.SortedFunc(maps.Keys(c.Params), byMeaning) {
		if common[name] || strings.HasPrefix(name, "Signature") {
			continue
		}
		if b.Len() > mostShown {
			b.WriteString(" …")
			break
		}
		fmt.Fprintf(&b, " %s=%s", name, c.Params[name])
	}
	fmt.Fprintf(&b, " by %s in %s: %d", c.Account, cmp.Or(c.Region, "no region"), c.Status)
	if c.Code != "" {
		b.WriteString(" " + c.Code)
	}
	if c.Hint != "" {
		b.WriteString("; " + c.Hint)
	}
	return b.String()
}

// mostShown is how many bytes of a call's action and parameters are printed, about.
const mostShown = 400

// common are the parameters that say nothing of what a call does.
var common = map[string]bool{
	"Action": true, "Version": true, "Format": true, "AccessKeyId": true, "Timestamp": true, "RegionId": true,
	"SecurityToken": true, "BearerToken": true, "AcceptLanguage": true,
}

// byMeaning compares names of parameters: the security group comes first, and
// Permissions.2 before Permissions.10.
func byMeaning(a, b string) int {
	const group = "SecurityGroupId"
	switch {
	case a == b:
		return 0
	case a == group:
		return -1
	case b == group:
		return 1
	}
	left, right := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(left), len(right)) {
		n, errA := strconv.Atoi(left[i])
		m, errB := strconv.Atoi(right[i])
		c := strings.Compare(left[i], right[i])
		if errA == nil && errB == nil {
			c = cmp.Compare(n, m)
		}
		if c != 0 {
			return c
		}
	}
	return len(left) - len(right)
}

// A CallFilter selects calls. An empty field matches every call.
type CallFilter struct {
	Action    string    // such as TagResources, or only those of one product such as Vpc.TagResources
	Code      string    // of the error
	AccountId string    // of the caller
	After     int64     // calls with higher numbers
	Since     time.Time // calls at this time of the mock's clock or later
	Search    string    // words that are all found in the action, the code, the RequestId, values, the hint, or ids of what changed
	Errors    bool      // calls that were refused, or got no answer
	Before    int64     // calls with lower numbers
	Limit     int       // at most so many, the newest
	Number    int64     // the one call with this number, with its request and its answer
}

// query returns the filter as parameters of the journal.
func (f CallFilter) query() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"action": f.Action, "code": f.Code, "account": f.AccountId} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Search != "" {
		q.Set("search", f.Search)
	}
	if f.Errors {
		q.Set("errors", "")
	}
	for name, n := range map[string]int64{"before": f.Before, "limit": int64(f.Limit), "call": f.Number} {
		if n != 0 {
			q.Set(name, strconv.FormatInt(n, 10))
		}
	}
	switch {
	case f.After > 0:
		q.Set("since", strconv.FormatInt(f.After, 10))
	case !f.Since.IsZero():
		q.Set("since", f.Since.Format(time.RFC3339Nano))
	}
	return q
}

// Calls returns the finished calls of an action, such as TagResources or only those of one
// product such as Vpc.TagResources, or of all for "*", the oldest first. A
// call is recorded before its answer is sent. The last 4096 are kept. The name of no
// action ends the test.
func (s *Server) Calls(action string) []Call {
	if action == "*" {
		action = ""
	}
	calls, err := s.calls(CallFilter{Action: action})
	if err != nil {
		s.tb.Helper()
		s.fatal("Calls", err)
	}
	return calls
}

// FindCalls returns the finished calls that a filter selects, the oldest first.
func (s *Server) FindCalls(f CallFilter) []Call {
	calls, err := s.calls(f)
	if err != nil {
		s.tb.Helper()
		s.fatal("FindCalls", err)
	}
	return calls
}

func (s *Server) calls(f CallFilter) ([]Call, error) {
	if f.After > 0 && !f.Since.IsZero() {
		return nil, errors.New("After and Since are both given; leave out one of them")
	}
	if s.bound {
		f.AccountId = s.AccountID
	}
	var list struct{ Calls []Call }
	err := s.ask("GET", "journal?"+f.query().Encode(), nil, &list)
	return list.Calls, err
}

// Follow returns the finished calls that a filter selects and, as they end, those to come,
// until ctx ends or the server is closed.
func (s *Server) Follow(ctx context.Context, f CallFilter) iter.Seq[Call] {
	return func(yield func(Call) bool) {
		if s.bound {
			f.AccountId = s.AccountID
		}
		q := f.query()
		q.Set("follow", "")
		client, err := s.client()
		if err != nil {
			return
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/_mock/journal?"+q.Encode(), nil)
		if err != nil {
			return
		}
		answer, err := client.http.Do(r)
		if err != nil {
			return
		}
		defer answer.Body.Close()
		lines := bufio.NewScanner(answer.Body)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			text, isCall := bytes.CutPrefix(lines.Bytes(), []byte(`data: {"Number"`))
			var c Call
			if isCall && json.Unmarshal(append([]byte(`{"Number"`), text...), &c) == nil && !yield(c) {
				return
			}
		}
	}
}

// ClearCalls removes all calls. It does not restart their numbers.
func (s *Server) ClearCalls() {
	if err := s.ask("DELETE", s.at("journal"), nil, nil); err != nil {
		s.tb.Helper()
		s.fatal("ClearCalls", err)
	}
}

// mostCalls is the number of calls that a failure prints.
const mostCalls = 10

// lastCalls returns the last calls, for people.
func (s *Server) lastCalls() string {
	calls, _ := s.calls(CallFilter{}) // a filter without an action is valid
	s.printed.Store(lastOf(calls))
	if len(calls) == 0 {
		return "there were no calls"
	}
	var b strings.Builder
	b.WriteString("the last calls:")
	for _, c := range calls[max(0, len(calls)-mostCalls):] {
		b.WriteString("\n  " + c.String())
	}
	return b.String()
}

// logCalls logs the last calls of a failed test, unless an assertion has printed them.
func (s *Server) logCalls(t TB) {
	t.Helper()
	calls, _ := s.calls(CallFilter{})
	if lastOf(calls) != s.printed.Load() {
		t.Logf("ecsmock: %s", s.lastCalls())
	}
}

// lastOf returns the number of the last call, -1 where there is none.
func lastOf(calls []Call) int64 {
	if len(calls) == 0 {
		return -1
	}
	return calls[len(calls)-1].Number
}
