package ecsmock

import (
	"encoding/json"
	"errors"
	"strconv"
)

// A Change is a thing that a call added, changed or removed. Was and Is are objects of the
// state form; Was is nil for what was added, Is for what was removed.
type Change struct {
	Kind          string // group, rule, instance, interface, prefix-list, port-range-list, vpc, vswitch or resource-group
	ID            string `json:"Id"`
	SecurityGroup string `json:"SecurityGroupId"` // that a rule is in
	Account       string `json:"AccountId"`
	Region        string `json:"RegionId"`
	Was, Is       json.RawMessage
}

// A Message is the request or the answer of a call.
type Message struct {
	Target  string      // of a request: its path and query
	Headers [][2]string // names and values
	Body    string
	Cut     bool // the body was longer than what is kept, or a fault truncated it
	Dropped bool // a fault closed the connection instead of an answer
}

// Replay sends a call again as it was sent, and returns the new call with its request and its
// answer. It ends the test if the request is not kept any more.
func (s *Server) Replay(number int64) Call {
	var list struct{ Calls []Call }
	err := s.ask("POST", "replay?call="+strconv.FormatInt(number, 10), nil, &list)
	if err == nil && len(list.Calls) == 0 {
		err = errors.New("the new call has left the journal already")
	}
	if err != nil {
		s.tb.Helper()
		s.fatal("Replay", err)
	}
	return list.Calls[0]
}
