package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// AuthorizeSecurityGroup adds inbound rules.
var AuthorizeSecurityGroup = define(rpc.Spec{
	Name:     "AuthorizeSecurityGroup",
	Summary:  "Adds inbound rules to a security group.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=443/443&SourceCidrIp=10.0.0.0/8",
	Failures: authorizeFailures,
}, (*Caller).authorizeIngress)

// AuthorizeSecurityGroupRequest is the rules to add.
type AuthorizeSecurityGroupRequest struct{ rulesRequest }

// Params declares the parameters.
func (r *AuthorizeSecurityGroupRequest) Params(p *param.Set) {
	r.params(p, r.permissions((*rule).ingress), r.flat((*rule).flatIngress))
}

func (c *Caller) authorizeIngress(r *AuthorizeSecurityGroupRequest) (*Done, error) {
	return c.authorize(&r.rulesRequest)
}

// AuthorizeSecurityGroupEgress adds outbound rules.
var AuthorizeSecurityGroupEgress = define(rpc.Spec{
	Name:     "AuthorizeSecurityGroupEgress",
	Summary:  "Adds outbound rules to a security group.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=443/443&DestCidrIp=10.0.0.0/8",
	Failures: authorizeEgressFailures,
}, (*Caller).authorizeEgress)

// AuthorizeSecurityGroupEgressRequest is the rules to add.
type AuthorizeSecurityGroupEgressRequest struct{ rulesRequest }

// Params declares the parameters.
func (r *AuthorizeSecurityGroupEgressRequest) Params(p *param.Set) {
	r.params(p, r.permissions((*rule).egress), r.flat((*rule).flatEgress))
}

func (c *Caller) authorizeEgress(r *AuthorizeSecurityGroupEgressRequest) (*Done, error) {
	return c.authorize(&r.rulesRequest)
}

// authorize adds the rules of a request, all or none. Adding a rule that the group
// already has succeeds and changes nothing.
func (c *Caller) authorize(r *rulesRequest) (*Done, error) {
	return &Done{}, c.updateUnmanaged(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		added, err := c.newRules(ns, g, r.Rules)
		if err != nil {
			return err
		}
		for _, rule := range added {
			kept := *rule
			kept.ID, kept.Created = ns.NewID("sgr-"), ns.Now()
			ns.AddRule(g, &kept)
			ns.Hide(kept.ID, c.Hide)
		}
		return nil
	})
}

// newRules returns the rules of a request that the group does not have yet, or the
// reason why one of them cannot be added.
func (c *Caller) newRules(ns *store.Namespace, g *secgroup.Group, rules []rule) ([]*secgroup.Rule, error) {
	for i := range rules {
		c.clearHostBits(&rules[i])
	}
	if err := c.resolveAll(ns, g, rules); err != nil {
		return nil, err
	}
	added := make([]*secgroup.Rule, 0, len(rules))
	for i := range rules {
		r := &rules[i]
		if err := c.checkNew(g, r); err != nil {
			return nil, err
		}
		if existing := g.Find(r.key); existing != nil {
			c.Call.Note(r.duplicateOf(existing))
			continue
		}
		added = append(added, &r.Rule)
	}
	return added, c.checkQuota(ns, g, added)
}

// duplicateOf returns a note about a rule that the group already has.
func (r *rule) duplicateOf(existing *secgroup.Rule) string {
	if r.element == "" {
		return "nothing was added: " + existing.ID + " is the same rule, and one revoke deletes it for all its users"
	}
	return r.element + " was not added: " + existing.ID + " is the same rule, and one revoke deletes it for all its users"
}

