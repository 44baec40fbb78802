package store

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// members declares the list of the members of one kind; id is what their ids are called.
func (s *state) members(f *form.Object, name string, kind secgroup.MemberKind, id string) {
	form.Rows(f, name, s.held.members(kind), func(f *form.Object, m *secgroup.Member) {
		s.whose(f, &m.Account, &m.Region)
		f.Required(id, (*secgroup.Text)(&m.ID))
		f.Text("VpcId", &m.VPC)
		if kind == secgroup.Instance {
			f.Default("Status", &m.Status, "Running")
		}
		if f.Reading() {
			m.Kind = kind
			s.draft.member(f, id, m)
		}
		f.Texts("SecurityGroupIds", m.Groups, func(group string) error { return s.draft.join(m, group) })
	})
}

// member takes a member in, which joins its groups afterwards.
func (d *draft) member(f *form.Object, id string, m *secgroup.Member) {
	if f.Failed() {
		return
	}
	d.home(m.Account, m.Region).use(f, id, m.ID, nil)
	d.members = append(d.members, m)
}

// join puts a member into a group, or tells why it cannot be in it.
func (d *draft) join(m *secgroup.Member, id string) error {
	h := d.home(m.Account, m.Region)
	g := h.group(id)
	if g == nil {
		return ErrGroup
	}
	if err := h.admits(m, g); err != nil {
		return err
	}
	m.Groups = append(m.Groups, g.ID)
	return nil
}

// admits tells why a member cannot be in one more group.
func (h *draftHome) admits(m *secgroup.Member, g *secgroup.Group) error {
	switch {
	case slices.Contains(m.Groups, g.ID):
		return fmt.Errorf("%s is in the list already", g.ID)
	case m.VPC != g.VPC:
		return fmt.Errorf("the group is of %s, the member of %s", network(g.VPC), network(m.VPC))
	case len(m.Groups) > 0 && h.group(m.Groups[0]).Type != g.Type:
		return errors.New("the groups of a member are all normal or all enterprise")
	}
	return nil
}

// group is a group of the state or of the world, or nil.
func (h *draftHome) group(id string) *secgroup.Group {
	if g := h.ids[id]; g != nil {
		return g
	}
	return h.namespace.groups[id]
}

func network(vpc string) string {
	if vpc == "" {
		return "the classic network"
	}
	return vpc
}

// members visits the members of a kind, by account, region and id.
func (inv *inventory) members(kind secgroup.MemberKind) iter.Seq[*secgroup.Member] {
	return func(yield func(*secgroup.Member) bool) {
		for _, r := range inv.namespaces() {
			for _, m := range slices.SortedFunc(maps.Values(r.members), byKind) {
				if m.Kind == kind && !yield(m) {
					return
				}
			}
		}
	}
}
