package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// withGroup puts a group in place of the example's source.
const withGroup = "-SourceCidrIp&SourceGroupId="

// authorizeSecurityGroupFailures is the table of this action's own document, where
// some codes have another status or text than in RevokeSecurityGroup's.
var authorizeSecurityGroupFailures = slices.Concat(groupFailures, []rpc.Failure{
	{On: secgroup.ErrProtocol, Until: rpc.Edition2019, Status: 400, Code: "InvalidIpProtocol.ValueNotSupported", Message: protoCase,
		When: "IpProtocol is none of the protocols.", Try: "IpProtocol=sctp"},
	{On: secgroup.ErrGroupOnInternet, Status: 403, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "The source is a group and NicType is internet.", Try: withGroup + "sg-F876FF7BA&NicType=internet"},
	{On: secgroup.ErrNic, Until: rpc.Edition2019, Status: 400, Code: "InvalidNicType.Mismatch", Message: nicClash,
		When: "NicType is neither internet nor intranet.", Try: "NicType=wifi"},
	{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: "The specified parameter Policy is not valid.",
		When: "Policy is neither accept nor drop.", Try: "Policy=allow"},
	{On: secgroup.ErrNoPeer, Status: 400, Code: "MissingParameter.Source", Message: "Either SourceCidrIp or SourceGroupId must be specified.",
		When: "There is no source at all.", Try: "-SourceCidrIp"},
	{On: secgroup.ErrBlankPeer, Status: 403, Code: "MissingParameter", Message: "The input parameter SourceGroupId or SourceCidrIp cannot be both blank.",
		When: "There is no source, and SourceCidrIp or SourceGroupId is given but blank.", Try: "SourceCidrIp="},
	{On: secgroup.ErrSameGroup, Status: 403, Code: "InvalidParamter.Conflict", Message: "The specified SecurityGroupId should be different from the SourceGroupId.",
		When: "The source group is the group itself.", Try: withGroup + "sg-web"},
	{On: errPeerVPC, Status: 400, Code: "InvalidSourceGroupId.Mismatch", Message: "Specified security group and source group are not in the same VPC.",
		When: "The source group is of another VPC.", Try: withGroup + "sg-elsewhere"},
	{On: errPeerGroup, Status: 404, Code: "InvalidSourceGroupId.NotFound", Message: "The SourceGroupId provided does not exist in our records.",
		When: "The source group does not exist, or its owner does not.", Try: withGroup + "sg-nowhere"},
}, ruleFailures(&ingressSide, "-SourceCidrIp"), listFailures(&ingressSide, "-SourceCidrIp"), admitFailures(&ingressSide), regionFailures, tokenTry("Policy=drop"))
