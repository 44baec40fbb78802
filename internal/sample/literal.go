package sample

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// short are the escapes that all languages but the shell share.
var short = map[rune]string{'\\': `\\`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

// quote returns a text in quotes. Characters without a short escape go through escape.
func quote(text string, mark rune, escape func(rune) string) string {
	var out strings.Builder
	out.WriteRune(mark)
	for _, r := range text {
		switch s := short[r]; {
		case s != "":
			out.WriteString(s)
		case r == mark:
			out.WriteByte('\\')
			out.WriteRune(r)
		default:
			out.WriteString(escape(r))
		}
	}
	out.WriteRune(mark)
	return out.String()
}

// shellText returns a text as a quoted word of a POSIX shell.
func shellText(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"

// plainWord are the characters without a meaning to a shell.
const plainWord = letters + "-./:@+,="

// shellWord returns a text as a word of a shell, quoted only if needed.
func shellWord(text string) string {
	if text == "" || strings.Trim(text, plainWord) != "" {
		return shellText(text)
	}
	return text
}

// shellLines returns the flags at the end of a command, one a line.
func shellLines(flags []string) string {
	var out strings.Builder
	for _, flag := range flags {
		out.WriteString(" \\\n    " + flag)
	}
	return out.String() + "\n"
}

func goText(text string) string {
	return quote(text, '"', func(r rune) string { return shown(r, `\u%04x`, `\U%08x`) })
}

func pythonText(text string) string {
	return quote(text, '"', func(r rune) string { return shown(r, `\u%04x`, `\U%08x`) })
}

func jsText(text string) string {
	return quote(text, '\'', func(r rune) string { return shown(r, `\u%04x`, `\u{%x}`) })
}

// javaText returns a literal in ASCII, since compilers differ in the encoding they expect.
func javaText(text string) string {
	return quote(text, '"', func(r rune) string {
		if r >= ' ' && r < 0x7f {
			return string(r)
		}
		var out strings.Builder
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, `\u%04x`, unit)
		}
		return out.String()
	})
}

// hclText returns a literal of Terraform, where ${ and %{ begin an expression.
func hclText(text string) string {
	text = quote(text, '"', func(r rune) string { return shown(r, `\u%04x`, `\U%08x`) })
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(text)
}

// shown returns a printable character itself, another as an escape.
func shown(r rune, small, large string) string {
	switch {
	case strconv.IsPrint(r):
		return string(r)
	case r <= 0xffff:
		return fmt.Sprintf(small, r)
	}
	return fmt.Sprintf(large, r)
}

// jsonText returns a text as JSON.
func jsonText(text string) string {
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic("sample: " + err.Error()) // impossible for a text
	}
	return strings.TrimSuffix(out.String(), "\n")
}
