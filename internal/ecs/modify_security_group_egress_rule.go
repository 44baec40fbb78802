package ecs

import (
	"context"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// ModifySecurityGroupEgressRule changes an outbound rule.
var ModifySecurityGroupEgressRule = rpc.Define(rpc.Spec{
	Name:     "ModifySecurityGroupEgressRule",
	Summary:  "Changes an outbound rule: by its id, anything of it; by what identifies it, its description.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=all&PortRange=-1/-1&DestCidrIp=0.0.0.0/0&Description=out",
	Unmade:   unmade("ModifySecurityGroupEgressRule"),
	Failures: modifySecurityGroupEgressRuleFailures,
}, (*Caller).modifySecurityGroupEgressRule)

// ModifySecurityGroupEgressRuleRequest is a rule and what should change.
type ModifySecurityGroupEgressRuleRequest struct{ modifyRequest }

// Params declares the parameters.
func (r *ModifySecurityGroupEgressRuleRequest) Params(p *param.Set) { r.params(p, (*rule).egress) }

func (c *Caller) modifySecurityGroupEgressRule(_ context.Context, r *ModifySecurityGroupEgressRuleRequest) (*Done, error) {
	return c.modify(&r.modifyRequest)
}
