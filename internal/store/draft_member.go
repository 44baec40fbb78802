package store

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// member adds a member, which joins its groups afterwards; id is the field of its id.
func (d *draft) member(f *form.Object, id string, m *secgroup.Member) {
	if f.Failed() {
		return
	}
	d.namespace(m.Account, m.Region).use(f, id, m.ID, nil)
	d.members = append(d.members, m)
}

// join adds a member to a group.
func (d *draft) join(m *secgroup.Member, id string) error {
	ns := d.namespace(m.Account, m.Region)
	g := ns.group(id)
	if g == nil {
		return ErrGroup
	}
	if err := ns.checkJoin(m, g); err != nil {
		return err
	}
	m.Groups = append(m.Groups, g.ID)
	return nil
}

// checkJoin returns an error if a member cannot be in one more group.
func (ns *draftNamespace) checkJoin(m *secgroup.Member, g *secgroup.Group) error {
	switch {
	case slices.Contains(m.Groups, g.ID):
		return fmt.Errorf("%s is in the list already", g.ID)
	case m.VPC != g.VPC:
		return fmt.Errorf("the group is of %s, the member of %s", network(g.VPC), network(m.VPC))
	case len(m.Groups) > 0 && ns.group(m.Groups[0]).Type != g.Type:
		return errors.New("the groups of a member are all normal or all enterprise")
	}
	return nil
}

// group returns a group of the state or of the world, or nil.
func (ns *draftNamespace) group(id string) *secgroup.Group {
	if g := ns.ids[id]; g != nil {
		return g
	}
	return ns.groups[id]
}

func network(vpc string) string {
	if vpc == "" {
		return "the classic network"
	}
	return vpc
}

// entry adds an entry to a prefix list.
func (d *draft) entry(f *form.Object, p *secgroup.PrefixList, e *secgroup.Entry) {
	most := p.MaxEntries
	if most == 0 {
		most = mostEntries
	}
	same := func(has secgroup.Entry) bool { return has.CIDR.Prefix == e.CIDR.Prefix }
	switch {
	case slices.ContainsFunc(p.Entries, same):
		f.Fail("Cidr", errors.New("the block is in the list already"))
	case len(p.Entries) == most:
		f.Fail("", fmt.Errorf("the list already has %d entries, its limit", most))
	}
	p.Entries = append(p.Entries, *e)
}

// prefixList adds a prefix list with its entries.
func (d *draft) prefixList(f *form.Object, p *secgroup.PrefixList) {
	if f.Failed() {
		return
	}
	if p.MaxEntries == 0 {
		p.MaxEntries = defaultMaxEntries(p)
	}
	if p.Created.IsZero() {
		p.Created = d.now
	}
	d.namespace(p.Account, p.Region).use(f, "PrefixListId", p.ID, nil)
	d.lists = append(d.lists, p)
}

// defaultMaxEntries returns how many entries a list may have where the state has no number.
func defaultMaxEntries(p *secgroup.PrefixList) int { return max(1, len(p.Entries)) }

// maxEntries is how many entries a prefix list may have. The zero value is absent.
type maxEntries int

const mostEntries = 200

var errMaxEntries = fmt.Errorf("a prefix list has 1 to %d entries", mostEntries)

func (m *maxEntries) Set(text string) error {
	v, err := strconv.Atoi(text)
	if err != nil || v < 1 || v > mostEntries {
		return errMaxEntries
	}
	*m = maxEntries(v)
	return nil
}

func (m maxEntries) String() string {
	if m == 0 {
		return ""
	}
	return strconv.Itoa(int(m))
}
