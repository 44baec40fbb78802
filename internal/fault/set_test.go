package fault

import (
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		name    string
		fault   Fault
		call    *rpc.Call
		account string
		want    bool
	}{
		{"its action", Fault{Action: "PlaceOrder"}, call("PlaceOrder"), "1", true},
		{"another action", Fault{Action: "PlaceOrder"}, call("CancelOrder"), "1", false},
		{"every action", Fault{Action: "*"}, call("CancelOrder"), "1", true},
		{"its account", Fault{Action: "*", AccountId: "1"}, call("PlaceOrder"), "1", true},
		{"another account", Fault{Action: "*", AccountId: "1"}, call("PlaceOrder"), "2", false},
		{"its parameter", Fault{Action: "*", Params: map[string]string{"Thing": "a"}}, call("PlaceOrder", "Thing=a"), "1", true},
		{"another value", Fault{Action: "*", Params: map[string]string{"Thing": "a"}}, call("PlaceOrder", "Thing=A"), "1", false},
		{"without the parameter", Fault{Action: "*", Params: map[string]string{"Thing": "a"}}, call("PlaceOrder"), "1", false},
		{"the last of two", Fault{Action: "*", Params: map[string]string{"Thing": "a"}}, call("PlaceOrder", "Thing=b", "Thing=a"), "1", true},
		{"all parameters", Fault{Action: "*", Params: map[string]string{"Thing": "a", "ThingId.1": "b"}}, call("PlaceOrder", "ThingId.1=b", "Thing=a", "Line.1.Count=3"), "1", true},
		{"one parameter differs", Fault{Action: "*", Params: map[string]string{"Thing": "a", "ThingId.1": "b"}}, call("PlaceOrder", "ThingId.1=c", "Thing=a"), "1", false},
		{"a blank parameter", Fault{Action: "*", Params: map[string]string{"Thing": ""}}, call("PlaceOrder", "Thing="), "1", true},
		{"an absent parameter is blank", Fault{Action: "*", Params: map[string]string{"Thing": ""}}, call("PlaceOrder"), "1", true},
		{"a parameter is not blank", Fault{Action: "*", Params: map[string]string{"Thing": ""}}, call("PlaceOrder", "Thing=a"), "1", false},
	} {
		c.fault.Drop = true
		s := setOf(t, c.fault)
		assert.Equal(t, c.want, s.Match(c.call, c.account) != nil, c.name)
		matched := int64(0)
		if c.want {
			matched = 1
		}
		assert.Equal(t, matched, s.List()[0].Matched, c.name)
		assert.Equal(t, matched, s.List()[0].Acted, c.name)
	}
}

func TestAfterAndTimes(t *testing.T) {
	for _, c := range []struct {
		after, times int
		want         string // of six calls, x where it acts
		acted        int64
	}{
		{0, 0, "xxxxxx", 6},
		{0, 2, "xx....", 2},
		{2, 0, "..xxxx", 4},
		{2, 3, "..xxx.", 3},
		{6, 1, "......", 0},
		{5, 9, ".....x", 1},
		{math.MaxInt, math.MaxInt, "......", 0},
		{1, math.MaxInt, ".xxxxx", 5},
	} {
		s := setOf(t, Fault{Action: "PlaceOrder", Drop: true, After: c.after, Times: c.times})
		got := ""
		for range 6 {
			s.Match(call("CancelOrder"), "1") // does not count
			if s.Match(call("PlaceOrder"), "1") != nil {
				got += "x"
			} else {
				got += "."
			}
		}
		assert.Equal(t, c.want, got)
		assert.EqualValues(t, 6, s.List()[0].Matched)
		assert.Equal(t, c.acted, s.List()[0].Acted)
	}
}

// Of faults that decide the answer one acts; the next acts when that one is used up.
func TestFaultsInARow(t *testing.T) {
	s := setOf(t, Fault{Action: "*", Code: "Throttling", Times: 2}, Fault{Action: "*", Drop: true, Times: 1}, Fault{Action: "*", Code: "TooLate", After: 1, Times: 1})
	for _, want := range []string{
		"fault 1 (Throttling) acted, 1 of 2 times",
		"fault 1 (Throttling) acted, 2 of 2 times",
		"fault 2 (drop) acted, 1 of 1 times",
		"",
		"fault 3 (TooLate) acted, 1 of 1 times",
		"",
	} {
		assert.Equal(t, want, hint(t, s, call("PlaceOrder")))
	}
	assert.Equal(t, []int64{6, 4, 3}, counts(s, func(e Entry) int64 { return e.Matched }), "a call that another fault decided is not counted")
	assert.Equal(t, []int64{2, 1, 1}, counts(s, func(e Entry) int64 { return e.Acted }))
}

func counts(s *Set, of func(Entry) int64) []int64 {
	var list []int64
	for _, e := range s.List() {
		list = append(list, of(e))
	}
	return list
}

