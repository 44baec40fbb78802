package form

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A shop is a document with a field of every sort.
type shop struct {
	name, kind, city string
	floors, staff    int
	open             bool
	notes            map[string]string
	goods            []good
	tags             []string
}

type good struct {
	name  string
	price text
}

// A text is a value that refuses "bad".
type text string

var errBad = errors.New("bad is refused")

func (t *text) Set(s string) error {
	if s == "bad" {
		return errBad
	}
	*t = text(s)
	return nil
}

func (t text) String() string { return string(t) }

func (s *shop) fields(o *Object) {
	o.Required("Name", (*text)(&s.name))
	o.Default("Kind", (*text)(&s.kind), "corner")
	o.Text("City", &s.city)
	o.Int("Floors", &s.floors)
	o.Flag("Open", &s.open)
	if o.Reading() {
		o.ReadMap("Notes", &s.notes)
	}
	Rows(o, "Goods", each(s.goods), func(o *Object, g *good) {
		o.Text("Name", &g.name)
		o.Number("Price", &g.price)
		if o.Reading() {
			s.goods = append(s.goods, *g)
		}
	})
	Blocks(o, "Branches", each([]shop{{name: "A", kind: "corner"}}[:s.staff]), func(o *Object, b *shop) { b.fields(o) })
	o.Texts("Tags", s.tags, func(tag string) error {
		s.tags = append(s.tags, tag)
		return new(text).Set(tag)
	})
}

func each[T any](all []T) func(func(*T) bool) {
	return func(yield func(*T) bool) {
		for i := range all {
			if !yield(&all[i]) {
				return
			}
		}
	}
}

func TestReadFindsFieldsInAnyOrder(t *testing.T) {
	var s shop
	require.NoError(t, Read([]byte(` {"Tags": ["x", "\u00e9"], "Goods": [{"Price": 3, "Name": "a\"b"}, {"Price": "4"}],
		"Notes": {"a": "b", "n": 1.50}, "Open": true, "Floors": 2, "City": "", "Name": "N"}`), s.fields))
	assert.Equal(t, shop{
		name: "N", kind: "corner", floors: 2, open: true, notes: map[string]string{"a": "b", "n": "1.50"},
		goods: []good{{`a"b`, "3"}, {"", "4"}}, tags: []string{"x", "é"},
	}, s)
}

func TestWrite(t *testing.T) {
	s := shop{name: "N<", kind: "grand", floors: 2, open: true, goods: []good{{"a\"é", "3"}, {"b", ""}}, tags: []string{"x", "y"}, staff: 1}
	assert.Equal(t, `{
  "Name": "N<",
  "Kind": "grand",
  "Floors": 2,
  "Open": true,
  "Goods": [
    {"Name": "a\"é", "Price": 3},
    {"Name": "b"}
  ],
  "Branches": [
    {
      "Name": "A"
    }
  ],
  "Tags": ["x", "y"]
}
`, string(Write(s.fields)))
	assert.Equal(t, `{"Name": "N"}`, string(WriteRow((&shop{name: "N", kind: "corner"}).fields)))
	assert.Equal(t, "{}\n", string(Write(func(*Object) {})))
}

func TestReadAll(t *testing.T) {
	for _, c := range []struct {
		text, names, says string
	}{
		{`{"Name": "a"}`, "a", ""},
		{` [{"Name": "a"}, {"Name": "b"}]`, "a b", ""},
		{`[]`, "", ""},
		{`[{"Name": "a"}, {"Name": ""}]`, "", "[1].Name: the field is required"},
		{`[{"Name": "a"}, 3]`, "", "[1]: must be an object, got a number"},
		{`3`, "", "the document must be an object, got a number"},
	} {
		var names []string
		err := ReadAll([]byte(c.text), func(o *Object) {
			var s shop
			s.fields(o)
			names = append(names, s.name)
		})
		if c.says != "" {
			assert.EqualError(t, err, c.says, c.text)
			continue
		}
		assert.NoError(t, err, c.text)
		assert.Equal(t, c.names, strings.Join(names, " "), c.text)
	}
}

func TestErrorsHaveThePathOfTheField(t *testing.T) {
	const fields = "the fields are Name, Kind, City, Floors, Open, Notes, Goods, Branches, Tags"
	for text, says := range map[string]string{
		"":                                      "the document is empty",
		" \n":                                   "the document is empty",
		"{":                                     "line 1, column 1: unexpected end of JSON input",
		"{\"é\xff\": 1}":                        "line 1, column 4: the text is not UTF-8",
		"{\n \"é\": }":                          "line 2, column 7: invalid character '}' looking for beginning of value",
		"[]":                                    "the document must be an object, got a list",
		"{}":                                    "Name: the field is required",
		`{"Name": ""}`:                          "Name: the field is required",
		`{"Name": "bad"}`:                       "Name: bad is refused",
		`{"Name": 1}`:                           "Name: must be a string, got a number",
		`{"Name": null}`:                        "Name: must be a string, got null",
		`{"Nam\u0065": "", "Name": ""}`:         "Name: the field is given twice; leave one of them out",
		`{"Name": "a", "Colour": 1, "Size": 2}`: "Colour: there is no such field; " + fields,
		`{"Name": "a", "a b": 1}`:               `["a b"]: there is no such field; ` + fields,
		`{"Name": "a", "Flors": 1}`:             "Flors: there is no such field; did you mean Floors?",
		`{"Name": "a", "Floors": 1.5}`:          "Floors: must be an integer such as 2, got 1.5",
		`{"Name": "a", "Floors": "1"}`:          "Floors: must be a number, got a string",
		`{"Name": "a", "Open": "yes"}`:          "Open: must be true or false, got a string",
		`{"Name": "a", "Notes": []}`:            "Notes: must be an object, got a list",
		`{"Name": "a", "Notes": {"a b": true}}`: `Notes["a b"]: must be a string, got true or false`,
		`{"Name": "a", "Goods": {}}`:            "Goods: must be a list, got an object",
		`{"Name": "a", "Goods": [{}, {"Price": "bad"}, {"Price": []}]}`: "Goods[1].Price: bad is refused",
		`{"Name": "a", "Goods": [{}, {"Cost": 1}]}`:                     "Goods[1].Cost: there is no such field; the fields are Name, Price",
		`{"Name": "a", "Branches": [{"Name": "b", "Branches": [{}]}]}`:  "Branches[0].Branches[0].Name: the field is required",
		`{"Name": "a", "Tags": ["x", "bad"]}`:                           "Tags[1]: bad is refused",
		`{"Name": "a", "Tags": ["x", 1]}`:                               "Tags[1]: must be a string, got a number",
	} {
		err := Read([]byte(text), new(shop).fields)
		assert.EqualError(t, err, says, text)
		assert.ErrorAs(t, err, new(*Error), text)
	}
	assert.ErrorIs(t, Read([]byte(`{"Name": "bad"}`), new(shop).fields), errBad)
}

func TestTheFirstErrorEndsTheReading(t *testing.T) {
	errNo := errors.New("no")
	var seen []string
	err := Read([]byte(`{"All": [{"Name": "a"}, {"Name": "b"}, {"Name": "c"}]}`), func(o *Object) {
		Rows(o, "All", nil, func(o *Object, g *good) {
			o.Text("Name", &g.name)
			seen = append(seen, g.name)
			if g.name == "b" {
				o.Fail("", errNo)
				o.Fail("Name", errBad)
				assert.True(t, o.Failed())
			}
		})
		o.Required("Name", new(text))
	})
	assert.EqualError(t, err, "All[1]: no")
	assert.Equal(t, []string{"a", "b"}, seen)
}
