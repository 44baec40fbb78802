package contract

import (
	"fmt"
	"strings"
)

// api is where make run serves the API.
const api = "http://127.0.0.1:2014/?"

// bash is one line that makes the calls.
func bash(steps []Step) string {
	lines := make([]string, len(steps))
	for i := range steps {
		lines[i] = curl(&steps[i])
	}
	return strings.Join(lines, " && ")
}

func curl(s *Step) string {
	url := "'" + api + shorten(s.Query) + "'"
	if s.Times == 0 {
		return "curl -i " + s.Options + tidy(url)
	}
	url = tidy(strings.ReplaceAll(url, "#", "'$i'"))
	return fmt.Sprintf("for i in $(seq %d); do curl -i %s%s; done", s.Times, s.Options, url)
}

// tidy takes the quotes away that enclose nothing at the end of a URL.
func tidy(url string) string { return strings.TrimSuffix(url, "''") }

// longest is how often a character may stand in a row before it is told how often.
const longest = 32

// shorten has bash write what is one character over and over. It is part of a text
// in single quotes, which it leaves and enters again.
func shorten(text string) string {
	var out strings.Builder
	for start := 0; start < len(text); {
		end := start + 1
		for end < len(text) && text[end] == text[start] {
			end++
		}
		if n := end - start; n > longest && alphanumeric(text[start]) {
			fmt.Fprintf(&out, `'$(printf '%c%%.0s' {1..%d})'`, text[start], n)
		} else {
			out.WriteString(text[start:end])
		}
		start = end
	}
	return out.String()
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
