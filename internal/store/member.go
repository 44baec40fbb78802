package store

import (
	"cmp"
	"slices"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Member is an instance or a network interface of this account in this region.
func (r *Namespace) Member(kind secgroup.MemberKind, id string) (*secgroup.Member, bool) {
	m, ok := r.members[id]
	if !ok || m.Kind != kind {
		return nil, false
	}
	return m, true
}

// Members are the members of a group by kind and id. The slice is the namespace's
// own: it must not be changed, and Join and Leave change it.
func (r *Namespace) Members(group string) []*secgroup.Member { return r.inGroup[group] }

// Join puts a member of the namespace into a group of the namespace, in which it is not.
func (r *Namespace) Join(m *secgroup.Member, g *secgroup.Group) {
	m.Groups = append(m.Groups, g.ID)
	in := r.inGroup[g.ID]
	at, _ := slices.BinarySearchFunc(in, m, byKind)
	r.inGroup[g.ID] = slices.Insert(in, at, m)
}

// Leave takes a member out of a group in which it is.
func (r *Namespace) Leave(m *secgroup.Member, g *secgroup.Group) {
	at := slices.Index(m.Groups, g.ID)
	m.Groups = slices.Delete(m.Groups, at, at+1)
	in := r.inGroup[g.ID]
	at, _ = slices.BinarySearchFunc(in, m, byKind)
	if in = slices.Delete(in, at, at+1); len(in) == 0 {
		delete(r.inGroup, g.ID)
		return
	}
	r.inGroup[g.ID] = in
}

// addMember takes a member in, with the groups it is in, but for its place in the
// order.
func (r *Namespace) addMember(m *secgroup.Member) {
	r.keep()
	m.Account, m.Region = r.Account, r.Region
	r.members[m.ID] = m
	for _, id := range m.Groups {
		r.inGroup[id] = append(r.inGroup[id], m)
	}
}

func byKind(a, b *secgroup.Member) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}
