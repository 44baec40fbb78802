package ecs

import (
	"context"
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

var errPrefixList = errors.New("the account has no such prefix list in the region")

var prefixListFailures = []rpc.Failure{
	{On: errPrefixList, Status: 404, Code: "InvalidPrefixListId.NotFound", Message: "The specified prefix list was not found.",
		When: "The account has no such prefix list in the region.", Try: "PrefixListId=pl-nowhere"},
}

// DescribePrefixListAttributes tells a prefix list and its entries.
var DescribePrefixListAttributes = rpc.Define(rpc.Spec{
	Name:     "DescribePrefixListAttributes",
	Summary:  "Tells a prefix list and its entries.",
	Example:  "RegionId=cn-hangzhou&PrefixListId=pl-office",
	Failures: slices.Concat(prefixListFailures, regionFailures),
}, (*Caller).describePrefixListAttributes)

// DescribePrefixListAttributesRequest names the prefix list.
type DescribePrefixListAttributesRequest struct{ Region, ID string }

// Params declares the parameters.
func (r *DescribePrefixListAttributesRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the prefix list.").Require().Example("cn-hangzhou")
	p.String(&r.ID, "PrefixListId", "The prefix list.").Require().Example("pl-x1j1k5ykzqlixdcy****")
}

// DescribePrefixListAttributesResponse is the prefix list.
type DescribePrefixListAttributesResponse struct{ List prefixList }

// Fields declares the answer.
func (a *DescribePrefixListAttributesResponse) Fields(w *wire.Writer) {
	a.List.fields(w)
	wire.List(w, "Entries", "Entry", a.List.Entries, func(e *secgroup.Entry, w *wire.Writer) {
		w.Text("Cidr", e.CIDR.String())
		w.Text("Description", e.Description.String())
	})
}

func (c *Caller) describePrefixListAttributes(_ context.Context, r *DescribePrefixListAttributesRequest) (*DescribePrefixListAttributesResponse, error) {
	a := &DescribePrefixListAttributesResponse{}
	return a, c.World.View(c.Account, c.Region, func(ns *store.Namespace) error {
		l, ok := ns.PrefixList(r.ID)
		if !ok {
			return errPrefixList
		}
		a.List = prefixList{PrefixList: *l}
		return nil
	})
}
