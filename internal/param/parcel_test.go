package param

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// parcel is a request with every kind of parameter.
type parcel struct {
	To      string
	Weight  int
	Fragile bool
	Colour  colour
	Labels  []string
	Items   []item
}

// item is an element with fields and an inner list.
type item struct {
	Name  string
	Count int
	Marks []string
}

func (p *parcel) declare(s *Set) {
	s.String(&p.To, "To", "Who gets it.").Require().Example("Ada")
	s.Int(&p.Weight, "Weight", "Kilograms.").Between(1, 30).Default("1").Example("5")
	s.Bool(&p.Fragile, "Fragile", "Whether it breaks.")
	s.Var(&p.Colour, "Colour", "Colour of the paper.")
	OneForm(s,
		Each(&p.Labels, "Label", 3, label),
		Each(&p.Items, "Item", 100, (*item).declare),
		Flat(&p.Items, (*item).declare))
}

var errName = errors.New("an item has a name")

func (i *item) declare(s *Set) {
	s.String(&i.Name, "Name", "What it is.").Else(errName).Example("book")
	s.Int(&i.Count, "Count", "How many.").Default("0")
	List(s, &i.Marks, "Mark", 5, mark)
}

func label(l *string, s *Set) { s.String(l, "", "Text of a label.").Example("glass") }

func mark(m *string, s *Set) { s.String(m, "", "A mark on the item.") }

var (
	errColour = errors.New("a colour is red or blue")
	errCase   = errors.New("a colour is lower case")
)

type colour string

func (c *colour) Set(text string) error {
	if lower := strings.ToLower(text); lower != "red" && lower != "blue" {
		return errColour
	}
	*c = colour(text)
	return nil
}

func (c *colour) Strictly(text string, _ int) error {
	if strings.ToLower(text) != text {
		return errCase
	}
	return nil
}

func (c *colour) Values() []string { return []string{"red", "blue"} }

func (c *colour) Type() string { return "Colour" }

// sent returns the parameters of a query without escapes.
func sent(query string) []Param {
	var list []Param
	for pair := range strings.SplitSeq(query, "&") {
		if name, value, _ := strings.Cut(pair, "="); pair != "" {
			list = append(list, Param{Name: name, Value: value})
		}
	}
	return list
}

// decode runs a declaration on a query.
func decode(query string, declare func(*Set)) *Set {
	list := sent(query)
	s := Decode(&list, false, 2019)
	declare(&s)
	return &s
}

// unread returns the names of the parameters that were not read.
func (s *Set) unread() []string {
	names := []string{}
	for _, p := range *s.sent {
		if !p.Read {
			names = append(names, p.Name)
		}
	}
	return names
}

// fault returns the path and the cause of an error.
func fault(err error) (string, error) {
	if e := (*Error)(nil); errors.As(err, &e) {
		return e.Path, e.Err
	}
	return "", err
}

func TestHints(t *testing.T) {
	for query, want := range map[string]string{
		"To=Ada&Name=a&Weight=31":            "Weight is 1 to 30, got 31",
		"To=Ada&Name=a&Weight=99999999999":   "Weight is 1 to 30, got 99999999999",
		"To=Ada&Name=a&Weight=-99999999999":  "Weight is 1 to 30, got -99999999999",
		"To=Ada&Name=a&Weight=x":             "Weight is an integer, got x",
		"To=Ada&Name=a&Count=99999999999":    "Count is an integer of 32 bits, got 99999999999",
		"To=Ada&Name=a&Fragile=maybe":        "Fragile is true or false, got maybe",
		"To=Ada&Name=a&Colour=pink":          "Colour is red or blue, got pink",
		"To=Ada&Name=a&Colour=bleu":          "Colour is red or blue, got bleu; did you mean blue?",
		"Name=a":                             "To: the parameter is required",
		"To=Ada&Item.1.Count=1":              "Item.1.Name: an item has a name",
		"To=Ada&Item.1.Name=a&Item.0.Name=b": "Item.0.Name: the number in the parameter's name is outside the range of the list",
	} {
		var p parcel
		e := (*Error)(nil)
		assert.ErrorAs(t, decode(query, p.declare).Err(), &e, query)
		assert.Equal(t, want, e.Hint(), query)
	}
}
