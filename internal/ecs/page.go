package ecs

import (
	"encoding/base64"
	"errors"
	"sort"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

var errNextToken = errors.New("NextToken is the one of the answer before")

// A page selects a part of a list, by number and size or by the token of the answer
// before. In an answer it is the part that was returned.
type page struct {
	product.Page
	Most  int // with tokens: the size, 0 where pages have numbers
	Token nextToken
	Next  string
}

// bind declares the parameters. Tokens are used if MaxResults or NextToken is given;
// most is the size of a page then if MaxResults is not.
func (g *page) bind(p *param.Set, maxSize, most, maxMost int) {
	g.Page.Bind(p, "Groups", maxSize)
	p.Int(&g.Most, "MaxResults", "Groups a page, for paging by token.").Between(1, maxMost).Example("10")
	g.Token.bind(p)
	if g.Most == 0 && g.Token != "" {
		g.Most = most
	}
}

// cut returns the page of groups, which are in descending order of their ids.
func (g *page) cut(groups []*secgroup.Group) []*secgroup.Group {
	if g.Most == 0 {
		start, end := g.Bounds(len(groups))
		if start < end && end < len(groups) {
			g.Next = newToken(groups[end-1].ID)
		}
		return groups[start:end]
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

// A nextToken is a position in a list: after the element with this id, whether or not
// that still exists.
type nextToken string

func (t *nextToken) bind(p *param.Set) { p.Var(t, "NextToken", nextTokenText).Example("") }

const nextTokenText = "NextToken of the answer before; blank for the first page."

const tokenPrefix = "after:"

func newToken(id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(tokenPrefix + id))
}

// Set reads a token that newToken returned.
func (t *nextToken) Set(text string) error {
	decoded, err := base64.RawURLEncoding.DecodeString(text)
	id, ok := strings.CutPrefix(string(decoded), tokenPrefix)
	if err != nil || !ok || id == "" {
		return errNextToken
	}
	*t = nextToken(id)
	return nil
}

// A ruleToken is a position among the rules of a group: after the last rule of the page
// before, whether or not that still exists. If it does, its id makes it quick to find.
type ruleToken struct {
	id       string
	position uint64
}

func newRuleToken(r *secgroup.Rule) string {
	return newToken(strconv.FormatUint(r.Position(), 10) + ":" + r.ID)
}

// Set reads a token that newRuleToken returned.
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
