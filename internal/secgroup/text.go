package secgroup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecsmock/ecsmock/internal/ascii"
)

// A Value is a field of a rule or a group as a client writes it, like a flag.Value.
type Value interface {
	Set(text string) error
	String() string
}

// A Text is a value of any text.
type Text string

// Set sets the text.
func (t *Text) Set(text string) error { return keep(t, text) }

func (t Text) String() string { return string(t) }

// keep sets a value to a copy of text, which may be a piece of a request's body: a
// group keeps its texts for longer than the body should be in memory.
func keep[T ~string](value *T, text string) error {
	*value = T(strings.Clone(text))
	return nil
}

// A GroupID is the id of a security group, as the API requires it of the group
// that a call is about.
type GroupID string

// Set reads "sg-" and 1 to 61 letters, digits, hyphens and underscores, or a
// GUID, which is what the document's sample request has.
func (g *GroupID) Set(text string) error {
	if !isGroupID(text) && !isGUID(text) {
		return ErrGroupID
	}
	*g = GroupID(text)
	return nil
}

func (g GroupID) String() string { return string(g) }

func isGroupID(text string) bool {
	rest, ok := strings.CutPrefix(text, "sg-")
	return ok && len(rest) <= 61 && ascii.IsWord(rest, "-_")
}

func isGUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i := range len(text) {
		switch i {
		case 8, 13, 18, 23:
			if text[i] != '-' {
				return false
			}
		default:
			if !ascii.IsHex(text[i]) {
				return false
			}
		}
	}
	return true
}

// A RuleDescription is the description of a rule.
type RuleDescription string

// Length returns the limits in characters.
func (RuleDescription) Length() (least, most int) { return 1, 512 }

// Set reads the description.
func (d *RuleDescription) Set(text string) error {
	if !fits(d, text) {
		return ErrRuleDescription
	}
	return keep(d, text)
}

func (d RuleDescription) String() string { return string(d) }

// A GroupName is the name of a group. It need not be unique.
type GroupName string

// Length returns the limits in characters.
func (GroupName) Length() (least, most int) { return 2, 128 }

// Set reads the name.
func (n *GroupName) Set(text string) error {
	if !fits(n, text) || !isName(text) {
		return ErrGroupName
	}
	return keep(n, text)
}

func (n GroupName) String() string { return string(n) }

// A GroupDescription is the description of a group.
type GroupDescription string

// Length returns the limits in characters.
func (GroupDescription) Length() (least, most int) { return 2, 256 }

// Set reads the description.
func (d *GroupDescription) Set(text string) error {
	if !fits(d, text) || isURL(text) {
		return ErrGroupDescription
	}
	return keep(d, text)
}

func (d GroupDescription) String() string { return string(d) }

// A ListName is the name of a prefix list or a port range list. It need not be unique.
type ListName string

// Length returns the limits in characters.
func (ListName) Length() (least, most int) { return 2, 128 }

// Set reads the name.
func (n *ListName) Set(text string) error {
	if !fits(n, text) || !isName(text) || strings.HasPrefix(text, "com.aliyun") || strings.HasPrefix(text, "com.alibabacloud") {
		return ErrListName
	}
	return keep(n, text)
}

// A ListDescription is the description of a list.
type ListDescription string

// Length returns the limits in characters.
func (ListDescription) Length() (least, most int) { return 2, 256 }

// Set reads the description.
func (d *ListDescription) Set(text string) error {
	if !fits(d, text) || isURL(text) {
		return ErrListDescription
	}
	return keep(d, text)
}

// An EntryDescription is the description of an entry of a list.
type EntryDescription string

// Length returns the limits in characters.
func (EntryDescription) Length() (least, most int) { return 2, 32 }

// Set reads the description.
func (d *EntryDescription) Set(text string) error {
	if !fits(d, text) || isURL(text) {
		return ErrListDescription
	}
	return keep(d, text)
}

// A Tag is a key and a value by which users mark a group or a prefix list.
type Tag struct{ Key, Value string }

// A TagKey is the key of a tag.
type TagKey string

// Length returns the limits in characters.
func (TagKey) Length() (least, most int) { return 1, 128 }

// Set reads the key.
func (k *TagKey) Set(text string) error {
	switch {
	case strings.HasPrefix(text, "aliyun"), strings.HasPrefix(text, "acs:"), isURL(text):
		return ErrTagKeyPrefix
	case !fits(k, text):
		return ErrTagKey
	}
	return keep(k, text)
}

func (k TagKey) String() string { return string(k) }

// A TagValue is the value of a tag.
type TagValue string

// Length returns the limits in characters.
func (TagValue) Length() (least, most int) { return 0, 128 }

// Set reads the value.
func (v *TagValue) Set(text string) error {
	if isURL(text) || !fits(v, text) {
		return ErrTagValue
	}
	return keep(v, text)
}

func (v TagValue) String() string { return string(v) }

// fits reports whether a text is UTF-8 and as long as a value may be.
func fits(v interface{ Length() (least, most int) }, text string) bool {
	least, most := v.Length()
	n := utf8.RuneCountInString(text)
	return utf8.ValidString(text) && n >= least && n <= most
}

// isName reports whether a text is made of letters, digits and :_.-, a letter first, and
// is not a URL.
func isName(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(first) && !isURL(text) && strings.IndexFunc(text, func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune(":_.-", c)
	}) < 0
}

func isURL(text string) bool {
	return strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://")
}
