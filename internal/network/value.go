// Package network is the domain of virtual networks: VPCs and the vSwitches in them. It
// is pure: it knows no requests, no clock and no error codes.
package network

import (
	"errors"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Causes of values, in sentences for people.
var (
	ErrName        = errors.New("a name has 1 to 128 characters and does not begin with http:// or https://; before edition 2025 it has 2 to 128 letters, digits, periods, underscores and hyphens, a letter first")
	ErrDescription = errors.New("a description has 1 to 256 characters and does not begin with http:// or https://; before edition 2025 it has 2 to 256 characters, a letter first")
	ErrCIDR        = errors.New("a CIDR block is an IPv4 network without host bits, such as 172.16.0.0/12")
	ErrCIDR6       = errors.New("an IPv6 CIDR block of a VPC has 56 bits and no host bits, such as 2408:4005:3e8:9a00::/56")
	ErrUserCIDR    = errors.New("user CIDR blocks are IPv4 networks without host bits, separated by commas")
	ErrUserCIDRs   = errors.New("a VPC has at most 3 user CIDR blocks")
	ErrUserShared  = errors.New("a user CIDR block does not overlap 100.64.0.0/10")
)

// A Name is the name of a VPC or a vSwitch. It need not be unique.
type Name string

// Length returns the limits in characters.
func (Name) Length() (least, most int) { return 1, 128 }

// Set reads the name.
func (n *Name) Set(text string) error {
	if !fits(n, text) {
		return ErrName
	}
	*n = Name(strings.Clone(text))
	return nil
}

func (n Name) String() string { return string(n) }

// CheckEarly returns ErrName if the documents before edition 2025 forbid the name.
func (n Name) CheckEarly() error {
	forbidden := func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("._-", c)
	}
	if n != "" && (!early(string(n)) || strings.IndexFunc(string(n), forbidden) >= 0) {
		return ErrName
	}
	return nil
}

// A Description is the description of a VPC or a vSwitch.
type Description string

// Length returns the limits in characters.
func (Description) Length() (least, most int) { return 1, 256 }

// Set reads the description.
func (d *Description) Set(text string) error {
	if !fits(d, text) {
		return ErrDescription
	}
	*d = Description(strings.Clone(text))
	return nil
}

func (d Description) String() string { return string(d) }

// CheckEarly returns ErrDescription if the documents before edition 2025 forbid the
// description.
func (d Description) CheckEarly() error {
	if d != "" && !early(string(d)) {
		return ErrDescription
	}
	return nil
}

// fits reports whether a text is UTF-8, as long as a value may be, and no URL.
func fits(v interface{ Length() (least, most int) }, text string) bool {
	least, most := v.Length()
	n := utf8.RuneCountInString(text)
	return utf8.ValidString(text) && n >= least && n <= most &&
		!strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://")
}

// early reports whether a text has two characters, a letter first.
func early(text string) bool {
	first, size := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(first) && len(text) > size
}

// A CIDR is an IPv4 block without host bits. The zero value is absent.
type CIDR struct{ netip.Prefix }

// Set reads the block.
func (c *CIDR) Set(text string) error {
	p, err := netip.ParsePrefix(text)
	if err != nil || !p.Addr().Is4() || p != p.Masked() {
		return ErrCIDR
	}
	c.Prefix = p
	return nil
}

func (c CIDR) String() string { return prefixText(c.Prefix) }

// A CIDR6 is the IPv6 block of a VPC. The zero value is absent.
type CIDR6 struct{ netip.Prefix }

// Set reads the block.
func (c *CIDR6) Set(text string) error {
	p, err := netip.ParsePrefix(text)
	if err != nil || !p.Addr().Is6() || p.Bits() != 56 || p != p.Masked() {
		return ErrCIDR6
	}
	c.Prefix = p
	return nil
}

func (c CIDR6) String() string { return prefixText(c.Prefix) }

func prefixText(p netip.Prefix) string {
	if !p.IsValid() {
		return ""
	}
	return p.String()
}

// UserCIDRs are the blocks outside of a VPC that are reached through its route table.
type UserCIDRs []CIDR

const maxUserCIDRs = 3

// shared is the block of the service's own addresses.
var shared = netip.MustParsePrefix("100.64.0.0/10")

// Set reads blocks that are separated by commas.
func (u *UserCIDRs) Set(text string) error {
	var list UserCIDRs
	for part := range strings.SplitSeq(text, ",") {
		var c CIDR
		switch {
		case c.Set(strings.TrimSpace(part)) != nil:
			return ErrUserCIDR
		case c.Overlaps(shared):
			return ErrUserShared
		}
		list = append(list, c)
	}
	if len(list) > maxUserCIDRs {
		return ErrUserCIDRs
	}
	*u = list
	return nil
}

func (u UserCIDRs) String() string { return strings.Join(u.Texts(), ",") }

// Texts returns the blocks as texts.
func (u UserCIDRs) Texts() []string {
	var list []string
	for _, c := range u {
		list = append(list, c.String())
	}
	return list
}
