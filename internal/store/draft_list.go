package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

func (s *state) prefixList(f *form.Object, p *secgroup.PrefixList) {
	s.scope(f, &p.Account, &p.Region)
	f.Required("PrefixListId", (*secgroup.Text)(&p.ID))
	f.Value("PrefixListName", &p.Name)
	f.Default("AddressFamily", &p.Family, "IPv4")
	s.list(f, &p.List, len(p.Entries), secgroup.MaxPrefixEntries)
	form.Rows(f, "Entries", pointers(p.Entries), func(f *form.Object, e *secgroup.Entry) {
		f.Required("Cidr", p.CIDR(e))
		f.Value("Description", &e.Description)
		if !f.Reading() {
			return
		}
		if slices.ContainsFunc(p.Entries, func(has secgroup.Entry) bool { return has.CIDR.Prefix == e.CIDR.Prefix }) {
			f.Fail("Cidr", errors.New("the block is in the list already"))
		}
		p.Entries = append(p.Entries, *e)
		checkEntries(f, &p.List, len(p.Entries), secgroup.MaxPrefixEntries)
	})
	if f.Reading() && s.draft.list(f, "PrefixListId", &p.List, len(p.Entries)) {
		s.draft.prefixLists = append(s.draft.prefixLists, p)
	}
}

func (s *state) portRangeList(f *form.Object, p *secgroup.PortRangeList) {
	s.scope(f, &p.Account, &p.Region)
	f.Required("PortRangeListId", (*secgroup.Text)(&p.ID))
	f.Value("PortRangeListName", &p.Name)
	s.list(f, &p.List, len(p.Entries), secgroup.MaxPortEntries)
	form.Rows(f, "Entries", pointers(p.Entries), func(f *form.Object, e *secgroup.PortEntry) {
		f.Required("PortRange", &e.Ports)
		f.Value("Description", &e.Description)
		if !f.Reading() {
			return
		}
		if slices.ContainsFunc(p.Entries, func(has secgroup.PortEntry) bool { return has.Ports == e.Ports }) {
			f.Fail("PortRange", errors.New("the range is in the list already"))
		}
		p.Entries = append(p.Entries, *e)
		checkEntries(f, &p.List, len(p.Entries), secgroup.MaxPortEntries)
	})
	if f.Reading() && s.draft.list(f, "PortRangeListId", &p.List, len(p.Entries)) {
		s.draft.portLists = append(s.draft.portLists, p)
	}
}

// list declares what prefix lists and port range lists have in common; entries is how
// many the list has, and limit how many a list of its kind can have.
func (s *state) list(f *form.Object, l *secgroup.List, entries, limit int) {
	most := maxEntries{l.MaxEntries, limit}
	if l.MaxEntries == defaultMaxEntries(entries) {
		most.n = 0
	}
	f.Number("MaxEntries", &most)
	f.Value("Description", &l.Description)
	f.Text("ResourceGroupId", &l.ResourceGroup)
	f.Value("CreationTime", moment{&l.Created})
	s.tags(f, &l.Tags)
	if f.Reading() {
		l.MaxEntries = most.n
	}
}

// checkEntries refuses an entry that is one too many.
func checkEntries(f *form.Object, l *secgroup.List, entries, limit int) {
	if most := cmp.Or(l.MaxEntries, limit); entries > most {
		f.Fail("", fmt.Errorf("the list already has %d entries, its limit", most))
	}
}

// list reports whether a list with so many entries can be added. id is the field of its id.
func (d *draft) list(f *form.Object, id string, l *secgroup.List, entries int) bool {
	if f.Failed() {
		return false
	}
	if l.MaxEntries == 0 {
		l.MaxEntries = defaultMaxEntries(entries)
	}
	if l.Created.IsZero() {
		l.Created = d.now
	}
	d.namespace(l.Account, l.Region).use(f, id, l.ID, nil)
	return true
}

// defaultMaxEntries returns how many entries a list may have where the state has no number.
func defaultMaxEntries(entries int) int { return max(1, entries) }

// maxEntries is how many entries a list may have, at most a limit. 0 is absent.
type maxEntries struct{ n, limit int }

func (m *maxEntries) Set(text string) error {
	v, err := strconv.Atoi(text)
	if err != nil || v < 1 || v > m.limit {
		return fmt.Errorf("a list of this kind has 1 to %d entries", m.limit)
	}
	m.n = v
	return nil
}

func (m *maxEntries) String() string {
	if m.n == 0 {
		return ""
	}
	return strconv.Itoa(m.n)
}
