package ecs

import (
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// Rows that several actions share. The table of an action has the rows of its document
// first, then the shared rows that its document does not have.

// invalidParameter is the text of InvalidParameter with the name of the parameter.
const invalidParameter = `The specified parameter "%s" is not valid.`

// invalidBool returns the row of a parameter that is neither true nor false.
func invalidBool(parameter string) *rpc.Failure {
	return &rpc.Failure{
		On: product.ErrBool, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
		When: parameter + " is neither true nor false.", Try: parameter + "=maybe",
	}
}

var unknownRegion = &rpc.Failure{
	On: store.ErrRegion, Status: 404, Code: "InvalidRegionId.NotFound", Message: "The specified RegionId does not exist.",
	When: "The region does not exist.", Try: "RegionId=cn-atlantis",
}

// missingRegion returns the row of an absent RegionId in edition 2025, whose text differs
// from document to document. Before, the gateway's row answers it.
func missingRegion(code, message string) *rpc.Failure {
	return &rpc.Failure{
		On: param.ErrMissing, Of: "RegionId", Since: rpc.Edition2025, Status: 400, Code: code, Message: message,
		When: "RegionId is absent or blank.", Try: "-RegionId",
	}
}

var unknownGroup = &rpc.Failure{
	On: store.ErrGroup, Status: 404, Code: "InvalidSecurityGroupId.NotFound", Message: "The specified SecurityGroupId does not exist.",
	When: "The account has no such group in the region.", Try: "SecurityGroupId=sg-nowhere",
}

// malformedGroup returns the row of a malformed SecurityGroupId, whose text differs from
// document to document.
func malformedGroup(message string) *rpc.Failure {
	return &rpc.Failure{
		On: secgroup.ErrGroupID, Status: 400, Code: "InvalidSecurityGroupId.Malformed", Message: message,
		When: "The id is blank, or neither sg- and 1 to 61 letters, digits, hyphens and underscores nor a GUID.", Try: "SecurityGroupId=web",
	}
}

// The rows of the actions on rules from 2020 on, whose documents agree.
var (
	malformedGroup2020 = malformedGroup(malformedGroupQuoted).To(rpc.Edition2020).From(rpc.Edition2020)
	malformedGroup2025 = malformedGroup("The specified parameter SecurityGroupId is not valid.").From(rpc.Edition2025)
)

const (
	malformedGroupText   = "The specified SecurityGroupId is not valid."
	malformedGroupQuoted = `The specified parameter "SecurityGroupId" is not valid.`
)

// serviceManaged returns the row of a group that a cloud service manages. The documents
// have %s as its text.
var serviceManaged = &rpc.Failure{
	On: errServiceManaged, Status: 403, Code: "InvalidOperation.ResourceManagedByCloudProduct", Message: "The specified security group is managed by a cloud product.",
	When: "A cloud service manages the group.", Try: "SecurityGroupId=sg-managed",
}

var invalidNextToken = &rpc.Failure{
	On: errNextToken, Status: 400, Code: "InValidParameter.NextToken", Message: "The parameter NextToken is invalid.",
	When: "NextToken is not from an answer.", Try: "NextToken=next",
}

// unknownPrefixList returns the row of a prefix list that does not exist.
var unknownPrefixList = &rpc.Failure{
	On: errPrefixList, Status: 404, Code: "InvalidPrefixListId.NotFound", Message: "The specified prefix list was not found.",
	When: "The account has no such prefix list in the region.", Try: "PrefixListId=pl-nowhere",
}

// unknownPortRangeList returns the row of a port range list that does not exist.
var unknownPortRangeList = &rpc.Failure{
	On: errPortRangeList, Status: 400, Code: "InvalidPortRangeListId.NotFound", Message: "The specified port range list was not found.",
	When: "The account has no such port range list in the region.", Try: "PortRangeListId=prl-nowhere",
}

var unknownResourceGroup = &rpc.Failure{
	On: product.ErrResourceGroup, Status: 404, Code: "InvalidResourceGroup.NotFound", Message: "The ResourceGroup provided does not exist in our records.",
	When: "ResourceGroupId does not begin with rg-, or has to exist and does not.", Try: "ResourceGroupId=mine",
}

var unknownResourceType = &rpc.Failure{
	On: errResourceType, Status: 404, Code: "InvalidResourceType.NotFound", Message: "The ResourceType provided does not exist in our records.",
	When: "ECS has no such resource type.", Try: "ResourceType=cloud",
}

var unmockedResourceType = &rpc.Failure{
	On: errUnmockedType, Status: 400, Code: "UnsupportedOperation", Message: "The resource type exists in ECS but is not mocked; the mock has " + mockedTypes + ".",
	When: "ResourceType is one that ECS has and the mock lacks.", Try: "ResourceType=snapshot",
}

// tagFailures returns the rows of a list of tags, whose texts name a tag's fields as
// Tag.N or Tag.n. remove takes the key out of the action's example, if it has one.
func tagFailures(keyPrefix, key, value, remove string) []*rpc.Failure {
	return []*rpc.Failure{
		{On: secgroup.ErrTagKeyPrefix, Status: 400, Code: "InvalidTagKey.Malformed", Message: keyPrefix,
			When: "A key begins with aliyun, acs:, http:// or https://.", Try: "Tag.1.Key=acs:owner"},
		{On: secgroup.ErrTagKey, Status: 400, Code: "InvalidTagKey.Malformed", Message: key,
			When: "A tag has no key, or one of more than 128 characters.", Try: remove + "Tag.1.Value=lonely"},
		{On: secgroup.ErrTagValue, Status: 400, Code: "InvalidTagValue.Malformed", Message: value,
			When: "A value has more than 128 characters, or begins with http:// or https://.", Try: "Tag.1.Key=home&Tag.1.Value=http://localhost"},
	}
}

// groupTagFailures returns the rows of the tags of a group or a prefix list.
func groupTagFailures() []*rpc.Failure {
	return tagFailures("Specified key is not valid.", "The specified Tag.N.Key is not valid.", "The specified Tag.N.Value is not valid.", "")
}

// resourceTagFailures returns the rows of tags in the actions on tags.
func resourceTagFailures(remove string) []*rpc.Failure {
	const key = "The specified Tag.n.Key is not valid."
	return append(tagFailures(key, key, "The specified Tag.n.Value is not valid.", remove), &rpc.Failure{
		On: param.ErrIndex, Of: "Tag", Status: 400, Code: "NumberExceed.Tags", Message: "The Tags parameter's number is exceed , Valid : 20",
		When: "More than 20 tags are given.", Try: "Tag.21.Key=more",
	})
}

var repeatedTagKey = &rpc.Failure{
	On: product.ErrRepeatedKey, Status: 400, Code: "Duplicate.TagKey", Message: "The Tag.N.Key contain duplicate key.",
	When: "Two tags have the same key.", Try: "Tag.1.Key=a&Tag.2.Key=a",
}

// tooLong is a description of 513 characters.
var tooLong = strings.Repeat("x", 513)
