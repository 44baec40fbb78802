package rpc

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// shop performs an action of a made-up API.
type shop struct{ open bool }

var errClosed = errors.New("the shop is closed")

var placeOrder = Define(Spec{
	Name:    "PlaceOrder",
	Summary: "Orders something.",
	Example: "RegionId=cn-hangzhou&Thing=book&Count=1",
	Failures: []*Failure{
		{On: errClosed, Status: 403, Code: "OperationDenied", Message: "Closed."},
		{On: param.ErrInvalid, Of: "Count", Status: 400, Code: "InvalidCount", Message: "The specified %s is not valid."},
	},
}, (*shop).placeOrder)

type placeOrderRequest struct {
	Region string
	Lines  []orderLine
	Token  string
}

type orderLine struct {
	Thing string
	Count int
}

func (r *placeOrderRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the order.").Require()
	param.OneForm(p,
		param.Each(&r.Lines, "Permissions", 100, (*orderLine).params),
		param.Flat(&r.Lines, (*orderLine).params))
	p.String(&r.Token, "ClientToken", "Makes the request idempotent.")
	p.Ignored("Coupon", "coupons have expired")
}

func (l *orderLine) params(p *param.Set) {
	p.String(&l.Thing, "Thing", "Article.").Require()
	p.Int(&l.Count, "Count", "Number of articles.").Default("1")
}

type placeOrderResponse struct{ Total int }

func (a *placeOrderResponse) Fields(w *wire.Writer) { w.Int("Total", a.Total) }

func (s *shop) placeOrder(r *placeOrderRequest) (*placeOrderResponse, error) {
	if !s.open {
		return nil, errClosed
	}
	a := &placeOrderResponse{}
	for _, l := range r.Lines {
		a.Total += l.Count
	}
	return a, nil
}

// get returns the request of a query. Headers are names and values in turn.
func get(query string, headers ...string) *http.Request {
	return withHeaders(httptest.NewRequest(http.MethodGet, "http://127.0.0.1:2014/?"+query, nil), headers)
}

// post returns the request of a query and a body.
func post(query, body string, headers ...string) *http.Request {
	return withHeaders(httptest.NewRequest(http.MethodPost, "http://127.0.0.1:2014/?"+query, strings.NewReader(body)), headers)
}

func withHeaders(r *http.Request, headers []string) *http.Request {
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

const requestID = "473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E"

// products are those that calls of these tests can be for.
var products = []*Product{
	{Name: "Ecs", Title: "ECS", Version: "2014-05-26", Hosts: []string{"ecs", "ecs-vpc"}},
	{Name: "Vpc", Title: "VPC", Version: "2016-04-28", Hosts: []string{"vpc"}},
}

func read(r *http.Request) *Call { return Read(r, requestID, products...) }

// decoded returns the call of a query, decoded by the action.
func decoded(t testing.TB, query string) *Call {
	c := read(get("Action=PlaceOrder&RegionId=cn-hangzhou&" + query))
	_, err := placeOrder.Decode(c, false)
	require.NoError(t, err, query)
	return c
}

// text returns parameters as a query without escapes.
func text(params []param.Param) string {
	var pairs []string
	for _, p := range params {
		pairs = append(pairs, p.Name+"="+p.Value)
	}
	return strings.Join(pairs, "&")
}
