package form

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// checkSyntax finds what is not JSON, by line and column. The other functions of
// this file take valid JSON.
func checkSyntax(text []byte) error {
	if len(bytes.TrimSpace(text)) == 0 {
		return ErrEmpty
	}
	if !utf8.Valid(text) {
		return syntaxError(text, invalidUTF8(text), "the text is not UTF-8")
	}
	err := json.Unmarshal(text, new(json.RawMessage))
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return syntaxError(text, int(syntax.Offset)-1, syntax.Error())
	}
	return err
}

// invalidUTF8 returns the position of the first byte that is not UTF-8.
func invalidUTF8(text []byte) int {
	at := 0
	for {
		r, n := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && n <= 1 {
			return at
		}
		at += n
	}
}

func syntaxError(text []byte, at int, what string) error {
	before := text[:max(0, min(at, len(text)))]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return fmt.Errorf("line %d, column %d: %s", line, column, what)
}

// A member is a field of a JSON object that is read.
type member struct {
	name  string
	raw   []byte
	taken bool
}

// members returns the fields of an object in the order in which they come, in the
// memory of a slice that is no longer used. A json.Decoder does the same for five
// times the time.
func members(object []byte, into []member) []member {
	into = into[:0]
	rest := object[1:]
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n,")
		if rest[0] == '}' {
			return into
		}
		n := end(rest)
		m := member{name: string(unquote(rest[:n]))}
		rest = bytes.TrimLeft(rest[n:], " \t\r\n:")
		n = end(rest)
		m.raw, rest = rest[:n], rest[n:]
		into = append(into, m)
	}
}

// elements visits the values of a list.
func elements(list []byte, visit func(i int, raw []byte)) {
	rest := list[1:]
	for i := 0; ; i++ {
		rest = bytes.TrimLeft(rest, " \t\r\n,")
		if rest[0] == ']' {
			return
		}
		n := end(rest)
		visit(i, rest[:n])
		rest = rest[n:]
	}
}

// end returns the length of the value at the beginning of text.
func end(text []byte) int {
	depth := 0
	for n := 0; n < len(text); n++ {
		switch text[n] {
		case '"':
			n += stringEnd(text[n:]) - 1
			if depth == 0 {
				return n + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return n // after a number or a word
			}
			if depth--; depth == 0 {
				return n + 1
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return n
			}
		}
	}
	return len(text)
}

func stringEnd(text []byte) int {
	n := 1
	for text[n] != '"' {
		if text[n] == '\\' {
			n++
		}
		n++
	}
	return n + 1
}

// unquote returns what a JSON string says.
func unquote(raw []byte) []byte {
	if bytes.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	var text string
	json.Unmarshal(raw, &text)
	return []byte(text)
}

// Kinds of JSON values, in the words of an error.
const (
	aString  = "a string"
	anObject = "an object"
	aList    = "a list"
	aBoolean = "true or false"
	aNumber  = "a number"
)

func kind(raw []byte) string {
	switch raw[0] {
	case '"':
		return aString
	case '{':
		return anObject
	case '[':
		return aList
	case 't', 'f':
		return aBoolean
	case 'n':
		return "null"
	}
	return aNumber
}
