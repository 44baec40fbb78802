package reach

import "github.com/ecsmock/ecsmock/internal/secgroup"

// A decision is the answer to a question for one family of addresses.
type decision struct {
	question *Question
	lookup   *Lookup
	family   secgroup.Family
	ends     [2]spans // the addresses of from and to
	sides    []*side

	accepted *outcome // the first of what is accepted, nil for nothing
	refused  *outcome // the first of what is refused
	others   bool     // accept some of it, too
	deciders map[*candidate]bool
}

// An outcome is what becomes of the connections of a box, with what decides at each side.
type outcome struct {
	at box
	by []*candidate
}

func decide(q *Question, lookup *Lookup, f secgroup.Family) *decision {
	d := &decision{
		question: q, lookup: lookup, family: f, deciders: map[*candidate]bool{},
		ends: [2]spans{q.From.spans(f), q.To.spans(f)},
	}
	if q.Ingress { // first: it is the one that refuses more often
		d.sides = append(d.sides, d.newSide(secgroup.Ingress))
	}
	if q.Egress {
		d.sides = append(d.sides, d.newSide(secgroup.Egress))
	}
	d.pass(d.sides, d.asked(), nil)
	return d
}

// asked returns a box with all connections that the question is about, and others between
// them.
func (d *decision) asked() box {
	return box{d.ends[from].hull(), d.ends[to].hull(), ports(1, secgroup.MaxPort)}
}

// asks reports whether the question is about any connection of a box.
func (d *decision) asks(b *box) bool {
	_, begins := d.ends[from].first(b[from])
	_, ends := d.ends[to].first(b[to])
	return begins && ends
}

// rank returns how far the traffic reaches: 0 not at all, 1 in part, 2 all of it.
func (d *decision) rank() int {
	switch {
	case d.accepted == nil:
		return 0
	case d.refused != nil:
		return 1
	}
	return 2
}

// pass sends the connections of a box through some sides, when those before have accepted
// them.
func (d *decision) pass(sides []*side, b box, accepted []*candidate) {
	if len(sides) == 0 {
		d.accept(b, accepted)
		return
	}
	d.walk(b, overlapping(sides[0].matching, &b), func(b box, c *candidate) {
		by := append(accepted[:len(accepted):len(accepted)], c)
		if c.accept {
			d.pass(sides[1:], b, by)
		} else {
			d.refuse(b, by)
		}
	})
}

// walk cuts a box into smaller ones on each of which one candidate decides, and visits
// those that the question is about. The candidates overlap the box and are in order of
// precedence; one of them contains it. Each cut is at a bound of the middle one of those
// that come before it, so that many candidates are halved and not visited one by one.
func (d *decision) walk(b box, matching []*candidate, visit func(box, *candidate)) {
	if !d.asks(&b) {
		return
	}
	first := 0
	for !matching[first].contains(&b) {
		first++
	}
	if first == 0 {
		visit(b, matching[0])
		return
	}
	matching = matching[:first+1]
	left, right := b.split(&matching[first/2].box)
	d.walk(left, overlapping(matching, &left), visit)
	d.walk(right, overlapping(matching, &right), visit)
}

func overlapping(all []*candidate, b *box) []*candidate {
	var some []*candidate
	for _, c := range all {
		if c.overlaps(b) {
			some = append(some, c)
		}
	}
	return some
}

// accept notes that the connections of a box reach, refuse that they do not.
func (d *decision) accept(b box, by []*candidate) {
	d.note(by)
	if d.accepted == nil {
		d.accepted = &outcome{b, by}
	}
	for i, c := range by {
		if first := d.accepted.by[i]; first.rule != c.rule || first.group != c.group {
			d.others = true
		}
	}
}

func (d *decision) refuse(b box, by []*candidate) {
	d.note(by[len(by)-1:])
	if d.refused == nil {
		d.refused = &outcome{b, by}
	}
}

func (d *decision) note(by []*candidate) {
	for _, c := range by {
		d.deciders[c] = true
	}
}
