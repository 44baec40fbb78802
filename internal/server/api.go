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
	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/fault"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// api carries a request through its stages. The journal has the call before the
// first byte of its answer leaves.
func (s *Server) api(w http.ResponseWriter, r *http.Request) {
	if opensPage(r) {
		http.Redirect(w, r, admin.Path, http.StatusFound)
		return
	}
	s.finish(w, s.read(r), s.answer)
}

// notFound answers a request to a path that the API does not have.
func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	s.finish(w, s.read(r), func(c *request) rpc.Outcome {
		if err := c.Err(); err != nil && err != rpc.ErrNoAction {
			return rpc.Refuse(err)
		}
		return rpc.Refuse(&wrongPath{r.URL.Path})
	})
}

// wrongPath is the cause of a request to a path where there is no action.
type wrongPath struct{ path string }

func (p *wrongPath) Error() string        { return "the API is at the path /, not at " + p.path }
func (p *wrongPath) Is(target error) bool { return target == rpc.ErrAction }

// request is a call on its way, with what the server knows of it and who carries it
// out. It is used again for another call once its answer has been sent: whatever is
// kept longer, in the journal or the world, is no part of it.
type request struct {
	rpc.Call
	ctx     context.Context
	account string
	started time.Time
	caller  ecs.Caller
	body    []byte // of the answer
}

func (s *Server) read(r *http.Request) *request {
	c := s.calls.Get().(*request)
	c.ctx, c.started = r.Context(), time.Now()
	c.Read(r, s.clock.RequestID())
	c.Received = s.clock.Now()
	c.account = s.keys.account(c.AccessKey)
	return c
}

func (s *Server) finish(w http.ResponseWriter, r *request, answer func(*request) rpc.Outcome) {
	out, hint := s.guarded(r, answer)
	number := s.journal.Add(&r.Call, &out, r.account, hint, time.Since(r.started))
	s.logCall(r, &out, number, hint)
	r.Send(w, &out, hint, r.body)
	if body := r.body; cap(body) <= maxKept {
		*r = request{body: body}
		s.calls.Put(r)
	}
}

// maxKept is the size of the largest body that is used again, in bytes.
const maxKept = 1 << 16

// guarded answers a call and renders the answer. It turns a panic into a defect that
// is told in the API's own envelope.
func (s *Server) guarded(r *request, answer func(*request) rpc.Outcome) (out rpc.Outcome, hint string) {
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

// answer is the stages of a call, in the order of the checks: the first that has
// something to say against it ends it.
func (s *Server) answer(c *request) rpc.Outcome {
	if err := c.Err(); err != nil {
		return rpc.Refuse(err)
	}
	if s.guard.CrossSite(c.Header, c.Host) {
		return rpc.Refuse(rpc.ErrCrossSite)
	}
	action, err := s.action(c.Action)
	if err != nil {
		return rpc.Refuse(err)
	}
	if err := c.Envelope(s.strict); err != nil {
		return rpc.Refuse(err)
	}
	if err := s.authenticate(&c.Call); err != nil {
		return s.unsigned(err)
	}
	hit := s.faults.Match(&c.Call, c.account)
	if hit == nil {
		return s.perform(c, action, 0)
	}
	return s.injected(c, action, hit)
}

// injected carries out a call as the faults that befall it want.
func (s *Server) injected(c *request, a *rpc.Action[*ecs.Caller], hit *fault.Hit) rpc.Outcome {
	out, ended := hit.Before(c.ctx, &c.Call)
	if !ended {
		out = hit.After(c.ctx, &c.Call, s.perform(c, a, hit.Hide()))
	}
	out.Headers, out.Damage = hit.Headers(), hit.Damage()
	return out
}

// perform decodes and carries out a call, once for each client token. What it adds
// is hidden for a time.
func (s *Server) perform(c *request, a *rpc.Action[*ecs.Caller], hide time.Duration) rpc.Outcome {
	asked, err := a.Decode(&c.Call, s.strict)
	if err != nil {
		return a.Fail(err, s.edition)
	}
	c.caller = ecs.Caller{World: s.world, Call: &c.Call, Account: c.account, Region: regionOf(asked), Limits: s.limits, Hide: hide}
	answer, err := s.once(c, a, tokenOf(asked), func() (any, error) {
		answer, err := a.Perform(&c.caller, asked)
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

// forgiven is the answer of a call that met an error which the edition forgives. It
// is a success like any other, so a client token keeps it.
type forgiven struct{ error }

// Fields declares no field.
func (forgiven) Fields(*wire.Writer) {}

// once answers a call that repeats another's client token as the other was.
func (s *Server) once(c *request, a *rpc.Action[*ecs.Caller], token string, do func() (any, error)) (wire.Answer, error) {
	var answer any
	var err error
	if token == "" {
		answer, err = do()
	} else {
		var replayed bool
		key := store.TokenKey{Account: c.account, Region: c.caller.Region, Action: a.Name, Token: token}
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

func (s *Server) fail(c *rpc.Call, a *rpc.Action[*ecs.Caller], err error) rpc.Outcome {
	out := a.Fail(err, s.edition)
	if out.Status == http.StatusInternalServerError && !errors.Is(err, context.Canceled) {
		s.log.Error("a cause without a row", "action", a.Name, "error", err, "request", c.RequestID)
	}
	return out
}

// opensPage tells whether a browser opens the API's address as a page. A request
// URL that someone pasted has an action, and shows its answer.
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
