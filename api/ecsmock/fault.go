package ecsmock

import "time"

// Fault is something that is to go wrong: which calls it befalls, which of those in
// turn, and what happens to them. What is left out chooses every call.
type Fault struct {
	Action    string            `json:",omitempty"` // an action of the mock, or * for every one
	AccountId string            `json:",omitempty"` // whose calls; blank is everybody's
	Params    map[string]string `json:",omitempty"` // parameters that a call must have, all of them; "" is absent or blank

	After int `json:",omitempty"` // so many of the chosen calls are spared first
	Times int `json:",omitempty"` // then it acts so often; 0 is always

	Code       string `json:",omitempty"` // the error answered: one that the action has, or one's own with Status and Message
	Status     int    `json:",omitempty"` // 400 to 599; 0 is that of the Code
	Message    string `json:",omitempty"` // blank is that of the Code
	DelayMs    int    `json:",omitempty"` // so much later, in milliseconds, at most ten minutes
	JitterMs   int    `json:",omitempty"` // and up to so much more, by chance, which RandomSeed fixes
	Drop       bool   `json:",omitempty"` // the connection closes without an answer
	TruncateAt int    `json:",omitempty"` // the connection closes after so many bytes of the answer's body
	HideMs     int    `json:",omitempty"` // rules and groups that the call adds show in Describe only so much later by the mock's clock, at most ten minutes; chooses only calls that add
	When       string `json:",omitempty"` // before the call takes effect, which is the default, or after

	Id      int64 `json:",omitempty"` // told by Faults: its number
	Matched int64 `json:",omitempty"` // told by Faults: how many calls it chose
	Acted   int64 `json:",omitempty"` // told by Faults: on how many of them it acted
}

// Fail answers the next calls of an action, or of every one for "*", with an error
// and without effect, so many times; 0 is always. The code is one that the API has,
// such as Throttling.User. For more, see Fault.
func (s *Server) Fail(action, code string, times int) {
	if err := s.post(Fault{Action: action, Code: code, Times: times}); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Fail: %v", err)
	}
}

// Delay makes every call of an action, or of every one for "*", take so much longer,
// in whole milliseconds, rounded up, at most ten minutes.
func (s *Server) Delay(action string, d time.Duration) {
	ms := (d + time.Millisecond - 1) / time.Millisecond
	if err := s.post(Fault{Action: action, DelayMs: int(ms)}); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Delay: %v", err)
	}
}

// Fault lets something go wrong. Faults act in the order in which they were added;
// one that has acted its Times is done, and the next has its turn. An action, code
// or parameter that the API does not have ends the test.
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

// Faults are those that were added, the oldest first, with how often each acted.
func (s *Server) Faults() []Fault {
	var list struct{ Faults []Fault }
	if err := s.ask("GET", "faults", nil, &list); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Faults: %v", err)
	}
	return list.Faults
}

// ClearFaults takes all faults away.
func (s *Server) ClearFaults() {
	if err := s.ask("DELETE", "faults", nil, nil); err != nil {
		s.tb.Helper()
		s.tb.Fatalf("ClearFaults: %v", err)
	}
}
