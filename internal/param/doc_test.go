package param

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
)

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
		{Name: "Label", Type: "Array", Most: 3, Description: "Text of a label.", Example: "glass",
			Fields: []Doc{{Type: "String", Description: "Text of a label.", Example: "glass"}}},
		{Name: "Item", Type: "Array", Most: 100, Fields: ofItem},
	}
	assert.Equal(t, append(want, ofItem...), Describe((&parcel{}).declare))
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

func TestADescriptionIsBriefAsJSON(t *testing.T) {
	text, err := json.Marshal(Describe(func(s *Set) { s.String(new(string), "X", "A letter.") }))
	assert.NoError(t, err)
	assert.JSONEq(t, `[{"Name": "X", "Type": "String", "Required": false, "Description": "A letter."}]`, string(text))
}
