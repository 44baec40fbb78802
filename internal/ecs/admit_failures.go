package ecs

import (
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// admitFailures are the rows of what speaks against a new rule.
func admitFailures(n *side) []rpc.Failure {
	withPeer := "-" + n.cidr4 + "&" + n.group + "="
	withList := "-" + n.cidr4 + "&" + n.list + "="
	return []rpc.Failure{
		{On: errPrefixList, Status: 404, Code: "InvalidPrefixListId.NotFound", Message: "The specified prefix list was not found.",
			When: "The account has no such prefix list in the region.", Try: withList + "pl-nowhere"},
		{On: errPrefixListClassic, Status: 400, Code: "NotSupported.ClassicNetworkPrefixList", Message: "The prefix list is not supported when the network type of security group is classic.",
			When: "The group is classic and the other side is a prefix list.", Try: "SecurityGroupId=sg-classic&" + withList + "pl-office"},
		{On: errPrefixListFamily, Status: 400, Code: "InvalidParam.PrefixListAddressFamilyMismatch", Message: "The address family of the specified prefix list does not match the specified CidrIp.",
			When: "The prefix list is of another address family than the protocol, or than the block of the rule's own side.", Try: "IpProtocol=icmpv6&PortRange=-1/-1&" + withList + "pl-office"},
		{On: secgroup.ErrIPv6Classic, Status: 400, Code: "InvalidSecurityGroup.InvalidNetworkType", Message: "The specified security group network type is not support this operation, please check the security group network types. For VPC security groups, ClassicLink must be enabled.",
			When: "An IPv6 rule is added to a classic group.", Try: "SecurityGroupId=sg-classic&-" + n.cidr4 + "&" + n.cidr6 + "=2001:db8::/32"},
		{On: errPeerNetwork, Status: 403, Code: "InvalidNetworkType.Conflict", Message: "The specified SecurityGroup network type should be same with SourceGroup network type (vpc or classic).",
			When: "Of the two groups one is classic and one of a VPC.", Try: withPeer + "sg-classic"},
		{On: errEnterprise, Status: 400, Code: "InvalidGroupParameter.OperationDenied", Message: "The attributes Policy, SourceGroupId, DestGroupId of enterprise level security groups are not allowed to be set or modified.",
			When: "The group is an enterprise group and the other side is a group.", Try: "SecurityGroupId=sg-enterprise&" + withPeer + "sg-F876FF7BA"},
		{On: errEnterprisePeer, Status: 400, Code: "InvalidGroupAuthParameter.OperationDenied", Message: "The security group can not authorize to enterprise level security group.",
			When: "The group on the other side is an enterprise group.", Try: withPeer + "sg-enterprise"},
		{On: secgroup.ErrRuleQuota, Status: 403, Code: "AuthorizationLimitExceed", Message: "The limit of authorization records in the security group reaches.",
			When: "The group would hold more than 100 rules, or 200 from the edition 2020 on.", Try: "200*PortRange=#/#"},
		{On: errGroupRuleQuota, Since: rpc.Edition2024, Status: 400, Code: "AuthorizedGroupRule.LimitExceed", Message: "You have reached the limit on the number of group authorization rules that you can add to a security group.When authorization object of rule is security group, the limit is 20.",
			When: "The group would hold more than 20 rules that name a group.", Try: "21*PortRange=#/#&" + withPeer + "sg-F876FF7BA"},
	}
}
