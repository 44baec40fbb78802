package fault

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// carryOut carries out a call with the faults of a set. It returns how long it took.
func carryOut(ctx context.Context, s *Set, c *rpc.Call, outcome rpc.Outcome) (out rpc.Outcome, done bool, h *Hit, took time.Duration) {
	began := time.Now()
	h = s.Match(c, "1")
	if h == nil {
		return outcome, true, nil, 0
	}
	out, ended := h.Before(ctx, c)
	if !ended {
		out, done = h.After(ctx, c, outcome), true
	}
	return out, done, h, time.Since(began)
}

// closed is the outcome of a call without faults.
var closed = rpc.Outcome{Status: 403, Code: "Closed", Message: "The shop is closed.", Err: errLeft}

func TestHit(t *testing.T) {
	dropped := rpc.Outcome{Err: closed.Err}
	for _, c := range []struct {
		name   string
		fault  Fault
		want   rpc.Outcome
		done   bool // the call was carried out
		damage rpc.Damage
		note   string
	}{
		{"an error of the catalogue, before the effect", Fault{Code: "TooLate"},
			rpc.Outcome{Status: 503, Code: "TooLate", Message: "The gateway is closed."}, false, rpc.Damage{}, "fault 1 (TooLate) acted, once so far"},
		{"a message about one parameter", Fault{Code: "MissingThing"},
			rpc.Outcome{Status: 400, Code: "MissingThing", Message: "Thing is mandatory."}, false, rpc.Damage{}, "fault 1 (MissingThing) acted, once so far"},
		{"another message", Fault{Code: "TooLate", Message: "Gone %s.", When: "before"},
			rpc.Outcome{Status: 503, Code: "TooLate", Message: "Gone %s."}, false, rpc.Damage{}, "fault 1 (TooLate) acted, once so far"},
		{"another status", Fault{Code: "TooLate", Status: 404},
			rpc.Outcome{Status: 404, Code: "TooLate", Message: "The gateway is closed."}, false, rpc.Damage{}, "fault 1 (TooLate) acted, once so far"},
		{"another code", Fault{Code: "Mine", Status: 418, Message: "Tea.", Times: 3},
			rpc.Outcome{Status: 418, Code: "Mine", Message: "Tea."}, false, rpc.Damage{}, "fault 1 (Mine) acted, 1 of 3 times"},
		{"an error after the effect", Fault{Code: "InternalError", When: "after", Times: 1},
			rpc.Outcome{Status: 500, Code: "InternalError", Message: "A defect.", Err: closed.Err}, true, rpc.Damage{},
			"fault 1 (InternalError) acted after the effect, 1 of 1 times; without the fault the answer was 403 Closed"},
		{"no answer, before the effect", Fault{Drop: true}, rpc.Outcome{}, false, rpc.Damage{Drop: true}, "fault 1 (drop) acted, once so far"},
		{"no answer, after the effect", Fault{Drop: true, When: "after"}, dropped, true, rpc.Damage{Drop: true},
			"fault 1 (drop) acted after the effect, once so far; without the fault the answer was 403 Closed"},
		{"the answer, truncated", Fault{TruncateAt: 5, When: "after"}, closed, true, rpc.Damage{TruncateAt: 5}, "fault 1 (cut after 5 bytes) acted after the effect, once so far"},
		{"an error, truncated", Fault{TruncateAt: 5, Code: "TooLate"},
			rpc.Outcome{Status: 503, Code: "TooLate", Message: "The gateway is closed."}, false, rpc.Damage{TruncateAt: 5}, "fault 1 (TooLate, cut after 5 bytes) acted, once so far"},
		{"only a delay", Fault{DelayMs: 1}, closed, true, rpc.Damage{}, "fault 1 (1ms late) acted, once so far"},
		{"a delay after the effect", Fault{DelayMs: 1, When: "after"}, closed, true, rpc.Damage{}, "fault 1 (1ms late) acted after the effect, once so far"},
		{"a delayed error", Fault{Code: "TooLate", DelayMs: 1},
			rpc.Outcome{Status: 503, Code: "TooLate", Message: "The gateway is closed."}, false, rpc.Damage{}, "fault 1 (TooLate, 1ms late) acted, once so far"},
	} {
		c.fault.Action = "*"
		made := call("PlaceOrder")
		out, done, h, _ := carryOut(t.Context(), setOf(t, c.fault), made, closed)
		assert.Equal(t, c.want, out, c.name)
		assert.Equal(t, c.done, done, c.name)
		assert.Equal(t, c.damage, h.Damage(), c.name)
		if out.Err != nil {
			c.note = errLeft.Error() + "; " + c.note
		}
		assert.Equal(t, c.note, made.Hint(&out), c.name)
	}
}

