package contract

import (
	"fmt"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/wire"
)

func (p *page) parameters(docs []param.Doc) {
	if len(docs) == 0 {
		p.paragraph("It takes no parameters of its own.")
		return
	}
	p.table("Parameter", "Type", "Required", "What it is", "Example")
	for i := range docs {
		p.parameter(&docs[i], docs[i].Name, docs)
	}
}

// parameter is the row of a parameter, and of those inside it. All are those of
// the request itself.
func (p *page) parameter(d *param.Doc, name string, all []param.Doc) {
	kind, fields := d.Type, d.Fields
	if kind == "Array" {
		name += ".N"
		if len(fields) == 1 && fields[0].Name == "" {
			kind, fields = "List of "+fields[0].Type, nil
		} else {
			kind = "List"
		}
	}
	same := len(fields) > 0 && within(fields, all)
	p.row(code(name), kind, required(d, all), about(d, same), code(d.Example))
	for i := range fields {
		if !same {
			p.parameter(&fields[i], name+"."+fields[i].Name, nil)
		}
	}
}

// required tells whether a parameter must be given. Those that a list has too are
// one way of two to say the same.
func required(d *param.Doc, all []param.Doc) string {
	if !d.Required {
		return ""
	}
	for i := range all {
		if find(all[i].Fields, d.Name) != nil {
			return "without a list"
		}
	}
	return "yes"
}

// about is all that is known of a parameter's value.
func about(d *param.Doc, same bool) string {
	var parts []string
	if d.Description != "" {
		parts = append(parts, prose(d.Description))
	}
	switch {
	case same:
		parts = append(parts, fmt.Sprintf("In place of the parameters of these names, up to %d times: %s.", d.Most, names(d.Fields)))
	case d.Most > 0:
		parts = append(parts, fmt.Sprintf("Up to %d.", d.Most))
	}
	if d.Limits != "" {
		parts = append(parts, prose(d.Limits)+".")
	}
	if len(d.Values) > 0 {
		parts = append(parts, "Values: "+codes(d.Values)+".")
	}
	if d.Default != "" {
		parts = append(parts, "Default: "+code(d.Default)+".")
	}
	return strings.Join(parts, " ")
}

// within tells whether all of the fields are among the parameters.
func within(fields, all []param.Doc) bool {
	for i := range fields {
		if d := find(all, fields[i].Name); d == nil || d.Description != fields[i].Description {
			return false
		}
	}
	return true
}

func find(docs []param.Doc, name string) *param.Doc {
	for i := range docs {
		if docs[i].Name == name {
			return &docs[i]
		}
	}
	return nil
}

func names(docs []param.Doc) string {
	list := make([]string, len(docs))
	for i := range docs {
		list[i] = docs[i].Name
	}
	return codes(list)
}

func (p *page) answer(fields []wire.Field) {
	p.table("Answer", "Type")
	p.row(code("RequestId"), "String")
	p.fields(fields, "")
}

// fields are rows named as in JSON, where a list is in an object of one key.
func (p *page) fields(fields []wire.Field, prefix string) {
	for i := range fields {
		f := &fields[i]
		name, kind := prefix+f.Name, f.Type
		if f.Type == "Array" {
			name, kind = name+"."+f.Item+"[]", "List"
			if len(f.Fields) == 0 {
				kind = "List of String"
			}
		}
		p.row(code(name), kind)
		p.fields(f.Fields, name+".")
	}
}
