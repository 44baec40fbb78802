package fault

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParse(t *testing.T) {
	whole := Fault{
		Action: "PlaceOrder", AccountId: "1", Params: map[string]string{"Thing": "a\"b", "Line.1.Count": "3", "ThingId.1": ""},
		After: 1, Times: 2, Code: "Closed", Status: 418, Message: "no", DelayMs: 3, JitterMs: 4, Drop: true, TruncateAt: 5, HideMs: 6, When: "after",
	}
	for _, c := range []struct {
		name, body string
		want       []Fault
	}{
		{"one", `{"Action": "*", "Code": "Throttling.User", "Times": 2, "After": 0, "DelayMs": 0, "Drop": false}`, []Fault{{Action: "*", Code: "Throttling.User", Times: 2}}},
		{"a list", ` [{"Action": "A"}, {"Drop": true}] `, []Fault{{Action: "A"}, {Drop: true}}},
		{"every field", `{"Action": "PlaceOrder", "AccountId": "1", "Params": {"Thing": "a\"b", "Line.1.Count": 3, "ThingId.1": ""}, "After": 1, "Times": 2,
			"Code": "Closed", "Status": 418, "Message": "no", "DelayMs": 3, "JitterMs": 4, "Drop": true, "TruncateAt": 5, "HideMs": 6, "When": "after"}`, []Fault{whole}},
		{"nothing", `{}`, []Fault{{}}},
	} {
		got, err := Parse([]byte(c.body))
		require.NoError(t, err, c.name)
		assert.Equal(t, c.want, got, c.name)
	}
}

// A list of faults can be kept and posted again.
func TestParseReadsWhatIsWritten(t *testing.T) {
	for _, f := range []Fault{
		{Action: "*", Drop: true},
		{Action: "A", AccountId: "1", Params: map[string]string{"B": "<&>"}, After: 1, Times: 2, Code: "C", Status: 400, Message: "é", DelayMs: 1, JitterMs: 2, TruncateAt: 3, HideMs: 4, When: "before"},
	} {
		text, err := json.Marshal(f)
		require.NoError(t, err)
		got, err := Parse(text)
		require.NoError(t, err)
		assert.Equal(t, []Fault{f}, got, string(text))
	}
}

func TestParseHasEveryField(t *testing.T) {
	_, err := Parse([]byte(`{"?": 1}`))
	var names []string
	fault := reflect.TypeFor[Fault]()
	for i := range fault.NumField() {
		names = append(names, fault.Field(i).Name)
	}
	assert.EqualError(t, err, `["?"]: there is no such field; the fields are `+strings.Join(names, ", "))
}

func TestParseRefuses(t *testing.T) {
	const form = `{"Action": "RevokeSecurityGroup", "Code": "Throttling.User", "Times": 2}`
	for body, sentence := range map[string]string{
		"":                                "the document is empty; a fault is written as " + form,
		" \n":                             "the document is empty; a fault is written as " + form,
		"{":                               "line 1, column 1: unexpected end of JSON input; a fault is written as " + form,
		`{"Action": "*"} {}`:              "line 1, column 17: invalid character '{' after top-level value; a fault is written as " + form,
		"[]":                              "the list has no fault; a fault is written as " + form,
		"null":                            "the document must be an object, got null; a fault is written as " + form,
		`"Throttling"`:                    "the document must be an object, got a string; a fault is written as " + form,
		`[{}, 3]`:                         "[1]: must be an object, got a number",
		`[[]]`:                            "[0]: must be an object, got a list",
		`{"action": "*"}`:                 "action: there is no such field; did you mean Action?",
		`{"Time": 1}`:                     "Time: there is no such field; did you mean Times?",
		`{"Delay": 1}`:                    "Delay: there is no such field; did you mean DelayMs?",
		`{"Colour": 1}`:                   "Colour: there is no such field; the fields are Action, AccountId, Params, After, Times, Every, Chance, Code, Status, Message, DelayMs, JitterMs, Drop, TruncateAt, HideMs, When, Answer, Replace, Unchecked",
		`[{"Action": "A"}, {"Cod": "x"}]`: "[1].Cod: there is no such field; did you mean Code?",
		`{"Times": 1, "Times": 2}`:        "Times: the field is given twice; leave one of them out",
		`{"Action": 1}`:                   "Action: must be a string, got a number",
		`{"Action": null}`:                "Action: must be a string, got null",
		`{"Times": "2"}`:                  "Times: must be a number, got a string",
		`{"DelayMs": 1.5}`:                "DelayMs: must be an integer such as 2, got 1.5",
		`{"After": 1e30}`:                 "After: must be an integer such as 2, got 1e30",
		`{"Drop": 1}`:                     "Drop: must be true or false, got a number",
		`{"Params": []}`:                  "Params: must be an object, got a list",
		`{"Params": {"A": true}}`:         "Params.A: must be a string, got true or false",
		`{"Params": {"A": "", "A": ""}}`:  "Params.A: the field is given twice; leave one of them out",
	} {
		faults, err := Parse([]byte(body))
		assert.EqualError(t, err, sentence, body)
		assert.Nil(t, faults, body)
	}
}

