package param

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever is sent, decoding never panics, and what it accepts it has read. A list
// that is written down with dotted names, or as JSON, is read as it was.
func FuzzDotted(f *testing.F) {
	for _, query := range []string{
		"To=Ada&Weight=5&Item.1.Name=a&Item.2.Count=7&Item.2.Mark.3=x",
		"Item.0.Name=a&Item.101=b&Item.x.y=c&Item..=d&Item.1.=e&Item=&=&.&..&Label.01=f",
		`Item=[{"Name":"a","Count":1,"Mark.1":"x"},{"":null}]&Item=[]&Label=["a"]`,
		"Label.1=\x00&Label.2=\xff&Name=🔥&Mark.5=\u2028",
	} {
		f.Add(query, uint64(len(query)))
	}
	f.Fuzz(func(t *testing.T, query string, seed uint64) {
		var p parcel
		if s := decode(query, p.declare); s.Err() == nil {
			require.NotEmpty(t, p.To)
			require.True(t, len(p.Labels) > 0 != (len(p.Items) > 0), "one form is read")
			require.LessOrEqual(t, len(p.Labels), 3)
			require.LessOrEqual(t, len(p.Items), 100)
		}
		want := itemsOf(query)
		requireSame(t, want, dotted(want, rand.New(rand.NewPCG(seed, 0))))
		text, err := json.Marshal(objects(want))
		require.NoError(t, err)
		requireSame(t, want, []Param{{Name: "Item", Value: string(text)}})
	})
}

// A list in JSON is read as the same list is that is sent with dotted names, and
// what is refused is no list of objects of texts, numbers and booleans.
func FuzzJSON(f *testing.F) {
	for _, text := range []string{
		`[]`, `[{}]`, `[{"Name":"a"}]`, `[{"Name":"a","Count":1e2},{"Name":"b","Count":"7","Mark.1":true,"Mark.5":null}]`,
		`[{"Name":"a","Mark.1":true,"Mark.2":false,"Count":12}]`, `[null]`, `[{"Name":["a"]}]`, `[{"Name":{}}]`, `{"Name":"a"}`, `[{"Name":"a"}] []`, `[{"Name":"a","Name":"b"}]`,
		`[{"Name":"\ud800\u0000"}]`, "[{\"Name\":\"\xff\"}]", ` [ {"Name" : "a" , "" : 1, "Mark.0": 2} ] `, `[{"Name":1E400,"Count":-0}]`, `null`, ``,
		`[` + strings.Repeat(`{"Name":"a"},`, 100) + `{"Name":"a"}]`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := itemsFrom([]Param{{Name: "Item", Value: text}})
		flat, sound := naiveObjects(text)
		if !sound {
			require.Error(t, err)
			return
		}
		want, wantErr := itemsFrom(flat)
		path, cause := fault(err)
		wantPath, wantCause := fault(wantErr)
		require.Equal(t, wantCause, cause)
		require.Equal(t, wantPath, path)
		require.Equal(t, want, got)
	})
}

func itemsFrom(list []Param) (got []item, err error) {
	s := Decode(&list, false, 2019)
	items(&got)(&s)
	return got, s.Err()
}

// naiveObjects is a list in JSON as the parameters that say the same one by one.
func naiveObjects(text string) (flat []Param, sound bool) {
	if text == "" {
		return nil, true
	}
	var list []map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &list) != nil || list == nil || len(list) > 100 {
		return nil, false
	}
	for i, object := range list {
		if object == nil {
			return nil, false
		}
		for _, name := range slices.Sorted(maps.Keys(object)) {
			raw := string(object[name])
			if raw[0] == '{' || raw[0] == '[' {
				return nil, false
			}
			var value string
			if raw[0] != '"' {
				value = strings.TrimPrefix(raw, "null")
			} else if json.Unmarshal(object[name], &value) != nil {
				return nil, false
			}
			flat = append(flat, Param{Name: fmt.Sprintf("Item.%d.%s", i+1, name), Value: value})
		}
	}
	return flat, true
}

func requireSame(t *testing.T, want []item, list []Param) {
	var got []item
	s := Decode(&list, true, 2019)
	items(&got)(&s)
	require.NoError(t, s.Err())
	require.Equal(t, want, got)
	require.Empty(t, s.unread())
}

// itemsOf makes a list of a text: an item a line, a mark a word.
func itemsOf(text string) []item {
	var list []item
	for line := range strings.Lines(strings.ToValidUTF8(text, "?")) {
		i := item{Name: line, Count: len(line)}
		for _, word := range strings.Fields(line) {
			if len(i.Marks) < 5 {
				i.Marks = append(i.Marks, word)
			}
		}
		if len(list) < 50 {
			list = append(list, i)
		}
	}
	return list
}

// dotted writes a list down, with gaps, in any order.
func dotted(list []item, r *rand.Rand) []Param {
	var out []Param
	for i, it := range list {
		head := fmt.Sprintf("Item.%d.", 2*i+1+r.IntN(2))
		out = append(out, Param{Name: head + "Name", Value: it.Name}, Param{Name: head + "Count", Value: fmt.Sprint(it.Count)})
		for j, m := range it.Marks {
			out = append(out, Param{Name: fmt.Sprintf("%sMark.%d", head, j+1), Value: m})
		}
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// objects is a list as it is written down in JSON.
func objects(list []item) []map[string]any {
	out := []map[string]any{}
	for _, it := range list {
		o := map[string]any{"Name": it.Name, "Count": it.Count}
		for j, m := range it.Marks {
			o[fmt.Sprintf("Mark.%d", j+1)] = m
		}
		out = append(out, o)
	}
	return out
}
