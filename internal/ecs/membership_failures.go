package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// membershipFailures are the rows that joining and leaving share.
var membershipFailures = slices.Concat([]rpc.Failure{
	{On: errTwoMembers, Status: 403, Code: "InvalidParam.EniIdAndInstanceId.Conflict", Message: "The specified InstanceId and NetworkInterfaceId cannot be set at the same time.",
		When: "Both InstanceId and NetworkInterfaceId are given.", Try: "NetworkInterfaceId=eni-1"},
	{On: errNoMember, Status: 400, Code: "MissingParameter", Message: `The input parameter "%s" that is mandatory for processing this request is not supplied.`,
		When: "Neither InstanceId nor NetworkInterfaceId is given.", Try: "-InstanceId"},
	{On: errNoEniRegion, Status: 400, Code: "MissingParameter.RegionId", Message: "The specified RegionId should not be null.",
		When: "NetworkInterfaceId is given without RegionId.", Try: "-InstanceId&-RegionId&NetworkInterfaceId=eni-1"},
	{On: errInstanceID, Status: 400, Code: "InvalidInstanceId.Malformed", Message: `The specified parameter "InstanceId" is not valid.`,
		When: "InstanceId has other characters than letters, digits, - and _.", Try: "InstanceId=i.1"},
	{On: errInstance, Status: 404, Code: "InvalidInstanceId.NotFound", Message: "The specified InstanceId does not exist.",
		When: "The account has no such instance in the region.", Try: "InstanceId=i-nowhere"},
	{On: errInterface, Status: 404, Code: "InvalidEniId.NotFound", Message: "The specified NetworkInterfaceId does not exist.",
		When: "The account has no such network interface in the region.", Try: "-InstanceId&NetworkInterfaceId=eni-nowhere"},
	{On: errStatus, Status: 403, Code: "IncorrectInstanceStatus", Message: "The current status of the resource does not support this operation.",
		When: "The instance is neither running nor stopped.", Try: "InstanceId=i-starting"},
}, groupFailures, regionFailures)
