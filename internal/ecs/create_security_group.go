package ecs

import (
	"context"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// CreateSecurityGroup makes a group without rules.
var CreateSecurityGroup = rpc.Define(rpc.Spec{
	Name:     "CreateSecurityGroup",
	Summary:  "Creates a security group without rules.",
	Example:  "RegionId=cn-hangzhou&VpcId=vpc-1&SecurityGroupName=web&Description=for_demo",
	Unmade:   unmade("CreateSecurityGroup"),
	Failures: createSecurityGroupFailures,
}, (*Caller).createSecurityGroup)

// CreateSecurityGroupRequest is the group to create.
type CreateSecurityGroupRequest struct {
	Region         string
	Name           secgroup.GroupName
	Description    secgroup.GroupDescription
	VPC            vpcID
	Type           secgroup.GroupType
	ResourceGroup  resourceGroup
	ServiceManaged bool
	Tags           []tag
	Token          clientToken
}

// Params declares the parameters.
func (r *CreateSecurityGroupRequest) Params(p *param.Set) {
	p.String(&r.Region, "RegionId", "Region of the new group.").Require().Example("cn-hangzhou")
	p.Var(&r.Name, "SecurityGroupName", "Name, 2 to 128 letters, digits, colons, underscores, periods and hyphens; begins with a letter. It need not be unique.").Example("testSecurityGroupName")
	p.Var(&r.Description, "Description", "Description, 2 to 256 characters; does not begin with http:// or https://.").Example("testDescription")
	p.Var(&r.VPC, "VpcId", "VPC of the group. Without one it is a classic group. The mock takes every VPC to exist.").Example("vpc-bp1opxu1zkhn00gzv****")
	p.Var(&r.Type, "SecurityGroupType", "Type of the group; enterprise groups are of a VPC.").Default("normal").Example("normal")
	p.Var(&r.ResourceGroup, "ResourceGroupId", "Resource group. The mock takes every one to exist.").Example("rg-bp67acfmxazb4p****")
	p.Bool(&r.ServiceManaged, "ServiceManaged", "Whether a cloud service manages the group.").Example("false")
	param.List(p, param.Each(&r.Tags, "Tag", maxTags, (*tag).bindEither))
	p.Fail(repeatedKey(r.Tags))
	p.Var(&r.Token, "ClientToken", tokenText).Example(tokenExample)
}

// CreateSecurityGroupResponse tells the id of the new group.
type CreateSecurityGroupResponse struct{ ID string }

// Fields declares the answer.
func (a *CreateSecurityGroupResponse) Fields(w *wire.Writer) { w.Text("SecurityGroupId", a.ID) }

func (c *Caller) createSecurityGroup(_ context.Context, r *CreateSecurityGroupRequest) (*CreateSecurityGroupResponse, error) {
	g := &secgroup.Group{
		Name: r.Name, Description: r.Description, VPC: string(r.VPC), Type: r.Type,
		ResourceGroup: string(r.ResourceGroup), ServiceManaged: r.ServiceManaged, Tags: tagsOf(r.Tags),
	}
	g.SetDefaults()
	err := c.World.Update(c.Account, c.Region, func(ns *store.Namespace) error {
		if g.Type == secgroup.Enterprise && g.Classic() {
			return errEnterpriseClassic
		}
		if len(ns.Groups()) >= c.Limits.GroupsPerRegion {
			return errGroupQuota
		}
		g.ID, g.Created = ns.NewID("sg-"), ns.Now()
		ns.AddGroup(g)
		ns.Hide(g.ID, c.Hide)
		return nil
	})
	return &CreateSecurityGroupResponse{g.ID}, err
}

// vpcID is the id of a VPC.
type vpcID string

// Set reads an id that begins as the ids of VPCs do.
func (v *vpcID) Set(text string) error {
	if !strings.HasPrefix(text, "vpc-") {
		return errVPC
	}
	*v = vpcID(strings.Clone(text)) // the group keeps it
	return nil
}
