package ecs

import (
	"context"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// RevokeSecurityGroup is the action that the product exists for.
var RevokeSecurityGroup = rpc.Define(rpc.Spec{
	Name:     "RevokeSecurityGroup",
	Summary:  "Deletes inbound rules of a security group.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0&SourceGroupId=sg-F876FF7BA&SourceGroupOwnerAccount=test@aliyun.com&IpProtocol=tcp&PortRange=1/65535&Priority=1",
	Failures: revokeSecurityGroupFailures,
}, (*Caller).revokeSecurityGroup)

// RevokeSecurityGroupRequest names the rule to delete by all that identifies it.
type RevokeSecurityGroupRequest struct {
	Region string
	Group  secgroup.GroupID
	Rules  []rule
	Token  clientToken
}

// Params declares the parameters.
func (r *RevokeSecurityGroupRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the group.").Require().Example("cn-hangzhou")
	p.Var(&r.Group, "SecurityGroupId", "The group that loses the rule.").Blank(secgroup.ErrGroupID).Require().Example("sg-securitygroupid1")
	param.OneForm(p, param.Flat(&r.Rules, (*rule).ingress))
	p.Var(&r.Token, "ClientToken", tokenText).Example(tokenExample)
}

func (c *Caller) revokeSecurityGroup(_ context.Context, r *RevokeSecurityGroupRequest) (*Done, error) {
	return &Done{}, c.update(r.Group, func(rm *store.Realm, g *secgroup.Group) error {
		return c.revoke(rm, g, r.Rules)
	})
}

// revoke deletes rules that are given by what identifies them, all or none.
func (c *Caller) revoke(rm *store.Realm, g *secgroup.Group, rules []rule) error {
	doomed := make([]*secgroup.Rule, len(rules))
	for i := range rules {
		_, unknown := c.settle(rm, g, &rules[i])
		key := rules[i].Key()
		doomed[i] = g.Find(key)
		switch {
		case doomed[i] != nil:
		case unknown != nil:
			return unknown
		default:
			return miss(g, key)
		}
	}
	for _, r := range doomed {
		rm.RemoveRule(g, r)
	}
	return nil
}

// miss tells why no rule has the key.
func miss(g *secgroup.Group, key secgroup.Key) error {
	if r := g.Find(key.OfNic(key.Nic().Other())); r != nil {
		return &nicMismatch{r.ID, r.Nic, key.Nic()}
	}
	return g.Miss(key)
}

// nicMismatch is a rule that is there, but for the other NIC type.
type nicMismatch struct {
	rule       string
	has, asked secgroup.Nic
}

func (m *nicMismatch) Error() string        { return secgroup.ErrNicMismatch.Error() }
func (m *nicMismatch) Is(target error) bool { return target == secgroup.ErrNicMismatch }
func (m *nicMismatch) Hint() string {
	return m.rule + " matches, but its NicType is " + m.has.String() + ", asked " + m.asked.String()
}
