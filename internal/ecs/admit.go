package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// What speaks against a rule that is new to a group.
var (
	errPeerNetwork    = errors.New("of the rule's two groups one is classic and one of a VPC")
	errPeerVPC        = errors.New("the rule's two groups are of different VPCs")
	errEnterprise     = errors.New("the rules of an enterprise group name no groups")
	errEnterprisePeer = errors.New("an enterprise group cannot be the other side of a rule")
	errGroupRuleQuota = errors.New("the group holds as many rules that name a group as it may")

	errPrefixListClassic = errors.New("the rules of a classic group name no prefix lists")
	errPrefixListFamily  = errors.New("the prefix list is of another address family than the rule's protocol or the block of its own side")
)

// admitted tells why the group cannot have the rule.
func (r *rule) admitted(g *secgroup.Group) error {
	if r.unknown != nil {
		return r.unknown
	}
	if r.list != nil && g.Classic() {
		return errPrefixListClassic
	}
	if err := r.suited(g); err != nil {
		return err
	}
	switch peer := r.peer; {
	case peer == nil:
		return nil
	case peer.Classic() != g.Classic():
		return errPeerNetwork
	case peer.VPC != g.VPC:
		return errPeerVPC
	case g.Type == secgroup.Enterprise:
		return errEnterprise
	case peer.Type == secgroup.Enterprise:
		return errEnterprisePeer
	}
	return nil
}

// suited tells why the group, or the prefix list on the other side, does not suit
// the rule's protocol and blocks.
func (r *rule) suited(g *secgroup.Group) error {
	if err := g.CheckRule(&r.Rule); err != nil {
		return err
	}
	if r.list != nil && !r.FitsFamily(r.list.Family) {
		return errPrefixListFamily
	}
	return nil
}
