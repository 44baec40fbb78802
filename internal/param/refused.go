package param

import "slices"

// refused is the error of a value that is not one of a closed set or not within limits.
type refused struct {
	error
	wanted string   // such as "accept or drop", "1 to 100" or "an integer"
	names  []string // the closed set, nil where there is none
}

// Unwrap returns the cause.
func (r *refused) Unwrap() error { return r.error }

// refuse returns the error of a text with what would be right, if the value knows it. The
// cause explains better a set of one value, and a text of the set that strict mode refuses.
func refuse(v Value, text string, cause error) error {
	if v, ok := v.(interface{ Values() []string }); ok {
		if names := v.Values(); len(names) > 1 && !slices.Contains(names, text) {
			return &refused{cause, either(names), names}
		}
		return cause
	}
	switch v := v.(type) {
	case interface{ Range() (least, most int) }:
		least, most := v.Range()
		return &refused{cause, Limit{least, most, ""}.String(), nil}
	case *integer:
		wanted := "an integer"
		if cause == errLarge {
			wanted = "an integer of 32 bits"
		}
		return &refused{cause, wanted, nil}
	case *boolean:
		return &refused{cause, "true or false", nil}
	}
	return cause
}

// outside returns the error of a number that is not within a limit.
func outside(limit Limit) error { return &refused{ErrInvalid, limit.String(), nil} }

// hint returns "Policy is accept or drop, got allow", with the nearest name if there is
// one.
func (r *refused) hint(path, value string) string {
	text := path + " is " + r.wanted + ", got " + value
	if question := DidYouMean(value, r.names, ""); question != "" {
		text += "; " + question
	}
	return text
}
