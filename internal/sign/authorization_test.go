package sign

import (
	"strconv"
	"strings"
	"testing"

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

// TestSignedHeadersLimit: a hundred headers may be signed.
func TestSignedHeadersLimit(t *testing.T) {
	var names []string
	for i := range maxSignedHeaders {
		names = append(names, "x-acs-"+strconv.Itoa(i))
	}
	list := strings.Join(names, ";")
	assert.True(t, wellFormed(list))
	assert.False(t, wellFormed(list+";host"))
}

func TestCovers(t *testing.T) {
	a := Authorization{SignedHeaders: "host;X-Acs-Security-Token"}
	assert.True(t, a.Covers("Host"))
	assert.True(t, a.Covers("x-acs-security-token"))
	assert.False(t, a.Covers("x-acs-security"))
	assert.False(t, a.Covers("x-acs-date"))
	assert.False(t, Authorization{}.Covers("host"))
}
