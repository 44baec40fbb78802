package fault

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFaultsThatMakeSense(t *testing.T) {
	for _, f := range []Fault{
		{Action: "*", Code: "Throttling"},
		{Action: "PlaceOrder", Code: "Closed"},
		{Action: "CancelOrder", Code: "Closed"},
		{Action: "PlaceOrder", Code: "TooLate"},
		{Action: "PlaceOrder", Code: "Wrong", Message: "It is."},
		{Action: "CancelOrder", Code: "Wrong"},
		{Action: "PlaceOrder", Code: "Wrong", Status: 599, Message: "It is."},
		{Action: "PlaceOrder", Code: "Closed", Status: 400},
		{Action: "*", Code: "My.own_code-1", Status: 400, Message: "It is %s."},
		{Action: "*", Code: "My", Status: 400, Message: strings.Repeat("x", 4096)},
		{Action: "*", AccountId: "1234567890123456", DelayMs: 600_000},
		{Action: "*", AccountId: strings.Repeat("aZ09", 16), JitterMs: 600_000},
		{Action: "PlaceOrder", Drop: true, Params: map[string]string{
			"RegionId": "cn-hangzhou", "Thing": "", "ThingId": "[]", "ThingId.12": "x", "Line": "[]", "Line.1.Count": "1", "Line.2.Tags.3": "x"}},
		{Action: "*", Drop: true, Params: map[string]string{"OrderId": "1", "Thing": "2"}},
		{Action: "*", Drop: true, When: "after", DelayMs: 1, JitterMs: 1, After: 1, Times: 1},
		{Action: "*", TruncateAt: 1, When: "after"},
		{Action: "*", TruncateAt: 1, When: "before", Code: "TooLate"},
		{Action: "*", DelayMs: 1, When: "after"},
	} {
		entries, err := alike().Add(f)
		require.NoError(t, err, "%+v", f)
		require.Len(t, entries, 1)
		assert.Equal(t, Entry{Id: 1, Fault: f}, entries[0])
	}
}

func TestFaultsThatMakeNoSense(t *testing.T) {
	long := strings.Repeat("x", 129)
	for _, c := range []struct {
		fault    Fault
		sentence string
	}{
		{Fault{Drop: true}, "Action: it is needed: the name of an action, or * for every action"},
		{Fault{Action: "PlaceOder", Drop: true}, `Action: the mock has no action "PlaceOder"; did you mean PlaceOrder?`},
		{Fault{Action: "order", Drop: true}, `Action: the mock has no action "order"; did you mean PlaceOrder or CancelOrder?`},
		{Fault{Action: "Order*", Drop: true}, `Action: the mock has no action "Order*"; give one of PlaceOrder, CancelOrder, or * for all of them`},
		{Fault{Action: "*", Drop: true, AccountId: "12-3"}, `AccountId: an account id is 1 to 64 letters and digits, such as 1234567890123456, got "12-3"`},
		{Fault{Action: "*", Drop: true, AccountId: long[:65]}, `AccountId: an account id is 1 to 64 letters and digits, such as 1234567890123456, got "` + long[:65] + `"`},
		{Fault{Action: "*", Drop: true, After: -1}, "After: -1 is less than nothing; give 0 or more"},
		{Fault{Action: "*", Drop: true, Times: -2}, "Times: -2 is less than nothing; give 0 or more"},
		{Fault{Action: "*", Drop: true, DelayMs: -3}, "DelayMs: -3 is less than nothing; give 0 or more"},
		{Fault{Action: "*", Drop: true, JitterMs: -4}, "JitterMs: -4 is less than nothing; give 0 or more"},
		{Fault{Action: "*", TruncateAt: -5}, "TruncateAt: -5 is less than nothing; give 0 or more"},
		{Fault{Action: "*", DelayMs: 600_001}, "DelayMs: 600001 is too long; give at most 600000, which is ten minutes"},
		{Fault{Action: "*", JitterMs: 600_001}, "JitterMs: 600001 is too long; give at most 600000, which is ten minutes"},
		{Fault{Action: "*", Drop: true, When: "later"}, `When: "later" is no time to act at; give before or after (the effect of the call)`},
		{Fault{Action: "*"}, "Code: the fault does nothing; give Code, DelayMs, JitterMs, Drop, TruncateAt or HideMs"},
		{Fault{Action: "*", Times: 3, When: "after"}, "Code: the fault does nothing; give Code, DelayMs, JitterMs, Drop, TruncateAt or HideMs"},
		{Fault{Action: "*", Status: 400}, "Status: it says nothing without Code; give the code to answer too"},
		{Fault{Action: "*", Message: "no", DelayMs: 1}, "Message: it says nothing without Code; give the code to answer too"},
		{Fault{Action: "*", Drop: true, Code: "Closed"}, "Drop: a dropped connection carries no answer; leave out Code or Drop"},
		{Fault{Action: "*", Drop: true, TruncateAt: 1, When: "after"}, "Drop: a dropped connection carries nothing to cut; leave out TruncateAt or Drop"},
		{Fault{Action: "*", TruncateAt: 1}, `TruncateAt: before the effect there is no answer to cut; give "When": "after" to cut the call's own, or Code to cut that error`},
		{Fault{Action: "*", Code: "Not a code"}, `Code: "Not a code" is no code; one is up to 128 letters, digits, periods, hyphens and underscores`},
		{Fault{Action: "*", Code: long}, `Code: "` + long[:128] + `" is no code; one is up to 128 letters, digits, periods, hyphens and underscores`},
		{Fault{Action: "*", Code: "Throttled.User"}, `Code: the catalogue has no code "Throttled.User" (did you mean Throttling.User?); for a code of your own, give Status and Message too`},
		{Fault{Action: "*", Code: "Flood", Status: 400}, `Code: the catalogue has no code "Flood" (GET /_mock/actions lists those of each action); for a code of your own, give Status and Message too`},
		{Fault{Action: "*", Code: "Closed", Status: 399}, "Status: 399 is no status of an error; give one of 400 to 599"},
		{Fault{Action: "*", Code: "Closed", Status: 600}, "Status: 600 is no status of an error; give one of 400 to 599"},
		{Fault{Action: "*", Code: "Closed", Message: strings.Repeat("x", 4097)}, "Message: it has 4097 bytes; give at most 4096"},
		{Fault{Action: "PlaceOrder", Code: "Wrong"}, `Message: that of Wrong is "The specified parameter %s is wrong.", where the service fills in what is wrong; give the Message as it should be`},
		{Fault{Action: "*", Code: "Wrong", Status: 400}, `Message: that of Wrong is "The specified parameter %s is wrong.", where the service fills in what is wrong; give the Message as it should be`},
	} {
		checkRefused(t, c.fault, c.sentence)
	}
}

