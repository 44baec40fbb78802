package param

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheFirstFaultInTheOrderOfTheDeclarationIsReported(t *testing.T) {
	for _, c := range []struct {
		query, path string
		cause       error
	}{
		{"To=Ada&Weight=5&Fragile=true&Colour=red&Name=book&Count=2", "", nil},
		{"Count=x&Colour=pink&Fragile=y&Weight=z&To=Ada", "Weight", ErrInvalid},
		{"Count=x&Colour=pink&Fragile=y&Weight=z", "To", ErrMissing},
		{"Count=x&Colour=pink&Fragile=y&Weight=31&To=Ada", "Weight", ErrInvalid},
		{"Count=x&Colour=pink&Fragile=y&To=Ada", "Fragile", ErrInvalid},
		{"Count=x&Colour=pink&To=Ada", "Colour", errColour},
		{"Count=x&To=Ada", "Name", errName},
		{"Count=x&To=Ada&Name=book", "Count", ErrInvalid},
		{"", "To", ErrMissing},
	} {
		var p parcel
		path, cause := fault(decode(c.query, p.declare).Err())
		assert.Equal(t, c.path, path, c.query)
		assert.ErrorIs(t, cause, c.cause, c.query)
	}
}

func TestReadingGoesOnAfterTheFirstError(t *testing.T) {
	var p parcel
	s := decode("Weight=x&Fragile=true&Colour=red&Name=book&Count=2&Mark.1=a&Size=9&name=b", p.declare)
	assert.Equal(t, []string{"Size", "name"}, s.unread())
	assert.False(t, p.Fragile, "but nothing is set")
	assert.Empty(t, p.Colour)
}

func TestAbsentBlankAndGiven(t *testing.T) {
	errAbsent, errBlank := errors.New("absent"), errors.New("blank")
	for _, c := range []struct {
		query, value             string
		require, orElse, ifBlank error
		noted                    bool
	}{
		{"", "", ErrMissing, errAbsent, errAbsent, false},
		{"X=", "", ErrMissing, errAbsent, errBlank, true},
		{"X", "", ErrMissing, errAbsent, errBlank, true},
		{"X=1", "1", nil, nil, nil, false},
		{"X=1&X=2", "2", nil, nil, nil, false},
		{"X=1&X=", "", ErrMissing, errAbsent, errBlank, true},
		{"x=1&XX=1&X.1=1", "", ErrMissing, errAbsent, errAbsent, false},
	} {
		var value string
		noted := false
		assert.NoError(t, decode(c.query, func(s *Set) { s.String(&value, "X", "").NoteBlank(&noted) }).Err())
		assert.Equal(t, c.value, value, c.query)
		assert.Equal(t, c.noted, noted, c.query)
		assert.ErrorIs(t, decode(c.query, func(s *Set) { s.String(&value, "X", "").Require() }).Err(), c.require, c.query)
		assert.ErrorIs(t, decode(c.query, func(s *Set) { s.String(&value, "X", "").Else(errAbsent) }).Err(), c.orElse, c.query)
		assert.ErrorIs(t, decode(c.query, func(s *Set) { s.String(&value, "X", "").Blank(errBlank).Else(errAbsent) }).Err(), c.ifBlank, c.query)
	}
}

func TestStrictAsksMore(t *testing.T) {
	for text, want := range map[string][2]error{
		"red": {nil, nil}, "Red": {nil, errCase}, "PINK": {errColour, errColour}, "": {nil, nil},
	} {
		for i, strict := range []bool{false, true} {
			var c colour
			list := []Param{{Name: "Colour", Value: text}}
			s := Decode(&list, strict, 2019)
			s.Var(&c, "Colour", "")
			assert.ErrorIs(t, s.Err(), want[i], "%q, strict: %t", text, strict)
			assert.Equal(t, strict, s.Strict())
		}
	}
}

func TestIgnoring(t *testing.T) {
	var a, b, c, d int
	s := decode("A=1&B=x&C=3&D=4&E=5&F=&G=7", func(s *Set) {
		s.Int(&a, "A", "")
		s.Ignoring(true, "it rains")
		s.Int(&b, "B", "")
		s.Int(&c, "C", "").Between(5, 6)
		s.String(new(string), "F", "").Require()
		s.String(new(string), "H", "").Require()
		s.Ignoring(false, "it does not rain")
		s.Int(&d, "D", "")
		s.Ignored("E", "it snows")
		s.Ignored("F", "it snows")
		s.Ignored("H", "it snows")
	})
	assert.NoError(t, s.Err(), "what is ignored is not validated, and not required")
	assert.Equal(t, [4]int{1, 0, 0, 4}, [4]int{a, b, c, d})
	assert.Equal(t, []string{"B is ignored: it rains", "C is ignored: it rains", "E is ignored: it snows"}, s.Notes())
	assert.Equal(t, []string{"G"}, s.unread())

	s = decode("A=1", func(s *Set) {
		s.Ignoring(false, "it rains")
		s.Int(&a, "A", "")
	})
	assert.Empty(t, s.Notes(), "it does not hold")
}