func TestCheckAccepts(t *testing.T) {
	for _, f := range []Fault{
		{Action: "*", Code: "Throttling"},
		{Action: "PlaceOrder", Code: "Closed"},
		{Action: "CancelOrder", Code: "Closed"},
		{Action: "PlaceOrder", Code: "TooLate"},
		{Action: "PlaceOrder", Code: "Wrong"},
		{Action: "*", Code: "Wrong", Status: 400},
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
		entries, err := newSet().Add(f)
		require.NoError(t, err, "%+v", f)
		require.Len(t, entries, 1)
		assert.Equal(t, Entry{Id: 1, Fault: f}, entries[0])
	}
}

func TestCheckRefuses(t *testing.T) {
	long := strings.Repeat("x", 129)
	for _, c := range []struct {
		fault    Fault
		sentence string
	}{
		{Fault{Drop: true}, "Action: is required; give the name of an action, or * for every action"},
		{Fault{Action: "PlaceOder", Drop: true}, `Action: the mock has no action "PlaceOder"; did you mean PlaceOrder?`},
		{Fault{Action: "order", Drop: true}, `Action: the mock has no action "order"; did you mean PlaceOrder or CancelOrder?`},
		{Fault{Action: "Order*", Drop: true}, `Action: the mock has no action "Order*"; give one of PlaceOrder, CancelOrder, or * for all of them`},
		{Fault{Action: "*", Drop: true, AccountId: "12-3"}, `AccountId: an account id is 1 to 64 letters and digits, such as 1234567890123456, got "12-3"`},
		{Fault{Action: "*", Drop: true, AccountId: long[:65]}, `AccountId: an account id is 1 to 64 letters and digits, such as 1234567890123456, got "` + long[:65] + `"`},
		{Fault{Action: "*", Drop: true, After: -1}, "After: must not be negative, got -1"},
		{Fault{Action: "*", Drop: true, Times: -2}, "Times: must not be negative, got -2"},
		{Fault{Action: "*", Drop: true, DelayMs: -3}, "DelayMs: must not be negative, got -3"},
		{Fault{Action: "*", Drop: true, JitterMs: -4}, "JitterMs: must not be negative, got -4"},
		{Fault{Action: "*", TruncateAt: -5}, "TruncateAt: must not be negative, got -5"},
		{Fault{Action: "*", DelayMs: 600_001}, "DelayMs: must be at most 600000 (ten minutes), got 600001"},
		{Fault{Action: "*", JitterMs: 600_001}, "JitterMs: must be at most 600000 (ten minutes), got 600001"},
		{Fault{Action: "*", Drop: true, When: "later"}, `When: must be before or after (the effect of the call), got "later"`},
		{Fault{Action: "*"}, "Code: the fault does nothing; give Code, Answer, DelayMs, JitterMs, Drop, TruncateAt or HideMs"},
		{Fault{Action: "*", Times: 3, When: "after"}, "Code: the fault does nothing; give Code, Answer, DelayMs, JitterMs, Drop, TruncateAt or HideMs"},
		{Fault{Action: "*", Status: 400}, "Status: has no effect without Code; give Code too"},
		{Fault{Action: "*", Message: "no", DelayMs: 1}, "Message: has no effect without Code; give Code too"},
		{Fault{Action: "*", Drop: true, Code: "Closed"}, "Drop: a dropped connection has no answer; leave out Code or Drop"},
		{Fault{Action: "*", Drop: true, TruncateAt: 1, When: "after"}, "Drop: a dropped connection has no answer to truncate; leave out TruncateAt or Drop"},
		{Fault{Action: "*", TruncateAt: 1}, `TruncateAt: the call has no answer before its effect; give "When": "after" to truncate its answer, or Code to truncate that error`},
		{Fault{Action: "*", Code: "Not a code"}, `Code: must be 1 to 128 letters, digits, periods, hyphens and underscores, got "Not a code"`},
		{Fault{Action: "*", Code: long}, `Code: must be 1 to 128 letters, digits, periods, hyphens and underscores, got "` + long[:128] + `"`},
		{Fault{Action: "*", Code: "Throttled.User"}, `Code: the catalogue has no code "Throttled.User" (did you mean Throttling.User?); for a code of your own, give Status and Message too`},
		{Fault{Action: "*", Code: "Flood", Status: 400}, `Code: the catalogue has no code "Flood" (GET /_mock/actions lists those of each action); for a code of your own, give Status and Message too`},
		{Fault{Action: "*", Code: "Closed", Status: 399}, "Status: must be 400 to 599, got 399"},
		{Fault{Action: "*", Code: "Closed", Status: 600}, "Status: must be 400 to 599, got 600"},
		{Fault{Action: "*", Code: "Closed", Message: strings.Repeat("x", 4097)}, "Message: must be at most 4096 bytes, got 4097"},
	} {
		checkRefused(t, c.fault, c.sentence)
	}
}

