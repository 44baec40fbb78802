package param

import (
	"sort"
	"strings"
)

// The most names that are offered in place of an unknown one, and the longest text
// that is compared with names, in bytes.
const (
	maxNearest = 3
	maxName    = 128
)

// Nearest returns the names that text most likely stands for, the nearest first: at
// most three, and none where text resembles no name. Case does not count.
func Nearest(text string, names []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	if text == "" || len(text) > maxName {
		return nil
	}
	text = strings.ToLower(text)
	var found []candidate
	for _, name := range names {
		lower := strings.ToLower(name)
		d := distance(text, lower)
		if d <= 1+len(text)/4 || len(text) > 2 && strings.Contains(lower, text) {
			found = append(found, candidate{name, d})
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].distance < found[j].distance })
	var nearest []string
	for _, c := range found[:min(maxNearest, len(found))] {
		if c.distance <= found[0].distance+2 {
			nearest = append(nearest, c.name)
		}
	}
	return nearest
}

// DidYouMean returns the question "did you mean A or B?" about an unknown name, or
// otherwise where text resembles none of names.
func DidYouMean(text string, names []string, otherwise string) string {
	nearest := Nearest(text, names)
	if len(nearest) == 0 {
		return otherwise
	}
	return "did you mean " + either(nearest) + "?"
}

// either returns "a, b or c".
func either(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// distance returns the edit distance of two texts: how many bytes must be changed,
// added or removed to make one of the other.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			changed := diagonal
			if a[i] != b[j] {
				changed++
			}
			diagonal = row[j+1]
			row[j+1] = min(changed, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
