package sign

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseAuthorization(t *testing.T) {
	want := Authorization{"id", "host;x-acs-date", "00ff"}
	for _, header := range []string{
		want.String(),
		"ACS3-HMAC-SHA256 Signature=00ff,SignedHeaders=host;x-acs-date,Credential=id",
		" ACS3-HMAC-SHA256   Credential=id ,  SignedHeaders=host;x-acs-date ,Signature=00ff ",
	} {
		got, err := ParseAuthorization(header)
		require.NoError(t, err, header)
		assert.Equal(t, want, got, header)
	}
}

func TestParseAuthorizationMalformed(t *testing.T) {
	const ok = "ACS3-HMAC-SHA256 Credential=id,Signature=00ff,"
	many := strings.Repeat("x;", maxSignedHeaders) + "y"
	tests := []struct {
		header, part string
		want         error
	}{
		{"", "Authorization", ErrMissing},
		{"  ", "Authorization", ErrMissing},
		{"Basic aWQ6c2VjcmV0", "Authorization", ErrAlgorithm},
		{"acs3-hmac-sha256 Credential=id", "Authorization", ErrAlgorithm},
		{"ACS3-HMAC-SHA256,Credential=id", "Authorization", ErrAlgorithm},
		{"ACS3-HMAC-SHA256 ", "Credential", ErrMissing},
		{"ACS3-HMAC-SHA256 SignedHeaders=host,Signature=00", "Credential", ErrMissing},
		{"ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=00", "Credential", ErrMissing},
		{"ACS3-HMAC-SHA256 Credential=id,Signature=00", "SignedHeaders", ErrMissing},
		{"ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host", "Signature", ErrMissing},
		{ok + "SignedHeaders=host,Signature=11", "Authorization", ErrAuthorization},
		{ok + "signedheaders=host", "Authorization", ErrAuthorization},
		{ok + "SignedHeaders=host,,", "Authorization", ErrAuthorization},
		{ok + "SignedHeaders=host;;x-acs-date", "SignedHeaders", ErrSignedHeaders},
		{ok + "SignedHeaders=host;", "SignedHeaders", ErrSignedHeaders},
		{ok + "SignedHeaders=;host", "SignedHeaders", ErrSignedHeaders},
		{ok + "SignedHeaders=host;x-acs-date;HOST", "SignedHeaders", ErrSignedHeaders},
		{ok + "SignedHeaders=authorization", "SignedHeaders", ErrSignedHeaders},
		{ok + "SignedHeaders=" + many, "SignedHeaders", ErrSignedHeaders},
	}
	for i, tt := range tests {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			_, err := ParseAuthorization(tt.header)
			require.ErrorIs(t, err, tt.want, tt.header)
			assert.ErrorContains(t, err, tt.part+": ")
		})
	}
}

// A hundred headers may be signed.
func TestSignedHeadersLimit(t *testing.T) {
	var names []string
	for i := range maxSignedHeaders {
		names = append(names, "x-acs-"+strconv.Itoa(i))
	}
	list := strings.Join(names, ";")
	assert.True(t, wellFormed(list))
	assert.False(t, wellFormed(list+";host"))
}

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

// The window has both its ends, before and after.
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
