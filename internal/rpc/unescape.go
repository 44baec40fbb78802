package rpc

import "strings"

// pair is name=value as it stands in a query or a body. Without an equals sign it
// is a blank parameter.
type pair struct {
	name, value string
	encoded     bool // there is something to decode
	blank       bool // there is nothing at all between two ampersands
}

// cutPair cuts the first pair off a text. It looks at each byte once, for this is
// where most of the bytes of a call are looked at.
func cutPair(text string) (p pair, rest string) {
	end, equals := 0, -1
	for ; end < len(text) && text[end] != '&'; end++ {
		switch text[end] {
		case '=':
			if equals < 0 {
				equals = end
			}
		case '%', '+':
			p.encoded = true
		}
	}
	p.blank = end == 0
	if p.name = text[:end]; equals >= 0 {
		p.name, p.value = text[:equals], text[equals+1:end]
	}
	return p, text[min(end+1, len(text)):]
}

// unescaper decodes the names and values of one query or body. Unlike net/url, it
// copies nothing where there is nothing to decode, and what it decodes shares one
// buffer.
type unescaper struct {
	size    int // of what may be decoded yet
	decoded strings.Builder
}

// pair decodes a pair, and tells whether it was encoded well.
func (u *unescaper) pair(p *pair) bool {
	var ok, ok2 bool
	p.name, ok = u.unescape(p.name)
	p.value, ok2 = u.unescape(p.value)
	return ok && ok2
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
