package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
)

func TestPrefixListsAreInDescendingOrder(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{"PrefixLists": [
		{"RegionId": "cn-hangzhou", "PrefixListId": "pl-b"},
		{"RegionId": "cn-hangzhou", "PrefixListId": "pl-d"},
		{"RegionId": "cn-beijing", "PrefixListId": "pl-a"}]}`)))
	require.NoError(t, w.Merge([]byte(`{"PrefixLists": [{"RegionId": "cn-hangzhou", "PrefixListId": "pl-c"}]}`)))
	requireSound(t, w)
	require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
		var all []string
		for _, p := range r.PrefixLists() {
			all = append(all, p.ID)
			found, ok := r.PrefixList(p.ID)
			assert.True(t, ok)
			assert.Same(t, p, found)
		}
		assert.Equal(t, []string{"pl-d", "pl-c", "pl-b"}, all)
		for _, id := range []string{"pl-a", "pl-bb", "pl-e", ""} {
			_, ok := r.PrefixList(id)
			assert.False(t, ok, id)
		}
		return nil
	}))
}

func TestAPrefixListHasRoomForItsEntriesUnlessTold(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{"PrefixLists": [
		{"RegionId": "cn-hangzhou", "PrefixListId": "pl-0"},
		{"RegionId": "cn-hangzhou", "PrefixListId": "pl-2", "Entries": [{"Cidr": "10.0.0.1"}, {"Cidr": "10.0.0.2"}]},
		{"RegionId": "cn-hangzhou", "PrefixListId": "pl-9", "MaxEntries": "9", "Entries": [{"Cidr": "10.0.0.1"}]}]}`)))
	require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(r *Namespace) error {
		for id, want := range map[string]int{"pl-0": 1, "pl-2": 2, "pl-9": 9} {
			p, ok := r.PrefixList(id)
			require.True(t, ok)
			assert.Equal(t, want, p.MaxEntries, id)
			assert.Equal(t, time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC), p.Created)
		}
		return nil
	}))
	assert.Contains(t, string(w.State()), `"MaxEntries": 9,`)
}
