package param

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// A Form is one of the ways in which a request can give a list.
type Form struct {
	name string // the prefix of the parameters, "" for the flat form: a list of one
	most int
	bind func(s *Set, follow int) // binds one element of those in scope; follow more come after it
	need error                    // the error where the list is empty, nil where it may be
	used bool
}

// title returns a copy of the name, so that a Form can stay on the stack.
func (f *Form) title() string { return strings.Clone(f.name) }

// Each declares a list given as name.1, name.2, … or, where the elements have fields,
// as name.1.Field or as one parameter that holds a JSON array. Numbers may be left
// out. Elements with only blank parameters are absent.
func Each[T any](list *[]T, name string, most int, element func(*T, *Set)) Form {
	return Form{name: name, most: most, bind: binder(list, element)}
}

// Flat declares a list of one whose fields are parameters of the request itself.
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

// OneForm reads a list from the form that the request uses. Two forms in one request
// are ErrForms. Where none is used, the last one is read, and reports what is
// missing. The flat form comes last.
func OneForm(s *Set, forms ...Form) {
	if s.describe != nil {
		for i := range forms {
			s.documentOneOf(&forms[i], len(forms))
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

// List reads a list that has one form only, that of Each.
//
// It is not inlined: a copy in every action that has a list makes the program larger.
//
//go:noinline
func List[T any](s *Set, list *[]T, name string, most int, element func(*T, *Set)) {
	s.list(Each(list, name, most, element))
}

// NeedList reads a list as List does. Where the list is empty, cause is the error, if it
// is not nil.
//
//go:noinline
func NeedList[T any](s *Set, cause error, list *[]T, name string, most int, element func(*T, *Set)) {
	form := Each(list, name, most, element)
	form.need = cause
	s.list(form)
}

func (s *Set) list(form Form) {
	switch {
	case s.describe != nil:
		s.documentForm(&form)
	case s.uses(&form, false):
		s.readForm(&form)
	case form.need != nil:
		s.fail(&Error{Name: form.title(), Path: s.path(form.title()), Err: form.need})
	}
}

// documentOneOf documents one of so many forms.
func (s *Set) documentOneOf(f *Form, forms int) {
	before := len(*s.describe)
	s.documentForm(f)
	for i := before; i < len(*s.describe) && forms > 1; i++ {
		(*s.describe)[i].Form = cmp.Or(f.title(), FlatForm)
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

// uses reports whether the request has a parameter of the form. The flat form is
// looked for only beside another one, where it matters.
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
			p.Read = true // it is absent, so that nothing else reads it
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

// within reports whether a parameter of this scope is name.N or name.N.Field.
func (s *Set) within(p *Param, name string) bool {
	rest := s.rest(p)
	return len(rest) > len(name) && rest[len(name)] == '.' && rest[:len(name)] == name
}

// A member is a parameter of a list's element: its index among the parameters that
// were sent, and the number of the element.
type member struct{ param, number int }

// readForm reads the elements in the order of their numbers. While one is read, only
// its own parameters are in scope, so that reading takes linear time.
func (s *Set) readForm(f *Form) {
	if f.name == "" {
		f.bind(s, 0)
		return
	}
	pick, scope, names, prefix := s.pick, s.scope, s.names, s.scope+f.title()+"."
	rest := s.members(f)
	for follow := elements(rest) - 1; len(rest) > 0; follow-- {
		n := 1
		for n < len(rest) && rest[n].number == rest[0].number {
			n++
		}
		s.pick, s.scope, s.names = rest[:n], prefix+strconv.Itoa(rest[0].number)+".", 0
		blank := true
		for i := range rest[:n] {
			p := s.at(i)
			s.names.add(s.rest(p))
			blank = blank && p.Value == ""
		}
		if !blank {
			f.bind(s, follow)
		}
		rest = rest[n:]
	}
	s.pick, s.scope, s.names = pick, scope, names
}

// elements returns the number of elements in a list of members that is sorted by
// number.
func elements(list []member) int {
	n := 0
	for i := range list {
		if i == 0 || list[i].number != list[i-1].number {
			n++
		}
	}
	return n
}

// members returns the parameters of all elements, sorted by number.
func (s *Set) members(f *Form) []member {
	list := make([]member, 0, s.len())
	for i := range s.len() {
		p := s.at(i)
		if !s.within(p, f.name) {
			continue
		}
		digits, field, dotted := strings.Cut(s.rest(p)[len(f.name)+1:], ".")
		if n, ok := elementNumber(digits, f.most); ok && dotted == (field != "") {
			list = append(list, member{s.index(i), n})
			continue
		}
		p.Read = true
		if p.Value != "" {
			s.fail(&Error{Name: f.title(), Path: p.Name, Err: ErrIndex})
		}
	}
	if !slices.IsSortedFunc(list, func(a, b member) int { return a.number - b.number }) {
		sort.SliceStable(list, func(i, j int) bool { return list[i].number < list[j].number })
	}
	return list
}

// elementNumber parses a number from 1 to most, without leading zeros.
func elementNumber(digits string, most int) (int, bool) {
	n, err := strconv.Atoi(digits)
	return n, err == nil && n >= 1 && n <= most && strconv.Itoa(n) == digits
}