func TestNoteOfASuccess(t *testing.T) {
	s := setOf(t, Fault{Action: "*", Drop: true, When: "after", Times: 1})
	assert.Equal(t, "fault 1 (drop) acted after the effect, 1 of 1 times; without the fault the answer was 200", hint(t, s, call("PlaceOrder")))
}

func TestNoteCounts(t *testing.T) {
	s := setOf(t, Fault{Action: "*", Code: "Throttling.User", After: 1, Times: 2}, Fault{Action: "*", Code: "Throttling"})
	for _, want := range []string{
		"fault 2 (Throttling) acted, once so far",
		"fault 1 (Throttling.User) acted, 1 of 2 times",
		"fault 1 (Throttling.User) acted, 2 of 2 times",
		"fault 2 (Throttling) acted, 2 times so far",
	} {
		assert.Equal(t, want, hint(t, s, call("PlaceOrder")))
	}
}

// With Action * a fault answers with the message of each action.
func TestMessageOfEachAction(t *testing.T) {
	s := setOf(t, Fault{Action: "*", Code: "Throttling.User"})
	for action, message := range map[string]string{"PlaceOrder": "One at a time.", "CancelOrder": "Request was denied due to user flow control."} {
		out, _, _, _ := carryOut(t.Context(), s, call(action), closed)
		assert.Equal(t, message, out.Message)
	}
}

func TestHeadersOfThrottling(t *testing.T) {
	const after, user, api = "x-acs-retry-after", "X-RateLimit-User", "X-RateLimit-User-API"
	const quota = "Limit:1,Remain:0,TimeLeft:100,Reset:100"
	for _, c := range []struct {
		fault Fault
		want  map[string]string
	}{
		{Fault{Code: "Throttling"}, map[string]string{after: "100", user: quota, api: quota}},
		{Fault{Code: "Throttling.User"}, map[string]string{after: "100", user: quota}},
		{Fault{Code: "Throttling.Api", When: "after"}, map[string]string{after: "100", api: quota}},
		{Fault{Code: "Rejected.Throttling", Status: 400, Message: "No."}, map[string]string{after: "100", user: quota, api: quota}},
		{Fault{Code: "ServiceUnavailable"}, nil},
		{Fault{Drop: true}, nil},
		{Fault{DelayMs: 1}, nil},
	} {
		c.fault.Action = "CancelOrder"
		_, _, h, _ := carryOut(t.Context(), setOf(t, c.fault), call("CancelOrder"), closed)
		assert.Equal(t, c.want, h.Headers(), "%+v", c.fault)
	}
}

func TestDelays(t *testing.T) {
	for _, c := range []struct {
		name   string
		faults []Fault
		want   time.Duration
		note   string
	}{
		{"one", []Fault{{DelayMs: 250}}, 250 * time.Millisecond, "fault 1 (250ms late) acted, once so far"},
		{"with an error", []Fault{{DelayMs: 250, Code: "TooLate"}}, 250 * time.Millisecond, "fault 1 (TooLate, 250ms late) acted, once so far"},
		{"several add up", []Fault{{DelayMs: 250}, {DelayMs: 2000, When: "after"}}, 2250 * time.Millisecond,
			"fault 1 (250ms late) acted, once so far; fault 2 (2s late) acted after the effect, once so far"},
		{"and delay an error, wherever they stand", []Fault{{DelayMs: 250}, {Code: "TooLate"}, {DelayMs: 2000, When: "after"}}, 2250 * time.Millisecond,
			"fault 1 (250ms late) acted, once so far; fault 3 (2s late) acted after the effect, once so far; fault 2 (TooLate) acted, once so far"},
		{"within bounds", []Fault{{DelayMs: 600_000}, {DelayMs: 600_000}}, 10 * time.Minute,
			"fault 1 (10m0s late) acted, once so far; fault 2 (10m0s late) acted, once so far"},
	} {
		synctest.Test(t, func(t *testing.T) {
			for i := range c.faults {
				c.faults[i].Action = "*"
			}
			made := call("PlaceOrder")
			out, _, _, took := carryOut(t.Context(), setOf(t, c.faults...), made, rpc.Succeed(nil))
			assert.Equal(t, c.want, took, c.name)
			assert.Equal(t, c.note, made.Hint(&out), c.name)
		})
	}
}

