package sign

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const revokeHeaders = "content-type;host;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version"

// revokeACS3 is a revoke as a generic call of the newer SDKs sends it.
func revokeACS3() *ACS3 {
	body := "IpProtocol=tcp&PortRange=22%2F22&SourceCidrIp=10.0.0.0%2F8&Policy=accept&Priority=1"
	return &ACS3{
		Method: "POST",
		Host:   "127.0.0.1:2014",
		Query:  []Pair{{"SecurityGroupId", "sg-web"}, {"RegionId", "cn-hangzhou"}, {"Description", "ssh (from * the ~ office)"}, {"ClientToken", ""}},
		Header: map[string][]string{
			"Accept":                     {"application/json"},
			"Content-Type":               {"application/x-www-form-urlencoded"},
			"User-Agent":                 {"AlibabaCloud (linux; amd64)"},
			"X-Acs-Action":               {"RevokeSecurityGroup"},
			"X-Acs-Content-Sha256":       {payloadHash(body)},
			"X-Acs-Credentials-Provider": {"static_ak"},
			"X-Acs-Date":                 {"2026-01-01T00:00:00Z"},
			"X-Acs-Signature-Nonce":      {"7a0b4a2c"},
			"X-Acs-Version":              {"2014-05-26"},
		},
		Body: body,
	}
}

func payloadHash(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

// signatureOf takes the signature out of an Authorization.
func signatureOf(t testing.TB, authorization string) string {
	a, err := ParseAuthorization(authorization)
	require.NoError(t, err)
	return a.Signature
}

// TestACS3CanonicalRequest states the canonical request of a whole call: the query
// sorted, the port with the host, only the headers of the list, an empty line
// after them.
func TestACS3CanonicalRequest(t *testing.T) {
	r := revokeACS3()
	want := `POST
/
ClientToken=&Description=ssh%20%28from%20%2A%20the%20~%20office%29&RegionId=cn-hangzhou&SecurityGroupId=sg-web
content-type:application/x-www-form-urlencoded
host:127.0.0.1:2014
x-acs-action:RevokeSecurityGroup
x-acs-content-sha256:` + payloadHash(r.Body) + `
x-acs-credentials-provider:static_ak
x-acs-date:2026-01-01T00:00:00Z
x-acs-signature-nonce:7a0b4a2c
x-acs-version:2014-05-26

` + revokeHeaders + "\n" + payloadHash(r.Body)
	text := r.Text(revokeHeaders)
	assert.Equal(t, want, text.CanonicalRequest)
	assert.Equal(t, "ACS3-HMAC-SHA256\n"+payloadHash(want), text.StringToSign)
	assert.Equal(t, "SecurityGroupId", r.Query[0].Name, "the request is not touched")
}

// Names in any case and order, as the client lists them; values
// trimmed, several of them sorted; what is listed and absent is blank.
func TestACS3Headers(t *testing.T) {
	r := ACS3{Method: "GET", Host: "h", Header: map[string][]string{
		"X-Acs-B": {" 2 ", "1", "\t10"},
		"X-Acs-A": {"  a  b  "},
	}}
	const list = "X-ACS-B;Host;x-acs-none;x-acs-A"
	want := "GET\n/\n\n" + "x-acs-b:1,10,2\nhost:h\nx-acs-none:\nx-acs-a:a  b\n" + "\nx-acs-b;host;x-acs-none;x-acs-a\n" + payloadHash("")
	assert.Equal(t, want, r.Text(list).CanonicalRequest)
	assert.Equal(t, []string{" 2 ", "1", "\t10"}, r.Header["X-Acs-B"], "the request is not touched")
}

// Sorted by name and then by value, and every pair stays.
func TestACS3Query(t *testing.T) {
	r := ACS3{Query: []Pair{{"b", "2"}, {"a", "2"}, {"b", ""}, {"a", "10"}, {"a", "2"}, {"é", "&="}}}
	assert.Equal(t, "a=10&a=2&a=2&b=&b=2&%C3%A9=%26%3D", strings.Split(r.Text("").CanonicalRequest, "\n")[2])
}

// The client's list is verified, whatever its order
// and the order of the parts.
func TestACS3AnyOrder(t *testing.T) {
	r := revokeACS3()
	for _, list := range []string{revokeHeaders, "x-acs-version;host;x-acs-date", "host", "Host;X-Acs-Date"} {
		signature := signatureOf(t, r.Sign("testid", "testsecret", list))
		for _, authorization := range []string{
			"ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=" + list + ",Signature=" + signature,
			"ACS3-HMAC-SHA256 Credential=testid,Signature=" + signature + ",SignedHeaders=" + list,
			"ACS3-HMAC-SHA256  Signature=" + signature + ", SignedHeaders=" + list + " ,  Credential=testid",
		} {
			assert.NoError(t, r.with(authorization).Verify("testsecret"), authorization)
		}
	}
}

func TestACS3MustCoverItsHeaders(t *testing.T) {
	for _, left := range strings.Split(revokeHeaders, ";") {
		r := revokeACS3()
		signed := r.with(r.Sign("testid", "testsecret", strings.Trim(strings.Replace(";"+revokeHeaders+";", ";"+left+";", ";", 1), ";")))
		_, err := signed.Claim()
		require.ErrorIs(t, err, ErrNotSigned, left)
		assert.Equal(t, left, err.(*Error).Part)
	}
	r := revokeACS3()
	r.Body = ""
	_, err := r.with(r.Sign("testid", "testsecret", strings.TrimPrefix(revokeHeaders, "content-type;"))).Claim()
	assert.NoError(t, err, "there is no content")
}

func TestACS3Claim(t *testing.T) {
	r := revokeACS3()
	r.Header["X-Acs-Security-Token"] = []string{"token"}
	signed := r.with(r.Sign("testid", "testsecret", revokeHeaders+";x-acs-security-token"))
	claim, err := signed.Claim()
	require.NoError(t, err)
	assert.Equal(t, Claim{"testid", "2026-01-01T00:00:00Z", "7a0b4a2c", "token"}, claim)
	delete(signed.Header, "X-Acs-Signature-Nonce")
	claim, err = signed.Claim()
	require.NoError(t, err, "the documentation does not require a nonce")
	assert.Empty(t, claim.Nonce)
}

func TestACS3Malformed(t *testing.T) {
	tests := []struct {
		header, value string
		part          string
		want          error
	}{
		{"Authorization", "", "Authorization", ErrMissing},
		{"Authorization", "ACS3-HMAC-SHA256", "Credential", ErrMissing},
		{"Authorization", "ACS3-HMAC-SM3 Credential=a,SignedHeaders=b,Signature=c", "Authorization", ErrAlgorithm},
		{"X-Acs-Date", "", "x-acs-date", ErrMissing},
		{"X-Acs-Date", "2026-01-01T00:00:00.000Z", "x-acs-date", ErrTimestamp},
		{"X-Acs-Content-Sha256", "", "x-acs-content-sha256", ErrMissing},
	}
	for _, tt := range tests {
		t.Run(tt.header+"="+tt.value, func(t *testing.T) {
			r := revokeACS3()
			r = r.with(r.Sign("testid", "testsecret", revokeHeaders))
			r.Header[tt.header] = []string{tt.value}
			_, err := r.Claim()
			require.ErrorIs(t, err, tt.want)
			var e *Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, tt.part, e.Parameter())
			assert.Error(t, r.Verify("testsecret"), "verifying without reading the claim first is safe")
		})
	}
}

