package param

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestInt(t *testing.T) {
	for text, want := range map[string]int{"0": 0, "1": 1, "-7": -7, "007": 7, "2147483647": 1<<31 - 1, "-2147483648": -1 << 31} {
		var n int
		assert.NoError(t, decode("N="+text, func(s *Set) { s.Int(&n, "N", "") }).Err(), text)
		assert.Equal(t, want, n, text)
	}
	for _, text := range []string{"x", "1.0", "1e3", "0x1", "1_000", " 1", "1 ", "--1", "2147483648", "-2147483649", "99999999999999999999", "１"} {
		n := 42
		assert.ErrorIs(t, decode("N="+text, func(s *Set) { s.Int(&n, "N", "") }).Err(), ErrInvalid, text)
		assert.Equal(t, 42, n, "%q is refused and yet kept", text)
	}
}

func TestBool(t *testing.T) {
	for text, want := range map[string]bool{"true": true, "True": true, "TRUE": true, "false": false, "False": false, "FALSE": false} {
		b := !want
		assert.NoError(t, decode("B="+text, func(s *Set) { s.Bool(&b, "B", "") }).Err(), text)
		assert.Equal(t, want, b, text)
	}
	for _, text := range []string{"1", "0", "t", "yes", "tRUE", " true", "true "} {
		assert.ErrorIs(t, decode("B="+text, func(s *Set) { s.Bool(new(bool), "B", "") }).Err(), ErrInvalid, text)
	}
}

func TestBetween(t *testing.T) {
	for text, want := range map[string]error{
		"": nil, "1": nil, "30": nil, "0": ErrInvalid, "31": ErrInvalid, "-1": ErrInvalid, "x": ErrInvalid,
	} {
		n := 99 // a default that is out of bounds is nobody's mistake
		err := decode("N="+text, func(s *Set) { s.Int(&n, "N", "").Between(1, 30) }).Err()
		assert.ErrorIs(t, err, want, "%q", text)
	}
}
