package store

import (
	"cmp"
	"slices"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Member returns an instance or a network interface of this account in this region.
func (ns *Namespace) Member(kind secgroup.MemberKind, id string) (*secgroup.Member, bool) {
	m, ok := ns.members[id]
	if !ok || m.Kind != kind {
		return nil, false
	}
	return m, true
}

// Members returns the members of a group by kind and id. The slice must not be changed,
// and Join and Leave change it.
func (ns *Namespace) Members(group string) []*secgroup.Member { return ns.inGroup[group] }

// Join adds a member of the namespace to a group of the namespace in which it is not.
func (ns *Namespace) Join(m *secgroup.Member, g *secgroup.Group) {
	m.Groups = append(m.Groups, g.ID)
	in := ns.inGroup[g.ID]
	at, _ := slices.BinarySearchFunc(in, m, byKind)
	ns.inGroup[g.ID] = slices.Insert(in, at, m)
}

// Leave removes a member from a group in which it is.
func (ns *Namespace) Leave(m *secgroup.Member, g *secgroup.Group) {
	at := slices.Index(m.Groups, g.ID)
	m.Groups = slices.Delete(m.Groups, at, at+1)
	in := ns.inGroup[g.ID]
	at, _ = slices.BinarySearchFunc(in, m, byKind)
	if in = slices.Delete(in, at, at+1); len(in) == 0 {
		delete(ns.inGroup, g.ID)
		return
	}
	ns.inGroup[g.ID] = in
}

// addMember adds a member with the groups in which it is. Then sort is due.
func (ns *Namespace) addMember(m *secgroup.Member) {
	ns.create()
	m.Account, m.Region = ns.Account, ns.Region
	ns.members[m.ID] = m
	for _, id := range m.Groups {
		ns.inGroup[id] = append(ns.inGroup[id], m)
	}
}

func byKind(a, b *secgroup.Member) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}

// Tag gives a group tags; one that it has with the same key gets the new value and keeps
// its place in the order. A group's slice of tags is never changed, since answers
// may still read it.
func (ns *Namespace) Tag(g *secgroup.Group, tags []secgroup.Tag) {
	all := slices.Clone(g.Tags)
	for _, t := range tags {
		at := slices.IndexFunc(all, func(has secgroup.Tag) bool { return has.Key == t.Key })
		if at < 0 {
			all = append(all, t)
			continue
		}
		all[at] = t
	}
	g.Tags = all
}

// Untag removes the tags with some keys from a group, all if keys is nil.
func (ns *Namespace) Untag(g *secgroup.Group, keys []string) {
	if keys == nil {
		g.Tags = nil
		return
	}
	g.Tags = slices.DeleteFunc(slices.Clone(g.Tags), func(t secgroup.Tag) bool { return slices.Contains(keys, t.Key) })
}
