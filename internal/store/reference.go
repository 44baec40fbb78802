package store

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// references finds the groups whose rules name a group or a prefix list of a region,
// which need not exist. DeleteSecurityGroup, DescribeSecurityGroupReferences and
// DescribePrefixLists ask it, and must not cost a walk over all rules. The key of a
// prefix list has the account of the rules that name it.
type references map[secgroup.Peer]*referrers

// referrers are the groups that name a peer, and with how many rules each.
type referrers struct {
	named secgroup.Peer // the key, for rules to share its strings
	by    map[*secgroup.Group]int
}

// peerKey returns the key of a peer of g's rules.
func peerKey(g *secgroup.Group, peer secgroup.Peer) secgroup.Peer {
	if peer.PrefixList != "" {
		peer.Owner = g.Account
	}
	return peer
}

// name adds that a rule of g names its peer, and gives the peer the strings that are
// shared by all rules that name it: rules come with strings of a request's body.
func (in *regionContents) name(g *secgroup.Group, peer *secgroup.Peer) {
	k := peerKey(g, *peer)
	r, ok := in.named[k]
	if !ok {
		r = &referrers{named: in.shared(k), by: map[*secgroup.Group]int{}}
		in.named[r.named] = r
	}
	r.by[g]++
	peer.Group, peer.PrefixList = r.named.Group, r.named.PrefixList
	if peer.Group != "" {
		peer.Owner = r.named.Owner
	}
}

// shared returns the same peer in strings that may be kept: those of the group, if it
// exists.
func (in *regionContents) shared(peer secgroup.Peer) secgroup.Peer {
	if g := in.group(peer.Owner, peer.Group); g != nil {
		return secgroup.Peer{Owner: g.Account, Group: g.ID}
	}
	return secgroup.Peer{
		Owner:      strings.Clone(peer.Owner),
		Group:      strings.Clone(peer.Group),
		PrefixList: strings.Clone(peer.PrefixList),
	}
}

func (refs references) remove(g *secgroup.Group, peer secgroup.Peer) {
	k := peerKey(g, peer)
	r := refs[k]
	if r.by[g]--; r.by[g] > 0 {
		return
	}
	delete(r.by, g)
	if len(r.by) == 0 {
		delete(refs, k)
	}
}

// groups returns the number of groups that name a peer.
func (refs references) groups(peer secgroup.Peer) int {
	if r, ok := refs[peer]; ok {
		return len(r.by)
	}
	return 0
}

// of returns the groups that name a peer, by account and id.
func (refs references) of(peer secgroup.Peer) []*secgroup.Group {
	r, ok := refs[peer]
	if !ok {
		return nil
	}
	groups := slices.Collect(maps.Keys(r.by))
	slices.SortFunc(groups, func(a, b *secgroup.Group) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.ID, b.ID))
	})
	return groups
}
