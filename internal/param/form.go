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
	bind func(s *Set, i int)
}

// Each is a list given as name.1, name.2, …, or, where the elements have fields,
// as name.1.Field or as one parameter that holds a JSON array. Gaps are fine.
func Each[T any](list *[]T, name string, most int, element func(*T, *Set)) Form {
	return Form{name: name, most: most, bind: binder(list, element)}
}

// Flat is a list of one whose fields are parameters of the request itself.
func Flat[T any](list *[]T, element func(*T, *Set)) Form {
	return Form{bind: binder(list, element)}
}

func binder[T any](list *[]T, element func(*T, *Set)) func(*Set, int) {
	return func(s *Set, i int) {
		if s.probing || s.describe != nil {
			element(new(T), s)
			return
		}
		*list = append(*list, *new(T))
		element(&(*list)[i], s)
	}
}

// OneForm reads a list from the form that the request uses. Two forms at once are
// ErrForms. Without any, the last form is read, and tells what is missing.
func OneForm(s *Set, forms ...Form) {
	if s.describe != nil {
		for i := range forms {
			s.documentForm(&forms[i])
		}
		return
	}
	used := -1
	for i := range forms {
		if !s.uses(&forms[i], used >= 0) {
			continue
		}
		if used >= 0 {
			s.Fail(&Error{Name: forms[used].name, Path: forms[used].name, Err: ErrForms})
		}
		used = i
	}
	if used < 0 {
		used = len(forms) - 1
	}
	s.readForm(&forms[used])
}

// List reads a list that has one form only and may be empty.
func List(s *Set, form Form) {
	switch {
	case s.describe != nil:
		s.documentForm(&form)
	case s.uses(&form, false):
		s.readForm(&form)
	}
}

func (s *Set) documentForm(f *Form) {
	if f.name == "" {
		f.bind(s, 0)
		return
	}
	fields := Describe(func(inner *Set) { f.bind(inner, 0) })
	d := Doc{Name: f.name, Type: "Array", Most: f.most, Fields: fields}
	if len(fields) == 1 && fields[0].Name == "" {
		d.Description, d.Example = fields[0].Description, fields[0].Example
	}
	*s.describe = append(*s.describe, d)
}

// uses tells whether anything of the form is there. The flat form is looked for
// only where it matters: beside another.
func (s *Set) uses(f *Form, beside bool) bool {
	if f.name != "" {
		s.unfold(f)
		return slices.ContainsFunc(*s.sent, func(p Param) bool { return p.Value != "" && s.within(&p, f.name) })
	}
	if !beside {
		return false
	}
	s.probing, s.found = true, false
	f.bind(s, 0)
	s.probing = false
	return s.found
}

func (s *Set) readForm(f *Form) {
	if f.name == "" {
		f.bind(s, 0)
		return
	}
	s.each(f)
}

// within tells whether a parameter is name.N or name.N.Field in this scope.
func (s *Set) within(p *Param, name string) bool {
	if !strings.HasPrefix(p.Name, s.scope) {
		return false
	}
	rest := s.rest(p)
	return len(rest) > len(name) && rest[len(name)] == '.' && rest[:len(name)] == name
}

// element is where a parameter belongs in a list.
type element struct{ number, param int }

// each reads the elements in the order of their numbers. Every element looks for
// its fields among its own parameters only: a hundred must not cost a hundred squared.
func (s *Set) each(f *Form) {
	elements := s.elements(f)
	pick := make([]int, len(elements))
	for i, e := range elements {
		pick[i] = e.param
	}
	for i, start := 0, 0; start < len(elements); i++ {
		end := start + 1
		for end < len(elements) && elements[end].number == elements[start].number {
			end++
		}
		scope := s.path(f.name + "." + strconv.Itoa(elements[start].number))
		inner := Set{sent: s.sent, pick: pick[start:end], scope: scope, strict: s.strict, err: s.err, notes: s.notes}
		f.bind(&inner, i)
		s.err, s.notes = inner.err, inner.notes
		start = end
	}
}

func (s *Set) elements(f *Form) []element {
	var elements []element
	for i := range *s.sent {
		p := &(*s.sent)[i]
		if !s.within(p, f.name) {
			continue
		}
		digits, _, _ := strings.Cut(s.rest(p)[len(f.name)+1:], ".")
		n, ok := index(digits, f.most)
		if !ok {
			p.Read = true
			s.Fail(&Error{Name: f.name, Path: p.Name, Err: ErrIndex})
			continue
		}
		elements = append(elements, element{n, i})
	}
	slices.SortStableFunc(elements, func(a, b element) int { return a.number - b.number })
	return elements
}

// index reads a number from 1 to most, without leading zeros.
func index(digits string, most int) (int, bool) {
	n, err := strconv.Atoi(digits)
	return n, err == nil && n >= 1 && n <= most && strconv.Itoa(n) == digits
}
