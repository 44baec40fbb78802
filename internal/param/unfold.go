package param

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"
)

// unfold turns name=[{"Field":"value"}] into name.1.Field=value, so that nobody
// needs to know which way a list was sent. Numbers and booleans read as text, an
// empty list is absent.
func (s *Set) unfold(f *Form) {
	for i := range *s.sent {
		p := (*s.sent)[i]
		if p.Read || p.Name != s.path(f.name) {
			continue
		}
		(*s.sent)[i].Read, (*s.sent)[i].Unfolded = true, true
		if p.Value == "" {
			continue
		}
		if !s.unfoldInto(p, f) {
			s.Fail(&Error{Name: f.name, Path: p.Name, Err: ErrJSON})
		}
	}
}

func (s *Set) unfoldInto(p Param, f *Form) bool {
	var elements []map[string]any
	d := json.NewDecoder(bytes.NewReader([]byte(p.Value)))
	d.UseNumber()
	if d.Decode(&elements) != nil || elements == nil {
		return false
	}
	if _, err := d.Token(); err != io.EOF {
		return false
	}
	for i, fields := range elements {
		if fields == nil {
			return false
		}
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			value, ok := scalar(fields[name])
			if !ok {
				return false
			}
			name = p.Name + "." + strconv.Itoa(i+1) + "." + name
			*s.sent = append(*s.sent, Param{Name: name, Value: value, InBody: p.InBody, Derived: true})
		}
	}
	return true
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
