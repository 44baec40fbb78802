package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
	"github.com/ecsmock/ecsmock/internal/sign"
)

// v1 is a call of DescribeSecurityGroups signed as by SDKs of the first generation,
// with changes made before and after signing.
type v1 struct {
	secret        string
	before, after map[string]string
}

func (v v1) query() string {
	params := map[string]string{
		"Action": "DescribeSecurityGroups", "Version": "2014-05-26", "Format": "JSON", "RegionId": "cn-hangzhou",
		"AccessKeyId": "testid", "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0", "SignatureNonce": "n1",
		"SignatureType": "", "Timestamp": sign.FormatTimestamp(time.Now()),
	}
	change(params, v.before)
	r := &sign.V1{Method: http.MethodGet}
	for name, value := range params {
		r.Query = append(r.Query, sign.Pair{Name: name, Value: value})
	}
	params["Signature"], _ = r.Sign(v.secret)
	change(params, v.after)
	values := url.Values{}
	for name, value := range params {
		values.Set(name, value)
	}
	return "/?" + values.Encode()
}

// change sets parameters; "-" removes one.
func change(params, changes map[string]string) {
	for name, value := range changes {
		params[name] = value
		if value == "-" {
			delete(params, name)
		}
	}
}

func requiring(t *testing.T) *server.Server {
	return start(t, server.Options{Signatures: server.SignaturesRequire})
}

func TestValidSignatures(t *testing.T) {
	keys, err := server.ParseCredentials("testid:testsecret,other:secret2:77,STS.a:secret3:88:token+/=,STS.b:secret4")
	require.NoError(t, err)
	for name, v := range map[string]v1{
		"SHA-1":         {secret: "testsecret"},
		"SHA-256":       {secret: "testsecret", before: map[string]string{"SignatureMethod": "HMAC-SHA256"}},
		"another key":   {secret: "secret2", before: map[string]string{"AccessKeyId": "other"}},
		"16 digits":     {secret: "testsecret", before: map[string]string{"AccessKeyId": "1111222233334444"}},
		"temporary key": {secret: "testsecret", before: map[string]string{"SecurityToken": "token"}},
		"its token":     {secret: "secret3", before: map[string]string{"AccessKeyId": "STS.a", "SecurityToken": "token+/="}},
		"any token":     {secret: "secret4", before: map[string]string{"AccessKeyId": "STS.b", "SecurityToken": "any"}},
	} {
		s := start(t, server.Options{Signatures: server.SignaturesRequire, Keys: keys})
		got := get(s, v.query())
		assert.Equal(t, 200, got.Status, "%s: %s", name, got.Body)
		assert.Empty(t, got.Header.Get("X-Ecsmock-Hint"), name)
	}
}

