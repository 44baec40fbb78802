package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/admin"
	"github.com/ecsmock/ecsmock/internal/fault"
	"github.com/ecsmock/ecsmock/internal/journal"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/sign"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// api answers a call of the API. The journal has the call before the first byte of
// the answer is sent.
func (s *Server) api(w http.ResponseWriter, r *http.Request) {
	if opensPage(r) {
		http.Redirect(w, r, admin.Path, http.StatusFound)
		return
	}
	s.finish(w, s.read(r), s.answer)
}

// notFound answers a request to a path that the API does not have.
func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	s.finish(w, s.read(r), s.answerNowhere)
}

func (s *Server) answerNowhere(c *request) rpc.Outcome {
	if err := c.Err(); err != nil && err != rpc.ErrNoAction {
		return rpc.Refuse(err)
	}
	return rpc.Refuse(&wrongPath{c.Path})
}

// carryOut carries out a call and returns its number in the journal. Nobody gets the answer.
func (s *Server) carryOut(r *http.Request) (number int64) {
	c := s.read(r)
	defer s.release(c)
	answer := s.answer
	if c.Path != "/" {
		answer = s.answerNowhere
	}
	_, _, number = s.record(c, answer)
	return number
}

// wrongPath is the cause of a request to a path where there is no action.
type wrongPath struct{ path string }

func (p *wrongPath) Error() string {
	return "the API is at the path /, not at " + p.path + "; what the mock has beside it is under /_mock/"
}
func (p *wrongPath) Is(target error) bool { return target == rpc.ErrAction }

// A request is a call that is being answered. It is reused once the answer is sent:
// what is kept longer, in the journal or the world, must not point into it.
type request struct {
	rpc.Call
	ctx     context.Context
	account string
	started time.Time
	caller  product.Caller
	body    []byte          // of the answer
	pairs   []sign.Pair     // that are signed
	sent    []string        // in a shadow the values of Params as they were sent
	changes [1]store.Change // what most calls change
}

func (s *Server) read(r *http.Request) *request {
	c := s.calls.Get().(*request)
	c.ctx, c.started = r.Context(), time.Now()
	c.Read(r, s.clock.RequestID(), s.products)
	c.Received, c.Edition = s.clock.Now(), s.edition
	c.account = s.keys.account(c.AccessKey)
	return c
}

func (s *Server) finish(w http.ResponseWriter, r *request, answer func(*request) rpc.Outcome) {
	if s.shadow != nil {
		s.passOn(w, r, answer)
		return
	}
	out, hint, _ := s.record(r, answer)
	r.Send(w, &out, hint, r.body)
	s.release(r)
}

// record answers a call and adds it to the journal and the log.
func (s *Server) record(r *request, answer func(*request) rpc.Outcome) (out rpc.Outcome, hint string, number int64) {
	out, hint = s.answerSafely(r, answer)
	return out, hint, s.add(r, &out, hint, r.body)
}

// add adds a call to the journal and the log.
func (s *Server) add(r *request, out *rpc.Outcome, hint string, body []byte) (number int64) {
	number = s.journal.Add(&r.Call, out, r.account, hint, time.Since(r.started),
		journal.Result{Body: body, Changes: r.caller.Changes, Revision: r.caller.Revision})
	s.logCall(r, out, number, hint)
	return number
}

// release makes a request available to the next call.
func (s *Server) release(r *request) {
	if cap(r.body) <= maxReused && cap(r.pairs) <= maxReusedPairs {
		clear(r.pairs)
		*r = request{body: r.body, pairs: r.pairs}
		s.calls.Put(r)
	}
}

// The capacities of the largest buffers that are reused: bytes of an answer, and pairs.
const (
	maxReused      = 1 << 16
	maxReusedPairs = 1 << 10
)

// answerSafely answers a call and renders the answer. A panic becomes an internal error
// in the API's envelope.
func (s *Server) answerSafely(r *request, answer func(*request) rpc.Outcome) (out rpc.Outcome, hint string) {
	defer func() {
		if v := recover(); v != nil {
			s.log.Error("panic", "action", r.Action, "value", v, "stack", string(debug.Stack()))
			out, hint = rpc.Refuse(rpc.ErrInternal), ""
			r.body = r.Render(r.body[:0], &out)
		}
	}()
	out = answer(r)
	hint = r.Hint(&out)
	r.body = r.Render(r.body[:0], &out)
	return out, hint
}

// answer runs the stages of a call in the order of the checks; the first error ends it.
func (s *Server) answer(c *request) rpc.Outcome {
	if err := c.Err(); err != nil {
		return rpc.Refuse(err)
	}
	if s.guard.CrossSite(c.Header, c.Host) {
		return rpc.Refuse(rpc.ErrCrossSite)
	}
	action, err := s.action(&c.Call)
	if err != nil {
		return rpc.Refuse(err)
	}
	if err := c.Envelope(s.strict); err != nil {
		return rpc.Refuse(err)
	}
	if err := s.authenticate(c); err != nil {
		return s.unsigned(err)
	}
	hit := s.faults.Match(&c.Call, c.account)
	if hit == nil {
		return s.perform(c, action, 0)
	}
	return s.injected(c, action, hit)
}

