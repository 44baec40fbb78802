package ecs

import (
	"encoding/base64"
	"errors"
	"sort"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/wire"
)

var errNextToken = errors.New("a NextToken is one that the previous answer held")

// page is which part of a list is asked for, and, in an answer, which part it is:
// by number and size, or by the token of the page before.
type page struct {
	Number, Size int
	Most         int
	Token        nextToken
	Next         string
}

// bind declares the parameters of paging. Tokens are used as soon as MaxResults or
// NextToken is given.
func (g *page) bind(p *param.Set, largest, most, largestMost int) {
	g.Number, g.Size = 1, 10
	p.Int(&g.Number, "PageNumber", "Page, from 1 on.").Between(1, 1<<31-1).Default("1").Example("1")
	p.Int(&g.Size, "PageSize", "Groups a page.").Between(1, largest).Default("10").Example("10")
	p.Int(&g.Most, "MaxResults", "Groups a page, where pages are asked for by token.").Between(1, largestMost).Example("10")
	p.Var(&g.Token, "NextToken", "Token of the page before; blank for the first.").Example("")
	if g.Most == 0 && g.Token != "" {
		g.Most = most
	}
}

func (g *page) fields(w *wire.Writer) {
	w.Int("PageNumber", g.Number)
	w.Int("PageSize", g.Size)
	w.Text("NextToken", g.Next)
}

// cut is the page of groups that are in descending order of their ids.
func (g *page) cut(groups []*secgroup.Group) []*secgroup.Group {
	if g.Most == 0 {
		start := min(len(groups), (g.Number-1)*g.Size)
		return groups[start:min(len(groups), start+g.Size)]
	}
	g.Number, g.Size = 1, g.Most
	if g.Token != "" {
		groups = groups[sort.Search(len(groups), func(i int) bool { return groups[i].ID < string(g.Token) }):]
	}
	if len(groups) > g.Most {
		groups = groups[:g.Most]
		g.Next = newToken(groups[g.Most-1].ID)
	}
	return groups
}

// nextToken is the id of the last thing on the page before.
type nextToken string

const tokenHead = "after:"

func newToken(id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(tokenHead + id))
}

// Set reads a token that newToken made.
func (t *nextToken) Set(text string) error {
	decoded, err := base64.RawURLEncoding.DecodeString(text)
	id, ok := strings.CutPrefix(string(decoded), tokenHead)
	if err != nil || !ok || id == "" {
		return errNextToken
	}
	*t = nextToken(id)
	return nil
}

// ruleToken is the position of the last rule on the page before. The rule's id makes it
// quick to find while the rule is there.
type ruleToken struct {
	id       string
	position uint64
}

func newRuleToken(r *secgroup.Rule) string {
	return newToken(strconv.FormatUint(r.Position(), 10) + ":" + r.ID)
}

// Set reads a token that newRuleToken made.
func (t *ruleToken) Set(text string) error {
	var token nextToken
	if err := token.Set(text); err != nil {
		return err
	}
	position, id, ok := strings.Cut(string(token), ":")
	n, err := strconv.ParseUint(position, 10, 64)
	if err != nil || !ok {
		return errNextToken
	}
	*t = ruleToken{id, n}
	return nil
}
