// Package bssopenapi is the actions of BSS, the product of bills: as many as programs ask for before they begin.
package bssopenapi

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// bssopenapi is BSS as a call names it.
var bssopenapi = &rpc.Product{Name: "BssOpenApi", Title: "BSS", Version: "2017-12-14", Hosts: []string{"business"}, Upstream: upstream}

// Product returns BSS with its actions.
func Product() *product.Product {
	return &product.Product{Product: bssopenapi, Actions: []*rpc.Action[*product.Caller]{
		QueryAvailableInstances,
	}}
}

// A Caller carries out one call.
type Caller product.Caller

// define returns an action of BSS.
func define[Q rpc.Request, A wire.Answer](spec rpc.Spec, method func(*Caller, Q) (A, error)) *rpc.Action[*product.Caller] {
	spec.Product, spec.Unmade = bssopenapi, product.Unmade(unmadeText, spec.Name)
	return rpc.Define(spec, func(c *product.Caller, q Q) (A, error) { return method((*Caller)(c), q) })
}

//go:embed upstream.txt
var upstreamText string

// upstream returns the sorted names of all actions of BSS, mocked or not, from the vendor's
// public metadata.
var upstream = sync.OnceValue(func() []string { return strings.Fields(upstreamText) })

// unmadeText is the rows of the vendor's error tables that no request to the mock
// produces, in the form of product.Unmade.
//
//go:embed unmade.txt
var unmadeText string
