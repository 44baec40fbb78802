package ecsmock

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// A Fault makes calls fail, wait or break off. Its first fields match calls; an empty
// field matches every call.
type Fault struct {
	Action    string            `json:",omitempty"` // an action of the mock, or * for all
	AccountId string            `json:",omitempty"` // account of the caller; blank matches all
	Params    map[string]string `json:",omitempty"` // parameters that a call must have; "" means absent or blank

	After int `json:",omitempty"` // number of matching calls that it ignores first
	Times int `json:",omitempty"` // number of calls that it then acts on; 0 is no limit
	Every int `json:",omitempty"` // with 3, it acts only on each third of these calls

	Chance float64 `json:",omitempty"` // how likely it acts on one of these calls, 0 to 1; 0 is always

	Code       string `json:",omitempty"` // the error to answer: a code of the action, or any with Status and Message
	Status     int    `json:",omitempty"` // 400 to 599; 0 is the code's own
	Message    string `json:",omitempty"` // blank is the code's own
	DelayMs    int    `json:",omitempty"` // delay in milliseconds, at most ten minutes
	JitterMs   int    `json:",omitempty"` // random addition to the delay, at most this many milliseconds; RandomSeed makes it repeatable
	Drop       bool   `json:",omitempty"` // close the connection without an answer
	TruncateAt int    `json:",omitempty"` // close the connection after this many bytes of the answer's body
	HideMs     int    `json:",omitempty"` // Describe shows what the call adds only after this time of the mock's clock, in milliseconds, at most ten minutes; matches only calls that add
	When       string `json:",omitempty"` // before the call takes effect (the default) or after

	Answer    any  `json:",omitempty"` // fields of a successful answer, as JSON has them, laid over those of the call
	Replace   bool `json:",omitempty"` // Answer is the whole answer
	Unchecked bool `json:",omitempty"` // Answer may have fields that the action does not have

	Id      int64 `json:",omitempty"` // set by Faults: its number
	Matched int64 `json:",omitempty"` // set by Faults: number of calls that it matched
	Acted   int64 `json:",omitempty"` // set by Faults: number of calls that it acted on
}

// String returns the fault in JSON, without its counts.
func (f Fault) String() string {
	f.Id, f.Matched, f.Acted = 0, 0, 0
	text, _ := json.Marshal(f) // texts and numbers
	return string(text)
}

// Fail makes the next calls of an action, or of all for "*", fail with an error code of
// the API, such as Throttling.User. It does so the given number of times; 0 is no limit.
// The calls have no effect. Fault can do more. It returns the number of the fault.
func (s *Server) Fail(action, code string, times int) int64 {
	id, err := s.add(Fault{Action: action, Code: code, Times: times})
	if err != nil {
		s.tb.Helper()
		s.fatal("Fail", err)
	}
	return id
}

// Delay delays the answers of an action, or of all for "*", by at most ten minutes. It
// rounds d up to milliseconds, and returns the number of the fault.
func (s *Server) Delay(action string, d time.Duration) int64 {
	ms := (d + time.Millisecond - 1) / time.Millisecond
	id, err := s.add(Fault{Action: action, DelayMs: int(ms)})
	if err != nil {
		s.tb.Helper()
		s.fatal("Delay", err)
	}
	return id
}

// Answer makes the next call of an action answer with some fields, laid over those of its
// real answer: field by field in objects, while lists are replaced. Fields are written as
// JSON has them, such as map[string]any{"TotalCount": 0}. Fault can do more.
func (s *Server) Answer(action string, fields any) int64 {
	id, err := s.add(Fault{Action: action, Times: 1, Answer: fields})
	if err != nil {
		s.tb.Helper()
		s.fatal("Answer", err)
	}
	return id
}

// Fault adds a fault and returns its number. The oldest fault that matches a call acts on
// it, until it has acted Times times. An action, a code or a parameter that the API does
// not have ends the test. A fault that never acted is logged when the test ends.
func (s *Server) Fault(f Fault) int64 {
	id, err := s.add(f)
	if err != nil {
		s.tb.Helper()
		s.fatal("Fault", err)
	}
	return id
}

func (s *Server) add(f Fault) (int64, error) {
	f.Id, f.Matched, f.Acted = 0, 0, 0
	if s.bound {
		f.AccountId = cmp.Or(f.AccountId, s.AccountID)
	}
	var added struct{ Faults []Fault }
	err := s.ask("POST", "faults", f, &added)
	if err == nil && s.bound && f.AccountId != s.AccountID {
		s.RemoveFault(added.Faults[0].Id)
		err = fmt.Errorf("AccountId is %s, and the faults of this server are those of %s; leave it out", f.AccountId, s.AccountID)
	}
	if err != nil {
		return 0, err
	}
	return added.Faults[0].Id, nil
}

// Faults returns the faults, the oldest first, with how often each acted.
func (s *Server) Faults() []Fault {
	var list struct{ Faults []Fault }
	if err := s.ask("GET", "faults", nil, &list); err != nil {
		s.tb.Helper()
		s.fatal("Faults", err)
	}
	if s.bound {
		return slices.DeleteFunc(list.Faults, func(f Fault) bool { return f.AccountId != s.AccountID })
	}
	return list.Faults
}

// RemoveFault removes the fault with a number.
func (s *Server) RemoveFault(id int64) {
	if err := s.ask("DELETE", "faults?id="+strconv.FormatInt(id, 10), nil, nil); err != nil {
		s.tb.Helper()
		s.fatal("RemoveFault", err)
	}
}

// ClearFaults removes all faults.
func (s *Server) ClearFaults() {
	if err := s.ask("DELETE", s.at("faults"), nil, nil); err != nil {
		s.tb.Helper()
		s.fatal("ClearFaults", err)
	}
}