// checkQuota returns an error if the group has no room for the added rules.
func (c *Caller) checkQuota(ns *store.Namespace, g *secgroup.Group, added []*secgroup.Rule) error {
	if len(added) == 0 {
		return nil
	}
	used := usedQuota(ns, g)
	groupRules := g.GroupRuleCount()
	holds := used
	for _, r := range added {
		used += cost(ns, r)
		if r.Peer.Group != "" {
			groupRules++
		}
	}
	switch {
	case used > c.Limits.RulesPerGroup:
		return product.Quota(secgroup.ErrRuleQuota, g.ID, holds, c.Limits.RulesPerGroup, "rules")
	case c.Limits.GroupRules > 0 && groupRules > max(g.GroupRuleCount(), c.Limits.GroupRules):
		return product.Quota(errGroupRuleQuota, g.ID, g.GroupRuleCount(), c.Limits.GroupRules, "rules that name a group")
	}
	return nil
}

// usedQuota returns how much of the quota the rules of a group use.
func usedQuota(ns *store.Namespace, g *secgroup.Group) int {
	if g.PrefixListRuleCount()+g.PortListRuleCount() == 0 {
		return g.Len()
	}
	used := 0
	for r := range g.Rules() {
		used += cost(ns, r)
	}
	return used
}

// cost returns how much of the quota a rule uses: one, or for a rule that names a list
// the most entries that the list may have. Of two lists each entry counts with each of
// the other one.
func cost(ns *store.Namespace, r *secgroup.Rule) int {
	n := 1
	if list, ok := ns.PrefixList(r.Peer.PrefixList); ok {
		n = list.MaxEntries
	}
	if list, ok := ns.PortRangeList(r.PortList.String()); ok {
		n *= list.MaxEntries
	}
	return n
}

// Reasons why a rule cannot be added to a group.
var (
	errPeerNetwork    = errors.New("one of the two groups is in a VPC and the other is classic")
	errPeerVPC        = errors.New("the two groups are in different VPCs")
	errEnterprise     = errors.New("a rule of an enterprise group cannot name a group")
	errEnterprisePeer = errors.New("a rule cannot name an enterprise group")
	errNoNic          = errors.New("a rule of a classic group that names a group needs NicType=intranet")
	errSameEnds       = errors.New("SourceCidrIp and DestCidrIp are the same")
	errGroupRuleQuota = errors.New("the group already holds the most rules that name a group")

	errPortListClassic   = errors.New("a rule of a classic group cannot name a port range list")
	errPrefixListClassic = errors.New("a rule of a classic group cannot name a prefix list")
	errPrefixListFamily  = errors.New("the address family of the prefix list does not fit the protocol or the other block of the rule")
)

// checkNew returns the reason why the rule cannot be added to the group, or nil.
func (c *Caller) checkNew(g *secgroup.Group, r *rule) error {
	if err := r.checkNew(g); err != nil {
		return err
	}
	switch {
	case r.sameEnds() && !c.forgives(errSameEnds):
		return errSameEnds
	case r.peer != nil && g.Classic() && !r.nicGiven && !c.forgives(errNoNic):
		return errNoNic
	}
	return nil
}

func (r *rule) sameEnds() bool { return r.Source4.IsSet() && r.Source4.Prefix == r.Dest4.Prefix }

// checkNew returns the reason that holds in every edition.
func (r *rule) checkNew(g *secgroup.Group) error {
	if r.unknown != nil {
		return r.unknown
	}
	switch {
	case r.list != nil && g.Classic():
		return errPrefixListClassic
	case r.noPorts:
		return errPortRangeList
	case r.PortList.IsSet() && g.Classic():
		return errPortListClassic
	}
	if err := r.checkFamily(g); err != nil {
		return err
	}
	switch peer := r.peer; {
	case peer == nil:
		return nil
	case peer.Classic() != g.Classic():
		return errPeerNetwork
	case peer.VPC != g.VPC && peer.Account == g.Account:
		return errPeerVPC
	case g.Type == secgroup.Enterprise:
		return errEnterprise
	case peer.Type == secgroup.Enterprise:
		return errEnterprisePeer
	}
	return nil
}

// checkFamily returns an error if the rule's address family does not fit the group or
// its prefix list.
func (r *rule) checkFamily(g *secgroup.Group) error {
	if err := g.CheckRule(&r.Rule); err != nil {
		return err
	}
	if r.list != nil && !r.FitsFamily(r.list.Family) {
		return errPrefixListFamily
	}
	return nil
}
