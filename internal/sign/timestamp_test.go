package sign

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseTimestamp(t *testing.T) {
	got, err := ParseTimestamp("2016-02-29T23:59:59Z")
	require.NoError(t, err)
	assert.Equal(t, time.Date(2016, 2, 29, 23, 59, 59, 0, time.UTC), got)
	for _, text := range []string{
		"", "2016-02-23", "2016-02-23T12:46:24", "2016-02-23 12:46:24Z", "2016-02-23t12:46:24z",
		"2016-02-23T12:46:24.000Z", "2016-02-23T12:46:24,5Z", "2016-02-23T2:46:24Z", "2016-02-23T2:46:24.0Z", "2016-2-23T12:46:24.0Z",
		"2016-02-23T12:46:24+00:00", "2016-02-23T12:46Z", "2016-02-30T12:46:24Z", "2016-02-23T24:00:00Z", "2016-02-23T23:59:60Z",
		"2016-02-23T12%3A46%3A24Z", " 2016-02-23T12:46:24Z", "2016-02-23T12:46:24Z ", "1456231584",
	} {
		_, err := ParseTimestamp(text)
		assert.ErrorIs(t, err, ErrTimestamp, "%q", text)
	}
}

func FuzzTimestamp(f *testing.F) {
	for _, text := range []string{"2016-02-23T12:46:24Z", "2016-02-23T2:46:24.1Z", "2016-02-23T2:46:24.Z", "+016-02-23T12:46:24Z"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseTimestamp(text)
		if err == nil {
			require.Equal(t, text, FormatTimestamp(got))
		}
	})
}

// TestWithin: the window has both its ends, before and after.
func TestWithin(t *testing.T) {
	claim := Claim{Timestamp: "2026-01-01T00:00:00Z"}
	stamp := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, off := range []time.Duration{0, time.Minute, Window} {
		assert.NoError(t, claim.Within(stamp.Add(off), Window))
		assert.NoError(t, claim.Within(stamp.Add(-off), Window))
	}
	late := claim.Within(stamp.Add(Window+time.Nanosecond), Window)
	assert.ErrorIs(t, late, ErrExpired)
	assert.EqualError(t, late, ErrExpired.Error()+"; 2026-01-01T00:00:00Z is 15m0s behind 2026-01-01T00:15:00Z")
	early := claim.Within(stamp.Add(-time.Hour).In(time.FixedZone("", 3600)), Window)
	assert.ErrorIs(t, early, ErrExpired)
	assert.ErrorContains(t, early, "is 1h0m0s ahead of 2025-12-31T23:00:00Z")
	assert.ErrorIs(t, Claim{Timestamp: "now"}.Within(stamp, Window), ErrTimestamp)
}
