package clock

import (
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestSeededSourcesMakeTheSameIDs(t *testing.T) {
	a, b := Seeded(7), Seeded(7)
	assert.Equal(t, a.ID("sg-", "bp1"), b.ID("sg-", "bp1"))
	a.RequestID() // one more call must not shift the ids
	assert.Equal(t, a.ID("sgr-", "bp1"), b.ID("sgr-", "bp1"))
	assert.NotEqual(t, Seeded(7).RequestID(), Seeded(8).RequestID())
	assert.NotEqual(t, New().RequestID(), New().RequestID())
}

func TestResetRestartsASeededSequence(t *testing.T) {
	s := Seeded(1)
	first := []string{s.ID("sg-", "bp1"), s.RequestID()}
	s.Advance(time.Hour)
	s.Reset()
	assert.Equal(t, first, []string{s.ID("sg-", "bp1"), s.RequestID()})
	assert.WithinDuration(t, time.Now(), s.Now(), time.Minute)
}

func TestIDs(t *testing.T) {
	s := New()
	assert.Regexp(t, regexp.MustCompile(`^sg-bp1[0-9a-z]{17}$`), s.ID("sg-", "bp1"))
	assert.Regexp(t, regexp.MustCompile(`^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$`), s.RequestID())
}

func TestClock(t *testing.T) {
	s := New()
	at := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	s.Set(at, true)
	assert.True(t, s.Frozen())
	assert.Equal(t, at, s.Now())
	s.Advance(time.Hour)
	assert.Equal(t, at.Add(time.Hour), s.Now())
	s.Set(at, false)
	assert.False(t, s.Frozen())
	assert.WithinDuration(t, at, s.Now(), time.Minute)
	assert.False(t, s.Now().Before(at))
}
