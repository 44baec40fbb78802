package ecs

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// Actions returns the actions, in the order of the documentation.
func Actions() []*rpc.Action[*Caller] {
	return []*rpc.Action[*Caller]{
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
		DescribeRegions,
		DescribeZones,
	}
}

// Descriptions returns the descriptions of the actions.
func Descriptions() []rpc.Description {
	var list []rpc.Description
	for _, a := range Actions() {
		list = append(list, a.Description)
	}
	return list
}

// define returns an action with the rows of its documents that no request produces.
func define[Q, A any, PQ rpc.Request[Q], PA rpc.Response[A]](spec rpc.Spec, method func(*Caller, PQ) (PA, error)) *rpc.Action[*Caller] {
	spec.Unmade = unmade(spec.Name)
	return rpc.Define(spec, method)
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

// Products has the versions of other products that programs call beside ECS. Such a call
// is answered by its product: some actions, such as DescribeRegions, exist in several.
var Products = map[string]string{
	"2014-05-15": "SLB",
	"2014-08-28": "ESS",
	"2015-04-01": "STS",
	"2015-05-01": "RAM",
	"2015-06-12": "Location",
	"2015-12-15": "CS",
	"2016-04-28": "VPC",
	"2017-12-14": "BSS",
	"2018-08-28": "Tag",
	"2020-03-31": "ResourceManager",
	"2020-06-16": "ALB",
	"2022-04-30": "NLB",
}

// unmadeText is the rows of the vendor's error tables that no request to the mock causes:
// action, status, code and message. Above the rows of each group stands, after #, the
// reason why no request causes them.
//
//go:embed unmade.txt
var unmadeText string

// unmade returns those rows of one action, each with its reason. Injected faults cause them.
func unmade(action string) []rpc.Failure {
	var rows []rpc.Failure
	reason := ""
	for line := range strings.Lines(unmadeText) {
		line = strings.TrimSuffix(line, "\n")
		if text, ok := strings.CutPrefix(line, "# "); ok || line == "" {
			reason = text
			continue
		}
		fields := strings.SplitN(line, "|", 4)
		if fields[0] != action {
			continue
		}
		status, _ := strconv.Atoi(fields[1])
		rows = append(rows, rpc.Failure{Status: status, Code: fields[2], Message: fields[3], When: reason})
	}
	return rows
}
