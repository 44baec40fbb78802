package ecs

import (
	"strings"
	"unicode/utf8"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// CreateSecurityGroup creates a group.
var CreateSecurityGroup = define(rpc.Spec{
	Name:     "CreateSecurityGroup",
	Summary:  "Creates a security group without rules.",
	Example:  "RegionId=cn-hangzhou&VpcId=vpc-1&SecurityGroupName=web&Description=for_demo",
	Failures: createGroupFailures,
}, (*Caller).createGroup)

// CreateSecurityGroupRequest is the group to create.
type CreateSecurityGroupRequest struct {
	regional
	Name           secgroup.GroupName
	Description    secgroup.GroupDescription
	VPC            vpcID
	Type           secgroup.GroupType
	ResourceGroup  resourceGroup
	ServiceManaged bool
	Tags           []tag
	idempotent
}

// Params declares the parameters.
func (r *CreateSecurityGroupRequest) Params(p *param.Set) {
	r.region(p, "Region of the new group.")
	p.Var(&r.Name, "SecurityGroupName", "Name: letters, digits, colons, underscores, periods and hyphens, a letter first. Several groups may have the same name.").Example("testSecurityGroupName")
	p.Var(&r.Description, "Description", "Description. It does not begin with http:// or https://.").Example("testDescription")
	p.Var(&r.VPC, "VpcId", "VPC of the group. Without it the group is in the classic network, from edition 2025 on in the account's default VPC of the region. The option -vpcs says which VPCs exist.").Example("vpc-bp1opxu1zkhn00gzv****")
	p.Var(&r.Type, "SecurityGroupType", "Type of the group. An enterprise group is in a VPC.").Default("normal").Example("normal")
	p.Var(&r.ResourceGroup, "ResourceGroupId", "Resource group. The option -vpcs says which exist.").Example("rg-bp67acfmxazb4p****")
	p.Bool(&r.ServiceManaged, "ServiceManaged", "Whether a cloud service manages the group.").Example("false")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).BindEither)
	p.Fail(product.CheckRepeatedKey(r.Tags))
	r.token(p)
}

// CreateSecurityGroupResponse has the id of the new group.
type CreateSecurityGroupResponse struct{ ID string }

// Fields declares the answer.
func (a *CreateSecurityGroupResponse) Fields(w *wire.Writer) { w.Text("SecurityGroupId", a.ID) }

func (c *Caller) createGroup(r *CreateSecurityGroupRequest) (*CreateSecurityGroupResponse, error) {
	g := &secgroup.Group{
		Name: r.Name, Description: r.Description, VPC: string(r.VPC), Type: r.Type,
		ResourceGroup: string(r.ResourceGroup), ServiceManaged: r.ServiceManaged, Tags: product.TagsOf(r.Tags),
	}
	g.SetDefaults()
	err := c.Update(func(ns *store.Namespace) error {
		inDefault := g.Classic() && c.Edition >= rpc.Edition2025
		if inDefault {
			g.VPC = ns.DefaultVPC()
		} else if err := c.checkPlace(ns, g); err != nil {
			return err
		}
		if n := len(ns.Groups()); n >= c.Limits.GroupsPerRegion {
			return product.Quota(errGroupQuota, "the account", n, c.Limits.GroupsPerRegion, "groups in "+c.Region)
		}
		if err := product.CheckResourceGroup((*product.Caller)(c), ns, r.ResourceGroup); err != nil {
			return err
		}
		if inDefault {
			ns.NeedDefaultVPC()
		}
		g.ID, g.Created = ns.NewID("sg-"), ns.Now()
		ns.AddGroup(g)
		ns.Hide(g.ID, c.Hide)
		return nil
	})
	return &CreateSecurityGroupResponse{g.ID}, err
}

// checkPlace returns an error if a group cannot be in its VPC, or in the classic network.
func (c *Caller) checkPlace(ns *store.Namespace, g *secgroup.Group) error {
	if g.Classic() {
		if g.Type == secgroup.Enterprise {
			return errEnterpriseClassic
		}
		return nil
	}
	_, err := product.FindVPC((*product.Caller)(c), ns, g.VPC)
	return err
}

// vpcID is the id of a VPC.
type vpcID string

// Set reads an id that begins with vpc-.
func (v *vpcID) Set(text string) error {
	if !strings.HasPrefix(text, "vpc-") || !utf8.ValidString(text) {
		return errVPCID
	}
	*v = vpcID(strings.Clone(text))
	return nil
}

// DeleteSecurityGroup deletes a group.
var DeleteSecurityGroup = define(rpc.Spec{
	Name:     "DeleteSecurityGroup",
	Summary:  "Deletes a security group and its rules.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-elsewhere",
	Failures: deleteGroupFailures,
}, (*Caller).deleteGroup)

