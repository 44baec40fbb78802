package secgroup

import "slices"

// WithTags returns tags with some more. One that has the key of an earlier tag replaces it,
// at the same position in the order. The tags themselves are not changed, since answers may
// still read them.
func WithTags(tags, more []Tag) []Tag {
	all := slices.Clone(tags)
	for _, t := range more {
		at := slices.IndexFunc(all, func(has Tag) bool { return has.Key == t.Key })
		if at < 0 {
			all = append(all, t)
			continue
		}
		all[at] = t
	}
	return all
}

// WithoutTags returns tags without those that have some keys, none if keys is nil.
func WithoutTags(tags []Tag, keys []string) []Tag {
	if keys == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(tags), func(t Tag) bool { return slices.Contains(keys, t.Key) })
}
