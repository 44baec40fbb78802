package secgroup

import "time"

// A List is what a prefix list and a port range list have in common. A list that answers
// may still read is never changed in place.
type List struct {
	ID            string
	Account       string
	Region        string
	Name          Text
	MaxEntries    int // what a rule with the list counts for in the group's limit
	Description   Text
	ResourceGroup string
	Tags          []Tag
	Created       time.Time
}

// ResourceID returns the id.
func (l *List) ResourceID() string { return l.ID }

// A PrefixList is a named list of blocks of one family, which may be the peer of rules.
type PrefixList struct {
	List
	Family  Family
	Entries []Entry
}

// MaxPrefixEntries is the largest number of entries that a prefix list may have.
const MaxPrefixEntries = 200

// An Entry is one block of a prefix list.
type Entry struct {
	CIDR        Block
	Description Text
}

// A Family is the family of addresses. The zero value is IPv4.
type Family uint8

// The families.
const (
	IPv4 Family = iota
	IPv6
)

// Causes of prefix lists.
var (
	ErrFamily     = cause("an address family is IPv4 or IPv6")
	ErrEntry      = cause("an entry is an address or a CIDR block of the list's family")
	ErrListedCIDR = cause("an entry is an address, or a CIDR block without host bits such as 10.0.0.0/8, of the list's family")
)

var familyNames = []string{"", "IPv4", "IPv6"}

// Set reads a family in any case.
func (f *Family) Set(text string) error {
	v, ok := lookup(familyNames, text)
	if !ok {
		return ErrFamily
	}
	*f = Family(v - 1)
	return nil
}

// String returns the family as the API prints it.
func (f Family) String() string { return familyNames[f+1] }

// Values returns the valid values.
func (f *Family) Values() []string { return familyNames[1:] }

// Strictly refuses another case than the document's.
func (f *Family) Strictly(text string, edition int) error {
	return exactly(edition, f.Values(), text, ErrFamily)
}

// A ListedCIDR is the block of an entry as the API takes it: of either family, with a
// bare address as its /32 or /128, and without host bits.
type ListedCIDR struct{ Block }

// Set reads an address or a block.
func (c *ListedCIDR) Set(text string) error {
	v, ok := parse(text)
	if !ok || v.Prefix.Masked() != v.Prefix {
		return ErrListedCIDR
	}
	c.Block = Block{Prefix: v.Prefix}
	return nil
}

// Fits reports whether the block is of a family.
func (c *ListedCIDR) Fits(f Family) bool { return c.is6() == (f == IPv6) }

// CIDR returns an entry's block as a value that must be of the list's family.
func (p *PrefixList) CIDR(e *Entry) Value { return entryCIDR{&e.CIDR, p.Family} }

type entryCIDR struct {
	*Block
	family Family
}

// Set reads an address or a block.
func (c entryCIDR) Set(text string) error {
	v, ok := parse(text)
	if !ok || v.is6() != (c.family == IPv6) {
		return ErrEntry
	}
	*c.Block = v
	return nil
}
