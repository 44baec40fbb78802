// Package ascii has the classes of ASCII characters.
package ascii

import "strings"

// IsDigit reports whether c is one of 0 to 9.
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

// IsLetter reports whether c is one of A to Z and a to z.
func IsLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// IsHex reports whether c is a hexadecimal digit.
func IsHex(c byte) bool { return IsDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// AreDigits reports whether text is one or more digits.
func AreDigits(text string) bool {
	for i := range len(text) {
		if !IsDigit(text[i]) {
			return false
		}
	}
	return text != ""
}

// IsWord reports whether text is one or more letters, digits and characters of others.
func IsWord(text, others string) bool {
	for i := range len(text) {
		if c := text[i]; !IsLetter(c) && !IsDigit(c) && strings.IndexByte(others, c) < 0 {
			return false
		}
	}
	return text != ""
}

// Is reports whether text has ASCII characters only.
func Is(text string) bool {
	for i := range len(text) {
		if text[i] > 0x7f {
			return false
		}
	}
	return true
}

// IsPrintable reports whether text has only the characters from space to ~.
func IsPrintable(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}
