package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// errPeerGroup is another side that is a group which does not exist.
var errPeerGroup = errors.New("the group on the rule's other side does not exist")

// settled is a rule of a request that has become one of a group.
type settled struct {
	*secgroup.Rule
	key     secgroup.Key
	peer    *secgroup.Group      // on the other side, nil where there is none
	list    *secgroup.PrefixList // on the other side, nil where there is none
	unknown error                // the other side is a group or a list that does not exist
}

// settle makes a request's rules rules of the group: owners are found, defaults
// are filled in. The same rule twice is a mistake.
func (c *Caller) settle(rm *store.Realm, g *secgroup.Group, rules []rule) ([]settled, error) {
	list := make([]settled, len(rules))
	var seen map[secgroup.Key]bool
	if len(rules) > 1 {
		seen = make(map[secgroup.Key]bool, len(rules))
	}
	for i := range rules {
		s := &list[i]
		c.settleOne(rm, g, &rules[i], s)
		if seen[s.key] {
			return nil, errTwice
		}
		if seen != nil {
			seen[s.key] = true
		}
	}
	return list, nil
}

func (c *Caller) settleOne(rm *store.Realm, g *secgroup.Group, r *rule, s *settled) {
	if r.Nic == secgroup.Internet && !g.Classic() {
		c.Call.Note("NicType internet is taken as intranet: " + g.ID + " is of a VPC")
	}
	known := true
	if r.Peer.Group != "" {
		r.Peer.Owner, known = c.owner(rm, r)
	}
	r.Settle(g)
	s.Rule, s.key = &r.Rule, r.Key()
	if r.Peer.PrefixList != "" {
		s.findList(rm)
	}
	if r.Peer.Group == "" {
		return
	}
	s.peer, _ = rm.Peer(r.Peer.Owner, r.Peer.Group)
	if s.peer == nil || !known {
		s.unknown = &unknownPeer{r.Peer}
	}
}

func (s *settled) findList(rm *store.Realm) {
	list, ok := rm.PrefixList(s.Peer.PrefixList)
	if !ok {
		s.unknown = errPrefixList
		return
	}
	s.list = list
}

// owner is the account of the group on the other side. One that is not known is
// told as it was given.
func (c *Caller) owner(rm *store.Realm, r *rule) (string, bool) {
	text := r.ownerAccount
	switch {
	case r.ownerID != "":
		text = string(r.ownerID)
	case text == "":
		return c.Account, true
	}
	if id, ok := rm.Owner(text); ok {
		return id, true
	}
	return text, false
}

// find is the group's rule that this one is. A rule whose other side no longer
// exists can be found all the same.
func (c *Caller) find(rm *store.Realm, g *secgroup.Group, s *settled) (*secgroup.Rule, error) {
	if found := g.Find(s.key); found != nil {
		return found, nil
	}
	err := s.unknown
	if err == nil {
		err = miss(g, s.key)
	}
	if id, by := rm.RevokedKey(g, s.key); by != nil {
		err = &revoked{err, id, by, c.Call.Received}
	}
	return nil, err
}

// unknownPeer is a group on the other side that does not exist.
type unknownPeer struct{ secgroup.Peer }

func (u *unknownPeer) Error() string        { return errPeerGroup.Error() }
func (u *unknownPeer) Is(target error) bool { return target == errPeerGroup }
func (u *unknownPeer) Hint() string {
	return "account " + u.Owner + " has no group " + u.Group + " in this region"
}
