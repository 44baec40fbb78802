package journal

import (
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// add adds a call with a query.
func add(j *Journal, query string) int64 {
	return j.Add(&rpc.Call{Query: query}, &rpc.Outcome{Status: 200}, "", "", 0, Result{})
}

func numbers(entries []Entry) []int64 {
	list := make([]int64, len(entries))
	for i, e := range entries {
		list[i] = e.Number
	}
	return list
}

func TestCallsAreNumberedFromOne(t *testing.T) {
	var j Journal
	assert.Empty(t, j.Select(Filter{}))
	assert.EqualValues(t, 1, add(&j, "A"))
	assert.EqualValues(t, 2, add(&j, "B"))
	assert.Equal(t, []int64{1, 2}, numbers(j.Select(Filter{})), "oldest first")
}

func TestNumbersAreNotReused(t *testing.T) {
	var j Journal
	add(&j, "A")
	j.Clear()
	assert.Empty(t, j.Select(Filter{}))
	assert.EqualValues(t, 2, add(&j, "B"))
	assert.Equal(t, []int64{2}, numbers(j.Select(Filter{})))
	j.Clear()
	j.Clear()
	assert.EqualValues(t, 3, add(&j, "C"))
}

func TestMaxEntries(t *testing.T) {
	var j Journal
	for range 3*maxEntries + 7 {
		add(&j, "Action=A")
	}
	kept := j.Select(Filter{})
	assert.Len(t, kept, maxEntries)
	assert.EqualValues(t, 2*maxEntries+8, kept[0].Number)
	assert.EqualValues(t, 3*maxEntries+7, kept[maxEntries-1].Number)
}

func TestMaxBytes(t *testing.T) {
	var j Journal
	half := strings.Repeat("x", maxBytes/2)
	add(&j, half)
	add(&j, half)
	assert.Equal(t, []int64{1, 2}, numbers(j.Select(Filter{})))
	add(&j, "y")
	assert.Equal(t, []int64{2, 3}, numbers(j.Select(Filter{})))
	j.Add(&rpc.Call{Method: half[:9], Host: half[:9], Action: half[:9], Query: half[:9], Body: half[:9],
		Params: []param.Param{{Name: "RegionId", Value: half[:9]}}}, &rpc.Outcome{Message: half[:9]}, "", half[:9], 0, Result{})
	assert.Equal(t, maxBytes/2+1+8*9, j.bytes, "all texts of the client count")
	add(&j, half+half+"x")
	assert.Equal(t, []int64{5}, numbers(j.Select(Filter{})), "the newest is kept, whatever its size")
}

// The ring keeps what a plain list would keep.
func TestRingAgainstAList(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := strings.Repeat("x", 64<<10)
	var j Journal
	var list []Entry
	bytes, last := 0, int64(0)
	for range 20_000 {
		if random.IntN(9_000) == 0 {
			j.Clear()
			list, bytes = nil, 0
		}
		query := text[:random.IntN(16)]
		if random.IntN(5) == 0 {
			query = text[:random.IntN(len(text))]
		}
		last++
		require.Equal(t, last, add(&j, query))
		list, bytes = append(list, Entry{Number: last, Query: query}), bytes+len(query)
		for len(list) > maxEntries || bytes > maxBytes {
			bytes -= len(list[0].Query)
			list = list[1:]
		}
		if random.IntN(500) == 0 {
			requireList(t, list, &j)
		}
	}
	requireList(t, list, &j)
}

func requireList(t *testing.T, want []Entry, j *Journal) {
	kept := j.Select(Filter{})
	require.Equal(t, numbers(want), numbers(kept))
	require.LessOrEqual(t, len(j.ring), maxEntries)
	used, bytes := 0, 0
	for _, e := range j.ring {
		if e.Number != 0 {
			used++
		}
		bytes += e.size()
	}
	require.Equal(t, len(want), used, "removed entries are empty")
	require.Equal(t, j.bytes, bytes)
}

func TestFilters(t *testing.T) {
	noon := time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC)
	var j Journal
	take := func(action, code, account string, minutes int) {
		c := &rpc.Call{Product: &rpc.Product{Name: "P"}, Action: action, Received: noon.Add(time.Duration(minutes) * time.Minute)}
		j.Add(c, &rpc.Outcome{Code: code}, account, "", 0, Result{})
	}
	take("A", "", "1", 0)
	take("A", "Denied", "2", 1)
	take("B", "", "1", 2)
	take("B", "Denied", "1", 2)
	for _, c := range []struct {
		filter Filter
		want   []int64
	}{
		{Filter{}, []int64{1, 2, 3, 4}},
		{Filter{Action: "A"}, []int64{1, 2}},
		{Filter{Action: "a"}, []int64{}},
		{Filter{Action: "P.A"}, []int64{1, 2}},
		{Filter{Action: "Q.A"}, []int64{}},
		{Filter{Action: "P."}, []int64{}},
		{Filter{Code: "Denied"}, []int64{2, 4}},
		{Filter{Account: "1"}, []int64{1, 3, 4}},
		{Filter{Account: "1", Code: "Denied", Action: "B"}, []int64{4}},
		{Filter{SinceNumber: 3}, []int64{4}},
		{Filter{SinceNumber: 4}, []int64{}},
		{Filter{SinceTime: noon}, []int64{1, 2, 3, 4}},
		{Filter{SinceTime: noon.Add(time.Minute)}, []int64{2, 3, 4}},
		{Filter{SinceTime: noon.Add(time.Minute + 1)}, []int64{3, 4}},
	} {
		assert.Equal(t, c.want, numbers(j.Select(c.filter)), "%+v", c.filter)
	}
}

