package store

import (
	"bytes"
	"encoding/json"
)

// printer writes JSON for people: a line for each field of what is large, one
// line for all of what is small, so that a change of one rule is one line of a diff.
type printer struct {
	text  []byte
	depth int
	flat  bool // in one line
	begun bool // something stands in the object or list already
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

// quote writes a text, and leaves <, > and & as they are.
func (p *printer) quote(text string) {
	if plain(text) {
		p.text = append(p.text, '"')
		p.text = append(p.text, text...)
		p.text = append(p.text, '"')
		return
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(text) // a text cannot fail
	p.text = append(p.text, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}

// texts writes a list of texts in one line.
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

func plain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}
