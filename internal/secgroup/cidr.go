package secgroup

import (
	"net/netip"
	"strings"
)

// Block is an IPv4 or IPv6 address or CIDR block as a client wrote it. The zero
// value is absent. Blocks that cover the same addresses by another text ("a bare
// address and its /32") differ as Blocks and are equal as Prefixes.
type Block struct {
	Prefix
	bare bool // written without a length
}

// Prefix is an address of one family and how many of its bits count. Host bits
// are kept: 10.0.0.5/8 is not 10.0.0.0/8. The zero value is absent.
type Prefix struct {
	addr   [16]byte
	bits   uint8
	family uint8 // 4, 6 or 0 for absent
}

// Blocks that stand for every address of their family.
var (
	All4 = Prefix{family: 4}
	All6 = Prefix{family: 6}
)

// IsSet reports whether there is an address.
func (p Prefix) IsSet() bool { return p.family != 0 }

// hostBits tells whether bits beyond the length are set.
func (p Prefix) hostBits() bool {
	n := p.netip()
	return n.Masked() != n
}

func (p Prefix) netip() netip.Prefix {
	addr := netip.AddrFrom16(p.addr)
	if p.family == 4 {
		addr = netip.AddrFrom4([4]byte(p.addr[:4]))
	}
	return netip.PrefixFrom(addr, int(p.bits))
}

// String is the text of the block: IPv4 as it was written, IPv6 compressed.
func (b Block) String() string {
	switch {
	case !b.IsSet():
		return ""
	case b.bare:
		return b.netip().Addr().String()
	}
	return b.netip().String()
}

// String always shows the length.
func (p Prefix) String() string {
	if !p.IsSet() {
		return ""
	}
	return p.netip().String()
}

func parse(text string) (Block, bool) {
	if strings.IndexByte(text, '/') < 0 {
		addr, err := netip.ParseAddr(text)
		if err != nil || addr.Zone() != "" {
			return Block{}, false
		}
		return block(netip.PrefixFrom(addr, addr.BitLen()), true), true
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		return Block{}, false
	}
	return block(prefix, false), true
}

func block(p netip.Prefix, bare bool) Block {
	b := Block{bare: bare}
	b.bits = uint8(p.Bits())
	if p.Addr().Is4() {
		a := p.Addr().As4()
		copy(b.addr[:], a[:])
		b.family = 4
		return b
	}
	b.addr, b.family = p.Addr().As16(), 6
	return b
}

func (b *Block) set4(text string, cause error) error {
	v, ok := parse(text)
	if !ok || v.family != 4 {
		return cause
	}
	*b = v
	return nil
}

// set6 tells two mistakes apart: a text without a colon is "not in IPv6", one
// with a colon is an illegal IPv6 address. "::ffff:10.0.0.1" is IPv6.
func (b *Block) set6(text string, cause error) error {
	if strings.IndexByte(text, ':') < 0 {
		return cause
	}
	v, ok := parse(text)
	if !ok || v.family != 6 {
		return ErrIllegal6
	}
	*b = v
	return nil
}

func (b *Block) strictly(cause error) error {
	if b.hostBits() {
		return cause
	}
	return nil
}

// The four blocks of a rule: each is a Block that knows its own cause.
type (
	Source4 struct{ Block } // SourceCidrIp
	Dest4   struct{ Block } // DestCidrIp
	Source6 struct{ Block } // Ipv6SourceCidrIp
	Dest6   struct{ Block } // Ipv6DestCidrIp
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
func (b *Source4) Strictly(string) error { return b.strictly(ErrSource4) }

// Strictly refuses host bits.
func (b *Dest4) Strictly(string) error { return b.strictly(ErrDest4) }

// Strictly refuses host bits.
func (b *Source6) Strictly(string) error { return b.strictly(ErrSource6) }

// Strictly refuses host bits.
func (b *Dest6) Strictly(string) error { return b.strictly(ErrDest6) }
