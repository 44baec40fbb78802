package ecs

import (
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// prefixList is a prefix list and how many groups have rules that name it.
type prefixList struct {
	secgroup.PrefixList
	associations int
}

func (l *prefixList) fields(w *wire.Writer) {
	w.Text("PrefixListId", l.ID)
	w.Text("PrefixListName", l.Name.String())
	w.Text("AddressFamily", l.Family.String())
	w.Int("MaxEntries", l.MaxEntries)
	w.Text("CreationTime", timestamp(l.Created))
	w.Text("Description", l.Description.String())
}

// prefixListID is an element of PrefixListId.
type prefixListID string

func (id *prefixListID) bind(p *param.Set) {
	p.String((*string)(id), "", "These prefix lists.").Example("pl-x1j1k5ykzqlixdcy****")
}

// optionalFamily is an address family, or none.
type optionalFamily struct {
	secgroup.Family
	given bool
}

// Set reads the family.
func (f *optionalFamily) Set(text string) error {
	f.given = true
	return f.Family.Set(text)
}
