package shadow

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/wire"
)

// kind is the type of a value in an answer.
type kind uint8

// In XML a value is an object, a list or a text.
const (
	object kind = iota + 1
	list
	text
	number
	boolean
	null
)

// String returns the name of the type.
func (k kind) String() string {
	return [...]string{"", "an object", "a list", "a text", "a number", "a boolean", "null"}[k]
}

// A node is a value in an answer. The names of an object's members are as many as they.
type node struct {
	kind    kind
	text    string // of all but objects and lists
	names   []string
	members []*node
}

// member returns a member of an object, or nil.
func (n *node) member(name string) *node {
	if n.kind == object {
		for i := range n.names {
			if n.names[i] == name {
				return n.members[i]
			}
		}
	}
	return nil
}

// field returns the text of a member of an object, or "".
func (n *node) field(name string) string {
	if m := n.member(name); m != nil {
		return m.text
	}
	return ""
}

// leaves calls f with each value that is no object and no list, in order.
func (n *node) leaves(f func(text string)) {
	if n.kind != object && n.kind != list {
		f(n.text)
	}
	for _, m := range n.members {
		m.leaves(f)
	}
}

// summary returns the values in a short text.
func (n *node) summary() string {
	var b strings.Builder
	n.leaves(func(value string) {
		if value != "" && b.Len() < maxSummary {
			b.WriteString(" " + value)
		}
	})
	return strings.TrimSpace(b.String()[:min(maxSummary, b.Len())])
}

const maxSummary = 120 // bytes

// errNoAnswer is the error of a body that is no answer of the API.
var errNoAnswer = errors.New("the body is neither JSON nor XML of the API")

// parse reads the body of an answer, in either format.
func parse(body []byte) (*node, error) {
	body = bytes.TrimSpace(body)
	switch {
	case bytes.HasPrefix(body, []byte("{")):
		t, err := wire.ParseTree(body)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errNoAnswer, err)
		}
		return nodeOf(t), nil
	case bytes.HasPrefix(body, []byte("<")):
		return parseXML(string(body))
	}
	return nil, errNoAnswer
}

// nodeOf returns a value in JSON as a node.
func nodeOf(value any) *node {
	switch v := value.(type) {
	case *wire.Tree:
		n := &node{kind: object}
		for _, m := range v.Members {
			n.names, n.members = append(n.names, m.Name), append(n.members, nodeOf(m.Value))
		}
		return n
	case []any:
		n := &node{kind: list}
		for _, m := range v {
			n.members = append(n.members, nodeOf(m))
		}
		return n
	case string:
		return &node{kind: text, text: v}
	case json.Number:
		return &node{kind: number, text: v.String()}
	case bool:
		return &node{kind: boolean, text: strconv.FormatBool(v)}
	}
	return &node{kind: null}
}

// entities has the text of what stands for a character in XML.
var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&#34;", `"`, "&#39;", "'", "&amp;", "&")

// deepest is how many elements may be within one another.
const deepest = 100

// parseXML reads the elements and the texts of a document: the API's answers have nothing
// else. The node of the root has its name.
func parseXML(doc string) (*node, error) {
	root := &node{}
	rest, err := root.elements(doc, "", 0)
	if err == nil && (rest != "" || len(root.members) != 1) {
		err = errNoAnswer
	}
	if err != nil {
		return nil, err
	}
	return root.members[0], nil
}

// elements reads what an element has, up to its end tag, and returns what follows.
func (n *node) elements(doc, name string, depth int) (rest string, err error) {
	for {
		before, after, found := strings.Cut(doc, "<")
		n.text += entities.Replace(before)
		switch {
		case !found:
			if name != "" || depth == deepest {
				return "", errNoAnswer
			}
			n.shape()
			return "", nil
		case strings.HasPrefix(after, "![CDATA["):
			before, after, found = strings.Cut(after[len("![CDATA["):], "]]>")
			n.text += before
		case strings.HasPrefix(after, "?"), strings.HasPrefix(after, "!"):
			_, after, found = strings.Cut(after, ">")
		case strings.HasPrefix(after, "/"):
			end, rest, closed := strings.Cut(after[1:], ">")
			if !closed || end != name {
				return "", errNoAnswer
			}
			n.shape()
			return rest, nil
		default:
			after, err = n.element(after, depth)
			found = err == nil
		}
		if !found {
			return "", errNoAnswer
		}
		doc = after
	}
}

// element reads one element, whose start tag lacks its first character.
func (n *node) element(doc string, depth int) (rest string, err error) {
	tag, rest, found := strings.Cut(doc, ">")
	tag, empty := strings.CutSuffix(tag, "/")
	name, _, _ := strings.Cut(tag, " ")
	if !found || name == "" || depth == deepest {
		return "", errNoAnswer
	}
	m := &node{kind: text}
	if !empty {
		if rest, err = m.elements(rest, name, depth+1); err != nil {
			return "", err
		}
	}
	n.names, n.members = append(n.names, name), append(n.members, m)
	return rest, nil
}

// shape makes an element what it is by what it has: an object with a list for each name
// that comes more than once, or a text.
func (n *node) shape() {
	if n.members == nil {
		n.kind = text
		return
	}
	all := &node{kind: object}
	for i, name := range n.names {
		m := all.member(name)
		switch {
		case m == nil:
			all.names, all.members = append(all.names, name), append(all.members, n.members[i])
			continue
		case m.kind != list:
			first := *m
			*m = node{kind: list, members: []*node{&first}}
		}
		m.members = append(m.members, n.members[i])
	}
	*n = *all
}
