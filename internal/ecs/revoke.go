package ecs

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// RevokeSecurityGroup deletes inbound rules.
var RevokeSecurityGroup = define(rpc.Spec{
	Name:     "RevokeSecurityGroup",
	Summary:  "Deletes inbound rules of a security group.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=C0003E8B-B930-4F59-ADC0-0E209A9012B0&SourceGroupId=sg-F876FF7BA&SourceGroupOwnerAccount=test@aliyun.com&IpProtocol=tcp&PortRange=1/65535&Priority=1",
	Failures: revokeFailures,
}, (*Caller).revokeIngress)

// RevokeSecurityGroupRequest names the rules to delete, by id or by their fields.
type RevokeSecurityGroupRequest struct{ rulesRequest }

// Params declares the parameters.
func (r *RevokeSecurityGroupRequest) Params(p *param.Set) {
	r.params(p, r.byID(), r.permissions((*rule).ingress), r.flat((*rule).flatIngress))
}

func (c *Caller) revokeIngress(r *RevokeSecurityGroupRequest) (*Done, error) {
	return c.revoke(&r.rulesRequest, secgroup.Ingress)
}

// RevokeSecurityGroupEgress deletes outbound rules.
var RevokeSecurityGroupEgress = define(rpc.Spec{
	Name:     "RevokeSecurityGroupEgress",
	Summary:  "Deletes outbound rules of a security group.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=all&PortRange=-1/-1&DestCidrIp=0.0.0.0/0",
	Failures: revokeEgressFailures,
}, (*Caller).revokeEgress)

// RevokeSecurityGroupEgressRequest names the rules to delete, by id or by their fields.
type RevokeSecurityGroupEgressRequest struct{ rulesRequest }

// Params declares the parameters.
func (r *RevokeSecurityGroupEgressRequest) Params(p *param.Set) {
	r.params(p, r.byID(), r.permissions((*rule).egress), r.flat((*rule).flatEgress))
}

func (c *Caller) revokeEgress(r *RevokeSecurityGroupEgressRequest) (*Done, error) {
	return c.revoke(&r.rulesRequest, secgroup.Egress)
}

// revoke deletes the rules of a request, all or none.
func (c *Caller) revoke(r *rulesRequest, d secgroup.Direction) (*Done, error) {
	return &Done{}, c.updateUnmanaged(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		found, err := c.findAll(ns, g, r, d)
		if err != nil {
			return err
		}
		c.Call.Number = &ns.Revoke(g, found, c.Call.Received).Number
		return nil
	})
}

// findAll returns the rules that a request names, or the error of the first that the
// group does not have. Where the edition forgives that, the rules that it has are
// returned, unless it has none.
func (c *Caller) findAll(ns *store.Namespace, g *secgroup.Group, r *rulesRequest, d secgroup.Direction) ([]*secgroup.Rule, error) {
	found := make([]*secgroup.Rule, 0, len(r.IDs)+len(r.Rules))
	for _, id := range r.IDs {
		rule := g.Rule(string(id))
		if rule == nil || rule.Direction != d {
			return nil, c.noRuleWithID(ns, g, string(id))
		}
		if slices.Contains(found, rule) {
			return nil, errIDTwice
		}
		found = append(found, rule)
	}
	if err := c.resolveAll(ns, g, r.Rules); err != nil {
		return nil, err
	}
	var missed []error
	for i := range r.Rules {
		rule, err := c.find(ns, g, &r.Rules[i])
		switch {
		case err == nil:
			found = append(found, rule)
		case len(r.Rules) > 1 && c.forgives(err):
			missed = append(missed, fmt.Errorf("%s was not found: %s", r.Rules[i].element, rpc.Explain(err)))
		default:
			return nil, err
		}
	}
	if missed != nil {
		c.Call.Note(fmt.Sprintf("%d of %d rules were deleted", len(found), len(r.Rules)))
	}
	for _, err := range missed {
		c.Call.Note(err.Error())
	}
	return found, nil
}