// A delay before the effect ends with its client: nothing is done then.
func TestClientLeavesBeforeTheEffect(t *testing.T) {
	for _, f := range []Fault{{DelayMs: 5000}, {DelayMs: 5000, Code: "Throttling"}} {
		synctest.Test(t, func(t *testing.T) {
			f.Action = "*"
			ctx, leave := context.WithTimeout(t.Context(), time.Second)
			defer leave()
			made := call("CancelOrder")
			out, done, h, took := carryOut(ctx, setOf(t, f), made, closed)
			assert.False(t, done)
			assert.Equal(t, time.Second, took)
			assert.Equal(t, rpc.Outcome{Err: errLeft}, out)
			assert.Equal(t, rpc.Damage{Drop: true}, h.Damage())
			assert.Empty(t, h.Headers())
			assert.Contains(t, made.Hint(&out), "nothing was done")
		})
	}
}

func TestClientLeavesAfterTheEffect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, leave := context.WithTimeout(t.Context(), time.Second)
		defer leave()
		made := call("PlaceOrder")
		out, done, _, took := carryOut(ctx, setOf(t, Fault{Action: "*", DelayMs: 5000, When: "after"}), made, rpc.Succeed(nil))
		assert.True(t, done)
		assert.Equal(t, time.Second, took)
		assert.Equal(t, rpc.Succeed(nil), out, "the outcome stays")
		assert.Equal(t, "fault 1 (5s late) acted after the effect, once so far; the client left while a fault delayed the answer", made.Hint(&out))
	})
}

// Close ends the delays of waiting calls and of later ones.
func TestClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := setOf(t, Fault{Action: "*", DelayMs: 5000})
		go func() {
			time.Sleep(time.Second)
			s.Close()
			s.Close()
		}()
		for _, want := range []time.Duration{time.Second, 0} {
			out, done, _, took := carryOut(t.Context(), s, call("PlaceOrder"), closed)
			assert.Equal(t, want, took)
			assert.True(t, done)
			assert.Equal(t, closed, out)
		}
	})
}

// Jitter is within its bounds, spread over them, and follows from the seed alone.
func TestJitter(t *testing.T) {
	draw := func(s *Set, account string, n int) (list []time.Duration) {
		for range n {
			h := s.Match(call("PlaceOrder"), account)
			require.NotNil(t, h)
			list = append(list, h.before.sum)
		}
		return list
	}
	jitter := Fault{Action: "*", AccountId: "1", DelayMs: 10, JitterMs: 3}
	s := setOf(t, jitter)
	first := draw(s, "1", 200)
	seen := map[time.Duration]bool{}
	for _, d := range first {
		seen[d/time.Millisecond] = true
	}
	assert.Equal(t, map[time.Duration]bool{10: true, 11: true, 12: true, 13: true}, seen)

	assert.Equal(t, first, draw(setOf(t, jitter), "1", 200), "the same seed")
	s.Reset()
	_, err := s.Add(jitter, Fault{Action: "*", AccountId: "2", DelayMs: 10, JitterMs: 3})
	require.NoError(t, err)
	other := draw(s, "2", 200)
	assert.Equal(t, first, draw(s, "1", 200), "other calls do not change it")
	assert.NotEqual(t, first, other)

	seed := uint64(8)
	elsewhere := New(shop(), &seed)
	elsewhere.Add(jitter)
	assert.NotEqual(t, first, draw(elsewhere, "1", 200), "another seed")
	a, b := New(shop(), nil), New(shop(), nil)
	a.Add(jitter)
	b.Add(jitter)
	assert.NotEqual(t, draw(a, "1", 200), draw(b, "1", 200), "no seed")
}
