package ecs

import (
	"context"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// AuthorizeSecurityGroupEgress is the counterpart of RevokeSecurityGroupEgress.
var AuthorizeSecurityGroupEgress = rpc.Define(rpc.Spec{
	Name:     "AuthorizeSecurityGroupEgress",
	Summary:  "Adds outbound rules to a security group.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=443/443&DestCidrIp=10.0.0.0/8",
	Unmade:   unmade("AuthorizeSecurityGroupEgress"),
	Failures: authorizeSecurityGroupEgressFailures,
}, (*Caller).authorizeSecurityGroupEgress)

// AuthorizeSecurityGroupEgressRequest is the rules to add.
type AuthorizeSecurityGroupEgressRequest struct{ rulesRequest }

// Params declares the parameters.
func (r *AuthorizeSecurityGroupEgressRequest) Params(p *param.Set) {
	r.params(p, r.permissions((*rule).egress), r.flat((*rule).egress))
}

func (c *Caller) authorizeSecurityGroupEgress(_ context.Context, r *AuthorizeSecurityGroupEgressRequest) (*Done, error) {
	return c.authorize(&r.rulesRequest)
}
