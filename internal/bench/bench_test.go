package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAFigureIsHeldAgainstItsBounds(t *testing.T) {
	for _, c := range []struct {
		value  float64
		aim    aim
		budget string
		star   string
	}{
		{0.75, atLeast(0.75, 0.85), "yes", "no"},
		{0.74, atLeast(0.75, 0.85), "no", "no"},
		{0.85, atLeast(0.75, 0.85), "yes", "yes"},
		{3, atMost(5, 3), "yes", "yes"},
		{5.01, atMost(5, 3), "no", "no"},
		{5, atMost(5, 0), "yes", ""},
		{5, aim{}, "", ""},
	} {
		f := figure{value: c.value, aim: c.aim}
		assert.Equal(t, c.budget, f.within(c.aim.budget), c)
		assert.Equal(t, c.star, f.within(c.aim.star), c)
	}
}

func TestTheMedianIsTheMiddle(t *testing.T) {
	assert.Equal(t, 2.0, median([]float64{9, 1, 2}))
	assert.Equal(t, 2.5, median([]float64{9, 1, 2, 3}))
}

func TestBenchmarksAreRead(t *testing.T) {
	r, err := read([]byte("goos: linux\nBenchmarkHit-2   \t  100\t 3000 ns/op\t 12 B/op\t  7 allocs/op\n" +
		"BenchmarkMiss/rules=10-2  5  2500 ns/op\nBenchmarkHit-2  100 2900.5 ns/op\nPASS\n"))
	require.NoError(t, err)
	assert.Equal(t, 2900.5, r.of("Hit", "ns/op"), "the least counts")
	assert.Equal(t, 7.0, r.of("Hit", "allocs/op"))
	assert.Equal(t, 2500.0, r.of("Miss/rules=10", "ns/op"))
	assert.Panics(t, func() { r.of("Hit", "B/rule") })
	_, err = read([]byte("BenchmarkHit-2 100 fast ns/op\n"))
	assert.Error(t, err)
}

// What stands between a figure and its star is told of each that has one.
func TestStarsAreExplained(t *testing.T) {
	var starred []string
	note := func(name string, a aim) {
		if a.star != 0 {
			starred = append(starred, name)
		}
	}
	for _, w := range ways {
		note(w.name+": calls a second, ratio", w.rate)
	}
	for _, r := range rows {
		note(r.what, r.time)
	}
	for _, name := range starred {
		assert.NotEmpty(t, between[name], name)
	}
	assert.Len(t, starred, 3)
}

func TestTheReportSaysWhatIsMissed(t *testing.T) {
	var out strings.Builder
	writeReport(&out, time.Now(), []section{{"Sizes", "Of files.", []figure{
		{"the program, stripped", 8.5, "MB", atMost(9, 7)}, {"start to first answer", 3.5, "ms", atMost(15, 6)}}}})
	assert.Contains(t, out.String(), "| the program, stripped | 8.50 MB | ≤ 9 | yes | ≤ 7 | no |")
	assert.Contains(t, out.String(), "- **the program, stripped**: 8.50 MB, the star is ≤ 7. `net/http`")
	assert.NotContains(t, out.String(), "**start")
}

// The calls that are sent are signed as version 1.0 is, and no two alike.
func TestSignedRequestsDiffer(t *testing.T) {
	signed := (&script{signed: true}).requests(4)
	assert.Contains(t, string(signed[0]), "Action=AuthorizeSecurityGroup")
	assert.Contains(t, string(signed[1]), "Action=RevokeSecurityGroup")
	assert.NotEqual(t, signed[0], signed[2])
	plain := (&script{}).requests(4)
	assert.Equal(t, plain[0], plain[2])
}
