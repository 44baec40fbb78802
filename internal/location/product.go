// Package location is the actions of Location, the product that knows the endpoints of others.
package location

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// location is Location as a call names it.
var location = &rpc.Product{Name: "Location", Title: "Location", Version: "2015-06-12", Hosts: []string{"location-readonly", "location"}, Upstream: upstream}

// Product returns Location with its actions.
func Product() *product.Product {
	return &product.Product{Product: location, Actions: []*rpc.Action[*product.Caller]{
		DescribeEndpoints,
	}}
}

// A Caller carries out one call.
type Caller product.Caller

// define returns an action of Location.
func define[Q rpc.Request, A wire.Answer](spec rpc.Spec, method func(*Caller, Q) (A, error)) *rpc.Action[*product.Caller] {
	spec.Product, spec.Unmade = location, product.Unmade(unmadeText, spec.Name)
	return rpc.Define(spec, func(c *product.Caller, q Q) (A, error) { return method((*Caller)(c), q) })
}

//go:embed upstream.txt
var upstreamText string

// upstream returns the sorted names of all actions of Location, mocked or not, from the vendor's
// public metadata.
var upstream = sync.OnceValue(func() []string { return strings.Fields(upstreamText) })

// unmadeText is the rows of the vendor's error tables that no request to the mock
// produces, in the form of product.Unmade.
//
//go:embed unmade.txt
var unmadeText string
