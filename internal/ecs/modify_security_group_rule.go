package ecs

import (
	"context"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// ModifySecurityGroupRule changes an inbound rule.
var ModifySecurityGroupRule = rpc.Define(rpc.Spec{
	Name:     "ModifySecurityGroupRule",
	Summary:  "Changes an inbound rule: by its id, anything of it; by what identifies it, its description.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=80/80&SourceCidrIp=0.0.0.0/0&Description=http",
	Unmade:   unmade("ModifySecurityGroupRule"),
	Failures: modifySecurityGroupRuleFailures,
}, (*Caller).modifySecurityGroupRule)

// ModifySecurityGroupRuleRequest is a rule and what should change.
type ModifySecurityGroupRuleRequest struct{ modifyRequest }

// Params declares the parameters.
func (r *ModifySecurityGroupRuleRequest) Params(p *param.Set) { r.params(p, (*rule).ingress) }

func (c *Caller) modifySecurityGroupRule(_ context.Context, r *ModifySecurityGroupRuleRequest) (*Done, error) {
	return c.modify(&r.modifyRequest)
}
