package param

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// unfold turns name=[{"Field":"value"}] into name.1.Field=value, so that all lists
// read alike. Numbers and booleans become text, an empty list is absent. A list
// inside another one has no such form.
func (s *Set) unfold(f *Form) {
	if s.scope != "" {
		return
	}
	last := Param{}
	for i := range *s.sent {
		if p := &(*s.sent)[i]; p.Name == f.name {
			p.Read, p.Unfolded = true, true
			last = *p
		}
	}
	if last.Value == "" {
		return
	}
	if cause := s.unfoldInto(last, f.most); cause != nil {
		s.fail(&Error{Name: f.title(), Path: f.title(), Err: cause})
	}
}

func (s *Set) unfoldInto(p Param, most int) error {
	var elements []map[string]any
	d := json.NewDecoder(strings.NewReader(p.Value))
	d.UseNumber()
	if d.Decode(&elements) != nil || elements == nil {
		return ErrJSON
	}
	if _, err := d.Token(); err != io.EOF {
		return ErrJSON
	}
	if len(elements) > most {
		return ErrIndex
	}
	for i, fields := range elements {
		if fields == nil {
			return ErrJSON
		}
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			value, ok := scalar(fields[name])
			if !ok {
				return ErrJSON
			}
			name = p.Name + "." + strconv.Itoa(i+1) + "." + name
			s.names.add(name)
			*s.sent = append(*s.sent, Param{Name: name, Value: value, InBody: p.InBody, Derived: true})
		}
	}
	return nil
}

func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return strconv.FormatBool(v), true
	case nil:
		return "", true
	}
	return "", false
}
