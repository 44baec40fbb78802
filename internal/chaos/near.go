package chaos

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
)

// How many names are offered in place of an unknown one, and how long one may be
// that anybody could have meant something by.
const (
	mostNear    = 3
	longestName = 128
)

// near are the names that somebody may have meant, the nearest first: those that
// take few changes, and those that the text is a part of.
func near(text string, names []string) []string {
	type candidate struct {
		name string
		far  int
	}
	if text == "" || len(text) > longestName {
		return nil
	}
	text = strings.ToLower(text)
	var found []candidate
	for _, name := range names {
		other := strings.ToLower(name)
		far := param.Distance(text, other)
		if far <= 1+len(text)/4 || len(text) > 2 && strings.Contains(other, text) {
			found = append(found, candidate{name, far})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.far, b.far) })
	var nearest []string
	for _, c := range found[:min(mostNear, len(found))] {
		if c.far <= found[0].far+2 { // one that is much farther was not meant
			nearest = append(nearest, c.name)
		}
	}
	return nearest
}

// suggest ends a sentence about an unknown name: with the names that may have been
// meant, or else with where all are.
func suggest(text string, names []string, otherwise string) string {
	nearest := near(text, names)
	if len(nearest) == 0 {
		return otherwise
	}
	last := len(nearest) - 1
	list := nearest[last]
	if last > 0 {
		list = strings.Join(nearest[:last], ", ") + " or " + list
	}
	return "did you mean " + list + "?"
}
