package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// fault is why a state is refused: where, and what is wrong there.
type fault struct {
	path string // of the JSON value, "" for the whole
	err  error
}

func (f *fault) Error() string {
	if f.path == "" {
		return "the state: " + f.err.Error()
	}
	return f.path + ": " + f.err.Error()
}

func (f *fault) Unwrap() error { return f.err }

// What may be wrong with the state's JSON beyond a single value's text.
var (
	errEmpty   = errors.New("the state is empty; {} is a world without groups")
	errNoField = errors.New("there is no such field")
	errTwice   = errors.New("the field is given twice")
	errNeeded  = errors.New("the field is needed")
	errTime    = errors.New("a time is written as 2030-01-02T03:04:05Z")
	errVersion = errors.New("the version of the form is 1; a newer one needs a newer program")
)

// checkSyntax finds what is no JSON at all, by line and column. All else that
// reads a state may take its JSON to be sound.
func checkSyntax(state []byte) error {
	if len(bytes.TrimSpace(state)) == 0 {
		return errEmpty
	}
	if at := invalidUTF8(state); at >= 0 {
		return syntaxError(state, at, "the text is not UTF-8")
	}
	err := json.Unmarshal(state, new(json.RawMessage))
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return syntaxError(state, int(syntax.Offset)-1, syntax.Error())
	}
	return err
}

func invalidUTF8(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	at := 0
	for {
		r, n := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && n <= 1 {
			return at
		}
		at += n
	}
}

func syntaxError(state []byte, at int, what string) error {
	before := state[:max(0, min(at, len(state)))]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return fmt.Errorf("line %d, column %d: %s", line, column, what)
}

// step is a field's name as a part of a path.
func step(path, name string) string {
	switch {
	case !isWord(name):
		return path + "[" + strconv.Quote(name) + "]"
	case path == "":
		return name
	}
	return path + "." + name
}

func isWord(name string) bool {
	for i := range len(name) {
		c := name[i]
		if c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return name != ""
}
