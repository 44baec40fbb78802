package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

var (
	errTwice     = errors.New("the request has the same rule twice")
	errRuleID    = errors.New("the group has no rule with this id in this direction")
	errIDTwice   = errors.New("the request has the same id twice")
	errPeerGroup = errors.New("the source or destination group does not exist")
)

// maxRules is how many rules a request may give, by id or as Permissions.
const maxRules = 100

// rulesRequest is the common part of the requests that add or delete rules.
type rulesRequest struct {
	regional
	Group secgroup.GroupID
	IDs   []ruleID
	Rules []rule
	idempotent

	only [1]rule // the storage of Rules in most calls, which have one
}

// ruleID is an element of SecurityGroupRuleId.
type ruleID string

func (id *ruleID) bind(p *param.Set) {
	p.String((*string)(id), "", "Ids of the rules. No other field of a rule is needed beside its id.").Example("sgr-bp67acfmxazb4p****")
}

// params declares the parameters: a group, and rules in one of the forms.
func (r *rulesRequest) params(p *param.Set, forms ...param.Form) {
	r.region(p, "Region of the group.")
	p.Var(&r.Group, "SecurityGroupId", "Group of the rules.").Blank(secgroup.ErrGroupID).Require().Example("sg-securitygroupid1")
	r.Rules = r.only[:0]
	param.OneForm(p, forms...)
	r.token(p)
}

// byID is the form SecurityGroupRuleId.N.
func (r *rulesRequest) byID() param.Form {
	return param.Each(&r.IDs, "SecurityGroupRuleId", maxRules, (*ruleID).bind)
}

// permissions is the form Permissions.N.
func (r *rulesRequest) permissions(element func(*rule, *param.Set)) param.Form {
	return param.Each(&r.Rules, "Permissions", maxRules, element)
}

// flat is the form in which the fields of one rule are parameters of the request.
func (r *rulesRequest) flat(element func(*rule, *param.Set)) param.Form {
	return param.Flat(&r.Rules, element)
}

// resolved is what the world adds to a rule of a request.
type resolved struct {
	key     secgroup.Key
	peer    *secgroup.Group      // the peer group, or nil
	list    *secgroup.PrefixList // the peer prefix list, or nil
	unknown error                // not nil if the peer does not exist
	noPorts bool                 // the port range list does not exist

	nicGiven bool // the request has a NicType
}

// resolveAll resolves the rules of a request as rules of the group. It is an error if
// two of them are the same.
func (c *Caller) resolveAll(ns *store.Namespace, g *secgroup.Group, rules []rule) error {
	var seen map[secgroup.Key]bool
	if len(rules) > 1 {
		seen = make(map[secgroup.Key]bool, len(rules))
	}
	for i := range rules {
		r := &rules[i]
		c.resolve(ns, g, r)
		if seen == nil {
			continue
		}
		if seen[r.key] = true; len(seen) == i {
			return errTwice
		}
	}
	return nil
}

// resolve looks up what the rule names and sets the defaults that depend on the group.
func (c *Caller) resolve(ns *store.Namespace, g *secgroup.Group, r *rule) {
	if r.Nic == secgroup.Internet && !g.Classic() {
		c.Call.Note("NicType internet is taken as intranet: " + g.ID + " is in a VPC")
	}
	r.nicGiven = r.Nic != 0
	known := true
	if r.Peer.Group != "" {
		r.OwnerNamed = r.ownerID != "" || r.ownerAccount != ""
		r.Peer.Owner, known = c.owner(ns, r)
	}
	r.SetDefaults(g)
	r.key = r.Key()
	if r.PortList.IsSet() {
		if _, ok := ns.PortRangeList(r.PortList.String()); !ok {
			r.noPorts = true
		}
	}
	switch {
	case r.Peer.PrefixList != "":
		if list, ok := ns.PrefixList(r.Peer.PrefixList); ok {
			r.list = list
		} else {
			r.unknown = errPrefixList
		}
	case r.Peer.Group != "":
		r.peer, _ = ns.Peer(r.Peer.Owner, r.Peer.Group)
		if r.peer == nil || !known {
			r.unknown = &unknownPeer{r.Peer}
		}
	}
}

// owner returns the account of the peer group, and whether it is known. An unknown one
// is returned as it was given.
func (c *Caller) owner(ns *store.Namespace, r *rule) (string, bool) {
	text := r.ownerAccount
	switch {
	case r.ownerID != "":
		text = string(r.ownerID)
	case text == "":
		return c.Account, true
	}
	if id, ok := ns.Owner(text); ok {
		return id, true
	}
	return text, false
}

// An unknownPeer is a peer group that does not exist.
type unknownPeer struct{ secgroup.Peer }

func (u *unknownPeer) Error() string        { return errPeerGroup.Error() }
func (u *unknownPeer) Is(target error) bool { return target == errPeerGroup }
func (u *unknownPeer) Hint() string {
	return "account " + u.Owner + " has no group " + u.Group + " in this region"
}
