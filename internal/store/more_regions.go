package store

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/param"
)

// builtIn are the regions of every world.
var builtIn = slices.Concat(regions, unlisted)

var errRegionID = errors.New("a region id is lower-case letters, digits and hyphens, such as cn-hangzhou")

// NewRegion returns a region with an id, whose name is the id. An id that is malformed, or
// one letter away from that of a region of every world, is an error.
func NewRegion(id string) (Region, error) {
	for _, r := range builtIn {
		if r.ID == id {
			return r, nil
		}
	}
	if err := checkRegionID(id); err != nil {
		return Region{}, err
	}
	for _, r := range builtIn {
		if oneEdit(withoutNumber(id), withoutNumber(r.ID)) {
			return Region{}, fmt.Errorf("%w; did you mean %s?", ErrRegion, r.ID)
		}
	}
	return named(id, letters(id)), nil
}

const (
	lower  = "abcdefghijklmnopqrstuvwxyz"
	digits = "0123456789"
)

// checkRegionID returns an error unless an id is words of lower-case letters and digits
// with hyphens between them, the first of letters.
func checkRegionID(id string) error {
	words := strings.Split(id, "-")
	for i, word := range words {
		if word == "" || strings.Trim(word, lower+digits) != "" || i == 0 && strings.ContainsAny(word, digits) {
			words = nil
			break
		}
	}
	if len(words) > 1 && len(id) <= 64 {
		return nil
	}
	var known []string
	for _, r := range regions {
		known = append(known, r.ID)
	}
	if nearest := param.Nearest(id, known); len(nearest) > 0 {
		return fmt.Errorf("%w; did you mean %s?", errRegionID, nearest[0])
	}
	return errRegionID
}

// withoutNumber returns a region's id without the number at its end: us-east-2 is not
// us-east-1 mistyped.
func withoutNumber(id string) string {
	if base, ok := strings.CutSuffix(strings.TrimRight(id, digits), "-"); ok {
		return base
	}
	return id
}

// oneEdit reports whether one letter more, less or changed, or two letters exchanged, make
// b of a.
func oneEdit(a, b string) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	exchanged := len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
	return len(a)+len(b) == 1 || len(a) == 1 && len(b) == 1 || exchanged
}

// letters returns the letters of the ids in a region, which are always the same.
func letters(id string) string {
	h := fnv.New32a()
	h.Write([]byte(id))
	return strconv.FormatUint(36*36+uint64(h.Sum32())%(35*36*36), 36)
}

// Regions returns the regions that DescribeRegions lists: those of every world, then by id
// those that the world was made with or that a state names.
func (w *World) Regions() []Region {
	return w.regions(func(in *regionContents) bool { return in.listed })
}

// AllRegions returns all regions, listed or not.
func (w *World) AllRegions() []Region {
	return w.regions(func(*regionContents) bool { return true })
}

func (w *World) regions(selects func(*regionContents) bool) []Region {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var list []Region
	for _, in := range w.contents.sortedRegions() {
		if selects(in) {
			list = append(list, in.Region)
		}
	}
	return list
}

// newContents returns the contents of a world in which nothing is.
func (w *World) newContents() *contents {
	c := newContents(w.clock)
	for _, r := range w.more {
		if _, ok := c.regions[r.ID]; !ok {
			c.regions[r.ID] = newRegionContents(r, lastRank)
		}
		c.regions[r.ID].listed = true
	}
	return c
}

// lastRank is the rank of the regions that not every world has.
var lastRank = len(builtIn)

// sortedRegions returns the regions in their order.
func (c *contents) sortedRegions() []*regionContents {
	return slices.SortedFunc(maps.Values(c.regions), func(a, b *regionContents) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.ID, b.ID))
	})
}

// A statedRegion is a region that a state names.
type statedRegion struct{ ID, LocalName string }

// statedRegions visits the regions that the state's list of regions needs: one with things
// in it is named by them.
func (c *contents) statedRegions() iter.Seq[*statedRegion] {
	return func(yield func(*statedRegion) bool) {
		for _, in := range c.sortedRegions() {
			if in.stated && (in.localName != "" || in.isEmpty()) && !yield(&statedRegion{in.ID, in.localName}) {
				return
			}
		}
	}
}

// isEmpty reports whether no account has anything in the region.
func (in *regionContents) isEmpty() bool {
	for _, ns := range in.namespaces {
		if len(ns.groups)+len(ns.instances)+len(ns.interfaces)+len(ns.prefixLists)+len(ns.portLists)+len(ns.vpcs)+len(ns.vswitches) > 0 {
			return false
		}
	}
	return true
}

// list makes DescribeRegions list the region, which a state names, by the name there or "".
func (in *regionContents) list(name string) {
	if !in.listed {
		in.listed, in.stated = true, true
	}
	if name != "" {
		in.stated, in.localName = true, name
		in.Name, in.NameEN, in.NameJA = name, name, name
	}
}

// listRegion adds a region of the list of regions.
func (d *draft) listRegion(f *form.Object, r *statedRegion) {
	if _, ok := d.regionNames[r.ID]; ok {
		f.Fail("RegionId", fmt.Errorf("%s is in the list already", r.ID))
		return
	}
	if err := d.nameRegion(r.ID, r.LocalName); err != nil {
		f.Fail("RegionId", err)
	}
}

// nameRegion adds a region with a name. Its id is meant as it is, even if it resembles that
// of another region.
func (d *draft) nameRegion(id, name string) error {
	if name == "" {
		return d.mention(id)
	}
	if d.to.regions[id] == nil {
		if err := checkRegionID(id); err != nil {
			return err
		}
		d.regions[id] = newRegionContents(named(id, letters(id)), lastRank)
	}
	d.regionNames[id] = name
	return nil
}

// mention adds a region that an object of the state is in.
func (d *draft) mention(id string) error {
	if _, ok := d.regionNames[id]; ok {
		return nil
	}
	if d.to.regions[id] == nil {
		r, err := NewRegion(id)
		switch {
		case errors.Is(err, ErrRegion):
			return fmt.Errorf("%w To use this id, list it in Regions with a LocalName", err)
		case err != nil:
			return err
		}
		d.regions[id] = newRegionContents(r, lastRank)
	}
	d.regionNames[id] = ""
	return nil
}

// A regionID is the id of the region that an object of a state is in.
type regionID struct {
	draft *draft
	id    *string
}

func (r regionID) Set(text string) error {
	if err := r.draft.mention(text); err != nil {
		return err
	}
	*r.id = text
	return nil
}

func (r regionID) String() string { return *r.id }