func TestPartialRequiresNothing(t *testing.T) {
	var given string
	s := decode("X=1&Z=", func(s *Set) {
		s.Partial(true)
		assert.True(t, s.IsPartial())
		s.String(&given, "X", "").Require()
		s.String(new(string), "Y", "").Require()
		s.String(new(string), "Z", "").Else(errName)
		s.Partial(false)
		assert.False(t, s.IsPartial())
	})
	assert.NoError(t, s.Err())
	assert.Equal(t, "1", given)
	assert.ErrorIs(t, decode("", func(s *Set) {
		s.Partial(true)
		s.Partial(false)
		s.String(&given, "X", "").Require()
	}).Err(), ErrMissing)
}

func TestFail(t *testing.T) {
	first, second := errors.New("first"), errors.New("second")
	s := decode("", func(s *Set) {
		s.Fail(nil)
		s.Fail(first)
		s.Fail(second)
		s.String(new(string), "X", "").Require()
	})
	assert.Equal(t, first, s.Err(), "is not wrapped where there is nothing to add")
	assert.ErrorIs(t, decode("", func(s *Set) {
		s.String(new(string), "X", "").Require()
		s.Fail(second)
	}).Err(), ErrMissing)
	assert.Empty(t, Describe(func(s *Set) { s.Fail(first) }))
}

func TestOuter(t *testing.T) {
	var seen []string
	outer := func(_ *item, s *Set) { seen = append(seen, s.Outer("To"), s.Outer("Item.1.To"), s.Outer("Nobody")) }
	decode("To=Ada&Item.1.To=Bob&Item.2.To=Cay&To=Dan", func(s *Set) { List(s, new([]item), "Item", 9, outer) })
	assert.Equal(t, []string{"Dan", "Bob", "", "Dan", "Bob", ""}, seen)
	Describe(func(s *Set) { assert.Empty(t, s.Outer("To")) })
}

type hinting struct {
	error
	hint string
}

func (h hinting) Hint() string { return h.hint }

func TestAnErrorTellsWhatAndWhere(t *testing.T) {
	e := &Error{Name: "Colour", Path: "Item.2.Colour", Value: "pink", Err: errColour}
	assert.ErrorIs(t, e, errColour)
	assert.EqualError(t, e, "Item.2.Colour: a colour is red or blue")
	assert.Equal(t, `Item.2.Colour="pink": a colour is red or blue`, e.Hint())
	assert.Equal(t, "Colour", e.Parameter())
	e.Value = ""
	assert.Equal(t, "Item.2.Colour: a colour is red or blue", e.Hint())
	e.Err = hinting{errColour, ""}
	assert.Equal(t, "Item.2.Colour: a colour is red or blue", e.Hint())
	e.Err = hinting{errColour, "look there"}
	assert.Equal(t, "Item.2.Colour: look there", e.Hint())
	assert.EqualError(t, e, "Item.2.Colour: a colour is red or blue")
}

func TestAnErrorHasTheValueThatWasSent(t *testing.T) {
	var p parcel
	for query, want := range map[string]Error{
		"To=Ada&Weight=5kg":                   {"Weight", "Weight", "5kg", &refused{errInteger, "an integer", nil}},
		"To=Ada&Weight=31":                    {"Weight", "Weight", "31", &refused{ErrInvalid, "1 to 30", nil}},
		"To=Ada&Item.7.Name=":                 {"Name", "Name", "", errName},
		"To=Ada&Item.7.Count=x":               {"Name", "Item.7.Name", "", errName},
		"To=Ada&Item.7.Name=a&Item.7.Count=x": {"Count", "Item.7.Count", "x", &refused{errInteger, "an integer", nil}},
		"To=Ada&Label.4=x":                    {"Label", "Label.4", "", ErrIndex},
	} {
		var e *Error
		require.ErrorAs(t, decode(query, p.declare).Err(), &e, query)
		assert.Equal(t, want, *e, query)
	}
}

