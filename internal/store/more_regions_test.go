package store

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/clock"
)

func TestRegions(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range builtIn {
		known, err := NewRegion(r.ID)
		assert.NoError(t, err)
		assert.Equal(t, r, known)
		assert.NoError(t, checkRegionID(r.ID))
		assert.Len(t, r.Letters, 3, r.ID)
		for _, text := range []string{r.ID, r.Letters, r.Name, r.NameEN, r.NameJA} {
			assert.NotEmpty(t, text, r.ID)
		}
		assert.False(t, seen[r.ID] || seen[r.Letters] || seen[r.Name] || seen[r.NameEN], r.ID)
		for _, text := range []string{r.ID, r.Letters, r.Name, r.NameEN} {
			seen[text] = true
		}
	}
	w := New(clock.New())
	assert.Len(t, w.Regions(), 35)
	assert.Len(t, w.AllRegions(), 46)
}

func TestNewRegion(t *testing.T) {
	for _, id := range []string{"xx-moon-1", "us-east-2", "ap-southeast-10", "cn-hangzhou-1", "eu-south-1", "cn-nowhere"} {
		r, err := NewRegion(id)
		require.NoError(t, err)
		assert.Equal(t, []string{id, id, id, id}, []string{r.ID, r.Name, r.NameEN, r.NameJA})
		assert.Regexp(t, "^[0-9a-z]{3}$", r.Letters)
	}
	for id, want := range map[string]string{
		"cn-hangzhuo":    "there is no such region; did you mean cn-hangzhou?",
		"cn-hangzou":     "there is no such region; did you mean cn-hangzhou?",
		"cn-hhangzhou":   "there is no such region; did you mean cn-hangzhou?",
		"en-hangzhou":    "there is no such region; did you mean cn-hangzhou?",
		"ap-southeats-9": "there is no such region; did you mean ap-southeast-1?",
		"ap-southeast1":  "there is no such region; did you mean ap-southeast-1?",
		"cn-hangzhou2":   "there is no such region; did you mean cn-hangzhou?",
		"CN-Hangzhou":    "a region id is lower-case letters, digits and hyphens, such as cn-hangzhou; did you mean cn-hangzhou?",
		"cn_hangzhou":    "a region id is lower-case letters, digits and hyphens, such as cn-hangzhou; did you mean cn-hangzhou?",
		"":               "a region id is lower-case letters, digits and hyphens, such as cn-hangzhou",
		"moon":           "a region id is lower-case letters, digits and hyphens, such as cn-hangzhou",
		"xx--moon":       "a region id is lower-case letters, digits and hyphens, such as cn-hangzhou",
		"2x-moon":        "a region id is lower-case letters, digits and hyphens, such as cn-hangzhou",
		"xx-møøn":        "a region id is lower-case letters, digits and hyphens, such as cn-hangzhou",
		"xx-" + long(62): "a region id is lower-case letters, digits and hyphens, such as cn-hangzhou",
	} {
		_, err := NewRegion(id)
		assert.EqualError(t, err, want, id)
	}
}

func long(n int) string {
	text := ""
	for range n {
		text += "x"
	}
	return text
}

// A region exists if the world was made with it or its state names it, and no longer than
// that: another state or a reset removes it.
func TestRegionsOfStates(t *testing.T) {
	own, err := NewRegion("xx-own")
	require.NoError(t, err)
	finance, err := NewRegion("cn-hangzhou-finance")
	require.NoError(t, err)
	w := New(clock.New(), own, finance)
	assert.Equal(t, []string{"cn-hangzhou-finance", "xx-own"}, more(w))
	assert.Equal(t, "{\n  \"Version\": 1,\n  \"SecurityGroups\": []\n}\n", string(w.State()), "a state needs not name the world's own regions")
	require.NoError(t, w.Seed([]byte(`{"Regions": [{"RegionId": "xx-moon", "LocalName": "The Moon"}, {"RegionId": "cn-hangzhuo", "LocalName": "meant so"}]}`)))
	require.NoError(t, w.Merge([]byte(`{"Regions": [{"RegionId": "xx-own", "LocalName": "Own"}], "SecurityGroups": [{"RegionId": "xx-sun", "SecurityGroupId": "sg-1"}], "PrefixLists": [{"RegionId": "cn-szfinance", "PrefixListId": "pl-1"}]}`)))
	assert.Equal(t, []string{"cn-hangzhou-finance", "cn-szfinance", "meant so", "The Moon", "Own", "xx-sun"}, more(w))

	again := New(clock.New())
	require.NoError(t, again.Load(w.State()))
	assert.Equal(t, []string{"cn-szfinance", "meant so", "The Moon", "Own", "xx-sun"}, more(again))
	assert.Equal(t, string(w.State()), string(again.State()))

	require.NoError(t, w.Update(account.DefaultID, "xx-sun", func(ns *Namespace) error {
		ns.DeleteGroup(ns.Groups()[0])
		return nil
	}))
	assert.Contains(t, string(w.State()), `{"RegionId": "xx-sun"}`, "the last thing in a region is gone, the region is not")
	w.Reset()
	assert.Equal(t, []string{"cn-hangzhou-finance", "meant so", "The Moon", "xx-own"}, more(w))
	require.NoError(t, w.Load([]byte("{}")))
	assert.Equal(t, []string{"cn-hangzhou-finance", "xx-own"}, more(w))
}

// The reset of an account brings back the regions that it has something in.
func TestRegionsOfOneAccount(t *testing.T) {
	w := New(clock.New())
	require.NoError(t, w.Seed([]byte(`{"Regions": [{"RegionId": "xx-moon", "LocalName": "The Moon"}, {"RegionId": "cn-hangzhuo", "LocalName": "meant so"}], "SecurityGroups": [
		{"AccountId": "7", "RegionId": "xx-sun", "SecurityGroupId": "sg-1"}, {"AccountId": "7", "RegionId": "cn-hangzhuo", "SecurityGroupId": "sg-1"}, {"RegionId": "xx-star", "SecurityGroupId": "sg-1"}]}`)))
	require.NoError(t, w.Load([]byte("{}")))
	require.NoError(t, w.ResetAccount("7"))
	assert.Equal(t, []string{"meant so", "xx-sun"}, more(w))
}

// more returns the names of the regions that other worlds do not list.
func more(w *World) []string {
	var names []string
	for _, r := range w.Regions()[len(regions):] {
		names = append(names, r.NameEN)
	}
	return names
}
