package store

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

func (s *state) prefixList(f *form.Object, p *secgroup.PrefixList) {
	s.whose(f, &p.Account, &p.Region)
	f.Required("PrefixListId", (*secgroup.Text)(&p.ID))
	f.Value("PrefixListName", &p.Name)
	f.Default("AddressFamily", &p.Family, "IPv4")
	most := maxEntries(p.MaxEntries)
	if p.MaxEntries == usualMost(p) {
		most = 0
	}
	f.Number("MaxEntries", &most)
	f.Value("Description", &p.Description)
	f.Text("ResourceGroupId", &p.ResourceGroup)
	f.Value("CreationTime", moment{&p.Created})
	s.tags(f, &p.Tags)
	if f.Reading() {
		p.MaxEntries = int(most)
	}
	form.Rows(f, "Entries", pointers(p.Entries), func(f *form.Object, e *secgroup.Entry) { s.entry(f, p, e) })
	if f.Reading() {
		s.draft.prefixList(f, p)
	}
}

func (s *state) entry(f *form.Object, p *secgroup.PrefixList, e *secgroup.Entry) {
	f.Required("Cidr", p.CIDR(e))
	f.Value("Description", &e.Description)
	if f.Reading() {
		s.draft.entry(f, p, e)
	}
}

// entry takes an entry of a list in.
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
		f.Fail("", fmt.Errorf("the list has room for %d", most))
	}
	p.Entries = append(p.Entries, *e)
}

// prefixList takes a prefix list in, whose fields are all read.
func (d *draft) prefixList(f *form.Object, p *secgroup.PrefixList) {
	if f.Failed() {
		return
	}
	if p.MaxEntries == 0 {
		p.MaxEntries = usualMost(p)
	}
	if p.Created.IsZero() {
		p.Created = d.now
	}
	d.home(p.Account, p.Region).use(f, "PrefixListId", p.ID, nil)
	d.lists = append(d.lists, p)
}

// usualMost is how many entries a list may have unless told.
func usualMost(p *secgroup.PrefixList) int { return max(1, len(p.Entries)) }

// prefixLists visits the prefix lists, by account, region and id.
func (inv *inventory) prefixLists() iter.Seq[*secgroup.PrefixList] {
	return func(yield func(*secgroup.PrefixList) bool) {
		for _, r := range inv.namespaces() {
			for _, p := range slices.Backward(r.lists) {
				if !yield(p) {
					return
				}
			}
		}
	}
}

// maxEntries is how many entries a list may have. The zero value is absent.
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

func (m *maxEntries) String() string {
	if *m == 0 {
		return ""
	}
	return strconv.Itoa(int(*m))
}
