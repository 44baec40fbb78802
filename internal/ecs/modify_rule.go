package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// What speaks against the change of a rule.
var (
	errNoChange   = errors.New("the request changes nothing: beside SecurityGroupRuleId give what should change")
	errPeerKind   = errors.New("a rule keeps the kind of its other side: an IPv4 block, an IPv6 block, a group or a prefix list")
	errNicChange  = errors.New("a rule keeps its NIC type")
	errSameAsRule = errors.New("the group has a rule already that is what this one would become")
)

// modifyRequest is what the requests to change a rule have in common: the id of
// the rule and what should change, or all that identifies the rule and a
// description, which is all that can be changed so.
type modifyRequest struct {
	Region string
	Group  secgroup.GroupID
	ID     string
	Rules  []rule
	Ports  portRangeList
	Token  clientToken
}

func (r *modifyRequest) params(p *param.Set, element func(*rule, *param.Set)) {
	p.String(&r.Region, "RegionId", "Region of the group.").Require().Example("cn-hangzhou")
	p.Var(&r.Group, "SecurityGroupId", "The group that the rule is of.").Blank(secgroup.ErrGroupID).Require().Example("sg-bp67acfmxazb4p****")
	p.String(&r.ID, "SecurityGroupRuleId", "Id of the rule. With it, whatever else is given is changed; without it, the rule is found by what identifies it, and its description is changed.").Example("sgr-bp67acfmxazb4p****")
	p.Partial(r.ID != "" || p.Describing())
	param.OneForm(p, param.Flat(&r.Rules, element))
	p.Partial(false)
	p.Ignoring(len(r.Rules) > 0 && r.Rules[0].Ports.IsSet(), "PortRange takes precedence")
	p.Var(&r.Ports, "PortRangeListId", "Port range list in place of PortRange. The mock has none, so it knows no id.").Example("prl-2ze9743****")
	p.Ignoring(false, "")
	p.Var(&r.Token, "ClientToken", tokenText).Example(tokenExample)
}

func (c *Caller) modify(r *modifyRequest) (*Done, error) {
	return &Done{}, c.update(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		if r.ID == "" {
			return c.describeAnew(ns, g, r.Rules)
		}
		return c.change(ns, g, r.ID, &r.Rules[0])
	})
}

// describeAnew changes the description of a rule that is found by what identifies
// it. A description that is not given stays.
func (c *Caller) describeAnew(ns *store.Namespace, g *secgroup.Group, rules []rule) error {
	if err := c.settle(ns, g, rules); err != nil {
		return err
	}
	found, err := c.find(ns, g, &rules[0])
	if err != nil {
		return err
	}
	ns.ChangeRule(g, found, found.With(&secgroup.Rule{Description: rules[0].Description}))
	return nil
}

// change changes whatever is given of the rule with an id.
func (c *Caller) change(ns *store.Namespace, g *secgroup.Group, id string, asked *rule) error {
	found := g.Rule(id)
	switch {
	case found == nil || found.Direction != asked.Direction:
		return c.unknownRule(ns, g, id)
	case asked.Rule == (secgroup.Rule{Direction: asked.Direction}):
		return errNoChange
	case asked.PeerKind() != secgroup.NoPeer && asked.PeerKind() != found.PeerKind():
		return errPeerKind
	case asked.Peer.Group != "" && asked.Nic == secgroup.Internet:
		return secgroup.ErrGroupOnInternet
	case asked.Nic != 0 && asked.Nic != found.Nic && g.Classic():
		return errNicChange
	}
	changed := rule{Rule: found.With(&asked.Rule), ownerAccount: found.Peer.Owner}
	if asked.Peer.Group != "" { // an owner alone names no group
		changed.ownerID, changed.ownerAccount = asked.ownerID, asked.ownerAccount
	}
	if err := changed.Check(g.ID, false); err != nil {
		return err
	}
	c.settleOne(ns, g, &changed)
	if err := changed.changeable(g, asked.PeerKind() != secgroup.NoPeer); err != nil {
		return err
	}
	if has := g.Find(changed.key); has != nil && has != found {
		return &duplicate{has.ID}
	}
	ns.ChangeRule(g, found, changed.Rule)
	return nil
}

// changeable tells why a rule cannot become this one. What is on the other side
// counts only where that was asked for: it may have gone since.
func (r *rule) changeable(g *secgroup.Group, asked bool) error {
	if err := r.suited(g); err != nil || !asked {
		return err
	}
	switch err := r.admitted(g); err {
	case errPrefixListClassic, errEnterprise: // only a state has such a rule
		return errPeerKind
	default:
		return err
	}
}
