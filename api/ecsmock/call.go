package ecsmock

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Call is a finished call: what was asked, what was answered, and why.
type Call struct {
	Number    int64             // counts the calls of a server from 1, and goes on over a Reset
	Time      time.Time         // when it came, by the mock's clock
	Account   string            `json:"AccountId"` // whose it was
	Region    string            `json:"RegionId"`
	Action    string            // such as RevokeSecurityGroup
	Method    string            // GET or POST
	Host      string            // the host and port that it was sent to
	Params    map[string]string // all that was sent, without secrets
	Status    int               // 200, or that of the error
	Code      string            // of the error, blank in a success
	Message   string            // of the error, blank in a success
	RequestID string            `json:"RequestId"`
	Hint      string            // what the service would not tell: the nearest rule, what was ignored; often blank
	Detail    string            // more of it, where a line is not enough: both strings to sign
	Took      time.Duration     `json:"-"` // in real time, whole microseconds
}

// UnmarshalJSON reads a call as the journal tells it.
func (c *Call) UnmarshalJSON(text []byte) error {
	type plain Call
	told := struct {
		*plain
		Microseconds int64
	}{plain: (*plain)(c)}
	if err := json.Unmarshal(text, &told); err != nil {
		return err
	}
	c.Took = time.Duration(told.Microseconds) * time.Microsecond
	return nil
}

// String is the call in a line, as failed assertions print it.
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

// Calls are the finished calls of an action, or of every one for "*", the oldest
// first. A call is among them before its answer has been sent. The last 4096 are kept.
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

// ClearCalls forgets the calls. Their numbers go on.
func (s *Server) ClearCalls() {
	if err := s.ask("DELETE", "journal", nil, nil); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("ClearCalls: %v", err)
	}
}

// mostCalls is how many calls a failure prints.
const mostCalls = 10

// lastCalls tells people what was called lately.
func (s *Server) lastCalls() string {
	calls := s.Calls("*")
	if len(calls) == 0 {
		return "nothing was called"
	}
	s.printed.Store(calls[len(calls)-1].Number)
	var b strings.Builder
	b.WriteString("the last calls:")
	for _, c := range calls[max(0, len(calls)-mostCalls):] {
		b.WriteString("\n  " + c.String())
	}
	return b.String()
}

// logCalls prints the last calls of a test that has failed, unless an assertion has
// printed them.
func (s *Server) logCalls(t TB) {
	t.Helper()
	calls := s.Calls("*")
	if len(calls) > 0 && calls[len(calls)-1].Number == s.printed.Load() {
		return
	}
	t.Logf("ecsmock: %s", s.lastCalls())
}
