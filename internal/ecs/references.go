package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

const (
	maxReferenced  = 10  // groups in a request
	maxReferencing = 100 // groups in the answer for each of them

	groupIDList = "The specified parameter SecurityGroupId is essential and size should less than 10"
)

var errNoGroups = errors.New("give one to ten groups: SecurityGroupId.1 to SecurityGroupId.10")

// DescribeSecurityGroupReferences lists the groups whose rules name a group.
var DescribeSecurityGroupReferences = define(rpc.Spec{
	Name:    "DescribeSecurityGroupReferences",
	Summary: "Lists the security groups whose rules name the given groups.",
	Example: "RegionId=cn-hangzhou&SecurityGroupId.1=sg-F876FF7BA",
	Failures: []*rpc.Failure{
		{On: errNoGroups, Status: 400, Code: "InvalidSecurityGroupId.Malformed", Message: groupIDList,
			When: "No group is given.", Try: "-SecurityGroupId.1"},
		{On: param.ErrIndex, Status: 400, Code: "InvalidSecurityGroupId.Malformed", Message: groupIDList,
			When: "More than ten groups are given.", Try: "SecurityGroupId.11=sg-web"},
		{On: store.ErrGroup, Status: 404, Code: "InvalidSecurityGroupId.NotFound", Message: "The SecurityGroupId provided does not exist in our records.",
			When: "The account has no such group in the region.", Try: "SecurityGroupId.1=sg-nowhere"},
		unknownRegion.To(rpc.Edition2020),
		{On: store.ErrRegion, Since: rpc.Edition2025, Status: 404, Code: "InvalidRegionId.NotFound", Message: "The RegionId provided does not exist in our records.",
			When: "The region does not exist.", Try: "RegionId=cn-atlantis"},
	},
}, (*Caller).describeReferences)

// DescribeSecurityGroupReferencesRequest is the groups that rules may name.
type DescribeSecurityGroupReferencesRequest struct {
	regional
	Groups []groupElement
}

// groupElement is an element of SecurityGroupId.
type groupElement string

func (e *groupElement) bind(p *param.Set) {
	p.String((*string)(e), "", "Groups that rules may name.").Example("sg-bp67acfmxazb4ph****")
}

// Params declares the parameters.
func (r *DescribeSecurityGroupReferencesRequest) Params(p *param.Set) {
	r.region(p, "Region of the groups.")
	param.NeedList(p, errNoGroups, &r.Groups, "SecurityGroupId", maxReferenced, (*groupElement).bind)
}

// DescribeSecurityGroupReferencesResponse is those of the groups that rules name.
type DescribeSecurityGroupReferencesResponse struct{ References []reference }

type reference struct {
	id string
	by []referrer
}

type referrer struct{ id, account string }

// Fields declares the answer.
func (a *DescribeSecurityGroupReferencesResponse) Fields(w *wire.Writer) {
	wire.List(w, "SecurityGroupReferences", "SecurityGroupReference", a.References, (*reference).fields)
}

func (r *reference) fields(w *wire.Writer) {
	w.Text("SecurityGroupId", r.id)
	wire.List(w, "ReferencingSecurityGroups", "ReferencingSecurityGroup", r.by, (*referrer).fields)
}

func (r *referrer) fields(w *wire.Writer) {
	w.Text("SecurityGroupId", r.id)
	w.Text("AliUid", r.account)
}

func (c *Caller) describeReferences(r *DescribeSecurityGroupReferencesRequest) (*DescribeSecurityGroupReferencesResponse, error) {
	a := &DescribeSecurityGroupReferencesResponse{}
	return a, c.View(func(ns *store.Namespace) error {
		for _, id := range r.Groups {
			g, err := ns.Group(string(id))
			if err != nil {
				return err
			}
			if by := referrers(ns, g); len(by) > 0 {
				a.References = append(a.References, reference{g.ID, by})
			}
		}
		return nil
	})
}

func referrers(ns *store.Namespace, g *secgroup.Group) []referrer {
	var list []referrer
	for _, by := range ns.Referrers(g.Account, g.ID) {
		if len(list) == maxReferencing {
			break
		}
		list = append(list, referrer{by.ID, by.Account})
	}
	return list
}
