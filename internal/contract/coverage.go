package contract

import (
	"fmt"
	"strings"
	"unicode"
)

// CoverageFile returns the name of the page of the product's parameters and answers.
func (p *Product) CoverageFile() string { return p.slug() + "-actions.md" }

// Index returns the list of all actions for people, in Markdown.
func (c *Contract) Index() []byte {
	p := &page{}
	p.generated()
	p.heading(1, "What the mock covers")
	p.paragraph(`This page lists the products of Alibaba Cloud, and the actions of each, that ecsmock answers. The page of a product has the
parameters, the fields of the answers and the errors that no request causes; its contract is the same for programs, in the
form of ` + "`/_mock/actions`" + ` of a running mock. The errors that requests cause, each with a command, are on one page for each
edition of the service, of which the first is the default.`)
	columns := []string{"Product", "Version", "Actions:", "Of all:", "Contract"}
	p.table(append(columns, c.years("Errors in %d")...)...)
	for i := range c.Products {
		q := &c.Products[i]
		cells := []string{link(q.Title, q.CoverageFile()), q.Version, fmt.Sprint(len(q.Actions)), fmt.Sprint(len(q.Actions) + len(q.NotMocked)), link("JSON", q.File())}
		for _, e := range c.Editions {
			cells = append(cells, link(fmt.Sprint(e), q.ErrorsFile(e)))
		}
		p.row(cells...)
	}
	cells := []string{"Every action", "", "", "", ""}
	for _, e := range c.Editions {
		cells = append(cells, link(fmt.Sprint(e), GatewayFile(e)))
	}
	p.row(cells...)
	for i := range c.Products {
		p.summary(&c.Products[i], c)
	}
	return []byte(p.String())
}

// years returns a text for each edition.
func (c *Contract) years(format string) []string {
	list := make([]string, len(c.Editions))
	for i, e := range c.Editions {
		list[i] = fmt.Sprintf(format, e)
	}
	return list
}

// summary writes a table of the actions of a product.
func (p *page) summary(q *Product, c *Contract) {
	p.heading(2, q.Title)
	p.table(append([]string{"Action", "What it does", "Parameters:"}, c.years("Errors in %d:")...)...)
	parameters, errors := 0, 0
	for i := range q.Actions {
		a := &q.Actions[i]
		parameters, errors = parameters+len(a.Parameters), errors+len(a.Errors)
		anchor := "#" + strings.ToLower(a.Name)
		cells := []string{link(a.Name, q.CoverageFile()+anchor), prose(a.Summary), fmt.Sprint(len(a.Parameters))}
		for _, e := range c.Editions {
			cells = append(cells, link(fmt.Sprint(len(of(e, a.Errors))), q.ErrorsFile(e)+anchor))
		}
		p.row(cells...)
	}
	p.paragraph("In total %s, %s and %s. %s has [%s](%s#not-mocked), which are not mocked.",
		count(len(q.Actions), "action"), count(parameters, "parameter"), count(errors, "error row"),
		q.Title, count(len(q.NotMocked), "more action"), q.CoverageFile())
}

// Coverage returns the parameters and the answers of the product's actions for people, in
// Markdown.
func (p *Product) Coverage() []byte {
	out := &page{}
	out.generated()
	out.heading(1, "Actions of "+p.Title)
	out.paragraph(`These are the actions of Alibaba Cloud's %[1]s API (version %[2]s) that ecsmock answers. [%[3]s](%[3]s) has the same for
programs, and [COVERAGE.md](COVERAGE.md) has the other products. The commands need a mock with the demo world at
`+"`http://127.0.0.1:2014`:", p.Title, p.Version, p.File())
	out.block("bash", "make run")
	for i := range p.Actions {
		out.action(&p.Actions[i])
	}
	out.notMocked(p)
	return []byte(out.String())
}

func (p *page) action(a *Action) {
	p.heading(2, a.Name)
	p.paragraph("%s", prose(a.Summary))
	p.block("bash", bash([]Step{{Query: a.Example}}))
	p.parameters(a.Parameters)
	p.answer(a.Answer)
	p.unmade(a.Unmade)
}

func (p *page) unmade(rows []Row) {
	if len(rows) == 0 {
		return
	}
	p.paragraph("The vendor's documents list these errors too. No request to the mock causes them, but an injected fault can:")
	p.table("Status:", "Code", "Message", "Why no request causes it")
	for i := range rows {
		p.row(fmt.Sprint(rows[i].Status), code(rows[i].Code), prose(rows[i].Message), prose(rows[i].When))
	}
}

func (p *page) notMocked(q *Product) {
	p.heading(2, "Not mocked")
	p.paragraph("%s has %s. The mock answers them with 400 `UnsupportedOperation`: it has what programs call that manage "+
		"security groups.", q.Title, count(len(q.NotMocked), "more action"))
	var verbs, others []string
	byVerb := map[string][]string{}
	for _, name := range q.NotMocked {
		v := verb(name)
		if byVerb[v] == nil {
			verbs = append(verbs, v)
		}
		byVerb[v] = append(byVerb[v], name)
	}
	p.table("Verb", "Actions:", "Names")
	for _, v := range verbs {
		if len(byVerb[v]) < 3 {
			others = append(others, byVerb[v]...)
			continue
		}
		p.row(v, fmt.Sprint(len(byVerb[v])), strings.Join(byVerb[v], ", "))
	}
	if len(others) > 0 {
		p.row("Other", fmt.Sprint(len(others)), strings.Join(others, ", "))
	}
}

// verb returns the first word of an action's name.
func verb(name string) string {
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			return name[:i]
		}
	}
	return name
}

// A page is a Markdown document.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) {
	fmt.Fprintf(p, format+"\n", args...)
}

// generated writes the comment at the start of a page.
func (p *page) generated() {
	p.line("<!-- Generated by make docs from the declarations of the actions. Do not edit. -->")
}

// paragraph writes a text with an empty line before it.
func (p *page) paragraph(format string, args ...any) {
	p.line("\n"+format, args...)
}

func (p *page) heading(level int, text string) {
	p.paragraph("%s %s", strings.Repeat("#", level), text)
}

func (p *page) block(language, text string) {
	p.paragraph("```%s\n%s\n```", language, text)
}

// table begins a table. A column whose name ends in : is aligned to the right.
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

func link(text, target string) string { return "[" + text + "](" + target + ")" }

// prose returns a text with Markdown's special characters escaped.
func prose(text string) string { return marks.Replace(text) }

// code returns a text as code. In a table, a pipe must be escaped even in code.
func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + strings.ReplaceAll(text, "|", `\|`) + "`"
}

// codes returns texts as a list of code.
func codes(texts []string) string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = code(t)
	}
	return strings.Join(out, ", ")
}

// count returns a number of things: 1 row, 2 rows.
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
