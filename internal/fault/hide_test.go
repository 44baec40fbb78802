package fault

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// adders returns a set of faults for an API with actions that add something.
func adders(t *testing.T, faults ...Fault) (*Set, error) {
	t.Helper()
	catalogue, seed := shop(), uint64(7)
	for _, name := range []string{"AuthorizeOrder", "CreateOrder"} {
		catalogue.Actions = append(catalogue.Actions, rpc.Description{Spec: rpc.Spec{Name: name}})
	}
	s := New(catalogue, &seed)
	_, err := s.Add(faults...)
	return s, err
}

func TestCheckHideMs(t *testing.T) {
	const nothing = `HideMs: nothing is added before the effect of the call; give "When": "after", or leave out Code and Drop`
	for _, c := range []struct {
		fault    Fault
		sentence string
	}{
		{Fault{Action: "*", HideMs: 1}, ""},
		{Fault{Action: "AuthorizeOrder", HideMs: 600_000}, ""},
		{Fault{Action: "CreateOrder", HideMs: 1, DelayMs: 1, When: "before"}, ""},
		{Fault{Action: "CreateOrder", HideMs: 1, Drop: true, When: "after"}, ""},
		{Fault{Action: "CreateOrder", HideMs: 1, Code: "Throttling", When: "after"}, ""},
		{Fault{Action: "CreateOrder", HideMs: 1, TruncateAt: 1, When: "after"}, ""},
		{Fault{Action: "*", HideMs: -1}, "HideMs: must not be negative, got -1"},
		{Fault{Action: "*", HideMs: 600_001}, "HideMs: must be at most 600000 (ten minutes), got 600001"},
		{Fault{Action: "CancelOrder", HideMs: 1}, "HideMs: CancelOrder adds nothing; give one of AuthorizeOrder, CreateOrder, or * for all of them"},
		{Fault{Action: "*", HideMs: 1, Code: "Throttling"}, nothing},
		{Fault{Action: "*", HideMs: 1, Drop: true}, nothing},
		{Fault{Action: "CreateOrder", HideMs: 1, Code: "Throttling", TruncateAt: 1, When: "before"}, nothing},
	} {
		if _, err := adders(t, c.fault); c.sentence == "" {
			assert.NoError(t, err, "%+v", c.fault)
		} else {
			assert.EqualError(t, err, c.sentence)
		}
	}
}

func TestHide(t *testing.T) {
	for _, c := range []struct {
		name    string
		faults  []Fault
		outcome rpc.Outcome
		want    time.Duration
		note    string
	}{
		{"one", []Fault{{HideMs: 500}}, rpc.Succeed(nil), 500 * time.Millisecond, "fault 1 hides what was added for 500ms"},
		{"the longest of several", []Fault{{HideMs: 500}, {HideMs: 1500}, {HideMs: 1}}, rpc.Succeed(nil), 1500 * time.Millisecond,
			"fault 1 hides what was added for 500ms; fault 2 hides what was added for 1.5s; fault 3 hides what was added for 1ms"},
		{"with a delay", []Fault{{HideMs: 500, DelayMs: 1}}, rpc.Succeed(nil), 500 * time.Millisecond,
			"fault 1 (1ms late) acted, once so far; fault 1 hides what was added for 500ms"},
		{"without an answer", []Fault{{HideMs: 500, Drop: true, When: "after"}}, rpc.Succeed(nil), 500 * time.Millisecond,
			"fault 1 hides what was added for 500ms; fault 1 (drop) acted after the effect, once so far; without the fault the answer was 200"},
		{"a call that fails", []Fault{{HideMs: 500}}, rpc.Outcome{Status: 404, Code: "Wrong"}, 500 * time.Millisecond, "fault 1 hides nothing, since nothing was added"},
		{"a call that is not carried out", []Fault{{HideMs: 500}, {Code: "TooLate"}}, rpc.Succeed(nil), 500 * time.Millisecond,
			"fault 2 (TooLate) acted, once so far; fault 1 hides nothing, since nothing was added"},
		{"no fault that hides", []Fault{{DelayMs: 1}}, rpc.Succeed(nil), 0, "fault 1 (1ms late) acted, once so far"},
	} {
		for i := range c.faults {
			c.faults[i].Action = "*"
		}
		s, err := adders(t, c.faults...)
		require.NoError(t, err)
		made := call("CreateOrder")
		out, _, h, _ := carryOut(t.Context(), s, made, c.outcome)
		assert.Equal(t, c.want, h.Hide(), c.name)
		assert.Equal(t, c.note, made.Hint(&out), c.name)
	}
}

// HideMs with Action * counts only calls that add.
func TestHideMatchesOnlyCallsThatAdd(t *testing.T) {
	s, err := adders(t, Fault{Action: "*", HideMs: 1, Times: 2})
	require.NoError(t, err)
	for action, want := range map[string]bool{"PlaceOrder": false, "CreateOrder": true, "AuthorizeOrder": true, "CancelOrder": false} {
		assert.Equal(t, want, s.Match(call(action), "1") != nil, action)
	}
	assert.EqualValues(t, 2, s.List()[0].Matched)
}
