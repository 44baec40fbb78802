package store

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// references tells which groups' rules name a group or a prefix list of a region,
// whether that exists or not. It is what DeleteSecurityGroup,
// DescribeSecurityGroupReferences and DescribePrefixLists ask, and must not cost a
// walk over all rules. A prefix list is filed under the account that names it.
type references map[secgroup.Peer]*referrers

// referrers are the groups that name one peer, and with how many rules each.
type referrers struct {
	named secgroup.Peer // the key under which it is filed, for rules to share its strings
	by    map[*secgroup.Group]int
}

// filed is what a peer of g's rules is filed as.
func filed(g *secgroup.Group, peer secgroup.Peer) secgroup.Peer {
	if peer.PrefixList != "" {
		peer.Owner = g.Account
	}
	return peer
}

// name files that a rule of g names its peer, and gives the peer strings that
// are shared by all who name it: rules come with strings of a request's body.
func (p *place) name(g *secgroup.Group, peer *secgroup.Peer) {
	k := filed(g, *peer)
	r, ok := p.named[k]
	if !ok {
		r = &referrers{named: p.lasting(k), by: map[*secgroup.Group]int{}}
		p.named[r.named] = r
	}
	r.by[g]++
	peer.Group, peer.PrefixList = r.named.Group, r.named.PrefixList
	if peer.Group != "" {
		peer.Owner = r.named.Owner
	}
}

// lasting is the same peer in strings that may be kept, those of the group if it exists.
func (p *place) lasting(peer secgroup.Peer) secgroup.Peer {
	if g := p.group(peer.Owner, peer.Group); g != nil {
		return secgroup.Peer{Owner: g.Account, Group: g.ID}
	}
	return secgroup.Peer{
		Owner:      strings.Clone(peer.Owner),
		Group:      strings.Clone(peer.Group),
		PrefixList: strings.Clone(peer.PrefixList),
	}
}

func (refs references) remove(g *secgroup.Group, peer secgroup.Peer) {
	k := filed(g, peer)
	r := refs[k]
	if r.by[g]--; r.by[g] > 0 {
		return
	}
	delete(r.by, g)
	if len(r.by) == 0 {
		delete(refs, k)
	}
}

// groups is the number of groups that name a peer.
func (refs references) groups(peer secgroup.Peer) int {
	if r, ok := refs[peer]; ok {
		return len(r.by)
	}
	return 0
}

// of are the groups that name a group, but for itself.
func (refs references) of(owner, id string) []*secgroup.Group {
	r, ok := refs[secgroup.Peer{Owner: owner, Group: id}]
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
