package ecsmock

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/ecsmock/ecsmock/internal/server"
)

// A Fault makes calls fail, wait or break off. Its first fields match calls; an empty
// field matches every call.
type Fault struct {
	Action    string            `json:",omitempty"` // an action of the mock, or * for all
	AccountId string            `json:",omitempty"` // account of the caller; blank matches all
	Params    map[string]string `json:",omitempty"` // parameters that a call must have; "" means absent or blank

	After int `json:",omitempty"` // number of matching calls that it ignores first
	Times int `json:",omitempty"` // number of calls that it then acts on; 0 is no limit

	Code       string `json:",omitempty"` // the error to answer: a code of the action, or any with Status and Message
	Status     int    `json:",omitempty"` // 400 to 599; 0 is the code's own
	Message    string `json:",omitempty"` // blank is the code's own
	DelayMs    int    `json:",omitempty"` // delay in milliseconds, at most ten minutes
	JitterMs   int    `json:",omitempty"` // random addition to the delay, at most this many milliseconds; RandomSeed makes it repeatable
	Drop       bool   `json:",omitempty"` // close the connection without an answer
	TruncateAt int    `json:",omitempty"` // close the connection after this many bytes of the answer's body
	HideMs     int    `json:",omitempty"` // Describe shows what the call adds only after this time of the mock's clock, in milliseconds, at most ten minutes; matches only calls that add
	When       string `json:",omitempty"` // before the call takes effect (the default) or after

	Id      int64 `json:",omitempty"` // set by Faults: its number
	Matched int64 `json:",omitempty"` // set by Faults: number of calls that it matched
	Acted   int64 `json:",omitempty"` // set by Faults: number of calls that it acted on
}

// Fail makes the next calls of an action, or of all for "*", fail with an error code of
// the API, such as Throttling.User. It does so the given number of times; 0 is no limit.
// The calls have no effect. Fault can do more.
func (s *Server) Fail(action, code string, times int) {
	if err := s.post(Fault{Action: action, Code: code, Times: times}); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Fail: %v", err)
	}
}

// Delay delays the answers of an action, or of all for "*", by at most ten minutes. It
// rounds d up to milliseconds.
func (s *Server) Delay(action string, d time.Duration) {
	ms := (d + time.Millisecond - 1) / time.Millisecond
	if err := s.post(Fault{Action: action, DelayMs: int(ms)}); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Delay: %v", err)
	}
}

// Fault adds a fault. The oldest fault that matches a call acts on it, until it has
// acted Times times. An action, a code or a parameter that the API does not have ends
// the test.
func (s *Server) Fault(f Fault) {
	if err := s.post(f); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Fault: %v", err)
	}
}

func (s *Server) post(f Fault) error {
	f.Id, f.Matched, f.Acted = 0, 0, 0
	return s.ask("POST", "faults", f, nil)
}

// Faults returns the faults, the oldest first, with how often each acted.
func (s *Server) Faults() []Fault {
	var list struct{ Faults []Fault }
	if err := s.ask("GET", "faults", nil, &list); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Faults: %v", err)
	}
	return list.Faults
}

// ClearFaults removes all faults.
func (s *Server) ClearFaults() {
	if err := s.ask("DELETE", "faults", nil, nil); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("ClearFaults: %v", err)
	}
}

// clock is the JSON form of the mock's clock.
type clock struct {
	Now     *time.Time `json:",omitempty"`
	Frozen  *bool      `json:",omitempty"`
	Advance string     `json:",omitempty"`
}

// Now returns the mock's time, in UTC.
func (s *Server) Now() time.Time {
	var c clock
	if err := s.ask("GET", "clock", nil, &c); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Now: %v", err)
	}
	if c.Now == nil {
		return time.Time{}
	}
	return *c.Now
}

// SetTime sets the mock's clock, which runs on from t. It ends a Freeze. The year is
// 1970 to 2199.
func (s *Server) SetTime(t time.Time) {
	frozen := false
	if err := s.ask("PUT", "clock", clock{Now: &t, Frozen: &frozen}, nil); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("SetTime: %v", err)
	}
}

// Freeze stops the mock's clock at t, until Advance moves it or SetTime starts it again.
func (s *Server) Freeze(t time.Time) {
	frozen := true
	if err := s.ask("PUT", "clock", clock{Now: &t, Frozen: &frozen}, nil); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Freeze: %v", err)
	}
}

// Advance moves the mock's clock by d, backwards if d is negative, frozen or not. What
// has expired is gone at once, such as client tokens after 24 hours.
func (s *Server) Advance(d time.Duration) {
	if err := s.ask("PUT", "clock", clock{Advance: d.String()}, nil); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Advance: %v", err)
	}
}

// ask makes a request under /_mock/, without a connection, so that it also works after
// Close. In and out are JSON, nil for none.
func (s *Server) ask(method, path string, in, out any) error {
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return err
		}
	}
	a := exchange(s.mock, method, "/_mock/"+path, body)
	if a.status >= http.StatusBadRequest {
		return refusal(a)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(a.body.Bytes(), out); err != nil {
		return fmt.Errorf("the answer of %s /_mock/%s: %w", method, path, err)
	}
	return nil
}

// refusal returns the error of an answer.
func refusal(a *answer) error {
	var message struct{ Error string }
	if json.Unmarshal(a.body.Bytes(), &message) != nil || message.Error == "" {
		return fmt.Errorf("status %d: %s", a.status, a.body.Bytes())
	}
	return errors.New(message.Error)
}

// An answer is an http.ResponseWriter that keeps the answer.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header                  { return a.header }
func (a *answer) Write(text []byte) (n int, err error) { return a.body.Write(text) }
func (a *answer) WriteHeader(status int)               { a.status = status }

// exchange makes one request to a mock and returns the answer.
func exchange(mock *server.Server, method, target string, body []byte) *answer {
	a := &answer{header: http.Header{}, status: http.StatusOK}
	r, err := http.NewRequest(method, "http://localhost"+target, bytes.NewReader(body))
	if err != nil {
		a.status = http.StatusBadRequest
		a.body.WriteString(err.Error())
		return a
	}
	mock.ServeHTTP(a, r)
	return a
}
