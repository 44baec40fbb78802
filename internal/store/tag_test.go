package store

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

func TestTags(t *testing.T) {
	g, r := &secgroup.Group{}, &Namespace{}
	for _, step := range []struct {
		do   func()
		want []secgroup.Tag
	}{
		{func() { r.Tag(g, []secgroup.Tag{{Key: "a", Value: "1"}, {Key: "b"}}) }, []secgroup.Tag{{Key: "a", Value: "1"}, {Key: "b"}}},
		{func() { r.Tag(g, []secgroup.Tag{{Key: "a", Value: "2"}, {Key: "c"}}) }, []secgroup.Tag{{Key: "a", Value: "2"}, {Key: "b"}, {Key: "c"}}},
		{func() { r.Tag(g, []secgroup.Tag{{Key: "d", Value: "1"}, {Key: "d", Value: "2"}}) }, []secgroup.Tag{{Key: "a", Value: "2"}, {Key: "b"}, {Key: "c"}, {Key: "d", Value: "2"}}},
		{func() { r.Untag(g, []string{"d", "a", "x"}) }, []secgroup.Tag{{Key: "b"}, {Key: "c"}}},
		{func() { r.Untag(g, []string{}) }, []secgroup.Tag{{Key: "b"}, {Key: "c"}}},
		{func() { r.Untag(g, nil) }, nil},
	} {
		before := g.Tags
		kept := slices.Clone(before)
		step.do()
		assert.Equal(t, step.want, g.Tags)
		assert.Equal(t, kept, before, "what was handed out stays as it was")
	}
}

// Tags that were read in the world may be written into an answer after it.
func TestTagsAreReadWhileTheyChange(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(inGroup(`"Tags": [{"TagKey": "a"}, {"TagKey": "b"}, {"TagKey": "c"}]`))))
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			for i := range 200 {
				assert.NoError(t, w.Update(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
					g, err := r.Group("sg-1")
					r.Tag(g, []secgroup.Tag{{Key: "b", Value: fmt.Sprint(n, i)}, {Key: "d", Value: fmt.Sprint(n, i)}})
					r.Untag(g, []string{"a"})
					return err
				}))
				var c secgroup.Group
				assert.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
					g, err := r.Group("sg-1")
					c = g.Copy()
					return err
				}))
				assert.Equal(t, c.Tags[0].Value, c.Tags[len(c.Tags)-1].Value, "both were written at once")
			}
		})
	}
	all.Wait()
}
