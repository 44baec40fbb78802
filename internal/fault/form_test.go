package fault

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAFaultIsRead(t *testing.T) {
	whole := Fault{
		Action: "PlaceOrder", AccountId: "1", Params: map[string]string{"Thing": "a\"b", "Line.1.Count": "3", "ThingId.1": ""},
		After: 1, Times: 2, Code: "Closed", Status: 418, Message: "no", DelayMs: 3, JitterMs: 4, Drop: true, TruncateAt: 5, HideMs: 6, When: "after",
	}
	for _, c := range []struct {
		says, body string
		want       []Fault
	}{
		{"one", `{"Action": "*", "Code": "Throttling.User", "Times": 2, "After": 0, "DelayMs": 0, "Drop": false}`, []Fault{{Action: "*", Code: "Throttling.User", Times: 2}}},
		{"a list", ` [{"Action": "A"}, {"Drop": true}] `, []Fault{{Action: "A"}, {Drop: true}}},
		{"every field", `{"Action": "PlaceOrder", "AccountId": "1", "Params": {"Thing": "a\"b", "Line.1.Count": 3, "ThingId.1": ""}, "After": 1, "Times": 2,
			"Code": "Closed", "Status": 418, "Message": "no", "DelayMs": 3, "JitterMs": 4, "Drop": true, "TruncateAt": 5, "HideMs": 6, "When": "after"}`, []Fault{whole}},
		{"nothing in it is not for the form to refuse", `{}`, []Fault{{}}},
	} {
		got, err := Parse([]byte(c.body))
		require.NoError(t, err, c.says)
		assert.Equal(t, c.want, got, c.says)
	}
}

// What is written can be read: a list of faults can be kept and posted again.
func TestAFaultGoesRound(t *testing.T) {
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

func TestTheFormHasEveryFieldOfAFault(t *testing.T) {
	_, err := Parse([]byte(`{"?": 1}`))
	var names []string
	fault := reflect.TypeFor[Fault]()
	for i := range fault.NumField() {
		names = append(names, fault.Field(i).Name)
	}
	assert.EqualError(t, err, `["?"]: there is no such field; the fields are `+strings.Join(names, ", "))
}

func TestFaultsThatCannotBeRead(t *testing.T) {
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
		`{"Colour": 1}`:                   "Colour: there is no such field; the fields are Action, AccountId, Params, After, Times, Code, Status, Message, DelayMs, JitterMs, Drop, TruncateAt, HideMs, When",
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