// X-acs-content-sha256 is the hash of the body that came,
// even when the header is not signed.
func TestACS3PayloadHash(t *testing.T) {
	for _, list := range []string{revokeHeaders, "host"} {
		r := revokeACS3()
		signed := r.with(r.Sign("testid", "testsecret", list))
		require.NoError(t, signed.Verify("testsecret"))
		for _, hash := range []string{payloadHash(""), strings.ToUpper(payloadHash(r.Body)), ""} {
			signed.Header["X-Acs-Content-Sha256"] = []string{hash}
			err := signed.Verify("testsecret")
			assert.ErrorIs(t, err, ErrPayloadHash)
			assert.ErrorIs(t, err, ErrMismatch)
			var m *Mismatch
			require.ErrorAs(t, err, &m)
			assert.Contains(t, m.Hint(), "x-acs-content-sha256")
			assert.Equal(t, signed.Text(list), m.Server)
		}
	}
}

// The error has what the server has signed.
func TestACS3Mismatch(t *testing.T) {
	r := revokeACS3()
	err := r.with(r.Sign("testid", "testsecret", revokeHeaders)).Verify("another")
	var m *Mismatch
	require.ErrorAs(t, err, &m)
	require.ErrorIs(t, err, ErrMismatch)
	assert.NotErrorIs(t, err, ErrPayloadHash)
	assert.Equal(t, r.Text(revokeHeaders), m.Server)
	assert.Empty(t, m.Client)
	assert.Contains(t, m.Hint(), "the secrets differ")
}
