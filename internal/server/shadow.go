package server

import (
	"errors"
	"net/http"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/shadow"
)

// passOn has the service answer a call. The mock carries the call out, too, so that its world
// stays that of the service, and its answer is compared.
func (s *Server) passOn(w http.ResponseWriter, c *request, answer func(*request) rpc.Outcome) {
	defer s.release(c)
	if c.Err() == rpc.ErrTooLarge || c.Err() == rpc.ErrCrossSite || s.guard.CrossSite(c.Header, c.Host) { // not read whole, or not from the user
		out, hint, _ := s.record(c, answer)
		c.Send(w, &out, hint, c.body)
		return
	}
	if s.shadow.Begin(c.ctx) != nil {
		panic(http.ErrAbortHandler) // the client has gone
	}
	asked, out, hint := s.ask(c, answer)
	if asked == nil {
		c.Send(w, &out, hint, c.body)
		return
	}
	sendOn(w, asked.Answer, hint)
}

// ask asks the service and the mock, in this order, for the mock takes over what the service
// made, and records the call.
func (s *Server) ask(c *request, answer func(*request) rpc.Outcome) (asked *shadow.Call, out rpc.Outcome, hint string) {
	defer s.shadow.End()
	if l := s.world.Loaded(); l != s.loaded {
		s.loaded = l
		s.shadow.Forget()
	}
	for i := range c.Params {
		c.sent = append(c.sent, c.Params[i].Value)
	}
	asked, err := s.shadow.Ask(c.ctx, &c.Call)
	if err != nil {
		out, hint = s.unanswered(c, err)
		return nil, out, hint
	}
	out = asked.Outcome()
	if id := asked.RequestID(); id != "" {
		c.RequestID = id
	}
	c.account = s.keys.account(asked.AccessKey())
	asked.Account = c.account
	before := s.before(c, asked)
	s.clock.Expect(asked.Made())
	mock, hint := s.answerSafely(c, answer)
	s.clock.Expect(nil)
	if asked.Refused() && len(c.caller.Changes) > 0 {
		s.world.Restore(c.account, s.kept.state)
		s.loaded = s.world.Loaded()
		c.caller.Changes, c.caller.Revision = nil, 0
	}
	hint = s.compare(c, asked, &mock, hint, before)
	s.add(c, &out, hint, asked.Redacted())
	return asked, out, hint
}

// snapshot is the state of the world at a revision.
type snapshot struct {
	revision uint64
	state    []byte
}

// before keeps what the world is before a call: the whole, if the service has refused the call,
// for the mock may carry it out all the same; and of things that a test of the call needs, it
// returns a function that gives them.
func (s *Server) before(c *request, asked *shadow.Call) func(ids []string) []byte {
	if asked.Refused() && (s.kept.state == nil || s.kept.revision != s.world.Revision()) {
		s.kept.state, s.kept.revision = s.world.Snapshot()
	}
	things := func(ids []string) []byte { return s.world.Things(c.account, c.Get("RegionId"), ids) }
	if asked.Reads() {
		return things
	}
	named := things(asked.Given())
	return func([]string) []byte { return named }
}

// Differences returns what the shadow found, nil without one.
func (s *Server) Differences() *shadow.Report {
	if s.shadow == nil {
		return nil
	}
	return &s.shadow.Report
}

// compare compares the mock's answer with the service's, and returns the hint of the call.
// The journal has each difference in the details.
func (s *Server) compare(c *request, asked *shadow.Call, mock *rpc.Outcome, hint string, before func([]string) []byte) string {
	found := asked.Compare(mock.Status, c.body, s.journal.Last()+1, before)
	if len(found) == 0 {
		return hint
	}
	var lines []string
	for _, d := range found {
		lines = append(lines, d.String())
	}
	c.Detail = strings.TrimPrefix(c.Detail+"\n"+strings.Join(lines, "\n"), "\n")
	return rpc.HeaderLine(strings.TrimSuffix("the mock differs from the service: "+strings.Join(lines, "; ")+"; "+hint, "; "))
}

// unanswered records a call that the service did not answer. If there was no connection to
// it, the outcome says so; else the client loses its connection, as the mock has.
func (s *Server) unanswered(c *request, err error) (out rpc.Outcome, hint string) {
	out = rpc.Outcome{Damage: rpc.Damage{Drop: true}}
	hint = rpc.HeaderLine("the service " + s.shadow.Service.Host + " did not answer: " + err.Error())
	if errors.Is(err, shadow.ErrUnreachable) {
		out = rpc.Answer(rpc.Gateway, rpc.ErrService, s.edition)
	}
	c.body = c.Render(c.body[:0], &out)
	s.add(c, &out, hint, c.body)
	return out, hint
}

// sendOn sends the answer of the service, as it came.
func sendOn(w http.ResponseWriter, a *shadow.Answer, hint string) {
	h := w.Header()
	for name, values := range a.Header {
		h[name] = values
	}
	for _, name := range [...]string{"Connection", "Keep-Alive", "Transfer-Encoding", "Trailer", "X-Ecsmock-Hint"} {
		h.Del(name)
	}
	if hint != "" {
		h.Set("X-Ecsmock-Hint", hint)
	}
	w.WriteHeader(a.Status)
	w.Write(a.Body)
	if a.Broken != nil {
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
}
