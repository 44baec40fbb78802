package param

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

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
		s := Decode(&list, false)
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
	s := Decode(&list, false)
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
