package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

var (
	errTwice   = errors.New("the request has the same rule twice")
	errRuleID  = errors.New("the group has no rule with this id in this direction")
	errIDTwice = errors.New("the request has the same id twice")
)

// maxRules is how many rules a request may give, by id or as permissions.
const maxRules = 100

// rulesRequest is what the requests to add or delete rules have in common.
type rulesRequest struct {
	Region string
	Group  secgroup.GroupID
	IDs    []ruleID
	Rules  []rule
	Token  clientToken

	only [1]rule // where Rules begins: most calls have one
}

// ruleID is an element of SecurityGroupRuleId.
type ruleID string

func (id *ruleID) bind(p *param.Set) {
	p.String((*string)(id), "", "Ids of the rules; the only way that needs nothing else.").Example("sgr-bp67acfmxazb4p****")
}

// params declares the parameters: a group, and rules in one of the forms.
func (r *rulesRequest) params(p *param.Set, forms ...param.Form) {
	p.String(&r.Region, "RegionId", "Region of the group.").Require().Example("cn-hangzhou")
	p.Var(&r.Group, "SecurityGroupId", "The group that the rules are of.").Blank(secgroup.ErrGroupID).Require().Example("sg-securitygroupid1")
	r.Rules = r.only[:0]
	param.OneForm(p, forms...)
	p.Var(&r.Token, "ClientToken", tokenText).Example(tokenExample)
}

// byID is the form SecurityGroupRuleId.N.
func (r *rulesRequest) byID() param.Form {
	return param.Each(&r.IDs, "SecurityGroupRuleId", maxRules, (*ruleID).bind)
}

// permissions is the form Permissions.N.
func (r *rulesRequest) permissions(element func(*rule, *param.Set)) param.Form {
	return param.Each(&r.Rules, "Permissions", maxRules, element)
}

// flat is the form in which the parameters of one rule are the request's own.
func (r *rulesRequest) flat(element func(*rule, *param.Set)) param.Form {
	return param.Flat(&r.Rules, element)
}

// revoke deletes rules, all or none.
func (c *Caller) revoke(r *rulesRequest, d secgroup.Direction) (*Done, error) {
	return &Done{}, c.update(r.Group, func(ns *store.Namespace, g *secgroup.Group) error {
		doomed, err := c.doomed(ns, g, r, d)
		if err != nil {
			return err
		}
		c.Call.Number = &ns.Revoke(g, doomed, c.Call.Received).Number
		return nil
	})
}

// doomed finds the rules that a request is to delete. Nothing is deleted unless
// each of them is there.
func (c *Caller) doomed(ns *store.Namespace, g *secgroup.Group, r *rulesRequest, d secgroup.Direction) ([]*secgroup.Rule, error) {
	found := make([]*secgroup.Rule, 0, len(r.IDs)+len(r.Rules))
	for _, id := range r.IDs {
		rule := g.Rule(string(id))
		if rule == nil || rule.Direction != d {
			return nil, c.unknownRule(ns, g, string(id))
		}
		if slices.Contains(found, rule) {
			return nil, errIDTwice
		}
		found = append(found, rule)
	}
	if err := c.settle(ns, g, r.Rules); err != nil {
		return nil, err
	}
	for i := range r.Rules {
		rule, err := c.find(ns, g, &r.Rules[i])
		if err != nil {
			return nil, err
		}
		found = append(found, rule)
	}
	return found, nil
}

func (c *Caller) unknownRule(ns *store.Namespace, g *secgroup.Group, id string) error {
	unknown := &unknownRule{id, g.ID}
	if by := ns.RevokedID(g, id); by != nil {
		return &revoked{unknown, id, by, c.Call.Received}
	}
	return unknown
}

// unknownRule is the id of a rule that is not there.
type unknownRule struct{ id, group string }

func (u *unknownRule) Error() string        { return errRuleID.Error() }
func (u *unknownRule) Is(target error) bool { return target == errRuleID }
func (u *unknownRule) Hint() string         { return u.group + " has no rule " + u.id + " in this direction" }
