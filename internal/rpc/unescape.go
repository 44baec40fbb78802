package rpc

import "strings"

// unescaper decodes the names and values of one query or body. Unlike net/url, it
// copies nothing where there is nothing to decode, and what it decodes shares one
// buffer.
type unescaper struct {
	size    int // of the query or body
	decoded strings.Builder
}

// unescape decodes a name or a value, and tells whether it was encoded well.
func (u *unescaper) unescape(text string) (string, bool) {
	if strings.IndexByte(text, '%') < 0 && strings.IndexByte(text, '+') < 0 {
		return text, true
	}
	if u.decoded.Cap() == 0 {
		u.decoded.Grow(u.size)
	}
	start := u.decoded.Len()
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '+':
			u.decoded.WriteByte(' ')
		case '%':
			if i+2 >= len(text) {
				return "", false
			}
			high, low := unhex(text[i+1]), unhex(text[i+2])
			if high < 0 || low < 0 {
				return "", false
			}
			u.decoded.WriteByte(byte(high<<4 | low))
			i += 2
		default:
			u.decoded.WriteByte(c)
		}
	}
	return u.decoded.String()[start:], true
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
