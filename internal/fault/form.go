package fault

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
)

const example = `{"Action": "RevokeSecurityGroup", "Code": "Throttling.User", "Times": 2}`

// Parse reads one fault, or a list of them, in JSON. What is wrong is told by its
// path, as in "[1].Times". Whether the faults make sense is for the set to judge.
func Parse(body []byte) ([]Fault, error) {
	var whole json.RawMessage
	switch err := json.Unmarshal(body, &whole); {
	case len(bytes.TrimSpace(body)) == 0:
		return nil, errors.New("there is no fault; one is written as " + example)
	case err != nil:
		return nil, fmt.Errorf("this is no JSON: %w; a fault is written as %s", err, example)
	}
	raws := []json.RawMessage{whole}
	if kind(whole) == aList {
		raws = nil
		json.Unmarshal(whole, &raws) // the JSON is sound
	}
	if len(raws) == 0 {
		return nil, errors.New("the list has no fault; one is written as " + example)
	}
	faults := make([]Fault, len(raws))
	for i, raw := range raws {
		if err := faults[i].read(raw); err != nil {
			return nil, place(i, len(raws), err)
		}
	}
	return faults, nil
}

// place says which fault of several is wrong.
func place(i, of int, err error) error {
	switch {
	case of == 1:
		return err
	case errors.Is(err, errNoObject):
		return fmt.Errorf("[%d]: %w", i, err)
	}
	return fmt.Errorf("[%d].%w", i, err)
}

var errNoObject = errors.New("a fault is an object such as " + example)

// field is a part of the form and where its value goes.
type field struct {
	name string
	into any
}

func (f *Fault) fields() []field {
	return []field{
		{"Action", &f.Action}, {"AccountId", &f.AccountId}, {"Params", &f.Params},
		{"After", &f.After}, {"Times", &f.Times},
		{"Code", &f.Code}, {"Status", &f.Status}, {"Message", &f.Message},
		{"DelayMs", &f.DelayMs}, {"JitterMs", &f.JitterMs},
		{"Drop", &f.Drop}, {"TruncateAt", &f.TruncateAt}, {"HideMs", &f.HideMs}, {"When", &f.When},
	}
}

func (f *Fault) read(raw json.RawMessage) error {
	if kind(raw) != anObject {
		return fmt.Errorf("%s is no fault; %w", kind(raw), errNoObject)
	}
	fields := f.fields()
	return eachMember(raw, func(name string, value json.RawMessage) error {
		var names []string
		for _, part := range fields {
			if part.name == name {
				return set(part.into, value)
			}
			names = append(names, part.name)
		}
		all := "a fault has " + strings.Join(names, ", ")
		return errors.New("there is no such field; " + param.DidYouMean(name, names, all))
	})
}

// eachMember visits the members of a sound JSON object, none of which it may have
// twice, and says which one an error is about.
func eachMember(object json.RawMessage, visit func(name string, value json.RawMessage) error) error {
	d := json.NewDecoder(bytes.NewReader(object))
	d.Token() // the opening brace
	seen := map[string]bool{}
	for d.More() {
		token, _ := d.Token() // a name: the JSON is sound
		name := token.(string)
		var value json.RawMessage
		d.Decode(&value)
		if seen[name] {
			return fmt.Errorf("%s: the field is given twice; leave one of them out", name)
		}
		seen[name] = true
		if err := visit(name, value); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// set puts a sound JSON value where it belongs.
func set(into any, value json.RawMessage) error {
	switch into := into.(type) {
	case *string:
		return decode(value, aText, into)
	case *bool:
		return decode(value, aFlag, into)
	case *int:
		return decode(value, aNumber, into)
	case *map[string]string:
		return setParams(into, value)
	}
	panic("fault: a field of a type that no value is read into")
}

func decode(value json.RawMessage, wanted string, into any) error {
	if kind(value) != wanted {
		return stands(value, wanted)
	}
	if json.Unmarshal(value, into) != nil { // only a number can be what the type does not hold
		return fmt.Errorf("%s is no whole number, or too large a one", value)
	}
	return nil
}

// setParams reads what parameters must be. Numbers may be written as such.
func setParams(into *map[string]string, object json.RawMessage) error {
	if kind(object) != anObject {
		return stands(object, `an object such as {"SecurityGroupId": "sg-1"}`)
	}
	params := map[string]string{}
	*into = params
	return eachMember(object, func(name string, value json.RawMessage) error {
		if kind(value) == aNumber {
			params[name] = string(value)
			return nil
		}
		var text string
		err := decode(value, aText, &text)
		params[name] = text
		return err
	})
}

// What sorts of JSON values there are, for people.
const (
	aText    = "a text"
	aNumber  = "a number"
	aFlag    = "true or false"
	aList    = "a list"
	anObject = "an object"
)

// kind is what sort of value a sound JSON text is.
func kind(value json.RawMessage) string {
	switch value[0] {
	case '"':
		return aText
	case '{':
		return anObject
	case '[':
		return aList
	case 't', 'f':
		return aFlag
	case 'n':
		return "null"
	}
	return aNumber
}

func stands(value json.RawMessage, wanted string) error {
	return fmt.Errorf("%s stands where %s belongs", kind(value), wanted)
}
