package rpc

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Edition is a year from which the service behaved in one way. The zero value
// stands for no edition in particular.
type Edition uint16

// The editions. Edition2019 is the document's.
const (
	Edition2019 Edition = 2019
	Edition2020 Edition = 2020
	Edition2025 Edition = 2025
)

// editions is the one list of them, the oldest first.
var editions = []Edition{Edition2019, Edition2020, Edition2025}

// Editions returns all editions, the oldest first.
func Editions() []Edition { return slices.Clone(editions) }

// Latest returns the newest edition.
func Latest() Edition { return editions[len(editions)-1] }

// Valid reports whether e is one of the editions.
func (e Edition) Valid() bool { return slices.Contains(editions, e) }

// ParseEdition returns the edition that a text names: a year, or "latest".
func ParseEdition(text string) (Edition, error) {
	if text == "latest" {
		return Latest(), nil
	}
	for _, e := range editions {
		if strconv.Itoa(int(e)) == text {
			return e, nil
		}
	}
	return 0, fmt.Errorf("the edition is %s, got %q", EditionNames(text), text)
}

// EditionNames returns the names of the editions as a sentence lists them: "2019, 2020,
// 2025 or latest". It marks the edition that replaced the one that was asked for.
func EditionNames(asked string) string {
	var text strings.Builder
	for _, e := range editions {
		text.WriteString(strconv.Itoa(int(e)))
		if e == Edition2025 && asked == "2024" {
			text.WriteString(" (which replaced 2024)")
		}
		if e != Latest() {
			text.WriteString(", ")
		}
	}
	return text.String() + " or latest"
}
