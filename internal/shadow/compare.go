package shadow

import (
	"slices"
	"strings"
)

// The kinds of a difference.
const (
	KindStatus  = "status"        // one is a success or has another HTTP status
	KindCode    = "code"          // another error code
	KindText    = "text"          // another message of the same error
	KindForm    = "form"          // the service's body is no answer of the API
	KindMissing = "missing field" // the mock lacks what the service has
	KindExtra   = "extra field"   // the mock has what the service lacks
	KindType    = "type"          // another type in JSON
	KindValue   = "value"
	KindOrder   = "order" // of fields, or of the elements of a list
)

// A difference is one thing in which two answers differ.
type difference struct {
	kind, path    string // the path of a field, "" for the answer as such
	service, mock string
}

// A comparison is that of two answers to one call.
type comparison struct {
	twins *twins
	given []string // values of the request, as the service and as the mock were sent them
	host  string   // of the mock, which it answers as the endpoint of the service
	head  bool     // the answers have no bodies
	found []difference

	evidence int // how much of two elements is equal, in bytes
}

// mostFound is how many differences of two answers are kept.
const mostFound = 10_000

func (c *comparison) add(kind, path, service, mock string) {
	if len(c.found) == mostFound {
		return
	}
	c.found = append(c.found, difference{kind, path, service, mock})
}

// unequal are the fields whose values are those of one request, or are compared apart.
var unequal = []string{"RequestId", "HostId", "Message", "Recommend"}

// opaque are the fields whose values tell nothing but to the side that made them.
var opaque = []string{"NextToken", "AccessKeySecret", "SecurityToken"}

func (c *comparison) values(path string, s, m *node) {
	switch {
	case s.isEmpty() && m.isEmpty() && (s.kind == object || m.kind == object || s.kind == list || m.kind == list) && s.kind != null && m.kind != null:
	case s.kind == list && m.kind == list:
		c.lists(path, s, m)
	case s.kind == object && (m.kind == object || m.isEmpty()) || m.kind == object && s.isEmpty():
		c.objects(path, s, m)
	case s.kind != m.kind:
		c.add(KindType, path, s.kind.String(), m.kind.String())
	case !c.equal(s.text, m.text):
		c.add(KindValue, path, s.text, m.text)
	}
}

// isEmpty reports whether a value has nothing: in XML an empty list, object and text are one.
func (n *node) isEmpty() bool { return len(n.members) == 0 && n.text == "" }

// equal reports whether two values are equal, or names that both sides made for one thing.
func (c *comparison) equal(s, m string) bool {
	kind := classOf(s)
	switch {
	case s == m:
		if kind != plain && kind != aTime {
			c.twins.learn(s, m)
		}
		return true
	case c.twins.same(s, m), m == c.host && s != "": // an endpoint
		return true
	case kind == aTime:
		return len(s) == len(m) && classOf(m) == aTime
	case kind == plain && strings.Contains(s, ":"): // an ARN, or the id of a role with a name
		return c.parts(s, m)
	case kind == plain || kind != classOf(m) || kind == anID && kindOfID(s) != kindOfID(m):
		return c.twins.inMock(s) == m
	case c.isGiven(s, m):
		return false
	}
	return c.twins.learn(s, m)
}

// parts reports whether the parts between the colons of two values are equal.
func (c *comparison) parts(s, m string) bool {
	return slices.EqualFunc(strings.Split(s, ":"), strings.Split(m, ":"), c.equal)
}

func (c *comparison) objects(path string, s, m *node) {
	var both, reverse []string
	for i, name := range s.names {
		other := m.member(name)
		switch {
		case other == nil:
			c.add(KindMissing, join(path, name), s.members[i].kind.String(), "")
			continue
		case slices.Contains(unequal, name):
		case slices.Contains(opaque, name) && s.members[i].text != "" && other.text != "":
			c.twins.learn(s.members[i].text, other.text)
		default:
			c.values(join(path, name), single(s.members[i], other), single(other, s.members[i]))
		}
		both = append(both, name)
	}
	for i, name := range m.names {
		if s.member(name) == nil {
			c.add(KindExtra, join(path, name), "", m.members[i].kind.String())
			continue
		}
		reverse = append(reverse, name)
	}
	if !slices.Equal(both, reverse) {
		c.add(KindOrder, path, strings.Join(both, ", "), strings.Join(reverse, ", "))
	}
}

// single returns a value as a list of one if the other is a list: XML does not tell them
// apart.
func single(n, other *node) *node {
	if other.kind == list && n.kind != list && n.kind != null && !n.isEmpty() {
		return &node{kind: list, members: []*node{n}}
	}
	return n
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// lists compares the elements of two lists: those that are alike, those with one name, and
// what is left in its order.
func (c *comparison) lists(path string, s, m *node) {
	p := newPairs(s, m)
	p.match(func(s, m *node) bool {
		c.evidence = 0
		return c.alike(s, m) && (p.equal() || c.evidence > 0)
	})
	p.match(c.named)
	ordered := slices.IsSorted(p.matched())
	p.rest()
	element := path + "[]"
	for i, j := range p.partner {
		if j < 0 {
			c.add(KindMissing, element, s.members[i].summary(), "")
			continue
		}
		c.values(element, s.members[i], m.members[j])
	}
	for j, o := range m.members {
		if !p.taken[j] {
			c.add(KindExtra, element, "", o.summary())
		}
	}
	if !ordered {
		c.add(KindOrder, path, s.summary(), m.summary())
	}
}

// alike reports whether two elements may be of one thing: what both have is equal, or names
// of one kind that are not known yet.
func (c *comparison) alike(s, m *node) bool {
	switch {
	case s.kind != m.kind:
		return false
	case s.kind == list:
		return slices.EqualFunc(s.members, m.members, c.alike)
	case s.kind != object:
		return c.mayBeEqual(s.text, m.text)
	}
	for i, name := range s.names {
		if other := m.member(name); other != nil && !c.alike(single(s.members[i], other), single(other, s.members[i])) {
			return false
		}
	}
	return true
}

func (c *comparison) mayBeEqual(s, m string) bool {
	kind := classOf(s)
	if c.twins.inMock(s) == m {
		c.evidence += len(s)
		return true
	}
	if kind == plain || kind != classOf(m) {
		return false
	}
	return kind == aTime || c.twins.unknown(s, m) && !c.isGiven(s, m) && (kind != anID || kindOfID(s) == kindOfID(m))
}

// named reports whether two elements have the same ids in all fields that end with Id and that
// both have.
func (c *comparison) named(s, m *node) bool {
	named := false
	for i, name := range s.names {
		other := m.member(name)
		if !strings.HasSuffix(name, "Id") || other == nil || s.members[i].text == "" || other.text == "" {
			continue
		}
		if !c.twins.same(s.members[i].text, other.text) {
			return false
		}
		named = true
	}
	return named
}

// isGiven reports whether one of two values is in the request, so that neither side made it.
func (c *comparison) isGiven(s, m string) bool {
	return slices.Contains(c.given, s) || slices.Contains(c.given, m)
}
