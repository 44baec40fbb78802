package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// ModifySecurityGroupRule changes an inbound rule.
var ModifySecurityGroupRule = define(rpc.Spec{
	Name:     "ModifySecurityGroupRule",
	Summary:  "Changes an inbound rule. Given by its id, any field can change; given by its fields, the description.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=80/80&SourceCidrIp=0.0.0.0/0&Description=http",
	Failures: modifyRuleFailures,
}, (*Caller).modifyIngressRule)

// ModifySecurityGroupRuleRequest is a rule and its changes.
type ModifySecurityGroupRuleRequest struct{ modifyRequest }

// Params declares the parameters.
func (r *ModifySecurityGroupRuleRequest) Params(p *param.Set) { r.params(p, (*rule).ingress) }

func (c *Caller) modifyIngressRule(r *ModifySecurityGroupRuleRequest) (*Done, error) {
	return c.modify(&r.modifyRequest)
}

// ModifySecurityGroupEgressRule changes an outbound rule.
var ModifySecurityGroupEgressRule = define(rpc.Spec{
	Name:     "ModifySecurityGroupEgressRule",
	Summary:  "Changes an outbound rule. Given by its id, any field can change; given by its fields, the description.",
	Example:  "RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=all&PortRange=-1/-1&DestCidrIp=0.0.0.0/0&Description=out",
	Failures: modifyEgressRuleFailures,
}, (*Caller).modifyEgressRule)

// ModifySecurityGroupEgressRuleRequest is a rule and its changes.
type ModifySecurityGroupEgressRuleRequest struct{ modifyRequest }

// Params declares the parameters.
func (r *ModifySecurityGroupEgressRuleRequest) Params(p *param.Set) { r.params(p, (*rule).egress) }

func (c *Caller) modifyEgressRule(r *ModifySecurityGroupEgressRuleRequest) (*Done, error) {
	return c.modify(&r.modifyRequest)
}

// Reasons why a rule cannot be changed.
var (
	errNoChange   = errors.New("the request changes nothing: give a field to change beside SecurityGroupRuleId")
	errPeerKind   = errors.New("the source or destination of a rule stays of its kind: an IPv4 block, an IPv6 block, a group or a prefix list")
	errNicChange  = errors.New("the NIC type of a rule cannot change")
	errSameAsRule = errors.New("the group already has a rule like the changed one")
	errPortsKind  = errors.New("a rule with ports does not get a port range list, nor the other way round")
)

// modifyRequest is the common part of the requests that change a rule: the id of the
// rule and its new fields, or the fields that identify the rule and a new description.
type modifyRequest struct {
	regional
	Group secgroup.GroupID
	ID    string
	Rules []rule
	idempotent
}

func (r *modifyRequest) params(p *param.Set, element func(*rule, *param.Set)) {
	r.region(p, "Region of the group.")
	p.Var(&r.Group, "SecurityGroupId", "Group of the rule.").Blank(secgroup.ErrGroupID).Require().Example("sg-bp67acfmxazb4p****")
	p.String(&r.ID, "SecurityGroupRuleId", "Id of the rule. With it, every other field that is given changes. Without it, the fields identify the rule, and its description changes.").Example("sgr-bp67acfmxazb4p****")
	p.Partial(r.ID != "" || p.Describing())
	param.OneForm(p, param.Flat(&r.Rules, element))
	p.Partial(false)
	r.token(p)
}

func (c *Caller) modify(r *modifyRequest) (*Done, error) {
	return &Done{}, c.updateUnmanaged(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		if r.ID == "" {
			return c.changeDescription(ns, g, r.Rules)
		}
		c.clearHostBits(&r.Rules[0])
		return c.change(ns, g, r.ID, &r.Rules[0])
	})
}

