package fault

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// shop is the catalogue of a made-up API.
func shop() Catalogue {
	order := rpc.Description{Spec: rpc.Spec{Name: "PlaceOrder",
		Failures: []rpc.Failure{
			{Status: 403, Code: "Closed", Message: "The shop is closed.", Until: rpc.Edition2019},
			{Status: 400, Code: "Closed", Message: "Closed.", Since: rpc.Edition2020},
			{Status: 400, Code: "Throttling.User", Message: "One at a time."},
			{Status: 400, Code: "Wrong", Message: "The specified parameter %s is wrong."},
			{Status: 200, Since: rpc.Edition2024},
		},
		Unmade: []rpc.Failure{{Status: 403, Code: "Holiday", Message: "%s"}, {Status: 404, Code: "Holiday", Message: "Gone."}}},
		Params: []param.Doc{
			{Name: "Thing"},
			{Name: "ThingId", Fields: []param.Doc{{Name: ""}}},
			{Name: "Line", Fields: []param.Doc{{Name: "Count"}, {Name: "Tags", Fields: []param.Doc{{Name: ""}}}}},
		}}
	cancel := rpc.Description{Spec: rpc.Spec{Name: "CancelOrder",
		Failures: []rpc.Failure{
			{Status: 404, Code: "Wrong", Message: "The order is wrong."},
			{Status: 409, Code: "TooLate", Message: "It has left."},
			{Status: 410, Code: "TooLate", Message: "It is gone."},
		},
		Unmade: []rpc.Failure{{Status: 500, Code: "InternalError", Message: "The order has a defect."}}},
		Params: []param.Doc{{Name: "OrderId"}, {Name: "Thing"}}}
	return Catalogue{
		Actions: []rpc.Description{order, cancel},
		Gateway: []rpc.Failure{
			{Status: 500, Code: "InternalError", Message: "A defect."},
			{Status: 503, Code: "TooLate", Message: "The gateway is closed."},
			{Status: 400, Code: "MissingThing", Of: "Thing", Message: "%s is mandatory."},
		},
		Edition: rpc.Edition2019,
	}
}

// alike is a set with the same chance in every run.
func alike() *Set {
	seed := uint64(7)
	return New(shop(), &seed)
}

// with is a set in which faults have been posted.
func with(t testing.TB, faults ...Fault) *Set {
	t.Helper()
	s := alike()
	_, err := s.Add(faults...)
	require.NoError(t, err)
	return s
}

// call is a call of an action with the parameters of a query.
func call(action string, params ...string) *rpc.Call {
	c := &rpc.Call{Action: action}
	for _, p := range params {
		name, value, _ := strings.Cut(p, "=")
		c.Params = append(c.Params, param.Param{Name: name, Value: value})
	}
	return c
}

// acted are the ids of the faults that act on a call, told by its hint.
func acted(t testing.TB, s *Set, c *rpc.Call, account string) string {
	t.Helper()
	h := s.Match(c, account)
	if h == nil {
		return ""
	}
	out, ended := h.Before(t.Context(), c)
	if !ended {
		out = h.After(t.Context(), c, rpc.Succeed(nil))
	}
	return c.Hint(&out)
}
