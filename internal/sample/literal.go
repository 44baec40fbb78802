package sample

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// short are the characters that all languages but the shell's write alike.
var short = map[rune]string{'\\': `\\`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

// quote writes a text between quotes, and by escape what cannot stand there as it is.
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

// shellText is a word of a POSIX shell.
func shellText(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"

// plainWord is what means nothing but itself to a shell.
const plainWord = letters + "-./:@+,="

// shellWord is a word that is quoted only where it has to be.
func shellWord(text string) string {
	if text == "" || strings.Trim(text, plainWord) != "" {
		return shellText(text)
	}
	return text
}

// shellLines are the flags at the end of a command, each on a line of its own.
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

// javaText is in ASCII, since compilers differ in how they read anything else.
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

// hclText is Terraform's, where ${ and %{ begin an expression.
func hclText(text string) string {
	text = quote(text, '"', func(r rune) string { return shown(r, `\u%04x`, `\U%08x`) })
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(text)
}

// shown is a character as it stands if it can be seen, else by its number.
func shown(r rune, small, large string) string {
	switch {
	case strconv.IsPrint(r):
		return string(r)
	case r <= 0xffff:
		return fmt.Sprintf(small, r)
	}
	return fmt.Sprintf(large, r)
}

// jsonText is a text in JSON.
func jsonText(text string) string {
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic("sample: " + err.Error()) // a text is always fine
	}
	return strings.TrimSuffix(out.String(), "\n")
}
