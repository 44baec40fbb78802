package bssopenapi

import (
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// QueryAvailableInstances lists what was bought: nothing. Terraform's provider asks for it
// to find out on which site an account is.
var QueryAvailableInstances = define(rpc.Spec{
	Name:    "QueryAvailableInstances",
	Summary: "Lists the instances that were bought. The mock sells nothing.",
	Example: "ProductCode=vipcloudfw",
}, (*Caller).queryAvailableInstances)

// QueryAvailableInstancesRequest selects a page of nothing.
type QueryAvailableInstancesRequest struct{ number, size int }

// Params declares the parameters.
func (r *QueryAvailableInstancesRequest) Params(p *param.Set) {
	p.Int(&r.number, "PageNum", "Number of the page, the first is 1.").Between(1, 1<<31-1).Default("1").Example("1")
	p.Int(&r.size, "PageSize", "Instances a page.").Between(1, 300).Default("20").Example("20")
	p.Unused(`
		CreateTimeEnd String
		CreateTimeStart String
		EndTimeEnd String
		EndTimeStart String
		InstanceIDs String
		ProductCode String
		ProductType String
		Region String
		RenewStatus String
		SubscriptionType String`)
}

// QueryAvailableInstancesResponse is an empty page.
type QueryAvailableInstancesResponse struct{ number, size int }

// Fields declares the answer.
func (a *QueryAvailableInstancesResponse) Fields(w *wire.Writer) {
	w.Bool("Success", true)
	w.Text("Code", "Success")
	w.Text("Message", "Successful!")
	w.Object("Data", func(w *wire.Writer) {
		w.Int("PageNum", a.number)
		w.Int("PageSize", a.size)
		w.Int("TotalCount", 0)
		wire.PlainList(w, "InstanceList", "InstanceList", nil, (*bought).fields)
	})
}

// bought is an instance that was bought.
type bought struct{}

func (*bought) fields(w *wire.Writer) {
	w.Text("InstanceID", "")
	w.Text("ProductCode", "")
	w.Text("Region", "")
}

func (c *Caller) queryAvailableInstances(r *QueryAvailableInstancesRequest) (*QueryAvailableInstancesResponse, error) {
	return &QueryAvailableInstancesResponse{r.number, r.size}, nil
}