// injected carries out a call with the faults that match it.
func (s *Server) injected(c *request, a *rpc.Action[*product.Caller], hit *fault.Hit) rpc.Outcome {
	out, ended := hit.Before(c.ctx, &c.Call)
	if !ended {
		out = hit.After(c.ctx, &c.Call, s.perform(c, a, hit.Hide()))
	}
	out.Headers, out.Damage = hit.Headers(), hit.Damage()
	return out
}

// perform decodes and carries out a call, once for each client token. What it adds is
// hidden for a time if a fault says so.
func (s *Server) perform(c *request, a *rpc.Action[*product.Caller], hide time.Duration) rpc.Outcome {
	decoded, err := a.Decode(&c.Call, s.strict)
	if err != nil {
		return a.Fail(err, s.edition)
	}
	c.caller = product.Caller{
		Access: store.Access{World: s.world, Account: c.account, Region: regionOf(decoded), Changes: c.changes[:0:1]},
		Call:   &c.Call, Action: &a.Description,
		Edition: s.edition, Limits: s.limits, VPCs: s.vpcs, Settle: s.settle, Hide: hide,
	}
	answer, err := s.once(c, a, tokenOf(decoded), func() (any, error) {
		answer, err := a.Perform(&c.caller, decoded)
		if err != nil && a.Fail(err, s.edition).Status == http.StatusOK {
			return forgiven{err}, nil
		}
		return answer, err
	})
	if err != nil {
		return s.fail(&c.Call, a, err)
	}
	if f, ok := answer.(forgiven); ok {
		return a.Fail(f.error, s.edition)
	}
	return rpc.Succeed(answer)
}

// regionOf returns the region that a request names, or "".
func regionOf(request any) string {
	if r, ok := request.(rpc.Regional); ok {
		return r.RegionID()
	}
	return ""
}

// tokenOf returns the client token of a request, or "".
func tokenOf(request any) string {
	if i, ok := request.(rpc.Idempotent); ok {
		return i.ClientToken()
	}
	return ""
}

// forgiven is the answer of a call with an error that the edition answers with success.
// A client token keeps it like any success.
type forgiven struct{ error }

// Fields declares no fields.
func (forgiven) Fields(*wire.Writer) {}

// once answers a call that repeats a client token with the first answer.
func (s *Server) once(c *request, a *rpc.Action[*product.Caller], token string, do func() (any, error)) (wire.Answer, error) {
	var answer any
	var err error
	if token == "" {
		answer, err = do()
	} else {
		var replayed bool
		key := store.TokenKey{Account: c.account, Region: c.caller.Region, Action: a.FullName(), Token: token}
		answer, replayed, err = s.world.Tokens.Once(c.ctx, key, c.Fingerprint(), do)
		if replayed {
			c.Note("nothing was done: this ClientToken was answered before")
		}
	}
	if err != nil {
		return nil, err
	}
	return answer.(wire.Answer), nil
}

// noteRegion notes the regions with a name similar to that of an unknown one.
func (s *Server) noteRegion(c *rpc.Call) {
	var ids []string
	for _, r := range s.world.Regions() {
		ids = append(ids, r.ID)
	}
	if question := param.DidYouMean(c.Get("RegionId"), ids, ""); question != "" {
		c.Note(question)
	}
}

func (s *Server) fail(c *rpc.Call, a *rpc.Action[*product.Caller], err error) rpc.Outcome {
	if errors.Is(err, store.ErrRegion) {
		s.noteRegion(c)
	}
	out := a.Fail(err, s.edition)
	if out.Status == http.StatusInternalServerError && !errors.Is(err, context.Canceled) {
		s.log.Error("no failure row for this error", "action", a.Name, "error", err, "request", c.RequestID)
	}
	return out
}

// opensPage reports whether a browser opens the API's address as a page. A pasted
// request URL has an action and shows its answer.
func opensPage(r *http.Request) bool {
	accept := r.Header["Accept"]
	return r.Method == http.MethodGet && len(accept) > 0 && strings.HasPrefix(accept[0], "text/html") &&
		r.Header.Get("X-Acs-Action") == "" && !r.URL.Query().Has("Action")
}

func (s *Server) logCall(r *request, out *rpc.Outcome, number int64, hint string) {
	if !s.log.Enabled(r.ctx, slog.LevelInfo) {
		return
	}
	attrs := []slog.Attr{
		slog.Int64("call", number), slog.String("action", r.Action), slog.String("account", r.account),
		slog.Int("status", out.Status), slog.String("request", r.RequestID), slog.Duration("took", time.Since(r.started)),
	}
	if out.Code != "" {
		attrs = append(attrs, slog.String("code", out.Code))
	}
	if hint != "" {
		attrs = append(attrs, slog.String("hint", hint))
	}
	s.log.LogAttrs(r.ctx, slog.LevelInfo, "call", attrs...)
}
