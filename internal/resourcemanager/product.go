// Package resourcemanager is the actions of ResourceManager, the product of resource groups.
package resourcemanager

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// resourcemanager is ResourceManager as a call names it.
var resourcemanager = &rpc.Product{Name: "ResourceManager", Title: "ResourceManager", Version: "2020-03-31", Hosts: []string{"resourcemanager"}, Upstream: upstream}

// Product returns ResourceManager with its actions.
func Product() *product.Product {
	return &product.Product{Product: resourcemanager, Actions: []*rpc.Action[*product.Caller]{
		CreateResourceGroup,
		DeleteResourceGroup,
		GetResourceGroup,
		ListResourceGroups,
	}}
}

// A Caller carries out one call.
type Caller product.Caller

// define returns an action of ResourceManager.
func define[Q rpc.Request, A wire.Answer](spec rpc.Spec, method func(*Caller, Q) (A, error)) *rpc.Action[*product.Caller] {
	spec.Product, spec.Unmade = resourcemanager, product.Unmade(unmadeText, spec.Name)
	return rpc.Define(spec, func(c *product.Caller, q Q) (A, error) {
		c.Region = home
		return method((*Caller)(c), q)
	})
}

//go:embed upstream.txt
var upstreamText string

// upstream returns the sorted names of all actions of ResourceManager, mocked or not, from the vendor's
// public metadata.
var upstream = sync.OnceValue(func() []string { return strings.Fields(upstreamText) })

// unmadeText is the rows of the vendor's error tables that no request to the mock
// produces, in the form of product.Unmade.
//
//go:embed unmade.txt
var unmadeText string
