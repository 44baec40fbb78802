package secgroup

import "strings"

// Tag is a key and a value that a person put on a group.
type Tag struct{ Key, Value string }

// TagKey is the key of a tag, 1 to 128 characters.
type TagKey string

// Set reads the key.
func (k *TagKey) Set(text string) error {
	switch {
	case strings.HasPrefix(text, "aliyun"), strings.HasPrefix(text, "acs:"), isURL(text):
		return ErrTagKeyPrefix
	case !between(text, 1, 128):
		return ErrTagKey
	}
	*k = TagKey(text)
	return nil
}

func (k *TagKey) String() string { return string(*k) }

// TagValue is the value of a tag, up to 128 characters.
type TagValue string

// Set reads the value.
func (v *TagValue) Set(text string) error {
	if isURL(text) || !between(text, 0, 128) {
		return ErrTagValue
	}
	*v = TagValue(text)
	return nil
}

func (v *TagValue) String() string { return string(*v) }