func TestDescribe(t *testing.T) {
	marks := Doc{Name: "Mark", Type: "Array", Most: 5, Description: "A mark on the item.",
		Fields: []Doc{{Type: "String", Description: "A mark on the item."}}}
	ofItem := []Doc{
		{Name: "Name", Type: "String", Required: true, Description: "What it is.", Example: "book"},
		{Name: "Count", Type: "Integer", Description: "How many.", Default: "0"},
		marks,
	}
	want := []Doc{
		{Name: "To", Type: "String", Required: true, Description: "Who gets it.", Example: "Ada"},
		{Name: "Weight", Type: "Integer", Description: "Kilograms.", Limits: "1 to 30", Default: "1", Example: "5"},
		{Name: "Fragile", Type: "Boolean", Description: "Whether it breaks."},
		{Name: "Colour", Type: "Colour", Description: "Colour of the paper.", Values: []string{"red", "blue"}},
		{Name: "Label", Type: "Array", Most: 3, Description: "Text of a label.", Example: "glass", Form: "Label",
			Fields: []Doc{{Type: "String", Description: "Text of a label.", Example: "glass"}}},
		{Name: "Item", Type: "Array", Most: 100, Fields: ofItem, Form: "Item"},
	}
	for _, d := range ofItem {
		d.Form = FlatForm
		want = append(want, d)
	}
	assert.Equal(t, want, Describe((&parcel{}).declare))
}

func TestDescribingIgnoresNothing(t *testing.T) {
	docs := Describe(func(s *Set) {
		s.Ignoring(true, "it rains")
		s.Partial(true)
		s.String(new(string), "X", "").Require()
		s.Ignored("Y", "it snows")
	})
	assert.Equal(t, []Doc{{Name: "X", Type: "String"}}, docs)
	assert.Equal(t, []Doc{}, Describe(func(*Set) {}))
}

func TestInt(t *testing.T) {
	for text, want := range map[string]int{"0": 0, "1": 1, "-7": -7, "007": 7, "2147483647": 1<<31 - 1, "-2147483648": -1 << 31} {
		var n int
		assert.NoError(t, decode("N="+text, func(s *Set) { s.Int(&n, "N", "") }).Err(), text)
		assert.Equal(t, want, n, text)
	}
	for _, text := range []string{"x", "1.0", "1e3", "0x1", "1_000", " 1", "1 ", "--1", "2147483648", "-2147483649", "99999999999999999999", "１"} {
		n := 42
		assert.ErrorIs(t, decode("N="+text, func(s *Set) { s.Int(&n, "N", "") }).Err(), ErrInvalid, text)
		assert.Equal(t, 42, n, "%q is refused and yet kept", text)
	}
}

func TestBool(t *testing.T) {
	for text, want := range map[string]bool{"true": true, "True": true, "TRUE": true, "false": false, "False": false, "FALSE": false} {
		b := !want
		assert.NoError(t, decode("B="+text, func(s *Set) { s.Bool(&b, "B", "") }).Err(), text)
		assert.Equal(t, want, b, text)
	}
	for _, text := range []string{"1", "0", "t", "yes", "tRUE", " true", "true "} {
		assert.ErrorIs(t, decode("B="+text, func(s *Set) { s.Bool(new(bool), "B", "") }).Err(), ErrInvalid, text)
	}
}

func TestBetween(t *testing.T) {
	for text, want := range map[string]error{
		"": nil, "1": nil, "30": nil, "0": ErrInvalid, "31": ErrInvalid, "-1": ErrInvalid, "x": ErrInvalid,
	} {
		n := 99 // a value that was not sent is not checked
		err := decode("N="+text, func(s *Set) { s.Int(&n, "N", "").Between(1, 30) }).Err()
		assert.ErrorIs(t, err, want, "%q", text)
	}
}

func TestDefault(t *testing.T) {
	declare := func(n *int, c *colour) func(*Set) {
		return func(s *Set) {
			s.Int(n, "N", "").Between(1, 30).Default("7")
			s.Partial(true)
			s.Var(c, "C", "").Default("red")
			s.Partial(false)
			s.Ignoring(true, "a reason")
			s.Var(c, "D", "").Default("red")
		}
	}
	for query, want := range map[string]int{"": 7, "N=": 7, "N=9": 9} {
		n, c := 0, colour("")
		assert.NoError(t, decode(query, declare(&n, &c)).Err(), query)
		assert.Equal(t, want, n, query)
		assert.Empty(t, c, "no default while parameters are optional or ignored")
	}
	assert.ErrorIs(t, decode("", func(s *Set) { s.Var(new(colour), "C", "").Default("pink") }).Err(), errColour, "a wrong default is found")
}

// limited is a text and a number with limits of their own.
type limited struct{ text }

func (*limited) Length() (least, most int) { return 2, 128 }

type ranged struct{ text }

func (*ranged) Range() (least, most int) { return 1, 100 }

func TestDescribeShowsTheLimitsOfAType(t *testing.T) {
	docs := Describe(func(s *Set) {
		s.Var(&limited{}, "Name", "")
		s.Var(&ranged{}, "Priority", "")
	})
	assert.Equal(t, "2 to 128 characters", docs[0].Limits)
	assert.Equal(t, "1 to 100", docs[1].Limits)
}
