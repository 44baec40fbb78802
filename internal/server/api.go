package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/chaos"
	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/web"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// api carries a request through its stages. The journal has the call before the
// first byte of its answer leaves.
func (s *Server) api(w http.ResponseWriter, r *http.Request) {
	if opensPage(r) {
		http.Redirect(w, r, web.Path, http.StatusFound)
		return
	}
	s.finish(w, s.read(r), s.answer)
}

// lost answers a request to a path that the API does not have.
func (s *Server) lost(w http.ResponseWriter, r *http.Request) {
	s.finish(w, s.read(r), func(_ context.Context, c *rpc.Call) rpc.Outcome {
		if err := c.Err(); err != nil && err != rpc.ErrNoAction {
			return rpc.Refuse(err)
		}
		return rpc.Refuse(&astray{r.URL.Path})
	})
}

// astray is a request to a path where there is no action.
type astray struct{ path string }

func (a *astray) Error() string        { return "the API is at the path /, not at " + a.path }
func (a *astray) Is(target error) bool { return target == rpc.ErrAction }

// request is a call on its way, with what the server knows of it.
type request struct {
	*rpc.Call
	ctx     context.Context
	account string
	started time.Time
}

func (s *Server) read(r *http.Request) *request {
	c := rpc.Read(r, s.ambient.RequestID())
	c.Received = s.ambient.Now()
	return &request{c, r.Context(), s.keys.account(c.AccessKey), time.Now()}
}

func (s *Server) finish(w http.ResponseWriter, r *request, answer func(context.Context, *rpc.Call) rpc.Outcome) {
	out, hint := s.guarded(r, answer)
	buf := s.bodies.Get().(*[]byte)
	*buf = r.Render((*buf)[:0], &out)
	number := s.journal.Add(r.Call, &out, r.account, hint, time.Since(r.started))
	s.logCall(r, &out, number, hint)
	s.hurry(w, s.readers)
	r.Send(w, &out, hint, *buf)
	if cap(*buf) <= maxKept {
		s.bodies.Put(buf)
	}
}

// maxKept is the size of the largest buffer that is used again, in bytes.
const maxKept = 1 << 16

func newBody() any {
	buf := make([]byte, 0, 1024)
	return &buf
}

// guarded turns a panic into a defect that is told in the API's own envelope.
func (s *Server) guarded(r *request, answer func(context.Context, *rpc.Call) rpc.Outcome) (out rpc.Outcome, hint string) {
	defer func() {
		if v := recover(); v != nil {
			s.log.Error("panic", "action", r.Action, "value", v, "stack", string(debug.Stack()))
			out, hint = rpc.Refuse(rpc.ErrInternal), ""
		}
	}()
	out = answer(r.ctx, r.Call)
	return out, r.Hint(&out)
}

// answer is the stages of a call, in the order of the checks: the first that has
// something to say against it ends it.
func (s *Server) answer(ctx context.Context, c *rpc.Call) rpc.Outcome {
	if err := c.Err(); err != nil {
		return rpc.Refuse(err)
	}
	if s.guard.Lured(c.Header, c.Host) {
		return rpc.Refuse(rpc.ErrCrossSite)
	}
	action, err := s.action(c.Action)
	if err != nil {
		return rpc.Refuse(err)
	}
	if err := c.Envelope(s.strict); err != nil {
		return rpc.Refuse(err)
	}
	if err := s.authenticate(c); err != nil {
		return s.unsigned(err)
	}
	hit := s.faults.Match(c, s.keys.account(c.AccessKey))
	if hit == nil {
		return s.perform(ctx, c, action, 0)
	}
	return s.injected(ctx, c, action, hit)
}

// injected carries out a call as the faults that befall it want.
func (s *Server) injected(ctx context.Context, c *rpc.Call, a *rpc.Action[*ecs.Caller], hit *chaos.Hit) rpc.Outcome {
	out, ended := hit.Before(ctx, c)
	if !ended {
		out = hit.After(ctx, c, s.perform(ctx, c, a, hit.Hide()))
	}
	out.Headers, out.Damage = hit.Headers(), rpc.Damage(hit.Damage())
	return out
}

// perform decodes and carries out a call, once for each client token. What it adds
// is hidden for a time.
func (s *Server) perform(ctx context.Context, c *rpc.Call, a *rpc.Action[*ecs.Caller], hide time.Duration) rpc.Outcome {
	request, err := a.Decode(c, s.strict)
	if err != nil {
		return a.Fail(err, s.edition)
	}
	caller := &ecs.Caller{World: s.world, Call: c, Account: s.keys.account(c.AccessKey), Region: c.Get("RegionId"), Limits: s.limits, Hide: hide}
	answer, err := s.once(ctx, c, a, func() (any, error) {
		answer, err := a.Perform(ctx, caller, request)
		if err != nil && a.Fail(err, s.edition).Status == http.StatusOK {
			return forgiven{err}, nil
		}
		return answer, err
	})
	if err != nil {
		return s.fail(c, a, err)
	}
	if f, ok := answer.(forgiven); ok {
		return a.Fail(f.error, s.edition)
	}
	return rpc.Succeed(answer)
}

// forgiven is the answer of a call that met an error which the edition forgives. It
// is a success like any other, so a client token keeps it.
type forgiven struct{ error }

// Fields declares no field.
func (forgiven) Fields(*wire.Writer) {}

// once answers a call that repeats another's client token as the other was.
func (s *Server) once(ctx context.Context, c *rpc.Call, a *rpc.Action[*ecs.Caller], do func() (any, error)) (wire.Answer, error) {
	token := c.Get("ClientToken")
	var answer any
	var err error
	if token == "" || !a.Takes("ClientToken") {
		answer, err = do()
	} else {
		var replayed bool
		key := store.OnceKey{Account: s.keys.account(c.AccessKey), Region: c.Get("RegionId"), Action: a.Name, Token: token}
		answer, replayed, err = s.world.Once(ctx, key, c.Fingerprint(), do)
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
	return r.Method == http.MethodGet && strings.HasPrefix(r.Header.Get("Accept"), "text/html") &&
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
