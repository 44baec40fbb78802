package contract

import (
	"fmt"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/wire"
)

func (p *page) parameters(docs []param.Doc) {
	if len(docs) == 0 {
		p.paragraph("No parameters.")
		return
	}
	p.table("Parameter", "Type", "Required", "Description", "Example")
	for i := range docs {
		p.parameter(&docs[i], docs[i].Name, docs)
	}
}

// parameter writes the row of a parameter and those of its fields. All are the
// parameters of the request.
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

// required returns "yes" for a required parameter. One that is also a field of a list
// is an alternative to the list.
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

// about returns the description of a parameter and of its values.
func about(d *param.Doc, same bool) string {
	var parts []string
	if d.Description != "" {
		parts = append(parts, prose(d.Description))
	}
	switch {
	case same:
		parts = append(parts, fmt.Sprintf("Up to %d sets of %s, instead of those parameters.", d.Most, names(d.Fields)))
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

// within reports whether all of the fields are among the parameters.
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

// fields writes rows with the names of the JSON form, where a list is in an object
// of one key.
func (p *page) fields(fields []wire.Field, prefix string) {
	for i := range fields {
		f := &fields[i]
		name, kind := prefix+f.Name, f.Type
		if f.Type == "Array" {
			if !f.Plain {
				name += "." + f.Item
			}
			name, kind = name+"[]", "List"
			if len(f.Fields) == 0 {
				kind = "List of String"
			}
		}
		p.row(code(name), kind)
		p.fields(f.Fields, name+".")
	}
}
