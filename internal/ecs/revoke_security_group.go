package ecs

import (
	"context"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// RevokeSecurityGroup is the action that the product exists for.
var RevokeSecurityGroup = rpc.Define(rpc.Spec{
	Name:     "RevokeSecurityGroup",
	Summary:  "Deletes inbound rules of a security group.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0&SourceGroupId=sg-F876FF7BA&SourceGroupOwnerAccount=test@aliyun.com&IpProtocol=tcp&PortRange=1/65535&Priority=1",
	Unmade:   unmade("RevokeSecurityGroup"),
	Failures: revokeSecurityGroupFailures,
}, (*Caller).revokeSecurityGroup)

// RevokeSecurityGroupRequest names the rules to delete, by id or by all that
// identifies them.
type RevokeSecurityGroupRequest struct{ rulesRequest }

// Params declares the parameters.
func (r *RevokeSecurityGroupRequest) Params(p *param.Set) {
	r.params(p, r.byID(), r.permissions((*rule).ingress), r.flat((*rule).ingress))
}

func (c *Caller) revokeSecurityGroup(_ context.Context, r *RevokeSecurityGroupRequest) (*Done, error) {
	return c.revoke(&r.rulesRequest, secgroup.Ingress)
}
