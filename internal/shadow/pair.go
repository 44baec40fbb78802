package shadow

import "slices"

// pairs are which elements of two lists are compared with each other.
type pairs struct {
	s, m    *node
	partner []int // of each element of s, -1 for none
	taken   []bool
}

func newPairs(s, m *node) *pairs {
	p := &pairs{s, m, make([]int, len(s.members)), make([]bool, len(m.members))}
	for i := range p.partner {
		p.partner[i] = -1
	}
	return p
}

// equal reports whether the lists have as many elements.
func (p *pairs) equal() bool { return len(p.s.members) == len(p.m.members) }

// mostPairs is how many pairs of elements are looked at. The elements of longer lists are
// compared in their order.
const mostPairs = 1 << 20

// match pairs elements without a partner that are of one thing, the first ones first.
func (p *pairs) match(same func(s, m *node) bool) {
	if len(p.partner)*len(p.taken) > mostPairs {
		return
	}
	for i, j := range p.partner {
		if j >= 0 {
			continue
		}
		for k, o := range p.m.members {
			if !p.taken[k] && same(p.s.members[i], o) {
				p.partner[i], p.taken[k] = k, true
				break
			}
		}
	}
}

// matched returns the partners of those that have one.
func (p *pairs) matched() []int {
	return slices.DeleteFunc(slices.Clone(p.partner), func(j int) bool { return j < 0 })
}

// rest pairs what is left of both lists in its order, if that is as much of one as of the
// other: else nobody knows which elements are of one thing.
func (p *pairs) rest() {
	var left, right []int
	for i, j := range p.partner {
		if j < 0 {
			left = append(left, i)
		}
	}
	for j, taken := range p.taken {
		if !taken {
			right = append(right, j)
		}
	}
	if len(left) != len(right) {
		return
	}
	for k, i := range left {
		p.partner[i], p.taken[right[k]] = right[k], true
	}
}
