package secgroup

import "strings"

// nearestOf is how many rules a search for the nearest looks at: a hint must not
// cost more among many rules than among few.
const nearestOf = 256

// Miss is a search that found no rule. It is ErrNoRule, and tells what came nearest.
type Miss struct {
	Group   string
	Rules   int
	Nearest string // id of the nearest rule, "" where the group has none
	Differs []Difference
}

func (m *Miss) Error() string { return ErrNoRule.Error() }

// Is makes a miss ErrNoRule.
func (m *Miss) Is(target error) bool { return target == ErrNoRule }

// Hint names the nearest rule and each field in which it differs.
func (m *Miss) Hint() string {
	if m.Nearest == "" {
		return m.Group + " has no rules"
	}
	var b strings.Builder
	b.WriteString("nearest is " + m.Nearest + ": ")
	for i, d := range m.Differs {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(d.Field + " is " + d.Has + ", asked " + d.Asked)
	}
	return b.String()
}

// Miss looks for the rule that comes nearest to a key that no rule has.
func (g *Group) Miss(asked Key) *Miss {
	m := &Miss{Group: g.ID, Rules: g.Len()}
	var nearest *Rule
	least, seen := 100, 0
	for r := range g.Rules() {
		if r.leastDistance(&asked) < least { // else its key need not be made
			k := r.Key()
			if n := k.distance(&asked); n < least {
				nearest, least = r, n
			}
		}
		if seen++; seen == nearestOf || least == 1 {
			break
		}
	}
	if nearest != nil {
		k := nearest.Key()
		m.Nearest, m.Differs = nearest.ID, k.differences(&asked)
	}
	return m
}