// changeDescription sets the description of the rule that the fields identify. An absent
// description changes nothing, a blank one removes it.
func (c *Caller) changeDescription(ns *store.Namespace, g *secgroup.Group, rules []rule) error {
	if err := c.resolveAll(ns, g, rules); err != nil {
		return err
	}
	found, err := c.find(ns, g, &rules[0])
	if err != nil {
		return err
	}
	changed := found.With(&secgroup.Rule{Description: rules[0].Description})
	if rules[0].undescribed {
		changed.Description = ""
	}
	ns.ChangeRule(g, found, changed)
	return nil
}

// change sets the fields that are given on the rule with an id.
func (c *Caller) change(ns *store.Namespace, g *secgroup.Group, id string, asked *rule) error {
	found := g.Rule(id)
	if found == nil || found.Direction != asked.Direction {
		return c.noRuleWithID(ns, g, id)
	}
	if err := asked.checkFields(g, found); err != nil {
		return err
	}
	changed := rule{Rule: found.With(&asked.Rule), ownerAccount: found.Peer.Owner}
	if asked.undescribed {
		changed.Description = ""
	}
	if asked.Peer.Group != "" { // an owner without a group changes nothing
		changed.ownerID, changed.ownerAccount = asked.ownerID, asked.ownerAccount
	}
	if err := changed.Check(g.ID, false); err != nil {
		return err
	}
	if changed.sameEnds() && !c.forgives(errSameEnds) {
		return errSameEnds
	}
	c.resolve(ns, g, &changed)
	if !asked.PortList.IsSet() {
		changed.noPorts = false // an old list may no longer exist
	}
	if asked.Peer.Group == "" {
		changed.OwnerNamed = found.OwnerNamed && changed.Peer.Group != ""
	}
	if err := changed.checkChange(g, asked.PeerKind() != secgroup.NoPeer); err != nil {
		return err
	}
	if existing := g.Find(changed.key); existing != nil && existing != found {
		return &duplicate{existing.ID}
	}
	if more := cost(ns, &changed.Rule) - cost(ns, found); more > 0 && usedQuota(ns, g)+more > c.Limits.RulesPerGroup {
		return product.Quota(secgroup.ErrRuleQuota, g.ID, usedQuota(ns, g), c.Limits.RulesPerGroup, "rules")
	}
	ns.ChangeRule(g, found, changed.Rule)
	return nil
}

// checkFields returns the reason why the fields of r cannot be set on a rule, or nil.
func (r *rule) checkFields(g *secgroup.Group, found *secgroup.Rule) error {
	switch {
	case r.Rule == (secgroup.Rule{Direction: r.Direction}) && !r.undescribed:
		return errNoChange
	case r.PeerKind() != secgroup.NoPeer && r.PeerKind() != found.PeerKind():
		return errPeerKind
	case r.Ports.IsSet() && found.PortList.IsSet(), r.PortList.IsSet() && found.Ports.IsSet():
		return errPortsKind
	case r.Peer.Group != "" && r.Nic == secgroup.Internet:
		return secgroup.ErrGroupOnInternet
	case r.Nic != 0 && r.Nic != found.Nic && g.Classic():
		return errNicChange
	}
	return nil
}

// checkChange returns the reason why a rule cannot become r, or nil. The peer is only
// checked if it is new: an old one may no longer exist.
func (r *rule) checkChange(g *secgroup.Group, newPeer bool) error {
	if err := r.checkFamily(g); err != nil {
		return err
	}
	switch {
	case r.noPorts:
		return errPortRangeList
	case !newPeer:
		return nil
	}
	switch err := r.checkNew(g); err {
	case errPortListClassic:
		return errPortsKind
	case errPrefixListClassic, errEnterprise: // only a state file has such a rule
		return errPeerKind
	default:
		return err
	}
}

// A duplicate is a rule that is the same as the changed one.
type duplicate struct{ id string }

func (d *duplicate) Error() string        { return errSameAsRule.Error() }
func (d *duplicate) Is(target error) bool { return target == errSameAsRule }
func (d *duplicate) Hint() string         { return d.id + " is already like the changed rule" }
