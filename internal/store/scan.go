package store

import (
	"bytes"
	"encoding/json"
)

// member is one field of a JSON object that is read.
type member struct {
	name []byte
	raw  json.RawMessage
	used bool
}

// members splits a sound JSON object, into a slice that is used again.
func members(object []byte, into []member) []member {
	into = into[:0]
	rest := object[1:]
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n,")
		if rest[0] == '}' {
			return into
		}
		n := end(rest)
		m := member{name: unquote(rest[:n])}
		rest = bytes.TrimLeft(rest[n:], " \t\r\n:")
		n = end(rest)
		m.raw, rest = rest[:n], rest[n:]
		into = append(into, m)
	}
}

// elements visits the values of a sound JSON array.
func elements(array []byte, visit func(i int, raw []byte)) {
	rest := array[1:]
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

// end is the length of the sound JSON value at the beginning of text.
func end(text []byte) int {
	switch text[0] {
	case '"':
		return endOfText(text)
	case '{', '[':
		return endOfNest(text)
	}
	if n := bytes.IndexAny(text, ",]} \t\r\n"); n >= 0 {
		return n
	}
	return len(text)
}

func endOfText(text []byte) int {
	n := 1
	for text[n] != '"' {
		if text[n] == '\\' {
			n++
		}
		n++
	}
	return n + 1
}

func endOfNest(text []byte) int {
	depth := 0
	for n := 0; ; n++ {
		switch text[n] {
		case '"':
			n += endOfText(text[n:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return n + 1
			}
		}
	}
}

// unquote is what a sound JSON text says.
func unquote(raw []byte) []byte {
	if bytes.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	var text string
	json.Unmarshal(raw, &text) // the JSON is sound
	return []byte(text)
}

// kind names what sort of JSON value a text is, for a person.
func kind(raw []byte) string {
	switch raw[0] {
	case '"':
		return aText
	case '{':
		return anObject
	case '[':
		return aList
	case 't', 'f':
		return aFlag
	case 'n':
		return "null"
	}
	return aNumber
}

const (
	aText    = "a text"
	anObject = "an object"
	aList    = "a list"
	aFlag    = "true or false"
	aNumber  = "a number"
)
