package shadow

import (
	"net/netip"
	"strings"
	"time"
)

// A class is what a value of an answer is, where the service makes it.
type class uint8

const (
	plain class = iota // not made by the service
	anID               // sg-bp1…
	aGUID              // of a group, a disk or a request
	aTime
	anAddress // IPv4 or IPv6
	aMAC
	anAccount // 16 digits, and 15 to 20 of roles and users
	anEmail
	aHost // iZbp1…Z
	aKey  // of a role, STS.…
)

// classOf returns what a value is.
func classOf(value string) class {
	switch {
	case len(value) < len("sg-1") || len(value) > 100:
		return plain
	case strings.HasPrefix(value, "STS."):
		return aKey
	case isTime(value):
		return aTime
	case isAddress(value):
		return anAddress
	case 15 <= len(value) && len(value) <= 20 && all(value, isDigit):
		return anAccount
	case len(value) == 36 && strings.Count(value, "-") == 4 && all(value, func(c byte) bool { return c == '-' || isHex(c) }):
		return aGUID
	case len(value) == 17 && strings.Count(value, ":") == 5 && all(value, func(c byte) bool { return c == ':' || isHex(c) }):
		return aMAC
	case value[0] == 'i' && value[1] == 'Z' && value[len(value)-1] == 'Z' && all(value, isAlphanumeric):
		return aHost
	case strings.Count(value, "@") == 1 && !strings.Contains(value, " "):
		return anEmail
	case isID(value):
		return anID
	}
	return plain
}

// kindOfID returns the letters of an id before its first hyphen.
func kindOfID(value string) string {
	kind, _, _ := strings.Cut(value, "-")
	return kind
}

// isID reports whether a value looks like an id: a few small letters, a hyphen, and letters
// and digits of which one is a digit, unlike a name such as my-group.
func isID(value string) bool {
	kind, rest, ok := strings.Cut(value, "-")
	return ok && kind != "" && len(kind) <= 5 && rest != "" && all(kind, isSmall) && all(rest, isAlphanumeric) && !all(rest, isLetter)
}

func isTime(value string) bool {
	for _, layout := range [...]string{"2006-01-02T15:04:05Z", "2006-01-02T15:04Z", time.RFC3339Nano} {
		if _, err := time.Parse(layout, value); err == nil {
			return true
		}
	}
	return false
}

func isAddress(value string) bool {
	_, err := netip.ParseAddr(value)
	return err == nil
}

func all(value string, is func(c byte) bool) bool {
	for i := range len(value) {
		if !is(value[i]) {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool        { return '0' <= c && c <= '9' }
func isSmall(c byte) bool        { return 'a' <= c && c <= 'z' }
func isLetter(c byte) bool       { return isSmall(c | ' ') }
func isAlphanumeric(c byte) bool { return isDigit(c) || isLetter(c) }
func isHex(c byte) bool          { return isDigit(c) || 'a' <= c|' ' && c|' ' <= 'f' }

// maxTwins is how many names are kept at most.
const maxTwins = 100_000

// twins are what the service and the mock call the same thing, where each has made a name for
// it. The zero value has none.
type twins struct {
	mock    map[string]string // by the name at the service
	service map[string]string // by the name in the mock
}

// learn takes two names for those of one thing. It reports whether they can be.
func (t *twins) learn(service, mock string) bool {
	if has, ok := t.mock[service]; ok {
		return has == mock
	}
	if _, ok := t.service[mock]; ok {
		return false
	}
	if t.mock == nil || len(t.mock) == maxTwins {
		t.mock, t.service = map[string]string{}, map[string]string{}
	}
	t.mock[service], t.service[mock] = mock, service
	return true
}

// same reports whether two values are those of one thing, without learning.
func (t *twins) same(service, mock string) bool {
	if has, ok := t.mock[service]; ok {
		return has == mock
	}
	return service == mock
}

// forget forgets all names.
func (t *twins) forget() { *t = twins{} }

// unknown reports whether neither name has a twin.
func (t *twins) unknown(service, mock string) bool {
	_, s := t.mock[service]
	_, m := t.service[mock]
	return !s && !m
}

// inMock returns a text with the mock's names in place of the service's.
func (t *twins) inMock(value string) string {
	if len(t.mock) == 0 {
		return value
	}
	return words(value, t.word)
}

// word returns the mock's name in place of the service's, or of those in an ARN.
func (t *twins) word(word string) string {
	if has, ok := t.mock[word]; ok {
		return has
	}
	parts := strings.Split(word, ":")
	for i, part := range parts {
		if has, ok := t.mock[part]; ok {
			parts[i] = has
		}
	}
	return strings.Join(parts, ":")
}

// words returns a text in which each word is replaced. A word is a run of what ids,
// addresses, accounts and times are made of.
func words(value string, replace func(word string) string) string {
	var b strings.Builder
	start := 0
	for i := 0; i <= len(value); i++ {
		if i < len(value) && (isAlphanumeric(value[i]) || strings.IndexByte("-.:@_", value[i]) >= 0) {
			continue
		}
		b.WriteString(replace(value[start:i]))
		if i < len(value) {
			b.WriteByte(value[i])
		}
		start = i + 1
	}
	return b.String()
}
