package ecs

import (
	"context"
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

var errFixedAccess = errors.New("the members of an enterprise group never reach each other by being in it")

// ModifySecurityGroupPolicy changes whether the members of a group reach each other.
var ModifySecurityGroupPolicy = rpc.Define(rpc.Spec{
	Name:    "ModifySecurityGroupPolicy",
	Summary: "Changes whether the members of a security group reach each other.",
	Example: "RegionId=cn-hangzhou&SecurityGroupId=sg-web&InnerAccessPolicy=Drop",
	Failures: slices.Concat([]rpc.Failure{
		{On: secgroup.ErrPolicy, Status: 400, Code: "InvalidPolicy.Malformed", Message: "The Policy is invalid. Only 'Accept' and 'Drop' are supported. Ignore case.",
			When: "InnerAccessPolicy is missing, or neither Accept nor Drop.", Try: "InnerAccessPolicy=allow"},
		{On: secgroup.ErrGroupID, Status: 400, Code: "InvalidSecurityGroupId.Malformed", Message: "The SecurityGroupId is invalid. Only letters, numbers and underscores are supported. Maximum length is 100 characters.",
			When: "The id is blank, or neither sg- and 1 to 61 letters, digits, - and _ nor a GUID.", Try: "SecurityGroupId=web"},
		{On: errFixedAccess, Status: 404, Code: "InvalidParameter.InnerAccessPolicy", Message: "The InnerAccessPolicy attribute of enterprise level security group can't be modified.",
			When: "The group is an enterprise group.", Try: "SecurityGroupId=sg-enterprise"},
	}, groupFailures[:1], regionFailures, tokenTry("InnerAccessPolicy=Accept")),
}, (*Caller).modifySecurityGroupPolicy)

// ModifySecurityGroupPolicyRequest is the group and its new inside access.
type ModifySecurityGroupPolicyRequest struct {
	Region string
	Group  secgroup.GroupID
	Access innerAccess
	Token  clientToken
}

// Params declares the parameters.
func (r *ModifySecurityGroupPolicyRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the group.").Require().Example("cn-hangzhou")
	p.Var(&r.Group, "SecurityGroupId", "The group.").Blank(secgroup.ErrGroupID).Require().Example("sg-bp67acfmxazb4ph****")
	p.Var(&r.Access, "InnerAccessPolicy", "Accept lets the members of the group reach each other, Drop does not. In any case.").Else(secgroup.ErrPolicy).Example("Drop")
	p.Var(&r.Token, "ClientToken", tokenText).Example(tokenExample)
}

func (c *Caller) modifySecurityGroupPolicy(_ context.Context, r *ModifySecurityGroupPolicyRequest) (*Done, error) {
	return &Done{}, c.update(r.Group, func(_ *store.Namespace, g *secgroup.Group) error {
		if g.Type == secgroup.Enterprise {
			return errFixedAccess
		}
		g.InnerAccess = r.Access.Policy
		return nil
	})
}

// innerAccess is a policy that its document writes with a capital.
type innerAccess struct{ secgroup.Policy }

// Values are the document's valid values.
func (*innerAccess) Values() []string { return []string{"Accept", "Drop"} }

// Strictly refuses nothing: "Ignore case", the error text says.
func (*innerAccess) Strictly(string) error { return nil }
