package store

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ambient"
)

// Whatever is loaded never panics; what is accepted comes back from its own
// state, and what is refused leaves the empty world empty.
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
		w := New(ambient.Seeded(1))
		if err := w.Load(text); err != nil {
			require.NotContains(t, err.Error(), "\n")
			require.Zero(t, w.Groups())
			return
		}
		requireSound(t, w)
		state := w.State()
		again := New(ambient.Seeded(2))
		require.NoError(t, again.Load(state))
		require.Equal(t, string(state), string(again.State()))
		require.NoError(t, w.Seed(text))
		w.Reset()
		requireSound(t, w)
	})
}
