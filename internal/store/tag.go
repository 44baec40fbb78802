package store

import (
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// Tag gives a group tags; one that it has by the same key gets the new value and
// keeps its place. A group's tags are never changed in place: what was handed out
// stays as it was.
func (r *Namespace) Tag(g *secgroup.Group, tags []secgroup.Tag) {
	all := slices.Clone(g.Tags)
	for _, t := range tags {
		t = ownTag(t)
		at := slices.IndexFunc(all, func(has secgroup.Tag) bool { return has.Key == t.Key })
		if at < 0 {
			all = append(all, t)
			continue
		}
		all[at] = t
	}
	g.Tags = all
}

// Untag takes the tags with some keys from a group, all where keys is nil.
func (r *Namespace) Untag(g *secgroup.Group, keys []string) {
	if keys == nil {
		g.Tags = nil
		return
	}
	g.Tags = slices.DeleteFunc(slices.Clone(g.Tags), func(t secgroup.Tag) bool { return slices.Contains(keys, t.Key) })
}

// ownTag is a tag whose strings may be kept.
func ownTag(t secgroup.Tag) secgroup.Tag {
	return secgroup.Tag{Key: strings.Clone(t.Key), Value: strings.Clone(t.Value)}
}
