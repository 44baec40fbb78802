// Package vpc is the actions of VPC, the product of virtual networks, one file for each
// family.
package vpc

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// vpc is VPC as a call names it.
var vpc = &rpc.Product{Name: "Vpc", Title: "VPC", Version: "2016-04-28", Hosts: []string{"vpc"}, Upstream: upstream}

// Product returns VPC with its actions, in the order of the documentation.
func Product() *product.Product {
	return &product.Product{Product: vpc, Actions: []*rpc.Action[*product.Caller]{
		CreateVpc,
		DeleteVpc,
		DescribeVpcs,
		DescribeVpcAttribute,
		ModifyVpcAttribute,
		CreateVSwitch,
		DescribeVSwitches,
		DescribeVSwitchAttributes,
		ModifyVSwitchAttribute,
		DeleteVSwitch,
		DescribeRouteTableList,
		ModifyRouteTableAttributes,
		TagResources,
		UnTagResources,
		ListTagResources,
		DescribeRegions,
		DescribeZones,
	}}
}

// A Caller carries out one call.
type Caller product.Caller

// define returns an action of VPC with the rows of its documents that no request produces.
func define[Q rpc.Request, A wire.Answer](spec rpc.Spec, method func(*Caller, Q) (A, error)) *rpc.Action[*product.Caller] {
	spec.Product, spec.Unmade = vpc, product.Unmade(unmadeText, spec.Name)
	return rpc.Define(spec, func(c *product.Caller, q Q) (A, error) { return method((*Caller)(c), q) })
}

//go:embed upstream.txt
var upstreamText string

// upstream returns the sorted names of all actions of VPC, mocked or not, from the
// vendor's public metadata.
var upstream = sync.OnceValue(func() []string { return strings.Fields(upstreamText) })

// unmadeText is the rows of the vendor's error tables that no request to the mock
// produces, in the form of product.Unmade.
//
//go:embed unmade.txt
var unmadeText string
