package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// What speaks against a rule that is new to a group.
var (
	errPeerNetwork    = errors.New("of the rule's two groups one is classic and one of a VPC")
	errPeerVPC        = errors.New("the rule's two groups are of different VPCs")
	errEnterprise     = errors.New("the rules of an enterprise group name no groups")
	errEnterprisePeer = errors.New("an enterprise group cannot be the other side of a rule")
	errGroupRuleQuota = errors.New("the group holds as many rules that name a group as it may")

	errPrefixListClassic = errors.New("the rules of a classic group name no prefix lists")
	errPrefixListFamily  = errors.New("the prefix list is of another address family than the rule's protocol or the block of its own side")
)

// authorize adds rules, all or none. A rule that the group has already is no
// mistake: the call succeeds and adds nothing.
func (c *Caller) authorize(r *rulesRequest) (*Done, error) {
	return &Done{}, c.update(r.Group, func(rm *store.Realm, g *secgroup.Group) error {
		added, err := c.added(rm, g, r.Rules)
		if err != nil {
			return err
		}
		for _, rule := range added {
			kept := *rule
			kept.ID, kept.Created = rm.NewID("sgr-"), rm.Now()
			rm.AddRule(g, &kept)
		}
		return nil
	})
}

// added plans which of the rules are to be added.
func (c *Caller) added(rm *store.Realm, g *secgroup.Group, rules []rule) ([]*secgroup.Rule, error) {
	settled, err := c.settle(rm, g, rules)
	if err != nil {
		return nil, err
	}
	added := make([]*secgroup.Rule, 0, len(rules))
	for i := range settled {
		s := &settled[i]
		if err := s.admitted(g); err != nil {
			return nil, err
		}
		if has := g.Find(s.key); has != nil {
			c.Call.Note("nothing was added: " + has.ID + " is this rule already")
			continue
		}
		added = append(added, s.Rule)
	}
	return added, c.room(rm, g, added)
}

// admitted tells why the group cannot have the rule.
func (s *settled) admitted(g *secgroup.Group) error {
	if s.unknown != nil {
		return s.unknown
	}
	if s.list != nil && g.Classic() {
		return errPrefixListClassic
	}
	if err := s.suited(g); err != nil {
		return err
	}
	switch peer := s.peer; {
	case peer == nil:
		return nil
	case peer.Classic() != g.Classic():
		return errPeerNetwork
	case peer.VPC != g.VPC:
		return errPeerVPC
	case g.Type == secgroup.Enterprise:
		return errEnterprise
	case peer.Type == secgroup.Enterprise:
		return errEnterprisePeer
	}
	return nil
}

// suited tells why the group, or the prefix list on the other side, does not suit
// the rule's protocol and blocks.
func (s *settled) suited(g *secgroup.Group) error {
	if err := g.Admits(s.Rule); err != nil {
		return err
	}
	if s.list != nil && !s.Suits(s.list.Family) {
		return errPrefixListFamily
	}
	return nil
}

// room tells whether the group may hold that many more rules. One that names a
// prefix list counts as many times as the list may have entries.
func (c *Caller) room(rm *store.Realm, g *secgroup.Group, added []*secgroup.Rule) error {
	if len(added) == 0 {
		return nil
	}
	peered, cost := g.Peered(), g.Len()
	if g.Listed() > 0 {
		for r := range g.Rules() {
			cost += units(rm, r) - 1
		}
	}
	for _, r := range added {
		cost += units(rm, r)
		if r.Peer.Group != "" {
			peered++
		}
	}
	switch {
	case cost > c.Limits.RulesPerGroup:
		return secgroup.ErrRuleQuota
	case c.Limits.GroupRules > 0 && peered > max(g.Peered(), c.Limits.GroupRules):
		return errGroupRuleQuota
	}
	return nil
}

// units is how many rules one rule counts as.
func units(rm *store.Realm, r *secgroup.Rule) int {
	if list, ok := rm.PrefixList(r.Peer.PrefixList); ok {
		return list.MaxEntries
	}
	return 1
}

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
		{On: errGroupRuleQuota, In: rpc.In2024, Status: 400, Code: "AuthorizedGroupRule.LimitExceed", Message: "You have reached the limit on the number of group authorization rules that you can add to a security group.When authorization object of rule is security group, the limit is 20.",
			When: "The group would hold more than 20 rules that name a group.", Try: "21*PortRange=#/#&" + withPeer + "sg-F876FF7BA"},
	}
}
