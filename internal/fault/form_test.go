package fault

import (
	"encoding/json"
	"reflect"
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
	var f Fault
	var names []string
	for _, part := range f.fields() {
		names = append(names, part.name)
	}
	fault := reflect.TypeFor[Fault]()
	for i := range fault.NumField() {
		assert.Contains(t, names, fault.Field(i).Name)
	}
	assert.Len(t, names, fault.NumField())
}

func TestFaultsThatCannotBeRead(t *testing.T) {
	const form = `{"Action": "RevokeSecurityGroup", "Code": "Throttling.User", "Times": 2}`
	for body, sentence := range map[string]string{
		"":                                "there is no fault; one is written as " + form,
		" \n":                             "there is no fault; one is written as " + form,
		"{":                               "this is no JSON: unexpected end of JSON input; a fault is written as " + form,
		`{"Action": "*"} {}`:              "this is no JSON: invalid character '{' after top-level value; a fault is written as " + form,
		"[]":                              "the list has no fault; one is written as " + form,
		"null":                            "null is no fault; a fault is an object such as " + form,
		`"Throttling"`:                    "a text is no fault; a fault is an object such as " + form,
		`[{}, 3]`:                         "[1]: a number is no fault; a fault is an object such as " + form,
		`[[]]`:                            "a list is no fault; a fault is an object such as " + form,
		`{"action": "*"}`:                 "action: there is no such field; did you mean Action?",
		`{"Time": 1}`:                     "Time: there is no such field; did you mean Times?",
		`{"Delay": 1}`:                    "Delay: there is no such field; did you mean DelayMs?",
		`{"Colour": 1}`:                   "Colour: there is no such field; a fault has Action, AccountId, Params, After, Times, Code, Status, Message, DelayMs, JitterMs, Drop, TruncateAt, HideMs, When",
		`[{"Action": "A"}, {"Cod": "x"}]`: "[1].Cod: there is no such field; did you mean Code?",
		`{"Times": 1, "Times": 2}`:        "Times: the field is given twice; leave one of them out",
		`{"Action": 1}`:                   "Action: a number stands where a text belongs",
		`{"Action": null}`:                "Action: null stands where a text belongs",
		`{"Times": "2"}`:                  "Times: a text stands where a number belongs",
		`{"DelayMs": 1.5}`:                "DelayMs: 1.5 is no whole number, or too large a one",
		`{"After": 1e30}`:                 "After: 1e30 is no whole number, or too large a one",
		`{"Drop": 1}`:                     "Drop: a number stands where true or false belongs",
		`{"Params": []}`:                  `Params: a list stands where an object such as {"SecurityGroupId": "sg-1"} belongs`,
		`{"Params": {"A": true}}`:         "Params: A: true or false stands where a text belongs",
		`{"Params": {"A": "", "A": ""}}`:  "Params: A: the field is given twice; leave one of them out",
	} {
		faults, err := Parse([]byte(body))
		assert.EqualError(t, err, sentence, body)
		assert.Nil(t, faults, body)
	}
}