func TestCheckParams(t *testing.T) {
	const noParam = "GET /_mock/actions lists the parameters of each action"
	for _, c := range []struct {
		fault    Fault
		sentence string
	}{
		{Fault{Action: "PlaceOrder", Drop: true, Params: map[string]string{"Things": "1"}}, "Params.Things: PlaceOrder has no such parameter, so no call would match; did you mean Thing or ThingId?"},
		{Fault{Action: "PlaceOrder", Drop: true, Params: map[string]string{"OrderId": "1"}}, "Params.OrderId: PlaceOrder has no such parameter, so no call would match; " + noParam},
		{Fault{Action: "*", Drop: true, Params: map[string]string{"Things": "1"}}, "Params.Things: no action has such a parameter, so no call would match; did you mean Thing or ThingId?"},
		{Fault{Action: "*", Drop: true, Params: map[string]string{"Colour": "1"}}, "Params.Colour: no action has such a parameter, so no call would match; " + noParam},
		{Fault{Action: "*", Drop: true, Params: map[string]string{"Thing": "1", "Xyz": "1", "Abc": "1"}}, "Params.Abc: no action has such a parameter, so no call would match; " + noParam},
		{Fault{Action: "PlaceOrder", Drop: true, Params: map[string]string{"Line.0.Count": "1"}}, "Params.Line.0.Count: PlaceOrder has no such parameter, so no call would match; " + noParam},
		{Fault{Action: "PlaceOrder", Drop: true, Params: map[string]string{"Line.1.Colour": "1"}}, "Params.Line.1.Colour: PlaceOrder has no such parameter, so no call would match; " + noParam},
		{Fault{Action: "PlaceOrder", Drop: true, Params: map[string]string{"Line.1": "1"}}, "Params.Line.1: PlaceOrder has no such parameter, so no call would match; did you mean Line?"},
		{Fault{Action: "PlaceOrder", Drop: true, Params: map[string]string{"Thing.1": "1"}}, "Params.Thing.1: PlaceOrder has no such parameter, so no call would match; did you mean Thing or ThingId?"},
	} {
		checkRefused(t, c.fault, c.sentence)
	}
}

func checkRefused(t *testing.T, f Fault, sentence string) {
	t.Helper()
	s := newSet()
	entries, err := s.Add(f)
	assert.EqualError(t, err, sentence)
	assert.Nil(t, entries, sentence)
	assert.Empty(t, s.List(), sentence)
}
