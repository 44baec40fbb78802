package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

const twoRules = `{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "vpc-1", "Permissions": [
	{"SecurityGroupRuleId": "sgr-1", "IpProtocol": "tcp", "PortRange": "1/1", "SourceCidrIp": "10.0.0.1"},
	{"SecurityGroupRuleId": "sgr-2", "IpProtocol": "tcp", "PortRange": "1/1", "SourceGroupId": "sg-2"}]}]}`

// hiding is a world with things to hide, and what changes it.
func hiding(t *testing.T) (*World, func(func(*Namespace, *secgroup.Group))) {
	w := frozen(t)
	require.NoError(t, w.Seed([]byte(twoRules)))
	return w, func(f func(*Namespace, *secgroup.Group)) {
		t.Helper()
		require.NoError(t, w.Update(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
			g, err := r.Group("sg-1")
			if err == nil {
				f(r, g)
			}
			return err
		}))
	}
}

func TestHiddenObjectsShowInTime(t *testing.T) {
	w, change := hiding(t)
	before := string(w.State())
	change(func(r *Namespace, g *secgroup.Group) {
		r.Hide("sgr-1", 0)
		assert.Nil(t, r.hidden, "nothing is kept for nothing")
		r.Hide("sgr-1", time.Second)
		r.Hide("sgr-2", 2*time.Second)
		r.Hide("sg-1", 3*time.Second)
	})
	assert.Equal(t, before, string(w.State()))
	for _, want := range []struct {
		rules, peered int
		visible       bool
	}{{2, 1, false}, {1, 1, false}, {0, 0, false}, {0, 0, true}} {
		require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
			g, err := r.Group("sg-1")
			require.NoError(t, err, "it is there")
			rules, peered := r.HiddenRules(g)
			assert.Equal(t, []int{want.rules, want.peered}, []int{rules, peered})
			assert.Equal(t, want.peered == 1, r.Hidden("sgr-2"))
			assert.Equal(t, !want.visible, r.Hidden("sg-1"))
			_, err = r.VisibleGroup("sg-1")
			if want.visible {
				assert.NoError(t, err)
				return nil
			}
			var missing *Missing
			require.ErrorAs(t, err, &missing)
			assert.ErrorIs(t, err, ErrGroup)
			assert.Equal(t, "the group exists, but a fault hides it", missing.Hint())
			return nil
		}))
		w.clock.Advance(time.Second)
	}
}

// What is gone, or comes back with a state, is not hidden.
func TestRemovedObjectsAreNotHidden(t *testing.T) {
	for says, end := range map[string]func(*World, *Namespace, *secgroup.Group) func(){
		"a rule": func(_ *World, r *Namespace, g *secgroup.Group) func() {
			r.RemoveRule(g, g.Rule("sgr-1"))
			assert.Len(t, r.hidden, 1)
			r.RemoveRule(g, g.Rule("sgr-2"))
			assert.Len(t, r.hidden, 1, "it was not hidden")
			r.DeleteGroup(g)
			assert.Empty(t, r.hidden)
			return func() {}
		},
		"a group": func(_ *World, r *Namespace, g *secgroup.Group) func() {
			r.DeleteGroup(g)
			assert.Empty(t, r.hidden, "with its rules")
			return func() {}
		},
		"a reset": func(w *World, _ *Namespace, _ *secgroup.Group) func() { return w.Reset },
		"a reset of the account": func(w *World, _ *Namespace, _ *secgroup.Group) func() {
			return func() { w.ResetAccount(account.DefaultID) }
		},
		"a state": func(w *World, _ *Namespace, _ *secgroup.Group) func() { return func() { w.Load(w.State()) } },
	} {
		w, change := hiding(t)
		var then func()
		change(func(r *Namespace, g *secgroup.Group) {
			r.Hide("sg-1", time.Hour)
			r.Hide("sgr-1", time.Hour)
			then = end(w, r, g)
		})
		then()
		require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
			assert.False(t, r.Hidden("sg-1"), says)
			assert.False(t, r.Hidden("sgr-1"), says)
			return nil
		}))
	}
}

func TestHiddenIdsAreSwept(t *testing.T) {
	w, change := hiding(t)
	change(func(r *Namespace, _ *secgroup.Group) {
		most := 0
		for i := range 10_000 {
			r.Hide(fmt.Sprint("sgr-", i), 10*time.Millisecond)
			w.clock.Advance(time.Millisecond)
			most = max(most, len(r.hidden))
		}
		assert.Less(t, most, 100)
	})
}
