package param

import "strings"

// Unused declares parameters that are known and have no effect, one a line as the
// vendor's metadata has them: the name and the type, which is RepeatList for a list.
// A field of a list's elements is written DataDisk.N.Category.
func (s *Set) Unused(lines string) {
	for line := range strings.Lines(lines) {
		name, kind, ok := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case !ok:
		case s.describe != nil:
			*s.describe = withUnused(*s.describe, name, kind)
		case !strings.Contains(name, ".N."):
			s.markUnused(name)
		}
	}
}

const unusedText = "Has no effect."

// withUnused returns the descriptions with that of one more parameter.
func withUnused(docs []Doc, name, kind string) []Doc {
	list, field, ok := strings.Cut(name, ".N.")
	if !ok {
		d := Doc{Name: name, Type: kind, Description: unusedText}
		if kind == "RepeatList" {
			d.Type, d.Description, d.Most, d.Fields = "Array", "", mostUnused, []Doc{{Type: "String", Description: unusedText}}
		}
		return append(docs, d)
	}
	for i := range docs {
		if d := &docs[i]; d.Name == list {
			if len(d.Fields) == 1 && d.Fields[0].Name == "" {
				d.Fields = nil
			}
			d.Fields = withUnused(d.Fields, field, kind)
		}
	}
	return docs
}

// mostUnused is how many elements a list that has no effect is said to have.
const mostUnused = 100

// markUnused marks a parameter and those of its elements as read.
func (s *Set) markUnused(name string) {
	for i := range s.len() {
		p := s.at(i)
		switch {
		case s.rest(p) != name && !s.within(p, name):
		case s.probing:
			s.found = s.found || p.Value != ""
		default:
			p.Read = true
		}
	}
}
