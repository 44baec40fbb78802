// Package sts is the actions of STS, the product of temporary access keys.
package sts

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// sts is STS as a call names it.
var sts = &rpc.Product{Name: "Sts", Title: "STS", Version: "2015-04-01", Hosts: []string{"sts", "sts-vpc"}, Upstream: upstream}

// Product returns STS with its actions.
func Product() *product.Product {
	return &product.Product{Product: sts, Actions: []*rpc.Action[*product.Caller]{
		GetCallerIdentity,
		AssumeRole,
	}}
}

// A Caller carries out one call.
type Caller product.Caller

// define returns an action of STS.
func define[Q rpc.Request, A wire.Answer](spec rpc.Spec, method func(*Caller, Q) (A, error)) *rpc.Action[*product.Caller] {
	spec.Product, spec.Unmade = sts, product.Unmade(unmadeText, spec.Name)
	return rpc.Define(spec, func(c *product.Caller, q Q) (A, error) { return method((*Caller)(c), q) })
}

//go:embed upstream.txt
var upstreamText string

// upstream returns the sorted names of all actions of STS, mocked or not, from the vendor's
// public metadata.
var upstream = sync.OnceValue(func() []string { return strings.Fields(upstreamText) })

// unmadeText is the rows of the vendor's error tables that no request to the mock
// produces, in the form of product.Unmade.
//
//go:embed unmade.txt
var unmadeText string
