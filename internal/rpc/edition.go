package rpc

import (
	"fmt"
	"slices"
	"strconv"
)

// Edition is a year from which the service behaved in one way. The zero value
// stands for no edition in particular.
type Edition int

// The editions. Edition2019 is the document's.
const (
	Edition2019 Edition = 2019
	Edition2020 Edition = 2020
	Edition2024 Edition = 2024
)

// editions is the one list of them, the oldest first.
var editions = []Edition{Edition2019, Edition2020, Edition2024}

// Editions returns all editions, the oldest first.
func Editions() []Edition { return slices.Clone(editions) }

// Valid reports whether e is one of the editions.
func (e Edition) Valid() bool { return slices.Contains(editions, e) }

// ParseEdition returns the edition that a text names.
func ParseEdition(text string) (Edition, error) {
	for _, e := range editions {
		if strconv.Itoa(int(e)) == text {
			return e, nil
		}
	}
	return 0, fmt.Errorf("the edition is %s, got %q", EditionNames(), text)
}

// EditionNames returns the editions as a sentence lists them: "2019, 2020 or 2024".
func EditionNames() string {
	var text string
	for i, e := range editions {
		switch i {
		case 0:
		case len(editions) - 1:
			text += " or "
		default:
			text += ", "
		}
		text += strconv.Itoa(int(e))
	}
	return text
}
