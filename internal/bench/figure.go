package main

import (
	"fmt"
	"slices"
	"strconv"
)

// figure is one line of the report.
type figure struct {
	what  string
	value float64
	unit  string
	aim   aim
}

// aim is what a figure should be: the budget, and the star, which is better still.
// 0 is for none.
type aim struct {
	budget, star float64
	least        bool // the figure should be at least so much; else at most
}

func atMost(budget, star float64) aim  { return aim{budget, star, false} }
func atLeast(budget, star float64) aim { return aim{budget, star, true} }

// within tells whether a bound is kept, "" where there is none.
func (f *figure) within(bound float64) string {
	switch {
	case bound == 0:
		return ""
	case f.aim.least && f.value >= bound, !f.aim.least && f.value <= bound:
		return "yes"
	}
	return "no"
}

// bound is a budget or a star for people.
func (f *figure) bound(b float64) string {
	switch {
	case b == 0:
		return ""
	case f.aim.least:
		return "≥ " + strconv.FormatFloat(b, 'g', -1, 64)
	}
	return "≤ " + strconv.FormatFloat(b, 'g', -1, 64)
}

// String is the value to three digits, and its unit.
func (f *figure) String() string {
	text := ""
	switch {
	case f.value >= 100 || f.value == float64(int(f.value)):
		text = fmt.Sprintf("%.0f", f.value)
	case f.value >= 10:
		text = fmt.Sprintf("%.1f", f.value)
	default:
		text = fmt.Sprintf("%.2f", f.value)
	}
	if f.unit != "" {
		text += " " + f.unit
	}
	return text
}

// median is the middle of the values.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	switch {
	case n == 0:
		return 0
	case n%2 == 0:
		return (sorted[n/2-1] + sorted[n/2]) / 2
	}
	return sorted[n/2]
}
