package ecs

import (
	"context"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// RevokeSecurityGroupEgress is RevokeSecurityGroup for the other direction.
var RevokeSecurityGroupEgress = rpc.Define(rpc.Spec{
	Name:     "RevokeSecurityGroupEgress",
	Summary:  "Deletes outbound rules of a security group.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=all&PortRange=-1/-1&DestCidrIp=0.0.0.0/0",
	Unmade:   unmade("RevokeSecurityGroupEgress"),
	Failures: revokeSecurityGroupEgressFailures,
}, (*Caller).revokeSecurityGroupEgress)

// RevokeSecurityGroupEgressRequest names the rules to delete, by id or by all that
// identifies them.
type RevokeSecurityGroupEgressRequest struct{ rulesRequest }

// Params declares the parameters.
func (r *RevokeSecurityGroupEgressRequest) Params(p *param.Set) {
	r.params(p, r.byID(), r.permissions((*rule).egress), r.flat((*rule).egress))
}

func (c *Caller) revokeSecurityGroupEgress(_ context.Context, r *RevokeSecurityGroupEgressRequest) (*Done, error) {
	return c.revoke(&r.rulesRequest, secgroup.Egress)
}
