package fault

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// shop returns the catalogue of a made-up API.
func shop() Catalogue {
	order := rpc.Description{Spec: rpc.Spec{Name: "PlaceOrder",
		Failures: []*rpc.Failure{
			{Status: 403, Code: "Closed", Message: "The shop is closed.", Until: rpc.Edition2019},
			{Status: 400, Code: "Closed", Message: "Closed.", Since: rpc.Edition2020},
			{Status: 400, Code: "Throttling.User", Message: "One at a time."},
			{Status: 400, Code: "Wrong", Message: "The specified parameter %s is wrong."},
			{Status: 200, Since: rpc.Edition2025},
		},
		Unmade: []*rpc.Failure{{Status: 403, Code: "Holiday", Message: "%s"}, {Status: 404, Code: "Holiday", Message: "Gone."}}},
		Params: []param.Doc{
			{Name: "Thing"},
			{Name: "ThingId", Fields: []param.Doc{{Name: ""}}},
			{Name: "Line", Fields: []param.Doc{{Name: "Count"}, {Name: "Tags", Fields: []param.Doc{{Name: ""}}}}},
		}}
	cancel := rpc.Description{Spec: rpc.Spec{Name: "CancelOrder",
		Failures: []*rpc.Failure{
			{Status: 404, Code: "Wrong", Message: "The order is wrong."},
			{Status: 409, Code: "TooLate", Message: "It has left."},
			{Status: 410, Code: "TooLate", Message: "It is gone."},
		},
		Unmade: []*rpc.Failure{{Status: 500, Code: "InternalError", Message: "The order has a defect."}}},
		Params: []param.Doc{{Name: "OrderId"}, {Name: "Thing"}}}
	return Catalogue{
		Actions: []rpc.Description{order, cancel},
		Gateway: []*rpc.Failure{
			{Status: 500, Code: "InternalError", Message: "A defect."},
			{Status: 503, Code: "TooLate", Message: "The gateway is closed."},
			{Status: 400, Code: "MissingThing", Of: "Thing", Message: "%s is mandatory."},
		},
		Edition: rpc.Edition2019,
	}
}

// newSet returns a set with the same jitter in every run.
func newSet() *Set {
	seed := uint64(7)
	return New(shop(), &seed)
}

// setOf returns a set with faults.
func setOf(t testing.TB, faults ...Fault) *Set {
	t.Helper()
	s := newSet()
	_, err := s.Add(faults...)
	require.NoError(t, err)
	return s
}

// call returns a call of an action with parameters such as "Thing=a".
func call(action string, params ...string) *rpc.Call {
	c := &rpc.Call{Action: action}
	for _, p := range params {
		name, value, _ := strings.Cut(p, "=")
		c.Params = append(c.Params, param.Param{Name: name, Value: value})
	}
	return c
}

// hint returns the hint of a successful call that the faults act on.
func hint(t testing.TB, s *Set, c *rpc.Call) string {
	t.Helper()
	out, _, _, _ := carryOut(t.Context(), s, c, rpc.Succeed(nil))
	return c.Hint(&out)
}

func TestRow(t *testing.T) {
	for _, c := range []struct {
		name         string
		edition      rpc.Edition
		action, code string
		status       uint16
		message      string
	}{
		{"the action's, of the edition", rpc.Edition2019, "PlaceOrder", "Closed", 403, "The shop is closed."},
		{"the action's, of another edition", rpc.Edition2025, "PlaceOrder", "Closed", 400, "Closed."},
		{"the action's before the service's", rpc.Edition2019, "PlaceOrder", "Throttling.User", 400, "One at a time."},
		{"the service's for another action", rpc.Edition2019, "CancelOrder", "Throttling.User", 400, "Request was denied due to user flow control."},
		{"the action's before another's", rpc.Edition2019, "CancelOrder", "Wrong", 404, "The order is wrong."},
		{"the action's before the gateway's, and the first of two", rpc.Edition2019, "CancelOrder", "TooLate", 409, "It has left."},
		{"one that no request to the mock makes", rpc.Edition2019, "CancelOrder", "InternalError", 500, "The order has a defect."},
		{"the gateway's before another action's", rpc.Edition2019, "PlaceOrder", "TooLate", 503, "The gateway is closed."},
		{"another action's if there is no other", rpc.Edition2020, "CancelOrder", "Closed", 400, "Closed."},
		{"the one of two with a complete message", rpc.Edition2019, "PlaceOrder", "Holiday", 404, "Gone."},
	} {
		catalogue := shop()
		catalogue.Edition = c.edition
		row := catalogue.row(c.action, c.code)
		require.NotNil(t, row, c.name)
		assert.Equal(t, c.status, row.Status, c.name)
		assert.Equal(t, c.message, row.Message, c.name)
	}
	catalogue := shop()
	assert.Nil(t, catalogue.row("PlaceOrder", "closed"), "codes are case-sensitive")
}

// A complete row comes before an incomplete one. An incomplete one is filled in.
func TestIncompleteMessages(t *testing.T) {
	catalogue := shop()
	catalogue.Gateway = []*rpc.Failure{
		{Status: 400, Code: "Missing", Of: "Line", Message: "%s and no other %s."},
		{Status: 400, Code: "Missing", Message: "%s and no other %s."},
		{Status: 400, Code: "MissingOne", Of: "Line", Message: "No %s."},
		{Status: 418, Code: "SignatureDoesNotMatch", Message: "It is %s."},
		{Status: 418, Code: "SignatureNonceUsed", Message: "It is used."},
		{Status: 400, Code: "InvalidThingId.Wrong", Message: "The parameter %s is wrong."},
		{Status: 400, Code: "Unknown", Message: "%s."},
	}
	for code, want := range map[string]string{
		"Missing":              "Thing and no other Thing.",
		"MissingOne":           "No Line.",
		"InvalidThingId.Wrong": "The parameter ThingId is wrong.",
		"Wrong":                "The specified parameter Thing is wrong.",
		"Unknown":              "The request is refused.",
	} {
		assert.Equal(t, want, catalogue.message("PlaceOrder", catalogue.row("PlaceOrder", code)), code)
	}
	assert.EqualValues(t, 400, catalogue.row("", "SignatureDoesNotMatch").Status)
	assert.EqualValues(t, 418, catalogue.row("", "SignatureNonceUsed").Status, "the gateway's is complete")
}

func TestRowOfAnotherEdition(t *testing.T) {
	catalogue := Catalogue{Edition: rpc.Edition2019, Gateway: []*rpc.Failure{{Since: rpc.Edition2025, Status: 400, Code: "New", Message: "%s"}}}
	assert.NotNil(t, catalogue.row("", "New"))
}

func TestServiceCodes(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range serviceCodes {
		assert.False(t, seen[row.Code], "%s is there twice", row.Code)
		seen[row.Code] = true
		assert.True(t, row.Status >= 400 && row.Status < 600, row.Code)
		assert.NotEmpty(t, row.Message, row.Code)
	}
	assert.NotContains(t, codesText, "|\n")
	assert.Len(t, serviceCodes, strings.Count("\n"+codesText, "\n")-strings.Count("\n"+codesText, "\n#")-1, "a line that is no row")
}

func TestCodesAreSorted(t *testing.T) {
	catalogue := shop()
	codes := catalogue.codes()
	assert.IsIncreasing(t, codes, "sorted, and each once")
	for _, code := range []string{"Closed", "Holiday", "InternalError", "Throttling.Api", "Wrong"} {
		assert.Contains(t, codes, code)
	}
	assert.NotContains(t, codes, "")
}
