package ecs

import (
	"errors"
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// maxTags is how many tags a request may name.
const maxTags = 20

var errRepeatedKey = errors.New("two tags have one key")

// tag is a tag as a request gives it: Tag.N.Key and Tag.N.Value.
type tag struct {
	Key   secgroup.TagKey
	Value secgroup.TagValue
}

// bind declares a tag. Whatever names tags names their keys.
func (t *tag) bind(p *param.Set) {
	p.Var(&t.Key, "Key", "Key of the tag, 1 to 128 characters; does not begin with aliyun, acs:, http:// or https://.").Else(secgroup.ErrTagKey).Example("TestKey")
	p.Var(&t.Value, "Value", "Value of the tag, up to 128 characters; does not begin with http:// or https://.").Example("TestValue")
}

// bindEither declares a tag of the actions that know an older spelling as well.
func (t *tag) bindEither(p *param.Set) {
	p.Var(&t.Key, "key", "Older spelling of Key.")
	p.Var(&t.Value, "value", "Older spelling of Value.")
	p.Partial(t.Key != "")
	t.bind(p)
	p.Partial(false)
}

func tagsOf(tags []tag) []secgroup.Tag {
	var list []secgroup.Tag
	for _, t := range tags {
		list = append(list, secgroup.Tag{Key: string(t.Key), Value: string(t.Value)})
	}
	return list
}

// repeatedKey tells whether two tags have one key.
func repeatedKey(tags []tag) error {
	for i, t := range tags {
		if slices.ContainsFunc(tags[:i], func(u tag) bool { return u.Key == t.Key }) {
			return errRepeatedKey
		}
	}
	return nil
}

// wears tells whether every one of the tags is among those that something has; a
// tag without a value is worn with any.
func wears(has []secgroup.Tag, tags []tag) bool {
	for _, t := range tags {
		if !slices.ContainsFunc(has, func(has secgroup.Tag) bool {
			return has.Key == string(t.Key) && (t.Value == "" || has.Value == string(t.Value))
		}) {
			return false
		}
	}
	return true
}

func tagFields(t *secgroup.Tag, w *wire.Writer) {
	w.Text("TagKey", t.Key)
	w.Text("TagValue", t.Value)
}
