package journal

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

func TestAFollowerIsToldWhatItMissed(t *testing.T) {
	var j Journal
	for range maxEntries + 10 {
		add(&j, "A")
	}
	n := j.After(Filter{SinceNumber: 3})
	assert.EqualValues(t, 7, n.Skipped)
	assert.EqualValues(t, 11, n.Calls[0].Number)
	assert.Len(t, n.Calls, mostGiven)
	assert.EqualValues(t, 10+mostGiven, n.Last)
	<-n.More
	j.Clear()
	n = j.After(Filter{SinceNumber: 3})
	assert.Zero(t, n.Skipped, "what was forgotten on purpose was not missed")
	assert.Empty(t, n.Calls)
	select {
	case <-n.More:
		t.Error("there is no more")
	default:
	}
	add(&j, "B")
	<-n.More
	assert.Equal(t, []int64{maxEntries + 11}, numbers(j.After(Filter{SinceNumber: n.Last}).Calls))
}

func TestTheCallsOfAnAccountAreForgotten(t *testing.T) {
	var j Journal
	for _, account := range []string{"1", "2", "1", "2"} {
		j.Add(&rpc.Call{Query: "Action=A"}, &rpc.Outcome{}, account, "", 0)
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
