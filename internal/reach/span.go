package reach

import (
	"net/netip"
	"sort"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// A point is an address or a port, as a number of 128 bits.
type point struct{ high, low uint64 }

func pointOf(a netip.Addr) point {
	var p point
	for i, b := range a.As16() {
		if i < 8 {
			p.high = p.high<<8 | uint64(b)
		} else {
			p.low = p.low<<8 | uint64(b)
		}
	}
	return p
}

// addr returns the point as the address of a family that it was made from.
func (p point) addr(f secgroup.Family) netip.Addr {
	var b [16]byte
	for i := range 8 {
		b[i], b[8+i] = byte(p.high>>(56-8*i)), byte(p.low>>(56-8*i))
	}
	a := netip.AddrFrom16(b)
	if f == secgroup.IPv4 {
		a = a.Unmap()
	}
	return a
}

func (p point) less(q point) bool { return p.high < q.high || p.high == q.high && p.low < q.low }

// plus returns the point n further on, where n is 1 or -1. The last point has no next one,
// and the first none before it: neither is asked for.
func (p point) plus(n int) point {
	low := p.low + uint64(n)
	switch {
	case n > 0 && low == 0:
		p.high++
	case n < 0 && p.low == 0:
		p.high--
	}
	p.low = low
	return p
}

// A span is the points from the first to the last, both included.
type span struct{ first, last point }

// spanOf returns the addresses of a block. Host bits do not count.
func spanOf(block netip.Prefix) span {
	s := span{first: pointOf(block.Masked().Addr())}
	s.last = s.first
	host := block.Addr().BitLen() - block.Bits()
	if host > 64 {
		s.last.high |= 1<<(host-64) - 1
		host = 64
	}
	s.last.low |= 1<<host - 1
	return s
}

// ports returns a range of ports as a span.
func ports(first, last int32) span {
	return span{point{low: uint64(first)}, point{low: uint64(last)}}
}

func (s span) overlaps(t span) bool { return !s.last.less(t.first) && !t.last.less(s.first) }

func (s span) contains(t span) bool { return !t.first.less(s.first) && !s.last.less(t.last) }

// spans are spans in order, of which no two overlap.
type spans []span

// merged returns the spans of some blocks.
func merged(blocks []netip.Prefix) spans {
	var all spans
	for _, b := range blocks {
		all = append(all, spanOf(b))
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].first.less(all[j].first) })
	var out spans
	for _, s := range all {
		if n := len(out); n > 0 && out[n-1].overlaps(s) {
			if out[n-1].last.less(s.last) {
				out[n-1].last = s.last
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// first returns the first point of the spans that is in s.
func (all spans) first(s span) (point, bool) {
	at := sort.Search(len(all), func(i int) bool { return !all[i].last.less(s.first) })
	if at == len(all) || s.last.less(all[at].first) {
		return point{}, false
	}
	if s.first.less(all[at].first) {
		return all[at].first, true
	}
	return s.first, true
}

// meet reports whether any of some spans has one of the points.
func (all spans) meet(some []span) bool {
	for _, s := range some {
		if _, ok := all.first(s); ok {
			return true
		}
	}
	return false
}

// hull returns the span from the first to the last of the points.
func (all spans) hull() span { return span{all[0].first, all[len(all)-1].last} }

// The dimensions of a box.
const (
	from   = iota // addresses of the source
	to            // addresses of the destination
	source        // ports of the source
)

// A box is connections: all that differ only in three things, each of which is in a span.
type box [3]span

func (b *box) overlaps(c *box) bool {
	return b[from].overlaps(c[from]) && b[to].overlaps(c[to]) && b[source].overlaps(c[source])
}

func (b *box) contains(c *box) bool {
	return b[from].contains(c[from]) && b[to].contains(c[to]) && b[source].contains(c[source])
}

// split cuts the box in two at a bound of c, which overlaps it and does not contain it.
func (b *box) split(c *box) (left, right box) {
	left, right = *b, *b
	for i := range b {
		switch {
		case b[i].first.less(c[i].first):
			left[i].last, right[i].first = c[i].first.plus(-1), c[i].first
			return left, right
		case c[i].last.less(b[i].last):
			left[i].last, right[i].first = c[i].last, c[i].last.plus(1)
			return left, right
		}
	}
	return left, right
}