// DeleteSecurityGroupRequest names the group to delete.
type DeleteSecurityGroupRequest struct {
	regional
	Group secgroup.GroupID
}

// Params declares the parameters.
func (r *DeleteSecurityGroupRequest) Params(p *param.Set) {
	r.region(p, "Region of the group.")
	p.Var(&r.Group, "SecurityGroupId", "Group to delete.").Blank(secgroup.ErrGroupID).Require().Example("sg-bp1fg655nh68xyz9****")
}

func (c *Caller) deleteGroup(r *DeleteSecurityGroupRequest) (*Done, error) {
	return &Done{}, c.updateUnmanaged(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		if members := ns.Members(g.ID); len(members) > 0 {
			return product.Hinted(errHasMembers, members[0].ID+" is in this group")
		}
		if by := ns.Referrers(c.Account, g.ID); len(by) > 0 {
			return product.Hinted(errReferenced, "a rule of "+by[0].ID+" names this group")
		}
		ns.DeleteGroup(g)
		return nil
	})
}

// ModifySecurityGroupAttribute changes the name and the description of a group.
var ModifySecurityGroupAttribute = define(rpc.Spec{
	Name:     "ModifySecurityGroupAttribute",
	Summary:  "Changes the name and the description of a security group.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&SecurityGroupName=front&Description=renamed",
	Failures: modifyGroupFailures,
}, (*Caller).modifyGroup)

// ModifySecurityGroupAttributeRequest is a group with its changes. A field that is
// absent does not change; a blank name does not either.
type ModifySecurityGroupAttributeRequest struct {
	regional
	Group       secgroup.GroupID
	Name        secgroup.GroupName
	Description secgroup.GroupDescription
	Clear       bool // Description is present and blank
}

// Params declares the parameters.
func (r *ModifySecurityGroupAttributeRequest) Params(p *param.Set) {
	r.region(p, "Region of the group.")
	p.Var(&r.Group, "SecurityGroupId", "Group to change.").Blank(secgroup.ErrGroupID).Require().Example("sg-bp67acfmxazb4p****")
	p.Var(&r.Name, "SecurityGroupName", "New name.").Example("SecurityGroupTestName")
	p.Var(&r.Description, "Description", "New description. A blank one removes the description.").NoteBlank(&r.Clear).Example("TestDescription")
}

func (c *Caller) modifyGroup(r *ModifySecurityGroupAttributeRequest) (*Done, error) {
	return &Done{}, c.updateUnmanaged(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		ns.Edit(g.ID)
		if r.Name != "" {
			g.Name = r.Name
		}
		if r.Description != "" || r.Clear {
			g.Description = r.Description
		}
		return nil
	})
}

// ModifySecurityGroupPolicy changes whether the members of a group reach each other.
var ModifySecurityGroupPolicy = define(rpc.Spec{
	Name:     "ModifySecurityGroupPolicy",
	Summary:  "Changes whether the members of a security group reach each other.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&InnerAccessPolicy=Drop",
	Failures: modifyPolicyFailures,
}, (*Caller).modifyPolicy)

// ModifySecurityGroupPolicyRequest is a group and its new inner access policy.
type ModifySecurityGroupPolicyRequest struct {
	regional
	Group  secgroup.GroupID
	Access innerAccess
	idempotent
}

// Params declares the parameters.
func (r *ModifySecurityGroupPolicyRequest) Params(p *param.Set) {
	r.region(p, "Region of the group.")
	p.Var(&r.Group, "SecurityGroupId", "Group to change.").Blank(secgroup.ErrGroupID).Require().Example("sg-bp67acfmxazb4ph****")
	p.Var(&r.Access, "InnerAccessPolicy", "Accept lets the members of the group reach each other, Drop does not. In any case.").Else(secgroup.ErrPolicy).Example("Drop")
	r.token(p)
}

func (c *Caller) modifyPolicy(r *ModifySecurityGroupPolicyRequest) (*Done, error) {
	return &Done{}, c.update(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		if err := c.checkManaged(g, rpc.Edition2025); err != nil {
			return err
		}
		if g.Type == secgroup.Enterprise {
			return errFixedAccess
		}
		ns.Edit(g.ID)
		g.InnerAccess = r.Access.Policy
		return nil
	})
}

// innerAccess is a policy whose document capitalises the values.
type innerAccess struct{ secgroup.Policy }

// Values returns the values of the document.
func (*innerAccess) Values() []string { return []string{"Accept", "Drop"} }

// Strictly accepts any case: the error text says "Ignore case".
func (*innerAccess) Strictly(string, int) error { return nil }
