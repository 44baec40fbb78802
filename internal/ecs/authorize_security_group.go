package ecs

import (
	"context"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// AuthorizeSecurityGroup is the counterpart of RevokeSecurityGroup.
var AuthorizeSecurityGroup = rpc.Define(rpc.Spec{
	Name:     "AuthorizeSecurityGroup",
	Summary:  "Adds inbound rules to a security group.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=443/443&SourceCidrIp=10.0.0.0/8",
	Unmade:   unmade("AuthorizeSecurityGroup"),
	Failures: authorizeSecurityGroupFailures,
}, (*Caller).authorizeSecurityGroup)

// AuthorizeSecurityGroupRequest is the rules to add.
type AuthorizeSecurityGroupRequest struct{ rulesRequest }

// Params declares the parameters.
func (r *AuthorizeSecurityGroupRequest) Params(p *param.Set) {
	r.params(p, r.permissions((*rule).ingress), r.flat((*rule).ingress))
}

func (c *Caller) authorizeSecurityGroup(_ context.Context, r *AuthorizeSecurityGroupRequest) (*Done, error) {
	return c.authorize(&r.rulesRequest)
}
