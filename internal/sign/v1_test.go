package sign

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// revokeV1 is a revoke as Terraform sends it: common parameters in the query,
// those of the action in the body.
func revokeV1() *V1 {
	return &V1{
		Method: "POST",
		Query: []Pair{
			{"Action", "RevokeSecurityGroup"}, {"Version", "2014-05-26"}, {"Format", "json"},
			{"Timestamp", "2026-01-01T00:00:00Z"}, {"SignatureNonce", "7a0b4a2c"}, {"AccessKeyId", "testid"},
			{"SignatureMethod", "HMAC-SHA1"}, {"SignatureVersion", "1.0"}, {"SignatureType", ""},
		},
		Body: []Pair{
			{"RegionId", "cn-hangzhou"}, {"SecurityGroupId", "sg-web"}, {"IpProtocol", "tcp"}, {"PortRange", "22/22"},
			{"SourceCidrIp", "10.0.0.0/8"}, {"Policy", "accept"}, {"Priority", "1"}, {"NicType", "<nil>"}, {"SourceGroupId", ""},
			{"Description", "ssh (from * the ~ office)"}, {"ClientToken", "TF-RevokeSecurityGroup-1767225600"},
		},
	}
}

func signedV1(t testing.TB, r *V1, secret string) *V1 {
	signature, err := r.Sign(secret)
	require.NoError(t, err)
	return r.with(signature)
}

// Query or body and the order of parameters do not matter.
func TestV1Places(t *testing.T) {
	r := revokeV1()
	want := r.StringToSign()
	all := append(append([]Pair{}, r.Body...), r.Query...)
	assert.Equal(t, want, (&V1{Method: "POST", Query: all}).StringToSign())
	assert.Equal(t, want, (&V1{Method: "POST", Body: all}).StringToSign())
	assert.NotEqual(t, want, (&V1{Method: "GET", Body: all}).StringToSign())
}

// Of parameters with one name the last counts, and the body comes
// after the query; Signature is left out however often it comes.
func TestV1Repeated(t *testing.T) {
	r := V1{
		Method: "GET",
		Query:  []Pair{{"Signature", "x"}, {"b", "2"}, {"a", "1"}, {"a", "2"}},
		Body:   []Pair{{"b", "1"}, {"Signature", "y"}},
	}
	assert.Equal(t, "GET&%2F&a%3D2%26b%3D1", r.StringToSign())
	assert.Equal(t, []Pair{{"Signature", "x"}, {"b", "2"}, {"a", "1"}, {"a", "2"}}, r.Query, "the request is not touched")
	assert.Equal(t, "y", r.parts().signature)
}

// Sorting keeps its rule beyond what fits the stack.
func TestV1ManyParameters(t *testing.T) {
	var r V1
	for range 100 {
		for _, value := range []string{"1", "2"} {
			r.Query = append(r.Query, Pair{"b", value}, Pair{"a", value})
		}
	}
	assert.Equal(t, "&%2F&a%3D2%26b%3D2", r.StringToSign())
}

func TestV1Claim(t *testing.T) {
	r := signedV1(t, revokeV1(), "testsecret")
	r.Body = append(r.Body, Pair{"SecurityToken", "token"})
	claim, err := r.Claim()
	require.NoError(t, err)
	assert.Equal(t, Claim{"testid", "2026-01-01T00:00:00Z", "7a0b4a2c", "token"}, claim)
}

// Each part is missed when it is absent or blank, the first in
// the order of the documentation, and each has the form that it must have.
func TestV1Malformed(t *testing.T) {
	tests := []struct {
		part, value string
		want        error
	}{
		{"AccessKeyId", "", ErrMissing},
		{"Signature", "", ErrMissing},
		{"SignatureMethod", "", ErrMissing},
		{"SignatureVersion", "", ErrMissing},
		{"SignatureNonce", "", ErrMissing},
		{"Timestamp", "", ErrMissing},
		{"SignatureVersion", "1", ErrVersion},
		{"SignatureMethod", "hmac-sha1", ErrAlgorithm},
		{"SignatureMethod", "SHA256withRSA", ErrAlgorithm},
		{"Timestamp", "2026-01-01T00%3A00%3A00Z", ErrTimestamp},
	}
	for _, tt := range tests {
		t.Run(tt.part+"="+tt.value, func(t *testing.T) {
			r := signedV1(t, revokeV1(), "testsecret")
			r.Query = append(r.Query, Pair{tt.part, tt.value})
			claim, err := r.Claim()
			require.ErrorIs(t, err, tt.want)
			var e *Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, tt.part, e.Parameter())
			if tt.part != "AccessKeyId" {
				assert.Equal(t, "testid", claim.AccessKeyID, "the claim has what the request says")
			}
		})
	}
	_, err := (&V1{}).Claim()
	assert.EqualError(t, err, "AccessKeyId: "+ErrMissing.Error())
}

// Verifying without reading the claim first is safe.
func TestV1VerifyAlone(t *testing.T) {
	r := revokeV1()
	assert.ErrorIs(t, r.Verify("testsecret"), ErrMissing)
	assert.ErrorIs(t, r.with("").Verify("testsecret"), ErrMissing)
	r.Query = append(r.Query, Pair{"SignatureMethod", "none"})
	assert.ErrorIs(t, r.with("x").Verify("testsecret"), ErrAlgorithm)
	_, err := r.Sign("testsecret")
	assert.ErrorIs(t, err, ErrAlgorithm)
}

// The error has what the server has signed.
func TestV1Mismatch(t *testing.T) {
	r := revokeV1()
	err := r.with("Zm9v").Verify("testsecret")
	var m *Mismatch
	require.ErrorAs(t, err, &m)
	require.ErrorIs(t, err, ErrMismatch)
	assert.Equal(t, Text{StringToSign: r.StringToSign()}, m.Server)
	assert.Empty(t, m.Client)
	assert.Contains(t, m.Hint(), "the secrets differ")
	assert.EqualError(t, err, ErrMismatch.Error())
	assert.NotContains(t, m.Server.StringToSign, "Zm9v")
}