func TestInvalidSignatures(t *testing.T) {
	old := sign.FormatTimestamp(time.Now().Add(-16 * time.Minute))
	for _, row := range []struct {
		v       v1
		status  int
		code    string
		message string
	}{
		{v1{after: map[string]string{"AccessKeyId": "-"}}, 400, "MissingAccessKeyId", "AccessKeyId is mandatory for this action."},
		{v1{after: map[string]string{"Signature": "-"}}, 400, "MissingSignature", "Signature is mandatory for this action."},
		{v1{before: map[string]string{"Timestamp": "-"}}, 400, "MissingTimestamp", "Timestamp is mandatory for this action."},
		{v1{before: map[string]string{"SignatureNonce": "-"}}, 400, "MissingSignatureNonce", "SignatureNonce is mandatory for this action."},
		{v1{before: map[string]string{"AccessKeyId": "nobody"}}, 404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."},
		{v1{after: map[string]string{"SignatureMethod": "MD5"}}, 400, "InvalidSignatureMethod", "Specified signature method is not valid."},
		{v1{before: map[string]string{"SignatureVersion": "2.0"}}, 400, "InvalidSignatureVersion", "Specified parameter SignatureVersion is not valid."},
		{v1{before: map[string]string{"Timestamp": "2016-02-23T12:46:24.123Z"}}, 400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted."},
		{v1{before: map[string]string{"Timestamp": old}}, 400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."},
		{v1{secret: "wrong"}, 400, "IncompleteSignature", "The request signature does not conform to Aliyun standards. server string to sign is:GET&%2F&AccessKeyId%3Dtestid%26Action"},
	} {
		refusedOrWarned(t, row.v, row.status, row.code, row.message)
	}
}

// refusedOrWarned proves that a signature is refused where signatures are required, and
// that the hint says so where they are not.
func refusedOrWarned(t *testing.T, v v1, status int, code, message string) {
	t.Helper()
	keys, err := server.ParseCredentials("testid:testsecret,STS.a:secret3:88:token")
	require.NoError(t, err)
	got := get(start(t, server.Options{Signatures: server.SignaturesRequire, Keys: keys}), v.query())
	assert.Equal(t, status, got.Status, code)
	assert.Contains(t, got.Body, `"Code":"`+code+`"`)
	assert.Contains(t, got.Body, `"Message":"`+message, code)
	got = get(start(t, server.Options{Signatures: server.SignaturesWarn, Keys: keys}), v.query())
	assert.Equal(t, 200, got.Status, code)
	assert.Contains(t, got.Header.Get("X-Ecsmock-Hint"), "-signatures=require would refuse this with "+code+": ")
}

func TestTemporaryKeys(t *testing.T) {
	const missing, malformed = "SecurityToken is mandatory for this action.", "Specified SecurityToken is malformed."
	key := func(id, token string) v1 {
		return v1{secret: "secret3", before: map[string]string{"AccessKeyId": id, "SecurityToken": token}}
	}
	refusedOrWarned(t, key("STS.a", "-"), 400, "MissingSecurityToken", missing)
	refusedOrWarned(t, key("STS.unknown", ""), 400, "MissingSecurityToken", missing)
	refusedOrWarned(t, key("STS.a", "another"), 400, "InvalidSecurityToken.Malformed", malformed)
	refusedOrWarned(t, key("STS.unknown", "token"), 404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
}

// ECS takes no bearer tokens, in a parameter or in a header.
func TestBearerTokens(t *testing.T) {
	const code, message = "UnsupportedSignatureType", "This signature type is not supported."
	unsigned := map[string]string{"SignatureType": "BEARERTOKEN", "BearerToken": "b", "Signature": "-", "AccessKeyId": "-"}
	refusedOrWarned(t, v1{after: unsigned}, 403, code, message)
	delete(unsigned, "BearerToken")
	refusedOrWarned(t, v1{after: unsigned}, 403, code, message)
	signed := v1{secret: "testsecret"}.query()
	assert.Contains(t, get(requiring(t), signed, "X-Acs-Bearer-Token: b").Body, `"Code":"`+code+`"`)
	assert.Equal(t, 200, get(start(t, server.Options{}), signed, "X-Acs-Bearer-Token: b").Status, "signatures are not verified")
}

// A test that moves the mock's clock signs with real time.
func TestATimestampIsValidByEitherClock(t *testing.T) {
	s := requiring(t)
	signed := func(at time.Time, nonce string) answer {
		return get(s, v1{secret: "testsecret", before: map[string]string{"Timestamp": sign.FormatTimestamp(at), "SignatureNonce": nonce}}.query())
	}
	require.Equal(t, 200, send(s, http.MethodPut, "/_mock/clock", `{"Advance": "24h"}`).Status)
	assert.Equal(t, 200, signed(time.Now(), "first").Status)
	assert.Equal(t, 200, signed(time.Now().Add(24*time.Hour), "second").Status)
	assert.Contains(t, signed(time.Now().Add(12*time.Hour), "third").Body, `"Code":"InvalidTimeStamp.Expired"`)
	require.Equal(t, 200, send(s, http.MethodPut, "/_mock/clock", `{"Advance": "1h"}`).Status)
	assert.Contains(t, signed(time.Now(), "first").Body, `"Code":"SignatureNonceUsed"`, "its timestamp is valid by real time")
}

// A timestamp may differ from the mock's clock by 15 minutes. A nonce is remembered as long
// as its timestamp is valid.
func TestTheWindowOfNonces(t *testing.T) {
	s := requiring(t)
	signed := func(timestamp, nonce string) answer {
		return get(s, v1{secret: "testsecret", before: map[string]string{"Timestamp": timestamp, "SignatureNonce": nonce}}.query())
	}
	setClock := func(now string) {
		require.Equal(t, 200, send(s, http.MethodPut, "/_mock/clock", `{"Now": "`+now+`", "Frozen": true}`).Status)
	}
	setClock("2030-01-02T12:00:00Z")
	assert.Equal(t, 200, signed("2030-01-02T12:15:00Z", "first").Status)
	assert.Equal(t, 200, signed("2030-01-02T11:45:00Z", "second").Status)
	assert.Contains(t, signed("2030-01-02T12:15:01Z", "third").Body, `"Code":"InvalidTimeStamp.Expired"`)
	assert.Contains(t, signed("2030-01-02T11:44:59Z", "third").Body, `"Code":"InvalidTimeStamp.Expired"`)
	setClock("2030-01-02T12:29:59Z")
	assert.Contains(t, signed("2030-01-02T12:15:00Z", "first").Body, `"Code":"SignatureNonceUsed"`)
	assert.Equal(t, 200, signed("2030-01-02T12:15:00Z", "third").Status)
	setClock("2030-01-02T12:30:00Z")
	assert.Contains(t, signed("2030-01-02T12:15:00Z", "first").Body, `"Code":"SignatureNonceUsed"`)
	setClock("2030-01-02T12:30:01Z")
	assert.Equal(t, 200, signed("2030-01-02T12:15:01Z", "first").Status)
}

func TestANonceIsUsedOnce(t *testing.T) {
	s := requiring(t)
	query := v1{secret: "testsecret"}.query()
	assert.Equal(t, 200, get(s, query).Status)
	again := get(s, query)
	assert.Equal(t, 400, again.Status)
	assert.Contains(t, again.Body, `"Message":"Specified signature nonce was used already."`)
	assert.Contains(t, again.Body, `"Code":"SignatureNonceUsed"`)
}

// SDKs of 2025 expect another code.
func TestTheCodeOfAnEdition(t *testing.T) {
	s := start(t, server.Options{Signatures: server.SignaturesRequire, Edition: rpc.Edition2025})
	got := get(s, v1{secret: "wrong"}.query())
	assert.Contains(t, got.Body, `"Code":"SignatureDoesNotMatch"`)
	assert.Contains(t, got.Body, "Specified signature is not matched with our calculation. server string to sign is:GET&%2F&")
}

func TestWarn(t *testing.T) {
	s := start(t, server.Options{Signatures: server.SignaturesWarn})
	right := get(s, v1{secret: "testsecret"}.query())
	assert.Empty(t, right.Header.Get("X-Ecsmock-Hint"), "the signature is valid")
	wrong := get(s, v1{secret: "wrong", before: map[string]string{"SignatureNonce": "n2"}}.query())
	assert.Equal(t, 200, wrong.Status)
	assert.Contains(t, wrong.Header.Get("X-Ecsmock-Hint"), "IncompleteSignature")
	assert.Contains(t, get(s, "/_mock/journal?since=1").Body, "server signs: GET&%2F&")
}

// Leaving out blank parameters is a known mistake, so the journal has both strings to
// sign.
func TestTheJournalHasBothStringsToSign(t *testing.T) {
	s := requiring(t)
	got := get(s, v1{secret: "testsecret", before: map[string]string{"SignatureType": "-"}, after: map[string]string{"SignatureType": ""}}.query())
	require.Equal(t, 400, got.Status)
	calls := get(s, "/_mock/journal").Body
	assert.Contains(t, calls, "server signs: GET&%2F&")
	_, client, ok := strings.Cut(calls, `\nclient signs: GET&%2F&`)
	require.True(t, ok, calls)
	client, _, _ = strings.Cut(client, `"`)
	assert.NotContains(t, client, "SignatureType")
	assert.NotContains(t, calls, "testsecret")
}

func TestParseCredentialsRefuses(t *testing.T) {
	for _, text := range []string{"", "id", "id:", ":secret", "id:secret:account:more", "id:secret:no account", "STS.id:secret:account:", "STS.id:secret:1:2:3"} {
		_, err := server.ParseCredentials(text)
		assert.Error(t, err, text)
	}
}

func TestParseCredentials(t *testing.T) {
	list, err := server.ParseCredentials("id:secret, other:s:77,STS.a:s:88:t,STS.b:s::t,STS.c:s")
	require.NoError(t, err)
	assert.Equal(t, []server.Credential{
		{ID: "id", Secret: "secret", Account: "1234567890123456"}, {ID: "other", Secret: "s", Account: "77"},
		{ID: "STS.a", Secret: "s", Account: "88", Token: "t"}, {ID: "STS.b", Secret: "s", Account: "1234567890123456", Token: "t"},
		{ID: "STS.c", Secret: "s", Account: "1234567890123456"},
	}, list)
}
