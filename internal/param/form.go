package param

import (
	"slices"
	"strconv"
	"strings"
)

// Form is one of the ways in which a request can give a list.
type Form struct {
	name string // what the parameters begin with, "" for a list of one, flat
	most int
	bind func(s *Set, follow int) // one element, from the parameters in scope; so many follow
	need error                    // tells that there is no element, nil where there may be none
	used bool
}

// Need makes the list mandatory and tells its absence by a cause.
func (f Form) Need(cause error) Form {
	f.need = cause
	return f
}

// title is the name for keeping. It is a copy, so that a form can live on the stack.
func (f *Form) title() string { return strings.Clone(f.name) }

// Each is a list given as name.1, name.2, …, or, where the elements have fields,
// as name.1.Field or as one parameter that holds a JSON array. Gaps are fine, and
// so are elements that have nothing but blanks: they are not there.
func Each[T any](list *[]T, name string, most int, element func(*T, *Set)) Form {
	return Form{name: name, most: most, bind: binder(list, element)}
}

// Flat is a list of one whose fields are parameters of the request itself.
func Flat[T any](list *[]T, element func(*T, *Set)) Form {
	return Form{bind: binder(list, element)}
}

func binder[T any](list *[]T, element func(*T, *Set)) func(*Set, int) {
	return func(s *Set, follow int) {
		if s.probing || s.describe != nil {
			element(new(T), s)
			return
		}
		*list = append(slices.Grow(*list, 1+follow), *new(T))
		element(&(*list)[len(*list)-1], s)
	}
}

// OneForm reads a list from the form that the request uses. Two forms at once are
// ErrForms. Without any, the last form is read, and tells what is missing. A flat
// form comes last.
func OneForm(s *Set, forms ...Form) {
	if s.describe != nil {
		for i := range forms {
			s.documentForm(&forms[i])
		}
		return
	}
	var first *Form
	for i := range forms {
		f := &forms[i]
		f.used = s.uses(f, first != nil)
		switch {
		case !f.used:
		case first == nil:
			first = f
		default:
			s.fail(&Error{Name: first.title(), Path: s.path(first.title()), Err: ErrForms})
		}
	}
	if first == nil {
		forms[len(forms)-1].used = true
	}
	for i := range forms {
		if forms[i].used {
			s.readForm(&forms[i])
		}
	}
}

// List reads a list that has one form only.
func List(s *Set, form Form) {
	switch {
	case s.describe != nil:
		s.documentForm(&form)
	case s.uses(&form, false):
		s.readForm(&form)
	case form.need != nil:
		s.fail(&Error{Name: form.title(), Path: s.path(form.title()), Err: form.need})
	}
}

func (s *Set) documentForm(f *Form) {
	if f.name == "" {
		f.bind(s, 0)
		return
	}
	fields := Describe(func(s *Set) { f.bind(s, 0) })
	d := Doc{Name: f.title(), Type: "Array", Required: f.need != nil, Most: f.most, Fields: fields}
	if len(fields) == 1 && fields[0].Name == "" {
		d.Description, d.Example = fields[0].Description, fields[0].Example
	}
	*s.describe = append(*s.describe, d)
}

// uses tells whether anything of the form is there. The flat form is looked for
// only where it matters: beside another.
func (s *Set) uses(f *Form, beside bool) bool {
	if f.name == "" {
		return beside && s.probe(f)
	}
	s.unfold(f)
	used := false
	for i := range s.len() {
		switch p := s.at(i); {
		case !s.within(p, f.name):
		case p.Value == "":
			p.Read = true // it is absent, so nobody else will
		default:
			used = true
		}
	}
	return used
}

func (s *Set) probe(f *Form) bool {
	s.probing, s.found = true, false
	f.bind(s, 0)
	s.probing = false
	return s.found
}

// within tells whether a parameter of this scope is name.N or name.N.Field.
func (s *Set) within(p *Param, name string) bool {
	rest := s.rest(p)
	return len(rest) > len(name) && rest[len(name)] == '.' && rest[:len(name)] == name
}

// member is a parameter of a list's element: which of those sent it is, and the
// number of the element.
type member struct{ param, number int }

// readForm reads the elements in the order of their numbers. While one is read,
// only its own parameters are in scope: a hundred must not cost a hundred squared.
func (s *Set) readForm(f *Form) {
	if f.name == "" {
		f.bind(s, 0)
		return
	}
	pick, scope, head := s.pick, s.scope, s.scope+f.title()+"."
	rest := s.members(f)
	for follow := elements(rest) - 1; len(rest) > 0; follow-- {
		n := 1
		for n < len(rest) && rest[n].number == rest[0].number {
			n++
		}
		s.pick, s.scope = rest[:n], head+strconv.Itoa(rest[0].number)+"."
		if !s.blank() {
			f.bind(s, follow)
		}
		rest = rest[n:]
	}
	s.pick, s.scope = pick, scope
}

// elements is how many elements parameters by number are of.
func elements(list []member) int {
	n := 0
	for i := range list {
		if i == 0 || list[i].number != list[i-1].number {
			n++
		}
	}
	return n
}

// blank tells whether nothing in scope has a value.
func (s *Set) blank() bool {
	for i := range s.len() {
		if s.at(i).Value != "" {
			return false
		}
	}
	return true
}

// members are the parameters of all elements, by number.
func (s *Set) members(f *Form) []member {
	var list []member
	for i := range s.len() {
		p := s.at(i)
		if !s.within(p, f.name) {
			continue
		}
		digits, field, dotted := strings.Cut(s.rest(p)[len(f.name)+1:], ".")
		if n, ok := ordinal(digits, f.most); ok && dotted == (field != "") {
			list = append(list, member{s.index(i), n})
			continue
		}
		p.Read = true
		if p.Value != "" {
			s.fail(&Error{Name: f.title(), Path: p.Name, Err: ErrIndex})
		}
	}
	slices.SortStableFunc(list, func(a, b member) int { return a.number - b.number })
	return list
}

// ordinal reads a number from 1 to most, without leading zeros.
func ordinal(digits string, most int) (int, bool) {
	n, err := strconv.Atoi(digits)
	return n, err == nil && n >= 1 && n <= most && strconv.Itoa(n) == digits
}
