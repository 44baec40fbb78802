package server

import (
	"fmt"
	"strings"

	"github.com/ecsmock/ecsmock/internal/store"
)

// A Region is a region of ECS.
type Region = store.Region

// ParseRegions parses ids of regions, separated by commas.
func ParseRegions(text string) ([]Region, error) {
	var list []Region
	for _, id := range strings.Split(text, ",") {
		r, err := store.NewRegion(strings.TrimSpace(id))
		if err != nil {
			return nil, fmt.Errorf("%q: %w", id, err)
		}
		list = append(list, r)
	}
	return list, nil
}
