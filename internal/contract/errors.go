package contract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// ErrorsFile returns the name of the page of the product's errors in an edition.
func (p *Product) ErrorsFile(e rpc.Edition) string { return errorsFile(p.slug(), e) }

// GatewayFile returns the name of the page of the errors of every action in an edition.
func GatewayFile(e rpc.Edition) string { return errorsFile("gateway", e) }

func errorsFile(name string, e rpc.Edition) string { return fmt.Sprintf("%s-errors-%d.md", name, e) }

// Errors returns the product's errors in an edition for people, in Markdown: each row has
// a command that causes it.
func (p *Product) Errors(e rpc.Edition) []byte {
	out := &page{}
	out.errorsIntroduction("Errors of "+p.Title, fmt.Sprintf("[%[1]s](%[1]s) has the parameters and the answers, and the errors that\n"+
		"only an injected fault causes; [%[2]s](%[2]s) has the errors of every action.", p.CoverageFile(), GatewayFile(e)), e)
	for i := range p.Actions {
		out.heading(2, p.Actions[i].Name)
		out.errors(of(e, p.Actions[i].Errors))
	}
	return []byte(out.String())
}

// GatewayErrors returns the errors of every action in an edition for people, in Markdown,
// like Errors.
func (c *Contract) GatewayErrors(e rpc.Edition) []byte {
	p := &page{}
	p.errorsIntroduction("Errors of every action", "An action of any product can answer with these errors. "+
		"[COVERAGE.md](COVERAGE.md) lists the products.", e)
	p.heading(2, "Errors of requests")
	p.errors(of(e, c.Gateway))
	c.signature(p, e)
	return []byte(p.String())
}

func (p *page) errorsIntroduction(title, about string, e rpc.Edition) {
	p.generated()
	p.heading(1, fmt.Sprintf("%s in edition %d", title, e))
	p.paragraph("Each row has a command that causes the error. %s\n"+
		"The commands need a mock of this edition with the demo world:", about)
	p.block("bash", fmt.Sprintf("ECSMOCK_EDITION=%d make run", e))
	p.paragraph("Each command starts from the unchanged demo world. This restores it:")
	p.block("bash", "curl -X POST http://127.0.0.1:2014/_mock/reset")
	p.paragraph("Rows with `-strict` need `ECSMOCK_STRICT=true` as well. `%%s` in a message stands for the name of the parameter or action.\n" +
		"Answers are XML, or JSON with `&Format=JSON`. The header `X-Ecsmock-Hint` of an answer explains it.")
}

// of returns the rows that an edition has.
func of(e rpc.Edition, rows []Row) []*Row {
	var list []*Row
	for i := range rows {
		if rows[i].holdsIn(e) {
			list = append(list, &rows[i])
		}
	}
	return list
}

func (r *Row) holdsIn(e rpc.Edition) bool {
	return r.Editions == nil || slices.Contains(r.Editions, e)
}

// errors writes the rows of one table.
func (p *page) errors(rows []*Row) {
	if len(rows) == 0 {
		p.paragraph("Only the errors of every action.")
		return
	}
	p.table("Status:", "Code and message", "When", "Try it")
	for _, r := range rows {
		when := prose(r.When)
		if r.Strict {
			when += "<br>Only with `-strict`"
		}
		p.row(fmt.Sprint(r.Status), codeAndMessage(r), when, code(bash(r.Steps)))
	}
}

// codeAndMessage returns the error as a cell of a table.
func codeAndMessage(r *Row) string {
	if r.Code == "" {
		return "no error"
	}
	message := r.Message
	if r.Parameter != "" {
		message = strings.ReplaceAll(message, "%s", r.Parameter)
	}
	return code(r.Code) + "<br>" + prose(message)
}

func (c *Contract) signature(p *page, e rpc.Edition) {
	p.heading(2, "Errors of signatures")
	p.paragraph("With `-signatures require`, a call with a wrong signature gets one of these errors; with `warn`, it is answered, and the\n" +
		"hint has the error. A `%%s` at the end of a message stands for the string that the server signs. The commands need this mock:")
	p.block("bash", fmt.Sprintf("ECSMOCK_EDITION=%d ECSMOCK_SIGNATURES=require ECSMOCK_CREDENTIALS=%s make run", e, c.Signed.Credentials))
	p.paragraph("They are signed for one moment of the mock's clock. This sets it:")
	p.block("bash", fmt.Sprintf(`curl -X PUT http://127.0.0.1:2014/_mock/clock -d '{"Now": "%s", "Frozen": true}'`, c.Signed.Now))
	p.errors(of(e, c.Signature))
}