func TestParametersThatNoCallHas(t *testing.T) {
	const noParam = "GET /_mock/actions lists the parameters of each action"
	for _, c := range []struct {
		fault    Fault
		sentence string
	}{
		{Fault{Action: "PlaceOrder", Drop: true, Params: map[string]string{"Things": "1"}}, "Params.Things: PlaceOrder does not take such a parameter, so no call would match; did you mean Thing or ThingId?"},
		{Fault{Action: "PlaceOrder", Drop: true, Params: map[string]string{"OrderId": "1"}}, "Params.OrderId: PlaceOrder does not take such a parameter, so no call would match; " + noParam},
		{Fault{Action: "*", Drop: true, Params: map[string]string{"Things": "1"}}, "Params.Things: no action takes such a parameter, so no call would match; did you mean Thing or ThingId?"},
		{Fault{Action: "*", Drop: true, Params: map[string]string{"Colour": "1"}}, "Params.Colour: no action takes such a parameter, so no call would match; " + noParam},
		{Fault{Action: "*", Drop: true, Params: map[string]string{"Thing": "1", "Xyz": "1", "Abc": "1"}}, "Params.Abc: no action takes such a parameter, so no call would match; " + noParam},
		{Fault{Action: "PlaceOrder", Drop: true, Params: map[string]string{"Line.0.Count": "1"}}, "Params.Line.0.Count: PlaceOrder does not take such a parameter, so no call would match; " + noParam},
		{Fault{Action: "PlaceOrder", Drop: true, Params: map[string]string{"Line.1.Colour": "1"}}, "Params.Line.1.Colour: PlaceOrder does not take such a parameter, so no call would match; " + noParam},
		{Fault{Action: "PlaceOrder", Drop: true, Params: map[string]string{"Line.1": "1"}}, "Params.Line.1: PlaceOrder does not take such a parameter, so no call would match; did you mean Line?"},
		{Fault{Action: "PlaceOrder", Drop: true, Params: map[string]string{"Thing.1": "1"}}, "Params.Thing.1: PlaceOrder does not take such a parameter, so no call would match; did you mean Thing or ThingId?"},
	} {
		checkRefused(t, c.fault, c.sentence)
	}
}

func checkRefused(t *testing.T, f Fault, sentence string) {
	t.Helper()
	s := alike()
	entries, err := s.Add(f)
	assert.EqualError(t, err, sentence)
	assert.Nil(t, entries, sentence)
	assert.Empty(t, s.List(), sentence)
}
