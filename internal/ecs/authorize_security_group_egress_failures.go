package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// authorizeSecurityGroupEgressFailures is the table of this action's own document.
var authorizeSecurityGroupEgressFailures = slices.Concat(egressGroupFailures, []rpc.Failure{
	{On: secgroup.ErrProtocol, Until: rpc.Edition2019, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: "IpProtocol is none of the protocols.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrGroupOnInternet, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "The destination is a group and NicType is internet.", Try: withDestGroup + "sg-F876FF7BA&NicType=internet"},
	{On: secgroup.ErrNic, Until: rpc.Edition2019, Status: 400, Code: "InvalidNicType.ValueNotSupported", Message: "The parameter NicType is not valid.",
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: "The specified parameter Policy is not valid.",
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Dest", Message: "Either DestCidrIp or DestGroupId must be specified.",
		When: "There is no destination at all.", Try: noDest},
	{On: secgroup.ErrBlankPeer, Status: 403, Code: "MissingParameter", Message: `The input parameter "DestGroupId" or "DestCidrIp" cannot be both blank.`,
		When: "There is no destination, and DestCidrIp or DestGroupId is given but blank.", Try: "DestCidrIp="},
	{On: secgroup.ErrSameGroup, Status: 403, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the SourceGroupId.",
		When: "The destination group is the group itself.", Try: withDestGroup + "sg-web"},
	{On: errPeerVPC, Status: 400, Code: "InvalidDestGroupId.Mismatch", Message: "Specified security group and destination group are not in the same VPC.",
		When: "The destination group is of another VPC.", Try: withDestGroup + "sg-elsewhere"},
	{On: errPeerGroup, Status: 404, Code: "InvalidDestGroupId.NotFound", Message: "The DestGroupId provided does not exist in our records.",
		When: "The destination group does not exist, or its owner does not.", Try: withDestGroup + "sg-nowhere"},
}, ruleFailures(&egressSide, noDest), listFailures(&egressSide, noDest), admitFailures(&egressSide), regionFailures, tokenTry("Policy=drop"))

// withDestGroup puts a group in place of the example's destination.
const withDestGroup = noDest + "&DestGroupId="
