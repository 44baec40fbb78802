package location

import (
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// DescribeEndpoints says where a product is: at the mock. So are the products that the mock
// does not have: their calls get an error of the mock, and none reaches the service.
var DescribeEndpoints = define(rpc.Spec{
	Name:    "DescribeEndpoints",
	Summary: "Returns the endpoint of a product in a region: the mock itself, for every product.",
	Example: "Id=cn-hangzhou&ServiceCode=ecs&Type=openAPI",
}, (*Caller).describeEndpoints)

// DescribeEndpointsRequest names a region and a product.
type DescribeEndpointsRequest struct{ region, service, kind string }

// Params declares the parameters.
func (r *DescribeEndpointsRequest) Params(p *param.Set) {
	p.String(&r.region, "Id", "Region.").Require().Example("cn-hangzhou")
	p.String(&r.service, "ServiceCode", "Product.").Example("ecs")
	p.String(&r.kind, "Type", "Type of the endpoint.").Default("openAPI").Example("openAPI")
}

// DescribeEndpointsResponse is the endpoint.
type DescribeEndpointsResponse struct{ endpoints []endpoint }

// An endpoint is an address of a product.
type endpoint struct {
	DescribeEndpointsRequest
	address string
}

// Fields declares the answer. SerivceCode is the service's spelling.
func (a *DescribeEndpointsResponse) Fields(w *wire.Writer) {
	w.Bool("Success", true)
	wire.List(w, "Endpoints", "Endpoint", a.endpoints, func(e *endpoint, w *wire.Writer) {
		w.Texts("Protocols", "Protocols", []string{"HTTP", "HTTPS"})
		w.Text("Type", e.kind)
		w.Text("Namespace", "")
		w.Text("Id", e.region)
		w.Text("SerivceCode", e.service)
		w.Text("Endpoint", e.address)
	})
}

func (c *Caller) describeEndpoints(r *DescribeEndpointsRequest) (*DescribeEndpointsResponse, error) {
	return &DescribeEndpointsResponse{[]endpoint{{*r, c.Call.Host}}}, nil
}
