package secgroup

import (
	"net/netip"
	"strings"
)

// A block6 is an IPv6 block, whose text may be kept as it was written.
type block6 struct {
	Block
	written *string // nil for the usual text
}

// String returns the text of the block: as it was written if that was kept, else
// compressed.
func (b block6) String() string {
	if b.written != nil {
		return *b.written
	}
	return b.Block.String()
}

// IsWritten reports whether the text was kept and is not the usual one.
func (b block6) IsWritten() bool { return b.written != nil }

// keep keeps the text of the block if it is not the usual one.
func (b *block6) keep(text string) {
	if text != b.Block.String() {
		text = strings.Clone(text)
		b.written = &text
	}
}

// The IPv6 blocks of a rule, whose text is kept as it is written.
type (
	WrittenSource6 Source6
	WrittenDest6   Dest6
)

// Set reads an IPv6 address or block.
func (b *WrittenSource6) Set(text string) error {
	if err := (*Source6)(b).Set(text); err != nil {
		return err
	}
	b.keep(text)
	return nil
}

// Set reads an IPv6 address or block.
func (b *WrittenDest6) Set(text string) error {
	if err := (*Dest6)(b).Set(text); err != nil {
		return err
	}
	b.keep(text)
	return nil
}

// Strictly refuses host bits.
func (b *WrittenSource6) Strictly(text string, e int) error { return (*Source6)(b).Strictly(text, e) }

// Strictly refuses host bits.
func (b *WrittenDest6) Strictly(text string, e int) error { return (*Dest6)(b).Strictly(text, e) }

// ClearHostBits6 removes the host bits of the rule's IPv6 blocks, and how they were written.
func (r *Rule) ClearHostBits6() {
	r.Source6.Prefix, r.Source6.written = r.Source6.Prefix.Masked(), nil
	r.Dest6.Prefix, r.Dest6.written = r.Dest6.Prefix.Masked(), nil
}

// WithoutHostBits6 returns the key of the rule with IPv6 blocks without host bits.
func (k Key) WithoutHostBits6() Key {
	for _, p := range []*netip.Prefix{&k.remote, &k.local} {
		if p.Addr().Is6() {
			*p = p.Masked()
		}
	}
	return k
}
