package server_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// golden is an answer of the real service, and a world in which the mock is to give
// it too: field for field, with the same values, in JSON and in XML. It is a file:
// what was captured in XML stands beside it.
type golden struct {
	Claim, Origin string
	Edition       int             // 0 is 2019
	World         json.RawMessage // state form
	Ask           string          // query
	Status        int             // 0 is 200
	Captured      map[string]any  // by where it stands in the answer, "" for the whole of it
	Partly        []string        // where not all that there was is known
	Place         string          // where it stands if it was captured in XML
	root          string          // of the whole XML
}

// goldenExtras are the fields that the mock tells and a captured answer may lack,
// and why.
var goldenExtras = map[string]string{
	"SecurityGroupRuleId":     "given since 2022",
	"SourcePortRange":         "given since 2019",
	"Ipv6SourceCidrIp":        "given since 2019",
	"Ipv6DestCidrIp":          "given since 2019",
	"SourcePrefixListId":      "given since 2021",
	"SourcePrefixListName":    "given since 2021",
	"DestPrefixListId":        "given since 2021",
	"DestPrefixListName":      "given since 2021",
	"PortRangeListId":         "given since 2025",
	"PortRangeListName":       "given since 2025",
	"NextToken":               "given since 2024; blank where there is no other page",
	"SecurityGroupType":       "given since 2019",
	"ResourceGroupId":         "given since 2019",
	"EcsCount":                "given since 2024",
	"AvailableInstanceAmount": "given since 2024",
	"RuleCount":               "given since 2024",
	"GroupToGroupRuleCount":   "given since 2024",
	"ServiceManaged":          "given since 2024",
	"ServiceID":               "given since 2024",
}

// goldenOthers are captured values that no world of the mock has, and what stands
// for them.
var goldenOthers = map[string]struct{ captured, given, why string }{
	"attribute-of-a-vpc-group-2017 Permissions.Permission.Priority": {"110", "100", "only rules of the service itself have a priority beyond 100; a state with one is refused, as a request is"},
}

// TestFamilyGolden proves that the mock answers as the service was seen to answer.
func TestFamilyGolden(t *testing.T) {
	paths, err := filepath.Glob(root + "/testdata/golden/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := readGolden(t, path)
			for _, format := range []string{"JSON", "XML"} {
				g.prove(t, name, format)
			}
		})
	}
}

func readGolden(t *testing.T, path string) *golden {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	g := &golden{Edition: 2019, Status: http.StatusOK}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	d.UseNumber()
	require.NoError(t, d.Decode(g), path)
	require.True(t, strings.HasSuffix(g.Claim, "."), "the claim is a sentence")
	require.NotEmpty(t, g.Origin, path)
	if captured, err := os.ReadFile(strings.TrimSuffix(path, ".json") + ".xml"); err == nil {
		tree, root := xmlTree(t, string(captured))
		g.Captured = map[string]any{g.Place: tree}
		if g.Place == "" {
			g.root = root
		}
	}
	require.NotEmpty(t, g.Captured, path)
	return g
}

func (g *golden) prove(t *testing.T, name, format string) {
	t.Helper()
	edition := rpc.Edition(g.Edition)
	require.True(t, edition.Valid(), "there is no edition %d", g.Edition)
	got := get(start(t, server.Options{Seed: g.World, Edition: edition}), "/?Format="+format+"&"+g.Ask)
	require.Equal(t, g.Status, got.Status, got.Body)
	var given any
	if format == "XML" {
		var root string
		given, root = xmlTree(t, got.Body)
		if g.root != "" {
			assert.Equal(t, g.root, root)
		}
	} else {
		d := json.NewDecoder(strings.NewReader(got.Body))
		d.UseNumber()
		require.NoError(t, d.Decode(&given), got.Body)
	}
	assert.Contains(t, given, "RequestId")
	for place, captured := range g.Captured {
		c := comparison{t, name + " in " + format, format == "JSON" && g.root == "" && g.Place == "", slices.Contains(g.Partly, place)}
		there := given
		for _, step := range strings.FieldsFunc(place, func(r rune) bool { return r == '.' }) {
			there = there.(map[string]any)[step]
		}
		c.same(captured, there, place)
	}
}

