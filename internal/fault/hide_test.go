package fault

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// builder is the set of an API with actions that add something.
func builder(t *testing.T, faults ...Fault) (*Set, error) {
	t.Helper()
	catalogue, seed := shop(), uint64(7)
	for _, name := range []string{"AuthorizeOrder", "CreateOrder"} {
		catalogue.Actions = append(catalogue.Actions, rpc.Description{Spec: rpc.Spec{Name: name}})
	}
	s := New(catalogue, &seed)
	_, err := s.Add(faults...)
	return s, err
}

func TestWhatCanBeHidden(t *testing.T) {
	const nothing = `HideMs: before the effect nothing is added that could be hidden; give "When": "after", or leave out Code and Drop`
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
		{Fault{Action: "*", HideMs: -1}, "HideMs: -1 is less than nothing; give 0 or more"},
		{Fault{Action: "*", HideMs: 600_001}, "HideMs: 600001 is too long; give at most 600000, which is ten minutes"},
		{Fault{Action: "CancelOrder", HideMs: 1}, "HideMs: CancelOrder adds nothing that could be hidden; give one of AuthorizeOrder, CreateOrder, or * for all of them"},
		{Fault{Action: "*", HideMs: 1, Code: "Throttling"}, nothing},
		{Fault{Action: "*", HideMs: 1, Drop: true}, nothing},
		{Fault{Action: "CreateOrder", HideMs: 1, Code: "Throttling", TruncateAt: 1, When: "before"}, nothing},
	} {
		if _, err := builder(t, c.fault); c.sentence == "" {
			assert.NoError(t, err, "%+v", c.fault)
		} else {
			assert.EqualError(t, err, c.sentence)
		}
	}
}

func TestHowLongIsHidden(t *testing.T) {
	for _, c := range []struct {
		says   string
		faults []Fault
		own    rpc.Outcome
		want   time.Duration
		note   string
	}{
		{"one", []Fault{{HideMs: 500}}, rpc.Succeed(nil), 500 * time.Millisecond, "fault 1 hides what was added for 500ms"},
		{"of several the longest", []Fault{{HideMs: 500}, {HideMs: 1500}, {HideMs: 1}}, rpc.Succeed(nil), 1500 * time.Millisecond,
			"fault 1 hides what was added for 500ms; fault 2 hides what was added for 1.5s; fault 3 hides what was added for 1ms"},
		{"with lateness", []Fault{{HideMs: 500, DelayMs: 1}}, rpc.Succeed(nil), 500 * time.Millisecond,
			"fault 1 (1ms late) acted, once so far; fault 1 hides what was added for 500ms"},
		{"without an answer", []Fault{{HideMs: 500, Drop: true, When: "after"}}, rpc.Succeed(nil), 500 * time.Millisecond,
			"fault 1 hides what was added for 500ms; fault 1 (drop) acted after the effect, once so far; the call's own answer was 200"},
		{"a call that fails", []Fault{{HideMs: 500}}, rpc.Outcome{Status: 404, Code: "Wrong"}, 500 * time.Millisecond, "fault 1 found nothing added that it could hide"},
		{"a call that is not carried out", []Fault{{HideMs: 500}, {Code: "TooLate"}}, rpc.Succeed(nil), 500 * time.Millisecond,
			"fault 2 (TooLate) acted, once so far; fault 1 found nothing added that it could hide"},
		{"no fault that hides", []Fault{{DelayMs: 1}}, rpc.Succeed(nil), 0, "fault 1 (1ms late) acted, once so far"},
	} {
		for i := range c.faults {
			c.faults[i].Action = "*"
		}
		s, err := builder(t, c.faults...)
		require.NoError(t, err)
		made := call("CreateOrder")
		out, _, h, _ := carry(t.Context(), s, made, c.own)
		assert.Equal(t, c.want, h.Hide(), c.says)
		assert.Equal(t, c.note, made.Hint(&out), c.says)
	}
}

// A fault of every action that hides leaves its turns to those that add.
func TestOnlyCallsThatAddAreChosen(t *testing.T) {
	s, err := builder(t, Fault{Action: "*", HideMs: 1, Times: 2})
	require.NoError(t, err)
	for action, befalls := range map[string]bool{"PlaceOrder": false, "CreateOrder": true, "AuthorizeOrder": true, "CancelOrder": false} {
		assert.Equal(t, befalls, s.Match(call(action), "1") != nil, action)
	}
	assert.EqualValues(t, 2, s.List()[0].Matched)
}
