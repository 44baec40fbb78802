package ecsmock

import (
	"encoding/json"
	"fmt"
	"net/url"
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

// String returns the call as a line, as failed assertions print it.
func (c Call) String() string {
	text := fmt.Sprintf("call %d: %s, %d", c.Number, c.Action, c.Status)
	if c.Code != "" {
		text += " " + c.Code
	}
	if c.Hint != "" {
		text += "; " + c.Hint
	}
	return text
}

// Calls returns the finished calls of an action, such as TagResources or only those of one
// product such as Vpc.TagResources, or of all for "*", the oldest first. A
// call is recorded before its answer is sent. The last 4096 are kept.
func (s *Server) Calls(action string) []Call {
	if action == "*" {
		action = ""
	}
	var list struct{ Calls []Call }
	if err := s.ask("GET", "journal?action="+url.QueryEscape(action), nil, &list); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Calls: %v", err)
	}
	return list.Calls
}

// ClearCalls removes all calls. It does not restart their numbers.
func (s *Server) ClearCalls() {
	if err := s.ask("DELETE", "journal", nil, nil); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("ClearCalls: %v", err)
	}
}

// mostCalls is the number of calls that a failure prints.
const mostCalls = 10

// lastCalls returns the last calls, for people.
func (s *Server) lastCalls() string {
	calls := s.Calls("*")
	if len(calls) == 0 {
		return "there were no calls"
	}
	s.printed.Store(calls[len(calls)-1].Number)
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
	calls := s.Calls("*")
	if len(calls) > 0 && calls[len(calls)-1].Number == s.printed.Load() {
		return
	}
	t.Logf("ecsmock: %s", s.lastCalls())
}
