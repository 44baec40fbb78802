package param

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func labels(l *[]string) func(*Set) {
	return func(s *Set) { List(s, l, "Label", 100, label) }
}

func items(l *[]item) func(*Set) {
	return func(s *Set) { List(s, l, "Item", 100, (*item).declare) }
}

func TestNumbersOrderAList(t *testing.T) {
	for query, want := range map[string][]string{
		"":                                nil,
		"Label.1=a":                       {"a"},
		"Label.2=b&Label.1=a":             {"a", "b"},
		"Label.10=c&Label.9=b&Label.1=a":  {"a", "b", "c"},
		"Label.100=c&Label.7=a&Label.8=b": {"a", "b", "c"},
		"Label.1=a&Label.1=b":             {"b"},
		"Label.1=a&Label.2=&Label.3=c":    {"a", "c"},
		"Label.1=a&Label.1=":              {""},
		"Label.1=&Label.2=":               nil,
		"label.1=a&Labels.1=a&XLabel.1=a": nil,
	} {
		var list []string
		s := decode(query, labels(&list))
		assert.NoError(t, s.Err(), query)
		assert.Equal(t, want, list, query)
	}
}

func TestNumbersThatAListDoesNotHave(t *testing.T) {
	for _, number := range []string{
		"0", "101", "01", "001", "-1", "+1", "1e1", "x", "", " 1", "1 ", "１", "99999999999999999999", ".1", "1.",
	} {
		for _, field := range []string{"", ".Name"} {
			var list []item
			path := "Item." + number + field
			s := decode("Item.1.Name=a&"+path+"=b&Item.2.Name=c", items(&list))
			if path == "Item.1..Name" {
				assert.Equal(t, []string{path}, s.unread(), "no field has this name")
				continue
			}
			e, _ := s.Err().(*Error)
			require.NotNil(t, e, path)
			assert.Equal(t, Error{Name: "Item", Path: path, Err: ErrIndex}, *e)
			assert.Len(t, list, 2, "the rest is read")
			assert.Empty(t, s.unread())
		}
	}
	var list []item
	s := decode("Item.0.Name=&Item.x=&Item.1.Name=a", items(&list))
	assert.NoError(t, s.Err(), "blanks are not there")
	assert.Empty(t, s.unread())
}

func TestElementsOfBlanksAreNotThere(t *testing.T) {
	for query, want := range map[string][]item{
		"Item.1.Name=&Item.2.Name=a":                     {{Name: "a"}},
		"Item.1.Name=&Item.1.Count=&Item.2.Name=a":       {{Name: "a"}},
		"Item.1.Name=a&Item.1.Count=&Item.2.Mark.1=":     {{Name: "a"}},
		"Item.1.Name=a&Item.1.Mark.1=&Item.1.Mark.2=b":   {{Name: "a", Marks: []string{"b"}}},
		"Item.1.Name=&Item.2.Name=&Item.3.Size=&Item.4=": nil,
	} {
		var list []item
		s := decode(query, items(&list))
		assert.NoError(t, s.Err(), query)
		assert.Equal(t, want, list, query)
		assert.Empty(t, s.unread(), query)
	}
}

func TestFieldsOfElements(t *testing.T) {
	var list []item
	s := decode("Item.2.Name=b&Item.1.Count=1&Item.2.Count=2&Item.1.Name=a&Item.1.Size=9&Item.1=x&Item.1.Name.2=y", items(&list))
	assert.NoError(t, s.Err())
	assert.Equal(t, []item{{Name: "a", Count: 1}, {Name: "b", Count: 2}}, list)
	assert.Equal(t, []string{"Item.1.Size", "Item.1", "Item.1.Name.2"}, s.unread())

	list = nil
	path, cause := fault(decode("Item.3.Name=a&Item.12.Name=b&Item.12.Count=x&Item.13.Count=1", items(&list)).Err())
	assert.Equal(t, "Item.12.Count", path)
	assert.ErrorIs(t, cause, ErrInvalid)
	assert.Len(t, list, 3)
}

func TestAListInAList(t *testing.T) {
	var list []item
	s := decode("Item.2.Mark.2=d&Item.1.Mark.3=b&Item.1.Name=x&Item.2.Name=y&Item.1.Mark.1=a&Item.2.Mark.1=c&Mark.1=z&Item.11.Name=w", items(&list))
	assert.NoError(t, s.Err())
	assert.Equal(t, []item{{Name: "x", Marks: []string{"a", "b"}}, {Name: "y", Marks: []string{"c", "d"}}, {Name: "w"}}, list)
	assert.Equal(t, []string{"Mark.1"}, s.unread())

	s = decode("Item.1.Name=x&Item.1.Mark.6=a", items(&list))
	assert.Equal(t, &Error{Name: "Mark", Path: "Item.1.Mark.6", Err: ErrIndex}, s.Err())
}

