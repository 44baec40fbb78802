package store

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// references tells which groups' rules name a group of a region, whether that
// group exists or not. It is what DeleteSecurityGroup and
// DescribeSecurityGroupReferences ask, and must not cost a walk over all rules.
type references map[named]*referrers

// named is a group by its owner and id, as rules name it.
type named struct{ owner, id string }

// referrers are the groups that name one, and with how many rules each.
type referrers struct {
	named // the key under which it is filed, for rules to share its strings
	by    map[*secgroup.Group]int
}

// name files that a rule of g names its peer, and gives the peer strings that
// are shared by all who name it: rules come with strings of a request's body.
func (p *place) name(g *secgroup.Group, peer *secgroup.Peer) {
	key := named{peer.Owner, peer.Group}
	r, ok := p.named[key]
	if !ok {
		r = &referrers{named: p.lasting(key), by: map[*secgroup.Group]int{}}
		p.named[r.named] = r
	}
	r.by[g]++
	peer.Owner, peer.Group = r.owner, r.id
}

// lasting is the same name in strings that may be kept, those of the group if it exists.
func (p *place) lasting(n named) named {
	if g := p.group(n.owner, n.id); g != nil {
		return named{g.Account, g.ID}
	}
	return named{strings.Clone(n.owner), strings.Clone(n.id)}
}

func (refs references) remove(g *secgroup.Group, peer secgroup.Peer) {
	key := named{peer.Owner, peer.Group}
	r := refs[key]
	if r.by[g]--; r.by[g] > 0 {
		return
	}
	delete(r.by, g)
	if len(r.by) == 0 {
		delete(refs, key)
	}
}

// of are the groups that name a group, but for itself.
func (refs references) of(owner, id string) []*secgroup.Group {
	r, ok := refs[named{owner, id}]
	if !ok {
		return nil
	}
	var groups []*secgroup.Group
	for g := range r.by {
		if g.Account != owner || g.ID != id {
			groups = append(groups, g)
		}
	}
	slices.SortFunc(groups, func(a, b *secgroup.Group) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.ID, b.ID))
	})
	return groups
}