// comparison is of a captured answer with one of the mock.
type comparison struct {
	t      *testing.T
	about  string
	typed  bool // both are JSON, where numbers and texts differ
	partly bool // not all fields are known
}

// same wants two parts of answers to be the same, but for what nobody can know
// before: ids of requests, of new groups and of new rules, and the time.
func (c *comparison) same(captured, given any, path string) {
	c.t.Helper()
	switch captured := captured.(type) {
	case map[string]any:
		if list, ok := given.([]any); ok { // an element of a list, the first
			require.NotEmpty(c.t, list, "%s: %s", c.about, path)
			given = list[0]
		}
		c.sameFields(captured, given, path)
	case []any:
		list, _ := given.([]any)
		require.Len(c.t, list, len(captured), "%s: %s", c.about, path)
		for i := range captured {
			c.same(captured[i], list[i], path)
		}
	default:
		c.sameValue(captured, given, path)
	}
}

func (c *comparison) sameFields(captured map[string]any, given any, path string) {
	c.t.Helper()
	fields, ok := given.(map[string]any)
	require.True(c.t, ok, "%s: %s is no object", c.about, path)
	for name, value := range captured {
		field, ok := fields[name]
		if assert.True(c.t, ok, "%s: %s has no %s", c.about, path, name) {
			c.same(value, field, strings.TrimPrefix(path+"."+name, "."))
		}
	}
	for name := range fields {
		if _, ok := captured[name]; !ok && !c.partly {
			assert.Contains(c.t, goldenExtras, name, "%s: %s", c.about, path)
		}
	}
}

func (c *comparison) sameValue(captured, given any, path string) {
	c.t.Helper()
	if path == "RequestId" || path == "SecurityGroupId" && strings.HasPrefix(c.about, "created ") {
		assert.NotEmpty(c.t, given, "%s: %s", c.about, path)
		return
	}
	if c.typed {
		assert.IsType(c.t, captured, given, "%s: %s", c.about, path)
	}
	text := strings.ReplaceAll(fmt.Sprint(captured), "****", "0000") // no id has asterisks
	name, _, _ := strings.Cut(c.about, " ")
	if other, ok := goldenOthers[name+" "+path]; ok && other.captured == text {
		text = other.given
	}
	assert.Equal(c.t, text, fmt.Sprint(given), "%s: %s", c.about, path)
}

// goldenLists are the lists, whose items in XML have names of their own.
var goldenLists = map[string]string{
	"Permissions": "Permission", "SecurityGroups": "SecurityGroup", "Tags": "Tag",
	"SecurityGroupReferences": "SecurityGroupReference", "ReferencingSecurityGroups": "ReferencingSecurityGroup",
}

// xmlTree reads XML as what the same answer is in JSON, but that every value is a
// text, and tells the name of the root.
func xmlTree(t *testing.T, text string) (tree any, root string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		require.NoError(t, err, text)
		if begin, ok := token.(xml.StartElement); ok {
			tree, err = element(d, begin.Name.Local)
			require.NoError(t, err, text)
			return tree, begin.Name.Local
		}
	}
}

func element(d *xml.Decoder, name string) (any, error) {
	item, isList := goldenLists[name]
	fields, items, text, leaf := map[string]any{}, []any{}, "", true
	for {
		token, err := d.Token()
		if err != nil {
			return nil, io.ErrUnexpectedEOF
		}
		switch token := token.(type) {
		case xml.CharData:
			text += string(token)
		case xml.StartElement:
			leaf = false
			value, err := element(d, token.Name.Local)
			if err != nil {
				return nil, err
			}
			if _, twice := fields[token.Name.Local]; twice || isList && token.Name.Local != item {
				return nil, fmt.Errorf("%s stands in %s where it should not", token.Name.Local, name)
			}
			if isList {
				items = append(items, value)
				continue
			}
			fields[token.Name.Local] = value
		case xml.EndElement:
			switch {
			case isList:
				return map[string]any{item: items}, nil
			case leaf:
				return text, nil
			}
			return fields, nil
		}
	}
}

// TestFamilyGoldenNames wants every exception to be of use, lest they pile up.
func TestFamilyGoldenNames(t *testing.T) {
	for key := range goldenOthers {
		name, _, _ := strings.Cut(key, " ")
		_, err := os.Stat(root + "/testdata/golden/" + name + ".json")
		assert.NoError(t, err)
	}
}
