package ecs

import (
	"slices"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// tagFilter is a key, and values of which a group wears one; no values are any.
type tagFilter struct {
	Key    string
	Values []tagFilterValue
}

type tagFilterValue string

func (v *tagFilterValue) bind(p *param.Set) {
	p.String((*string)(v), "", "Values of the tag, of which one is enough.").Example("TestValue")
}

func (f *tagFilter) bind(p *param.Set) {
	p.String(&f.Key, "TagKey", "Key of the tag.").Example("TestKey")
	param.List(p, param.Each(&f.Values, "TagValues", maxTags, (*tagFilterValue).bind))
}

func (f *tagFilter) chooses(g *secgroup.Group) bool {
	return slices.ContainsFunc(g.Tags, func(t secgroup.Tag) bool {
		return t.Key == f.Key && (len(f.Values) == 0 || slices.Contains(f.Values, tagFilterValue(t.Value)))
	})
}