// After and Times are exact for concurrent calls.
func TestConcurrentCounts(t *testing.T) {
	const callers, each = 16, 250
	s := setOf(t,
		Fault{Action: "PlaceOrder", Code: "Throttling", After: 1000, Times: 500},
		Fault{Action: "*", Drop: true, Times: 700},
		Fault{Action: "*", DelayMs: 1, Times: 3999})
	var mu sync.Mutex
	met, delayed := map[string]int{}, 0
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			for range each {
				h := s.Match(call("PlaceOrder"), "1")
				mu.Lock()
				if h != nil && h.deciding != nil {
					met[h.deciding.label(0)]++
				}
				if h != nil && h.before.sum > 0 {
					delayed++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	assert.Equal(t, map[string]int{"Throttling": 500, "drop": 700}, met)
	assert.Equal(t, 3999, delayed)
	assert.Equal(t, []int64{500, 700, 3999}, counts(s, func(e Entry) int64 { return e.Acted }))
	assert.Equal(t, []int64{4000, 3500, 4000}, counts(s, func(e Entry) int64 { return e.Matched }))
}

// Faults are added and removed while calls are matched.
func TestConcurrentChanges(t *testing.T) {
	s := newSet()
	var wg sync.WaitGroup
	ids := make([][]int64, 4)
	for i := range ids {
		wg.Go(func() {
			for range 200 {
				entries, err := s.Add(Fault{Action: "*", Drop: true, AccountId: "1"})
				if assert.NoError(t, err) {
					ids[i] = append(ids[i], entries[0].Id)
				}
				s.Match(call("PlaceOrder"), "1")
				assert.True(t, s.Remove(entries[0].Id))
				s.List()
			}
		})
	}
	wg.Wait()
	all := slices.Sorted(slices.Values(slices.Concat(ids...)))
	assert.Len(t, slices.Compact(all), 800, "no id is used twice")
	assert.Nil(t, s.Match(call("PlaceOrder"), "1"))
}

func TestAddIsAllOrNothing(t *testing.T) {
	s := setOf(t, Fault{Action: "*", Drop: true})
	entries, err := s.Add(Fault{Action: "*", Drop: true}, Fault{Action: "*", Drop: true, Times: -1})
	assert.EqualError(t, err, "[1].Times: must not be negative, got -1")
	assert.Nil(t, entries)
	assert.Len(t, s.List(), 1)
	entries, err = s.Add(Fault{Action: "PlaceOrder", DelayMs: 1}, Fault{Action: "*", DelayMs: 2})
	require.NoError(t, err)
	assert.Equal(t, []Entry{{Id: 2, Fault: Fault{Action: "PlaceOrder", DelayMs: 1}}, {Id: 3, Fault: Fault{Action: "*", DelayMs: 2}}}, entries)
}

func TestMaxFaults(t *testing.T) {
	s := setOf(t, slices.Repeat([]Fault{{Action: "*", Drop: true}}, 999)...)
	_, err := s.Add(Fault{Action: "*", Drop: true}, Fault{Action: "*", Drop: true})
	assert.EqualError(t, err, "there are 999 faults, and 2 more would exceed the limit of 1000; remove some")
	assert.Len(t, s.List(), 999)
	_, err = s.Add(Fault{Action: "*", Drop: true})
	assert.NoError(t, err)
}

func TestRemove(t *testing.T) {
	ids := func(s *Set) []int64 { return counts(s, func(e Entry) int64 { return e.Id }) }
	s := setOf(t, Fault{Action: "*", DelayMs: 1}, Fault{Action: "*", Drop: true, AccountId: "1"}, Fault{Action: "*", Drop: true, AccountId: "2"}, Fault{Action: "*", Drop: true, AccountId: "1"})
	assert.Equal(t, []int64{1, 2, 3, 4}, ids(s))
	assert.True(t, s.Remove(2))
	assert.False(t, s.Remove(2), "again")
	assert.False(t, s.Remove(9))
	assert.Equal(t, []int64{1, 3, 4}, ids(s))
	s.ClearAccount("1")
	assert.Equal(t, []int64{1, 3}, ids(s), "those of another account and of no account stay")
	s.Clear()
	assert.Equal(t, []Entry{}, s.List())
	assert.Nil(t, s.Match(call("PlaceOrder"), "1"))
	added, _ := s.Add(Fault{Action: "*", Drop: true})
	assert.EqualValues(t, 5, added[0].Id, "an id is not used twice")
	s.Reset()
	assert.Empty(t, s.List())
	added, _ = s.Add(Fault{Action: "*", Drop: true})
	assert.EqualValues(t, 1, added[0].Id, "Reset restarts the ids")
}

// A set does not share its maps with the caller.
func TestParamsAreCopied(t *testing.T) {
	params := map[string]string{"Thing": "a"}
	s := setOf(t, Fault{Action: "*", Drop: true, Params: params})
	params["Thing"] = "b"
	s.List()[0].Params["Thing"] = "c"
	assert.NotNil(t, s.Match(call("PlaceOrder", "Thing=a"), "1"))
}

func TestCallsWithoutFaultsAllocateNothing(t *testing.T) {
	c := call("PlaceOrder", "Thing=b")
	none, others := newSet(), setOf(t, Fault{Action: "CancelOrder", Drop: true}, Fault{Action: "*", Drop: true, Params: map[string]string{"Thing": "a"}})
	assert.Zero(t, testing.AllocsPerRun(100, func() { none.Match(c, "1") }))
	assert.Zero(t, testing.AllocsPerRun(100, func() { others.Match(c, "1") }))
}

func BenchmarkMatchWithoutFaults(b *testing.B) {
	s, c := newSet(), call("PlaceOrder", "Thing=b")
	b.ReportAllocs()
	for b.Loop() {
		s.Match(c, "1")
	}
}
