package reach

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// points are the addresses of an end at which something may change: the bounds of every
// block that is written anywhere, and their neighbours.
func (w *naiveWorld) points(e *naiveEnd, six bool) []netip.Addr {
	texts := slices.Clone(e.addresses)
	for _, g := range w.groups {
		for _, r := range g.rules {
			texts = append(texts, r["SourceCidrIp"], r["DestCidrIp"], r["Ipv6SourceCidrIp"], r["Ipv6DestCidrIp"])
		}
	}
	for _, l := range w.lists {
		texts = append(texts, l...)
	}
	for _, m := range w.members {
		texts = append(texts, m.addresses...)
	}
	every, known := "0.0.0.0/0", e.known(six)
	if six {
		every = "::/0"
	}
	var points []netip.Addr
	for _, text := range append(texts, every) {
		if text == "" || strings.Contains(text, ":") != six {
			continue
		}
		first, last := bounds(text)
		for _, a := range []netip.Addr{first, last, first.Prev(), last.Next()} {
			if a.IsValid() && (len(known) == 0 || within(a, known)) && !slices.Contains(points, a) {
				points = append(points, a)
			}
		}
	}
	return points
}

// known are the end's blocks of a family.
func (e *naiveEnd) known(six bool) (known []string) {
	for _, text := range e.addresses {
		if strings.Contains(text, ":") == six {
			known = append(known, text)
		}
	}
	return known
}

// bounds reads a block bit by bit.
func bounds(text string) (first, last netip.Addr) {
	address, length, cidr := strings.Cut(text, "/")
	a := netip.MustParseAddr(address)
	n := a.BitLen()
	if cidr {
		n, _ = strconv.Atoi(length)
	}
	low, high := a.AsSlice(), a.AsSlice()
	for bit := n; bit < a.BitLen(); bit++ {
		low[bit/8] &^= 0x80 >> (bit % 8)
		high[bit/8] |= 0x80 >> (bit % 8)
	}
	first, _ = netip.AddrFromSlice(low)
	last, _ = netip.AddrFromSlice(high)
	return first, last
}

func within(a netip.Addr, blocks []string) bool {
	return slices.ContainsFunc(blocks, func(text string) bool {
		first, last := bounds(text)
		return a.BitLen() == first.BitLen() && first.Compare(a) <= 0 && a.Compare(last) <= 0
	})
}

func (w *naiveWorld) sourcePorts() []int {
	points := []int{1, 65535}
	for _, g := range w.groups {
		for _, r := range g.rules {
			if text := r["SourcePortRange"]; text != "" && text != "-1/-1" {
				first, last, _ := strings.Cut(text, "/")
				a, _ := strconv.Atoi(first)
				b, _ := strconv.Atoi(last)
				points = append(points, a, b, max(1, a-1), min(65535, b+1))
			}
		}
	}
	slices.Sort(points)
	return slices.Compact(points)
}
