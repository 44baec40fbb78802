package secgroup

import (
	"net/netip"
	"strings"
)

// A Block is an IPv4 or IPv6 address or CIDR block as a client wrote it. The zero
// value is absent. A bare address and its /32 or /128 are different Blocks with
// equal Prefixes. Host bits count: 10.0.0.5/8 is not 10.0.0.0/8.
type Block struct {
	Prefix netip.Prefix
	bare   bool // written without a length
}

// Blocks of every address of a family.
var (
	All4 = netip.MustParsePrefix("0.0.0.0/0")
	All6 = netip.MustParsePrefix("::/0")
)

// IsSet reports whether there is a block.
func (b Block) IsSet() bool { return b.Prefix.IsValid() }

// String returns the text of the block: IPv4 as it was written, IPv6 compressed.
func (b Block) String() string {
	switch {
	case !b.IsSet():
		return ""
	case b.bare:
		return b.Prefix.Addr().String()
	}
	return b.Prefix.String()
}

func (b Block) is4() bool { return b.Prefix.Addr().Is4() }

// is6 reports whether the block is IPv6, which ::ffff:10.0.0.1 is, too.
func (b Block) is6() bool { return b.Prefix.Addr().Is6() }

func parse(text string) (Block, bool) {
	if strings.IndexByte(text, '/') >= 0 {
		prefix, err := netip.ParsePrefix(text)
		return Block{Prefix: prefix}, err == nil
	}
	addr, err := netip.ParseAddr(text)
	if err != nil || addr.Zone() != "" {
		return Block{}, false
	}
	return Block{netip.PrefixFrom(addr, addr.BitLen()), true}, true
}

func (b *Block) set4(text string, cause error) error {
	v, ok := parse(text)
	if !ok || !v.is4() {
		return cause
	}
	*b = v
	return nil
}

// set6 has two errors: a text without a colon is "not in IPv6", one with a colon is
// an illegal IPv6 address.
func (b *Block) set6(text string, cause error) error {
	if strings.IndexByte(text, ':') < 0 {
		return cause
	}
	v, ok := parse(text)
	if !ok || !v.is6() {
		return ErrIllegal6
	}
	*b = v
	return nil
}

func (b *Block) strictly(cause error) error {
	if b.Prefix != b.Prefix.Masked() {
		return cause
	}
	return nil
}

// The four blocks of a rule, each with its cause.
type (
	Source4 struct{ Block }  // SourceCidrIp
	Dest4   struct{ Block }  // DestCidrIp
	Source6 struct{ block6 } // Ipv6SourceCidrIp
	Dest6   struct{ block6 } // Ipv6DestCidrIp
)

// Set reads an IPv4 address or block.
func (b *Source4) Set(text string) error { return b.set4(text, ErrSource4) }

// Set reads an IPv4 address or block.
func (b *Dest4) Set(text string) error { return b.set4(text, ErrDest4) }

// Set reads an IPv6 address or block.
func (b *Source6) Set(text string) error { return b.set6(text, ErrSource6) }

// Set reads an IPv6 address or block.
func (b *Dest6) Set(text string) error { return b.set6(text, ErrDest6) }

// Strictly refuses host bits.
func (b *Source4) Strictly(string, int) error { return b.strictly(ErrSource4) }

// Strictly refuses host bits.
func (b *Dest4) Strictly(string, int) error { return b.strictly(ErrDest4) }

// Strictly refuses host bits.
func (b *Source6) Strictly(string, int) error { return b.strictly(ErrSource6) }

// Strictly refuses host bits.
func (b *Dest6) Strictly(string, int) error { return b.strictly(ErrDest6) }
