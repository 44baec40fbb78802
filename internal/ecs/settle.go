package ecs

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// errPeerGroup is another side that is a group which does not exist.
var errPeerGroup = errors.New("the group on the rule's other side does not exist")

// settled is what is known of a request's rule once it has become one of a group.
type settled struct {
	key     secgroup.Key
	peer    *secgroup.Group      // on the other side, nil where there is none
	list    *secgroup.PrefixList // on the other side, nil where there is none
	unknown error                // the other side is a group or a list that does not exist
}

// settle makes a request's rules rules of the group: owners are found, defaults
// are filled in. The same rule twice is a mistake.
func (c *Caller) settle(ns *store.Namespace, g *secgroup.Group, rules []rule) error {
	var seen map[secgroup.Key]bool
	if len(rules) > 1 {
		seen = make(map[secgroup.Key]bool, len(rules))
	}
	for i := range rules {
		r := &rules[i]
		c.settleOne(ns, g, r)
		if seen[r.key] {
			return errTwice
		}
		if seen != nil {
			seen[r.key] = true
		}
	}
	return nil
}

func (c *Caller) settleOne(ns *store.Namespace, g *secgroup.Group, r *rule) {
	if r.Nic == secgroup.Internet && !g.Classic() {
		c.Call.Note("NicType internet is taken as intranet: " + g.ID + " is of a VPC")
	}
	known := true
	if r.Peer.Group != "" {
		r.Peer.Owner, known = c.owner(ns, r)
	}
	r.SetDefaults(g)
	r.key = r.Key()
	if r.Peer.PrefixList != "" {
		r.findList(ns)
	}
	if r.Peer.Group == "" {
		return
	}
	r.peer, _ = ns.Peer(r.Peer.Owner, r.Peer.Group)
	if r.peer == nil || !known {
		r.unknown = &unknownPeer{r.Peer}
	}
}

func (r *rule) findList(ns *store.Namespace) {
	list, ok := ns.PrefixList(r.Peer.PrefixList)
	if !ok {
		r.unknown = errPrefixList
		return
	}
	r.list = list
}

// owner is the account of the group on the other side. One that is not known is
// told as it was given.
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

// find is the group's rule that this one is. A rule whose other side no longer
// exists can be found all the same.
func (c *Caller) find(ns *store.Namespace, g *secgroup.Group, r *rule) (*secgroup.Rule, error) {
	if found := g.Find(r.key); found != nil {
		return found, nil
	}
	err := r.unknown
	if err == nil {
		err = miss(g, r.key)
	}
	if id, by := ns.RevokedKey(g, r.key); by != nil {
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
