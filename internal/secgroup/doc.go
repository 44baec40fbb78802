// Package secgroup is the domain: security groups, their rules, and the values
// a rule is made of. Values parse themselves, rules check themselves, and
// equality of keys is the matching algorithm.
//
// Nothing here knows HTTP, the clock or error codes: what is wrong is told as a
// cause (ErrPorts), and whoever answers a client decides which code that is.
package secgroup

// Value is one field of a rule or a group, as a client writes it.
type Value interface {
	Set(text string) error
	String() string
}

// Text is a value of any text.
type Text string

// Set keeps the text.
func (t *Text) Set(text string) error { *t = Text(text); return nil }

func (t *Text) String() string { return string(*t) }
