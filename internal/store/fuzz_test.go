package store

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/clock"
)

// Whatever is loaded never panics; what is accepted is all there, and comes back
// from its own state. What is refused leaves the world as it was, as a whole and as
// an addition.
func FuzzState(f *testing.F) {
	seeds, err := filepath.Glob("../../testdata/seeds/*.json")
	require.NoError(f, err)
	for _, name := range seeds {
		text, err := os.ReadFile(name)
		require.NoError(f, err)
		f.Add(text)
	}
	for _, cases := range refusals {
		for _, c := range cases {
			if len(c.state) < 1000 {
				f.Add([]byte(c.state))
			}
		}
	}
	for seed := range uint64(20) {
		f.Add(randomWorld(f, seed, 20).State())
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		requireMerged(t, text)
		w := randomWorld(t, uint64(len(text)), 20)
		before := w.State()
		if err := w.Load(text); err != nil {
			require.NotContains(t, err.Error(), "\n")
			require.Equal(t, string(before), string(w.State()))
			requireSound(t, w)
			return
		}
		requireSound(t, w)
		state := w.State()
		require.Equal(t, naiveState(t, text), naiveState(t, state))
		again := New(clock.Seeded(2))
		require.NoError(t, again.Load(state))
		require.Equal(t, string(state), string(again.State()))
		require.NoError(t, w.Seed(text))
		w.Reset()
		requireSound(t, w)
	})
}

// requireMerged adds a state to a world: all that was there is there still, and all
// of the state is there too, or nothing of it.
func requireMerged(t *testing.T, text []byte) {
	w := randomWorld(t, 7, 20)
	before := w.State()
	had := naiveState(t, before)
	if err := w.Merge(text); err != nil {
		require.Equal(t, string(before), string(w.State()))
		requireSound(t, w)
		return
	}
	requireSound(t, w)
	has := naiveState(t, w.State())
	for id, rules := range naiveState(t, text) {
		require.Equal(t, rules, has[id], id)
		require.NotContains(t, had, id)
		delete(has, id)
	}
	require.Equal(t, had, has)
}

// naiveState is how many rules each group of a state has, as the library reads it.
func naiveState(t *testing.T, text []byte) map[string]int {
	var state struct {
		SecurityGroups []struct {
			AccountId, RegionId, SecurityGroupId string
			Permissions                          []json.RawMessage
		}
	}
	require.NoError(t, json.Unmarshal(text, &state))
	rules := map[string]int{}
	for _, g := range state.SecurityGroups {
		rules[strings.Join([]string{cmp.Or(g.AccountId, account.DefaultID), g.RegionId, g.SecurityGroupId}, " ")] = len(g.Permissions)
	}
	return rules
}
