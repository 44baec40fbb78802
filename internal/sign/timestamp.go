package sign

import (
	"fmt"
	"time"
)

// Window is how far a timestamp may lie from the clock, on either side.
const Window = 15 * time.Minute

const timestampLayout = "2006-01-02T15:04:05Z"

// ParseTimestamp reads a timestamp as both signatures want it, and nothing else
// that ISO 8601 has. The error is ErrTimestamp.
func ParseTimestamp(text string) (time.Time, error) {
	// Package time takes fractions of a second and hours of one digit even if
	// the layout has none. Neither fits the length.
	if len(text) != len(timestampLayout) {
		return time.Time{}, ErrTimestamp
	}
	t, err := time.Parse(timestampLayout, text)
	if err != nil {
		return time.Time{}, ErrTimestamp
	}
	return t, nil
}

// FormatTimestamp writes a time as both signatures want it.
func FormatTimestamp(t time.Time) string { return t.UTC().Format(timestampLayout) }

// Within tells whether the claim's timestamp lies no further from now than window.
// If it does, the error is an ErrExpired, or an ErrTimestamp if it is none.
func (c Claim) Within(now time.Time, window time.Duration) error {
	t, err := ParseTimestamp(c.Timestamp)
	if err != nil {
		return err
	}
	off := t.Sub(now)
	if off.Abs() <= window {
		return nil
	}
	where := "ahead of"
	if off < 0 {
		where = "behind"
	}
	return fmt.Errorf("%w; %s is %v %s %s", ErrExpired, c.Timestamp, off.Abs().Truncate(time.Second), where, FormatTimestamp(now))
}
