package secgroup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecsmock/ecsmock/internal/ascii"
)

// GroupID is the id of a security group, as the API requires it of the group
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

func (g *GroupID) String() string { return string(*g) }

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

// RuleDescription is a person's note on a rule, 1 to 512 characters.
type RuleDescription string

// Set reads the description.
func (d *RuleDescription) Set(text string) error {
	if !between(text, 1, 512) {
		return ErrRuleDescription
	}
	*d = RuleDescription(text)
	return nil
}

func (d *RuleDescription) String() string { return string(*d) }

// GroupName is what people call a group, 2 to 128 characters; it need not be unique.
type GroupName string

// Set reads the name.
func (n *GroupName) Set(text string) error {
	first, _ := utf8.DecodeRuneInString(text)
	if !between(text, 2, 128) || isURL(text) || !unicode.IsLetter(first) {
		return ErrGroupName
	}
	for _, c := range text {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune(":_.-", c) {
			return ErrGroupName
		}
	}
	*n = GroupName(text)
	return nil
}

func (n *GroupName) String() string { return string(*n) }

// GroupDescription is a person's note on a group, 2 to 256 characters.
type GroupDescription string

// Set reads the description.
func (d *GroupDescription) Set(text string) error {
	if !between(text, 2, 256) || isURL(text) {
		return ErrGroupDescription
	}
	*d = GroupDescription(text)
	return nil
}

func (d *GroupDescription) String() string { return string(*d) }

// GroupType is normal or enterprise. The zero value is absent, which means normal.
type GroupType uint8

// The types of groups.
const (
	Normal GroupType = iota + 1
	Enterprise
)

var groupTypeNames = []string{"", "normal", "enterprise"}

// Set reads a type in any case.
func (t *GroupType) Set(text string) error {
	v, ok := lookup(groupTypeNames, text)
	if !ok {
		return ErrGroupType
	}
	*t = GroupType(v)
	return nil
}

// Strictly refuses another case than the document's.
func (t *GroupType) Strictly(text string) error { return exactly(t.Values(), text, ErrGroupType) }

func (t *GroupType) String() string { return groupTypeNames[*t] }

// Values are the valid values.
func (t *GroupType) Values() []string { return groupTypeNames[1:] }

func between(text string, least, most int) bool {
	if !utf8.ValidString(text) {
		return false
	}
	n := utf8.RuneCountInString(text)
	return n >= least && n <= most
}

func isURL(text string) bool {
	return strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://")
}
