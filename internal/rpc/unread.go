package rpc

import (
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
)

// maxUnread is the most unknown parameters that a hint has room for.
const maxUnread = maxHint / len("unknown parameter  was ignored; ")

// unread returns a sentence for each parameter that the action does not know. It
// returns nil before an action has read the parameters.
func (c *Call) unread() []string {
	if c.reader == nil {
		return nil
	}
	var list []string
	for i := range c.Params {
		p := &c.Params[i]
		if p.Read {
			continue
		}
		text := "unknown parameter " + p.Name + " was ignored"
		if question := didYouMean(p.Name, c.reader.Params); question != "" {
			text += "; " + question
		}
		if list = append(list, text); len(list) == maxUnread {
			break
		}
	}
	return list
}

// didYouMean returns a question about an unknown parameter, or "" where its name
// resembles no declared one. Of an element of a known list only the field counts.
// In an unknown list, as in IpPermissions.2.PortRange, a field of that very name
// counts, whatever the list is called.
func didYouMean(sent string, docs []param.Doc) string {
	names := declared(docs, elementNumber(sent))
	dot := strings.LastIndexByte(sent, '.') + 1
	list, field := sent[:dot], sent[dot:]
	if list == "" {
		return param.DidYouMean(sent, names, "")
	}
	var fields, namesakes []string
	for _, name := range names {
		if known, ok := strings.CutPrefix(name, list); ok {
			fields = append(fields, known)
		}
		if dot := strings.LastIndexByte(name, '.') + 1; dot > 0 && strings.EqualFold(name[dot:], field) {
			namesakes = append(namesakes, name)
		}
	}
	switch {
	case fields != nil:
		return param.DidYouMean(field, fields, "")
	case namesakes != nil:
		return "did you mean " + namesakes[0] + "?"
	}
	return param.DidYouMean(sent, names, "")
}

// elementNumber returns the number of the list element that a name is about, "1"
// where it has none.
func elementNumber(name string) string {
	for _, part := range strings.Split(name, ".") {
		if _, err := strconv.Atoi(part); err == nil {
			return part
		}
	}
	return "1"
}

// declared returns the names under which parameters may be sent, those of lists
// with the given element number.
func declared(docs []param.Doc, number string) []string {
	var names []string
	for i := range docs {
		d := &docs[i]
		if d.Type != "Array" {
			names = append(names, d.Name)
			continue
		}
		element := d.Name + "." + number
		for _, field := range declared(d.Fields, "1") {
			names = append(names, strings.TrimSuffix(element+"."+field, "."))
		}
	}
	return names
}
