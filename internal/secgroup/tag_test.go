package secgroup

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTagsOfAResource(t *testing.T) {
	g := &Group{}
	for _, step := range []struct {
		do   func()
		want []Tag
	}{
		{func() { g.Tags = WithTags(g.Tags, []Tag{{Key: "a", Value: "1"}, {Key: "b"}}) }, []Tag{{Key: "a", Value: "1"}, {Key: "b"}}},
		{func() { g.Tags = WithTags(g.Tags, []Tag{{Key: "a", Value: "2"}, {Key: "c"}}) }, []Tag{{Key: "a", Value: "2"}, {Key: "b"}, {Key: "c"}}},
		{func() { g.Tags = WithTags(g.Tags, []Tag{{Key: "d", Value: "1"}, {Key: "d", Value: "2"}}) }, []Tag{{Key: "a", Value: "2"}, {Key: "b"}, {Key: "c"}, {Key: "d", Value: "2"}}},
		{func() { g.Tags = WithoutTags(g.Tags, []string{"d", "a", "x"}) }, []Tag{{Key: "b"}, {Key: "c"}}},
		{func() { g.Tags = WithoutTags(g.Tags, []string{}) }, []Tag{{Key: "b"}, {Key: "c"}}},
		{func() { g.Tags = WithoutTags(g.Tags, nil) }, nil},
	} {
		before := g.Tags
		kept := slices.Clone(before)
		step.do()
		assert.Equal(t, step.want, g.Tags)
		assert.Equal(t, kept, before, "what was handed out stays as it was")
	}
}
