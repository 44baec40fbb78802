package ecs

import (
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// Rows that several actions share. An action's table is the rows of its document
// followed by those of these that its document leaves out.

// tooLong is a description of 513 characters.
var tooLong = strings.Repeat("x", 513)

var regionFailures = []rpc.Failure{
	{On: store.ErrRegion, Status: 404, Code: "InvalidRegionId.NotFound", Message: "The specified RegionId does not exist.",
		When: "The region is none of DescribeRegions.", Try: "RegionId=cn-atlantis"},
}

var tokenFailures = []rpc.Failure{
	{On: errToken, Status: 400, Code: "InvalidClientToken.ValueNotSupported", Message: "The ClientToken provided is invalid.",
		When: "The token has more than 64 characters, or one that is not ASCII.", Try: "ClientToken=%C3%A9"},
	{On: store.ErrTokenMismatch, Status: 400, Code: "IdempotentParameterMismatch", Message: "The request is retried with updated parameters.",
		When: "The token was used with other parameters."},
}

// tokenTry makes a call and repeats it with one parameter changed.
func tokenTry(change string) []rpc.Failure {
	rows := slices.Clone(tokenFailures)
	rows[1].Try = "ClientToken=once; ClientToken=once&" + change
	return rows
}

var groupFailures = []rpc.Failure{
	{On: store.ErrGroup, Status: 404, Code: "InvalidSecurityGroupId.NotFound", Message: "The specified SecurityGroupId does not exist.",
		When: "The account has no such group in the region.", Try: "SecurityGroupId=sg-nowhere"},
	{On: secgroup.ErrGroupID, Status: 400, Code: "InvalidSecurityGroupId.Malformed", Message: "The specified SecurityGroupId is not valid.",
		When: "The id is blank, or neither sg- and 1 to 61 letters, digits, - and _ nor a GUID.", Try: "SecurityGroupId=web"},
}