// find returns the group's rule that is the same as r. A rule can be found even if the
// group or the lists that it names no longer exist. In 2020 it may have been added without
// the host bits of r.
func (c *Caller) find(ns *store.Namespace, g *secgroup.Group, r *rule) (*secgroup.Rule, error) {
	if found := g.Find(r.key); found != nil {
		return found, nil
	}
	if c.Edition == rpc.Edition2020 {
		if found := g.Find(r.key.WithoutHostBits6()); found != nil {
			return found, nil
		}
	}
	err := r.unknown
	switch {
	case err != nil:
	case r.noPorts:
		err = errPortRangeList
	default:
		err = miss(g, r)
	}
	if id, by := ns.RevokedKey(g, r.key); by != nil {
		err = &revoked{err, id, by, c.Call.Received}
	}
	return nil, err
}

// miss returns the reason why the group does not have the rule.
func miss(g *secgroup.Group, r *rule) error {
	if same := g.Find(r.key.WithNic(r.key.Nic().Other())); same != nil {
		return &nicMismatch{same.ID, same.Nic, r.key.Nic()}
	}
	nearest := g.Miss(r.key)
	if err := r.checkNew(g); err != nil && !slices.Contains(ordinary, err) {
		return &impossible{err, nearest}
	}
	return nearest
}

// ordinary are the reasons why a group cannot have a rule that Revoke answers as it
// answers every rule that is not found: no document has a row for them.
var ordinary = []error{errPeerNetwork, errPrefixListFamily, errPortListClassic}

// An impossible rule is one that the group cannot have.
type impossible struct {
	error
	nearest *secgroup.Miss
}

func (i *impossible) Unwrap() error { return i.error }
func (i *impossible) Hint() string  { return i.error.Error() + "; " + i.nearest.Hint() }

// A nicMismatch is a rule that is the same but for its NIC type.
type nicMismatch struct {
	rule       string
	has, asked secgroup.Nic
}

func (m *nicMismatch) Error() string        { return secgroup.ErrNicMismatch.Error() }
func (m *nicMismatch) Is(target error) bool { return target == secgroup.ErrNicMismatch }
func (m *nicMismatch) Hint() string {
	return m.rule + " matches but for its NicType, which is " + m.has.String() + ", asked " + m.asked.String()
}

func (c *Caller) noRuleWithID(ns *store.Namespace, g *secgroup.Group, id string) error {
	err := &unknownRule{id, g.ID}
	if by := ns.RevokedID(g, id); by != nil {
		return &revoked{err, id, by, c.Call.Received}
	}
	return err
}

// An unknownRule is the id of a rule that the group does not have.
type unknownRule struct{ id, group string }

func (u *unknownRule) Error() string        { return errRuleID.Error() }
func (u *unknownRule) Is(target error) bool { return target == errRuleID }
func (u *unknownRule) Hint() string         { return u.group + " has no rule " + u.id + " in this direction" }

// revoked is an error about a rule that an earlier call revoked.
type revoked struct {
	error
	rule string
	by   *store.Revocation
	now  time.Time
}

func (r *revoked) Unwrap() error { return r.error }

// Hint names the time and the call, and where the rule was given by its fields, the
// nearest rule that is left.
func (r *revoked) Hint() string {
	layout := time.TimeOnly
	if r.by.At.UTC().Truncate(24*time.Hour) != r.now.UTC().Truncate(24*time.Hour) {
		layout = time.DateTime
	}
	call := "a call that has not finished"
	if n := r.by.Number.Load(); n != 0 {
		call = "call number " + strconv.FormatInt(n, 10)
	}
	hint := r.rule + " was revoked at " + r.by.At.UTC().Format(layout) + " by " + call
	switch m := (*secgroup.Miss)(nil); {
	case errors.As(r.error, &m) && m.Nearest == "":
		return hint
	case errors.Is(r.error, errRuleID):
		return hint
	}
	return hint + "; " + rpc.Explain(r.error)
}