func TestFailInAnElementNamesTheElement(t *testing.T) {
	fail := func(err error) func(*Set) {
		return func(s *Set) { List(s, new([]item), "Item", 9, func(_ *item, s *Set) { s.Fail(err) }) }
	}
	assert.Equal(t, &Error{Path: "Item.4", Err: errName}, decode("Item.5.Name=b&Item.4.Name=a", fail(errName)).Err())
	about := &Error{Name: "Name", Path: "Item.4.Name", Err: errName}
	assert.Equal(t, &Error{Name: "Name", Path: "Item.4", Err: about}, decode("Item.4.Name=a", fail(about)).Err(), "and about what")
}

func TestOneFormReadsTheFormThatIsUsed(t *testing.T) {
	for query, want := range map[string]parcel{
		"Label.1=a":               {Labels: []string{"a"}},
		"Item.1.Name=a":           {Items: []item{{Name: "a"}}},
		"Name=a":                  {Items: []item{{Name: "a"}}},
		"Name=a&Label.1=":         {Items: []item{{Name: "a"}}},
		"Item.1.Name=a&Name=":     {Items: []item{{Name: "a"}}},
		"Name=a&Item.1.Name=":     {Items: []item{{Name: "a"}}},
		"Name=a&Item=[]&Label=":   {Items: []item{{Name: "a"}}},
		"Name=a&Mark.1=x":         {Items: []item{{Name: "a", Marks: []string{"x"}}}},
		"Label.1=a&Mark.1=&Count": {Labels: []string{"a"}},
	} {
		got := parcel{}
		want.To, want.Weight = "Ada", 1 // the default
		s := decode("To=Ada&"+query, got.declare)
		assert.NoError(t, s.Err(), query)
		assert.Equal(t, want, got, query)
		assert.Empty(t, s.unread(), query)
	}
}

func TestTwoFormsAtOnce(t *testing.T) {
	for query, first := range map[string]string{
		"Label.1=a&Item.1.Name=a":        "Label",
		"Item.1.Name=a&Label.1=a":        "Label",
		"Label.1=a&Name=a":               "Label",
		"Item.1.Name=a&Count=1":          "Item",
		"Item.1.Name=a&Mark.1=x":         "Item",
		"Label.1=a&Item.1.Name=a&Name=a": "Label",
		"Label.9=a&Item.0.Name=&Count=x": "Label",
		`Item=[{"Name":"a"}]&Name=a`:     "Item",
		"Item.x=a&Name=a":                "Item",
	} {
		var p parcel
		s := decode("To=Ada&"+query, p.declare)
		assert.Equal(t, &Error{Name: first, Path: first, Err: ErrForms}, s.Err(), query)
		assert.Empty(t, s.unread(), query)
	}
}

func TestAnIgnoredParameterCountsAsItsForm(t *testing.T) {
	s := decode("Label.1=a&Stray=x", func(s *Set) {
		var list []string
		OneForm(s, Each(&list, "Label", 3, label), Flat(&list, func(_ *string, s *Set) { s.Ignored("Stray", "it snows") }))
	})
	assert.ErrorIs(t, s.Err(), ErrForms)
	assert.Equal(t, []string{"Stray is ignored: it snows"}, s.Notes(), "noted once")
}

func TestWithoutAnyFormTheLastReportsWhatIsMissing(t *testing.T) {
	for _, query := range []string{"", "Label.1=", "Item.1.Name=&Item=[]", "Count=1"} {
		var p parcel
		path, cause := fault(decode("To=Ada&"+query, p.declare).Err())
		assert.Equal(t, "Name", path, query)
		assert.Equal(t, errName, cause, query)
	}
}

func numbered(n int) string {
	query := ""
	for i := range n {
		query += fmt.Sprintf("&Item.%d.Name=n%d&Item.%d.Count=%d&Item.%d.Mark.1=x", i+1, i+1, i+1, i+1, i+1)
	}
	return query
}

// A hundred elements must not cost a hundred times a hundred.
func TestAnElementLooksAmongItsOwnParametersOnly(t *testing.T) {
	var list, seen []item
	decode(numbered(100)+"&Other=1", func(s *Set) {
		List(s, &list, "Item", 100, func(i *item, s *Set) {
			assert.Equal(t, 3, s.len())
			List(s, &i.Marks, "Mark", 1, func(m *string, s *Set) { assert.Equal(t, 1, s.len()) })
			i.declare(s)
			seen = append(seen, *i)
		})
		assert.Equal(t, 301, s.len())
	})
	require.Len(t, list, 100)
	assert.Equal(t, seen, list)
}

func BenchmarkList(b *testing.B) {
	for _, n := range []int{1, 10, 100} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			query := sent(numbered(n))
			b.ReportAllocs()
			for b.Loop() {
				var list []item
				s := Decode(&query, false, 2019)
				List(&s, &list, "Item", 100, (*item).declare)
			}
		})
	}
}

