package ecs

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// ecs is ECS as a call names it.
var ecs = &rpc.Product{Name: "Ecs", Title: "ECS", Version: "2014-05-26", Hosts: []string{"ecs", "ecs-vpc"}, Upstream: Upstream}

// Product returns ECS with its actions.
func Product() *product.Product { return &product.Product{Product: ecs, Actions: Actions()} }

// Actions returns the actions, in the order of the documentation.
func Actions() []*rpc.Action[*product.Caller] {
	return slices.Concat(groupActions(), listActions(), instanceActions(), interfaceActions(), regionActions())
}

func groupActions() []*rpc.Action[*product.Caller] {
	return []*rpc.Action[*product.Caller]{
		RevokeSecurityGroup,
		RevokeSecurityGroupEgress,
		AuthorizeSecurityGroup,
		AuthorizeSecurityGroupEgress,
		ModifySecurityGroupRule,
		ModifySecurityGroupEgressRule,
		CreateSecurityGroup,
		DeleteSecurityGroup,
		DescribeSecurityGroups,
		DescribeSecurityGroupAttribute,
		DescribeSecurityGroupReferences,
		ModifySecurityGroupAttribute,
		ModifySecurityGroupPolicy,
		JoinSecurityGroup,
		LeaveSecurityGroup,
		JoinResourceGroup,
		TagResources,
		UntagResources,
		ListTagResources,
		AddTags,
		RemoveTags,
		DescribeTags,
	}
}

func listActions() []*rpc.Action[*product.Caller] {
	return []*rpc.Action[*product.Caller]{
		CreatePrefixList,
		ModifyPrefixList,
		DeletePrefixList,
		DescribePrefixLists,
		DescribePrefixListAttributes,
		DescribePrefixListAssociations,
		CreatePortRangeList,
		ModifyPortRangeList,
		DeletePortRangeList,
		DescribePortRangeLists,
		DescribePortRangeListEntries,
		DescribePortRangeListAssociations,
	}
}

func instanceActions() []*rpc.Action[*product.Caller] {
	return []*rpc.Action[*product.Caller]{
		RunInstances,
		CreateInstance,
		DescribeInstances,
		DescribeInstanceStatus,
		DescribeInstanceAttribute,
		ModifyInstanceAttribute,
		StartInstance,
		StopInstance,
		RebootInstance,
		DeleteInstance,
		StartInstances,
		StopInstances,
		RebootInstances,
		DeleteInstances,
		DescribeDisks,
		DescribeUserData,
		DescribeInstanceRamRole,
		DescribeInstanceMaintenanceAttributes,
		DescribeInstanceAttachmentAttributes,
	}
}

func interfaceActions() []*rpc.Action[*product.Caller] {
	return []*rpc.Action[*product.Caller]{
		CreateNetworkInterface,
		DeleteNetworkInterface,
		AttachNetworkInterface,
		DetachNetworkInterface,
		ModifyNetworkInterfaceAttribute,
		DescribeNetworkInterfaces,
		DescribeNetworkInterfaceAttribute,
	}
}

func regionActions() []*rpc.Action[*product.Caller] {
	return []*rpc.Action[*product.Caller]{
		DescribeRegions,
		DescribeZones,
		DescribeImages,
		DescribeInstanceTypes,
		DescribeInstanceTypeFamilies,
		DescribeAvailableResource,
		DescribeVpcs,
		DescribeVSwitches,
	}
}

// define returns an action of ECS with the rows of its documents that no request produces.
func define[Q rpc.Request, A wire.Answer](spec rpc.Spec, method func(*Caller, Q) (A, error)) *rpc.Action[*product.Caller] {
	spec.Product, spec.Unmade = ecs, product.Unmade(unmadeText, spec.Name)
	return rpc.Define(spec, func(c *product.Caller, q Q) (A, error) { return method((*Caller)(c), q) })
}

// Demo is the demo world, in the state form. In it the document's sample request
// succeeds word for word, and each Try of an error table does what its row says.
//
//go:embed demo.json
var Demo []byte

//go:embed upstream.txt
var upstreamText string

// Upstream returns the sorted names of all ECS actions, mocked or not, from the vendor's
// public metadata.
var Upstream = sync.OnceValue(func() []string { return strings.Fields(upstreamText) })

// unmadeText is the rows of the vendor's error tables that no request to the mock causes, in
// the form of product.Unmade.
//
//go:embed unmade.txt
var unmadeText string
