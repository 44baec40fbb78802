package contract

import (
	"fmt"
	"strings"
)

// page is Markdown on its way.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) {
	fmt.Fprintf(p, format+"\n", args...)
}

// paragraph is a text with an empty line before it.
func (p *page) paragraph(format string, args ...any) {
	p.line("\n"+format, args...)
}

func (p *page) heading(level int, text string) {
	p.paragraph("%s %s", strings.Repeat("#", level), text)
}

func (p *page) block(language, text string) {
	p.paragraph("```%s\n%s\n```", language, text)
}

// table begins a table; a column whose name ends in : is aligned to the right.
func (p *page) table(columns ...string) {
	rule := make([]string, len(columns))
	for i, name := range columns {
		rule[i] = "---"
		columns[i], _ = strings.CutSuffix(name, ":")
		if columns[i] != name {
			rule[i] = "--:"
		}
	}
	p.line("")
	p.row(columns...)
	p.row(rule...)
}

func (p *page) row(cells ...string) {
	p.line("| %s |", strings.Join(cells, " | "))
}

var marks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "|", `\|`, "<", `\<`, "[", `\[`, "_", `\_`, "&", `\&`, "\n", " ")

// prose is a text in which nothing means anything to Markdown.
func prose(text string) string { return marks.Replace(text) }

// code is a text as it stands. In a table a pipe is escaped even there.
func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + strings.ReplaceAll(text, "|", `\|`) + "`"
}

// codes are texts as they stand, in a row.
func codes(texts []string) string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = code(t)
	}
	return strings.Join(out, ", ")
}

// count is a number of things: 1 row, 2 rows.
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
