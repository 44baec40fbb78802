package contract

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// Coverage is the contract for people, in Markdown.
func (c *Contract) Coverage() []byte {
	p := &page{}
	p.line("<!-- Written by make docs out of what the actions declare. Change those, not this. -->")
	c.introduction(p)
	c.summary(p)
	for i := range c.Actions {
		p.action(&c.Actions[i])
	}
	c.gateway(p)
	c.signature(p)
	c.notMocked(p)
	return []byte(p.String())
}

func (c *Contract) introduction(p *page) {
	p.heading(1, "What the mock covers")
	p.paragraph(`This is every action of Alibaba Cloud's %s API (version %s) that ecsmock answers: the parameters it
takes, the fields it answers with, and each error it can meet, with a line that makes the error happen. Programs read
the same in [ecs-2014-05-26.json](ecs-2014-05-26.json), or at `+"`/_mock/actions`"+` of a running mock.`, c.Service, c.Version)
	p.paragraph("Run the mock with its demo world, at `http://127.0.0.1:2014`:")
	p.block("bash", "make run")
	p.paragraph("Each line below says what it does when the demo world is fresh. After a line that changed something, put it back:")
	p.block("bash", "curl -X POST http://127.0.0.1:2014/_mock/reset")
	p.paragraph(`A row holds in every edition of the service (%s; the first is the default) unless it names some: then
run one of those, as in `+"`ECSMOCK_EDITION=2020 make run`"+`. What needs `+"`-strict`"+` takes `+"`ECSMOCK_STRICT=true make run`"+`.
`+"`%%s`"+` in a message stands for the name of the parameter or action. Answers are XML; with `+"`&Format=JSON`"+` they
are JSON. The header `+"`X-Ecsmock-Hint`"+` of an answer tells more than the service would.`, years(c.Editions))
}

func (c *Contract) summary(p *page) {
	p.heading(2, "Summary")
	p.table("Action", "What it does", "Parameters:", "Errors:")
	parameters, errors := 0, 0
	for i := range c.Actions {
		a := &c.Actions[i]
		parameters, errors = parameters+len(a.Parameters), errors+len(a.Errors)
		p.row(fmt.Sprintf("[%s](#%s)", a.Name, strings.ToLower(a.Name)), prose(a.Summary),
			fmt.Sprint(len(a.Parameters)), fmt.Sprint(len(a.Errors)))
	}
	p.paragraph("Together %s, %s and %s, beside the [%s that all actions share](#errors-of-every-action). "+
		"ECS has [%s](#not-mocked) that the mock has not.",
		count(len(c.Actions), "action"), count(parameters, "parameter"), count(errors, "error row"),
		count(len(c.Gateway), "row"), count(len(c.NotMocked), "more action"))
}

func (p *page) action(a *Action) {
	p.heading(2, a.Name)
	p.paragraph("%s", prose(a.Summary))
	p.block("bash", bash([]Step{{Query: a.Example}}))
	p.parameters(a.Parameters)
	p.answer(a.Answer)
	if len(a.Errors) == 0 {
		p.paragraph("It has no errors of its own.")
		return
	}
	p.errors(a.Errors)
	p.unmade(a.Unmade)
}

func (p *page) unmade(rows []Row) {
	if len(rows) == 0 {
		return
	}
	p.paragraph("The vendor's documents of 2019 to 2021 list these too. No request to the mock makes them, an injected fault does: " +
		"they tell of what a mock has not, such as managed or locked resources, or are another year's code for a mistake that the table above answers.")
	p.table("Status:", "Code", "Message")
	for i := range rows {
		p.row(fmt.Sprint(rows[i].Status), code(rows[i].Code), prose(rows[i].Message))
	}
}

func (p *page) errors(rows []Row) {
	p.table("Status:", "Code and message", "When", "Try it")
	for i := range rows {
		r := &rows[i]
		p.row(fmt.Sprint(r.Status), told(r), prose(r.When)+only(r), code(bash(r.Steps)))
	}
}

// told is what a client is told.
func told(r *Row) string {
	if r.Code == "" {
		return "no error"
	}
	message := r.Message
	if r.Parameter != "" {
		message = strings.ReplaceAll(message, "%s", r.Parameter)
	}
	return code(r.Code) + "<br>" + prose(message)
}

// only is how the mock has to be run for a row to hold.
func only(r *Row) string {
	var flags []string
	for _, year := range r.Editions {
		flags = append(flags, fmt.Sprintf("`-edition %d`", year))
	}
	if r.Strict {
		flags = append(flags, "`-strict`")
	}
	if len(flags) == 0 {
		return ""
	}
	return "<br>Only with " + strings.Join(flags, " or ")
}

func years(list []rpc.Edition) string {
	out := make([]string, len(list))
	for i, y := range list {
		out[i] = fmt.Sprint(y)
	}
	return strings.Join(out, ", ")
}

func (c *Contract) gateway(p *page) {
	p.heading(2, "Errors of every action")
	p.paragraph("What is wrong with a request as such, whatever the action, is told so:")
	p.errors(c.Gateway)
}

func (c *Contract) signature(p *page) {
	p.heading(2, "Errors of signatures")
	p.paragraph("With `-signatures require` a call is refused so before its action looks at it; with `warn` it is answered, and the hint tells. " +
		"What the server would have signed stands where a message has `%%s` at its end.")
	p.table("Status:", "Code and message", "When")
	for i := range c.Signature {
		r := &c.Signature[i]
		p.row(fmt.Sprint(r.Status), told(r), prose(r.When)+only(r))
	}
}

func (c *Contract) notMocked(p *page) {
	p.heading(2, "Not mocked")
	p.paragraph("ECS has %s that the mock has not. They answer 400 `UnsupportedOperation`, never a made-up success. "+
		"Instances, disks, images and the rest of ECS (`DescribeInstances`, say) are out of scope: this is a mock of security groups.",
		count(len(c.NotMocked), "more action"))
	var verbs, others []string
	byVerb := map[string][]string{}
	for _, name := range c.NotMocked {
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

// verb is the first word of an action's name.
func verb(name string) string {
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			return name[:i]
		}
	}
	return name
}
