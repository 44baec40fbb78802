package ecs

import (
	"context"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// AuthorizeSecurityGroup is the counterpart of RevokeSecurityGroup.
var AuthorizeSecurityGroup = rpc.Define(rpc.Spec{
	Name:     "AuthorizeSecurityGroup",
	Summary:  "Adds inbound rules to a security group.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=443/443&SourceCidrIp=10.0.0.0/8",
	Failures: authorizeSecurityGroupFailures,
}, (*Caller).authorizeSecurityGroup)

// AuthorizeSecurityGroupRequest is the rule to add.
type AuthorizeSecurityGroupRequest struct {
	Region string
	Group  secgroup.GroupID
	Rules  []rule
	Token  clientToken
}

// Params declares the parameters.
func (r *AuthorizeSecurityGroupRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the group.").Require().Example("cn-hangzhou")
	p.Var(&r.Group, "SecurityGroupId", "The group that gets the rule.").Blank(secgroup.ErrGroupID).Require().Example("sg-securitygroupid1")
	param.OneForm(p, param.Flat(&r.Rules, (*rule).ingress))
	p.Var(&r.Token, "ClientToken", tokenText).Example(tokenExample)
}

func (c *Caller) authorizeSecurityGroup(_ context.Context, r *AuthorizeSecurityGroupRequest) (*Done, error) {
	return &Done{}, c.update(r.Group, func(rm *store.Realm, g *secgroup.Group) error {
		return c.authorize(rm, g, r.Rules)
	})
}

// authorize adds rules, all or none. A rule that the group has already is no
// mistake: the call succeeds and adds nothing.
func (c *Caller) authorize(rm *store.Realm, g *secgroup.Group, rules []rule) error {
	added := make([]*secgroup.Rule, 0, len(rules))
	for i := range rules {
		r := &rules[i]
		peer, err := c.settle(rm, g, r)
		if err != nil {
			return err
		}
		if err := g.Admits(&r.Rule); err != nil {
			return err
		}
		if err := reach(g, peer); err != nil {
			return err
		}
		if has := g.Find(r.Key()); has != nil {
			c.Call.Note("nothing was added: " + has.ID + " is this rule already")
			continue
		}
		added = append(added, &r.Rule)
	}
	if g.Len()+len(added) > c.Limits.RulesPerGroup {
		return secgroup.ErrRuleQuota
	}
	for _, r := range added {
		kept := *r
		kept.ID, kept.Created = rm.NewID("sgr-"), rm.Now()
		rm.AddRule(g, &kept)
	}
	return nil
}

// reach tells why a group cannot be on the other side of the group's rules.
func reach(g, peer *secgroup.Group) error {
	switch {
	case peer == nil || peer.VPC == g.VPC:
		return nil
	case peer.Classic() || g.Classic():
		return errPeerNetwork
	}
	return errPeerVPC
}