func TestAJSONListIsTheSameAsDottedNames(t *testing.T) {
	for text, dotted := range map[string]string{
		`[{"Name":"a"}]`: "Item.1.Name=a",
		`[{"Count":1,"Name":"a"},{"Name":"b","Count":"2"}]`: "Item.1.Name=a&Item.1.Count=1&Item.2.Name=b&Item.2.Count=2",
		" [ { \"Name\" : \"a\" } ] \n":                      "Item.1.Name=a",
		`[{"Name":"a","Name":"b"}]`:                         "Item.1.Name=b",
		`[{"Name":"\u5b89\ud83d\udd25\"\\\/\n"}]`:           "Item.1.Name=安🔥\"\\/\n",
		`[{"Name":12,"Count":-0}]`:                          "Item.1.Name=12&Item.1.Count=-0",
		`[{"Name":1.50}]`:                                   "Item.1.Name=1.50",
		`[{"Name":12345678901234567890123}]`:                "Item.1.Name=12345678901234567890123",
		`[{"Name":1e2}]`:                                    "Item.1.Name=1e2",
		`[{"Name":true}]`:                                   "Item.1.Name=true",
		`[{"Name":"a","Count":null}]`:                       "Item.1.Name=a&Item.1.Count=",
		`[{"Name":"a","Count":""}]`:                         "Item.1.Name=a&Item.1.Count=",
		`[{},{"Name":"b"}]`:                                 "Item.2.Name=b",
		`[{"Name":"a","Mark.2":"x"}]`:                       "Item.1.Name=a&Item.1.Mark.2=x",
		`[{"Name":"a","Count":"x"}]`:                        "Item.1.Name=a&Item.1.Count=x",
		`[{"name":"a"}]`:                                    "Item.1.name=a",
		`[{"":"a"}]`:                                        "Item.1.=a",
		`[]`:                                                "",
		``:                                                  "",
		`[{}]`:                                              "",
	} {
		var got, want []item
		list := []Param{{Name: "Item", Value: text}}
		s := Decode(&list, false, 2019)
		items(&got)(&s)
		d := decode(dotted, items(&want))
		assert.Equal(t, d.Err(), s.Err(), text)
		assert.Equal(t, want, got, text)
		assert.Equal(t, d.unread(), s.unread(), text)
	}
}

func TestWhatIsNoJSONListOfObjects(t *testing.T) {
	for _, text := range []string{
		"a", "{", "[", "[{]", `{"Name":"a"}`, "null", `"a"`, "1", "[1]", `["a"]`, "[null]", "[[]]", `[{"Name":"a"},null]`,
		`[{"Name":{"First":"a"}}]`, `[{"Name":["a"]}]`, `[{"Name":"a"}] x`, `[{"Name":"a"}][]`, "[]]", `[{'Name':'a'}]`, `[{"Name":"a"},]`,
	} {
		var list []item
		s := decode("Item="+text, items(&list))
		assert.Equal(t, &Error{Name: "Item", Path: "Item", Err: ErrJSON}, s.Err(), text)
	}
}

func TestAJSONListHasItsMost(t *testing.T) {
	object := `{"Name":"a"}`
	var list []item
	assert.NoError(t, decode("Item=["+strings.Repeat(object+",", 99)+object+"]", items(&list)).Err())
	assert.Len(t, list, 100)

	s := decode("Item=["+strings.Repeat(object+",", 100)+object+"]", items(&list))
	assert.Equal(t, &Error{Name: "Item", Path: "Item", Err: ErrIndex}, s.Err())
	assert.Equal(t, 1, s.len(), "nothing is unfolded")
}

func TestWhatComesOutOfJSONTellsSo(t *testing.T) {
	list := []Param{{Name: "Item", Value: `[{"Name":"query"}]`}, {Name: "Item", Value: `[{"Name":"body","Size":9}]`, InBody: true}}
	s := Decode(&list, false, 2019)
	var got []item
	items(&got)(&s)
	assert.Equal(t, []item{{Name: "body"}}, got, "of two with one name the last counts")
	assert.Equal(t, []Param{
		{Name: "Item", Value: `[{"Name":"query"}]`, Read: true, Unfolded: true},
		{Name: "Item", Value: `[{"Name":"body","Size":9}]`, InBody: true, Read: true, Unfolded: true},
		{Name: "Item.1.Name", Value: "body", InBody: true, Read: true, Derived: true},
		{Name: "Item.1.Size", Value: "9", InBody: true, Derived: true},
	}, list)
}

func TestASingleFormIsNoChoice(t *testing.T) {
	docs := Describe(func(s *Set) {
		OneForm(s, Flat(new([]string), func(_ *string, s *Set) { s.String(new(string), "X", "") }))
	})
	assert.Equal(t, []Doc{{Name: "X", Type: "String"}}, docs)
}

func TestADescriptionIsBriefAsJSON(t *testing.T) {
	text, err := json.Marshal(Describe(func(s *Set) { s.String(new(string), "X", "A letter.") }))
	assert.NoError(t, err)
	assert.JSONEq(t, `[{"Name": "X", "Type": "String", "Required": false, "Description": "A letter."}]`, string(text))
}
