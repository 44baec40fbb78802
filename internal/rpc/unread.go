package rpc

import (
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
)

// How many unread parameters are told, and how long the name of one may be that
// somebody could have meant another by.
const (
	mostUnread = maxHint / len(unreadText)
	longName   = 128
	unreadText = " was read by nobody"
)

// unread tells of parameters that the action does not know, and what may have been
// meant. Before an action has read any there is nothing to tell.
func (c *Call) unread() []string {
	if c.taker == nil {
		return nil
	}
	var list []string
	for i := range c.Params {
		p := &c.Params[i]
		if p.Read {
			continue
		}
		text := p.Name + unreadText
		if meant := nearest(p.Name, c.taker.Params); meant != "" {
			text += "; did you mean " + meant + "?"
		}
		if list = append(list, text); len(list) == mostUnread {
			break // the hint is full
		}
	}
	return list
}

// name is a parameter's name in its parts: Permissions, 1, IpProtocol.
type name struct{ list, number, leaf string }

func split(text string) name {
	first := strings.IndexByte(text, '.')
	if first < 0 {
		return name{leaf: text}
	}
	n := name{list: text[:first]}
	n.number, n.leaf, _ = strings.Cut(text[first+1:], ".")
	if _, err := strconv.Atoi(n.number); err != nil {
		n.number, n.leaf = "", text[first+1:]
	}
	return n
}

// nearest is the declared name that comes nearest to one that was sent, "" if none
// is near. What a field is called counts before the list it stands in.
func nearest(sent string, docs []param.Doc) string {
	if len(sent) > longName {
		return ""
	}
	asked := split(sent)
	best, least := "", 1<<20
	consider := func(list, field string) {
		meant := name{list, asked.number, field}
		if list == "" {
			meant.number = ""
		} else if meant.number == "" {
			meant.number = "1"
		}
		if far, ok := asked.distance(meant); ok && far < least {
			best, least = meant.String(), far
		}
	}
	for i := range docs {
		d := &docs[i]
		if len(d.Fields) == 0 {
			consider("", d.Name)
		}
		for j := range d.Fields {
			consider(d.Name, d.Fields[j].Name)
		}
	}
	return best
}

func (n name) String() string {
	switch {
	case n.list == "":
		return n.leaf
	case n.leaf == "":
		return n.list + "." + n.number
	}
	return n.list + "." + n.number + "." + n.leaf
}

// distance tells how far a name is from what was sent, and whether it is near. A
// field that is called the same is near whatever its list.
func (n name) distance(meant name) (far int, ok bool) {
	lists, listsNear := likeness(n.list, meant.list)
	if n.leaf == "" || meant.leaf == "" { // elements without fields: the list is all there is
		far, ok = likeness(n.list+n.leaf, meant.list+meant.leaf)
		return far << 9, ok
	}
	if (n.list == "") != (meant.list == "") {
		lists += longName // a list is rather meant by a list
	}
	leaves, near := likeness(n.leaf, meant.leaf)
	return leaves<<9 + lists, near && (leaves == 0 || listsNear)
}

// likeness is how many letters, whatever their case, make one text of another, and
// whether those are few.
func likeness(a, b string) (changes int, near bool) {
	a, b = strings.ToLower(a), strings.ToLower(b)
	changes = param.Distance(a, b)
	return changes, changes == 0 || changes <= (len(a)+1)/4 || len(a) > 3 && strings.Contains(b, a)
}