func TestConcurrentUse(t *testing.T) {
	var j Journal
	var wg sync.WaitGroup
	numbered := make([][]int64, 8)
	for i := range numbered {
		wg.Go(func() {
			for range 1000 {
				numbered[i] = append(numbered[i], add(&j, "Action=A"))
			}
		})
	}
	wg.Go(func() {
		for range 100 {
			for i, e := range j.Select(Filter{Action: ""}) {
				assert.NotZero(t, e.Number, i)
			}
		}
	})
	wg.Go(func() {
		for range 10 {
			j.Clear()
		}
	})
	wg.Wait()
	seen := map[int64]bool{}
	for _, list := range numbered {
		assert.IsIncreasing(t, list)
		for _, n := range list {
			seen[n] = true
		}
	}
	assert.Len(t, seen, 8000, "no number is used twice")
}

func TestAfterSkips(t *testing.T) {
	var j Journal
	for range maxEntries + 10 {
		add(&j, "A")
	}
	n := j.After(Filter{SinceNumber: 3})
	assert.EqualValues(t, 7, n.Skipped)
	assert.EqualValues(t, 11, n.Calls[0].Number)
	assert.Len(t, n.Calls, maxReturned)
	assert.EqualValues(t, 10+maxReturned, n.Last)
	<-n.More
	j.Clear()
	n = j.After(Filter{SinceNumber: 3})
	assert.Zero(t, n.Skipped, "cleared calls are not skipped ones")
	assert.Empty(t, n.Calls)
	select {
	case <-n.More:
		t.Error("there are no more")
	default:
	}
	add(&j, "B")
	<-n.More
	assert.Equal(t, []int64{maxEntries + 11}, numbers(j.After(Filter{SinceNumber: n.Last}).Calls))
}

func TestClearAccount(t *testing.T) {
	var j Journal
	for _, account := range []string{"1", "2", "1", "2"} {
		j.Add(&rpc.Call{Query: "Action=A"}, &rpc.Outcome{}, account, "", 0, Result{})
	}
	j.ClearAccount("1")
	assert.Equal(t, []int64{2, 4}, numbers(j.Select(Filter{})))
	assert.Equal(t, []int64{2, 4}, numbers(j.After(Filter{}).Calls))
	assert.Equal(t, 16, j.bytes)
	for range maxEntries {
		add(&j, "A")
	}
	assert.Len(t, j.Select(Filter{}), maxEntries)
	assert.Equal(t, maxEntries, j.bytes)
}
