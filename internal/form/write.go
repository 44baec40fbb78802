package form

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/ecsmock/ecsmock/internal/ascii"
)

// Write returns an object as JSON for people: a line for each field of what is
// large, one line for what is small, so that a change of one thing is one line of a diff.
func Write(declare func(*Object)) []byte {
	return append(write(declare, false), '\n')
}

// WriteRow returns an object as JSON in one line, without a line break.
func WriteRow(declare func(*Object)) []byte { return write(declare, true) }

func write(declare func(*Object), flat bool) []byte {
	o := &Object{out: &printer{flat: flat}}
	o.out.open('{')
	declare(o)
	o.out.close('}')
	return o.out.text
}

// printer writes JSON.
type printer struct {
	text  []byte
	depth int
	flat  bool // in one line
	begun bool // the object or list has an element
}

// next begins a field or an element.
func (p *printer) next() {
	switch {
	case p.begun && p.flat:
		p.text = append(p.text, ", "...)
	case p.begun:
		p.text = append(p.text, ',')
		p.line()
	case !p.flat:
		p.line()
	}
	p.begun = true
}

func (p *printer) line() {
	p.text = append(p.text, '\n')
	for range p.depth {
		p.text = append(p.text, "  "...)
	}
}

func (p *printer) open(bracket byte) {
	p.text = append(p.text, bracket)
	p.depth++
	p.begun = false
}

func (p *printer) close(bracket byte) {
	p.depth--
	if p.begun && !p.flat {
		p.line()
	}
	p.text = append(p.text, bracket)
	p.begun = true
}

// field begins a field; its name needs no escapes.
func (p *printer) field(name string) {
	p.next()
	p.text = append(p.text, '"')
	p.text = append(p.text, name...)
	p.text = append(p.text, `": `...)
}

// quote writes a string, and leaves <, > and & as they are.
func (p *printer) quote(text string) {
	if ascii.IsPrintable(text) && !strings.ContainsAny(text, `"\`) {
		p.text = append(p.text, '"')
		p.text = append(p.text, text...)
		p.text = append(p.text, '"')
		return
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(text) // never fails for a string
	p.text = append(p.text, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}

// texts writes a list of strings in one line.
func (p *printer) texts(list []string) {
	p.text = append(p.text, '[')
	for i, text := range list {
		if i > 0 {
			p.text = append(p.text, ", "...)
		}
		p.quote(text)
	}
	p.text = append(p.text, ']')
}
