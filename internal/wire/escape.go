package wire

import "unicode/utf8"

const hexDigits = "0123456789abcdef"

// appendJSON appends a text as a JSON string. It escapes only what JSON requires.
func appendJSON(buf []byte, text string) []byte {
	buf = append(buf, '"')
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[i:])
			if r == utf8.RuneError && size == 1 {
				buf = append(append(buf, text[start:i]...), "\uFFFD"...)
				start = i + 1
			}
			i += size
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		buf = append(buf, text[start:i]...)
		switch c {
		case '"', '\\':
			buf = append(buf, '\\', c)
		case '\n':
			buf = append(buf, `\n`...)
		case '\r':
			buf = append(buf, `\r`...)
		case '\t':
			buf = append(buf, `\t`...)
		default:
			buf = append(buf, `\u00`...)
			buf = append(buf, hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		start = i
	}
	return append(append(buf, text[start:]...), '"')
}

// appendXML appends a text with the replacements of escape, which returns "" for a
// character that needs none.
func appendXML(buf []byte, text string, escape func(r rune, size int) string) []byte {
	start := 0
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if with := escape(r, size); with != "" {
			buf = append(append(buf, text[start:i]...), with...)
			start = i + size
		}
		i += size
	}
	return append(buf, text[start:]...)
}

// xmlEscape escapes character data. A character that XML 1.0 cannot hold becomes U+FFFD.
// A carriage return is escaped, since a parser would turn it into a newline.
func xmlEscape(r rune, size int) string {
	switch {
	case r == '&':
		return "&amp;"
	case r == '<':
		return "&lt;"
	case r == '>':
		return "&gt;"
	case r == '\r':
		return "&#13;"
	case r == '\t' || r == '\n':
		return ""
	case r < ' ', r == 0xFFFE, r == 0xFFFF, r == utf8.RuneError && size == 1:
		return "\uFFFD"
	}
	return ""
}

// cdataEscape escapes a text in CDATA. It writes each > outside the CDATA section, so
// that no ]]> remains in it.
func cdataEscape(r rune, size int) string {
	switch {
	case r == '&' || r == '<':
		return ""
	case r == '>' || r == '\r':
		return "]]>" + xmlEscape(r, size) + "<![CDATA["
	}
	return xmlEscape(r, size)
}
