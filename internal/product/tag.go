package product

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// MaxTags is how many tags a request has at most.
const MaxTags = 20

// ErrRepeatedKey is the error of tags of which two have the same key.
var ErrRepeatedKey = errors.New("two tags have the same key")

// A Tag is a tag of a request: Tag.N.Key and Tag.N.Value.
type Tag struct {
	Key   secgroup.TagKey
	Value secgroup.TagValue
}

// Bind declares a tag.
func (t *Tag) Bind(p *param.Set) {
	p.Var(&t.Key, "Key", "Key of the tag. It does not begin with aliyun, acs:, http:// or https://.").Else(secgroup.ErrTagKey).Example("TestKey")
	p.Var(&t.Value, "Value", "Value of the tag. It does not begin with http:// or https://.").Example("TestValue")
}

// BindEither declares a tag of the actions that also know an older spelling.
func (t *Tag) BindEither(p *param.Set) {
	p.Var(&t.Key, "key", "Older spelling of Key.")
	p.Var(&t.Value, "value", "Older spelling of Value.")
	p.Partial(t.Key != "")
	t.Bind(p)
	p.Partial(false)
}

// TagsOf returns the tags as a resource has them.
func TagsOf(tags []Tag) []secgroup.Tag {
	var list []secgroup.Tag
	for _, t := range tags {
		list = append(list, secgroup.Tag{Key: string(t.Key), Value: string(t.Value)})
	}
	return list
}

// CheckRepeatedKey returns an error if two tags have the same key.
func CheckRepeatedKey(tags []Tag) error {
	for i, t := range tags {
		if slices.ContainsFunc(tags[:i], func(u Tag) bool { return u.Key == t.Key }) {
			return ErrRepeatedKey
		}
	}
	return nil
}

// HasTags reports whether all wanted tags are among those of a resource. A wanted tag
// without a value matches any value.
func HasTags(tags []secgroup.Tag, wanted []Tag) bool {
	for _, w := range wanted {
		if !slices.ContainsFunc(tags, func(t secgroup.Tag) bool {
			return t.Key == string(w.Key) && (w.Value == "" || t.Value == string(w.Value))
		}) {
			return false
		}
	}
	return true
}
