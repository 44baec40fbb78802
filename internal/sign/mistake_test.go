package sign

import (
	"crypto/sha1"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A signature that a known mistake explains comes with the advice and with what the
// client and the server signed.
func TestV1Mistakes(t *testing.T) {
	r := revokeV1()
	form := func(text string) string { // Java's URLEncoder
		return strings.NewReplacer("%2A", "*", "~", "%7E").Replace(url.QueryEscape(text))
	}
	component := func(text string) string { // JavaScript's encodeURIComponent
		return strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(url.QueryEscape(text))
	}
	quote := func(text string) string { return strings.ReplaceAll(percentEncode(text), "%2F", "/") } // Python's quote
	doubly := func(encode func(string) string) string {
		return "POST&%2F&" + encode(naiveQuery(naiveSigned(r), encode))
	}
	tests := map[string]string{
		mistakeMethod:      naiveV1("GET", naiveSigned(r)),
		mistakeBlank:       naiveV1("POST", withoutBlanks(naiveSigned(r))),
		mistakeBody:        naiveV1("POST", naiveSigned(&V1{Query: r.Query})),
		mistakeOnce:        "POST&%2F&" + naiveQuery(naiveSigned(r), percentEncode),
		encoders[0].advice: doubly(url.QueryEscape),
		encoders[1].advice: doubly(form),
		encoders[2].advice: doubly(component),
		encoders[3].advice: doubly(quote),
	}
	for advice, text := range tests {
		t.Run(advice, func(t *testing.T) {
			m := mismatch(t, r.with(naiveMAC1("testsecret&", text)))
			assert.Equal(t, advice, m.Mistake)
			assert.Equal(t, advice, m.Hint())
			assert.Equal(t, text, m.Client.StringToSign)
			assert.Equal(t, r.StringToSign(), m.Server.StringToSign)
		})
	}
	t.Run(mistakeKey, func(t *testing.T) {
		m := mismatch(t, r.with(naiveMAC1("testsecret", r.StringToSign())))
		assert.Equal(t, mistakeKey, m.Mistake)
		assert.Equal(t, m.Server, m.Client)
	})
	t.Run(mistakePlus, func(t *testing.T) {
		const nonce = 4 // the position of SignatureNonce
		signature := ""
		for i := 0; i < 100 && !strings.Contains(signature, "+"); i++ {
			r.Query[nonce].Value = strings.Repeat("n", i)
			signature = naiveMAC1("testsecret&", r.StringToSign())
		}
		m := mismatch(t, r.with(strings.ReplaceAll(signature, "+", " ")))
		assert.Equal(t, mistakePlus, m.Mistake)
	})
}

func TestACS3Mistakes(t *testing.T) {
	r := revokeACS3()
	const unsorted = "x-acs-date;host"
	ours, short := r.Text(revokeHeaders).CanonicalRequest, r.Text(unsorted).CanonicalRequest
	replace := func(old, with string) string {
		require.Equal(t, 1, strings.Count(ours, old), old)
		return strings.Replace(ours, old, with, 1)
	}
	tests := []struct{ advice, list, request string }{
		{mistakeMethod, revokeHeaders, replace("POST\n", "GET\n")},
		{mistakePort, revokeHeaders, replace("host:127.0.0.1:2014\n", "host:127.0.0.1\n")},
		{mistakeLine, revokeHeaders, replace("\n\n", "\n")},
		{mistakeOrder, unsorted, strings.Replace(short, "x-acs-date:2026-01-01T00:00:00Z\nhost:127.0.0.1:2014\n", "host:127.0.0.1:2014\nx-acs-date:2026-01-01T00:00:00Z\n", 1)},
		{mistakeInQuery, revokeHeaders, strings.Replace(replace("Description=", "Description=ssh%20%28from%20%2A%20the%20~%20office%29&IpProtocol=tcp&Policy=accept&PortRange=22%2F22&Priority=1&"),
			"ssh%20%28from%20%2A%20the%20~%20office%29&RegionId=cn-hangzhou&SecurityGroupId=sg-web", "RegionId=cn-hangzhou&SecurityGroupId=sg-web&SourceCidrIp=10.0.0.0%2F8", 1)},
		{encoders[0].advice, revokeHeaders, replace("ssh%20%28from%20%2A%20the%20~%20office%29", "ssh+%28from+%2A+the+~+office%29")},
		{encoders[1].advice, revokeHeaders, replace("ssh%20%28from%20%2A%20the%20~%20office%29", "ssh+%28from+*+the+%7E+office%29")},
		{encoders[2].advice, revokeHeaders, replace("ssh%20%28from%20%2A%20the%20~%20office%29", "ssh%20(from%20*%20the%20~%20office)")},
	}
	for _, tt := range tests {
		t.Run(tt.advice, func(t *testing.T) {
			m := mismatch(t, r.with(Authorization{"testid", tt.list, naiveACS3("testsecret", tt.request)}.String()))
			assert.Equal(t, tt.advice, m.Mistake)
			assert.Equal(t, tt.request, m.Client.CanonicalRequest)
			assert.Equal(t, "ACS3-HMAC-SHA256\n"+payloadHash(tt.request), m.Client.StringToSign)
			assert.Equal(t, r.Text(tt.list), m.Server)
		})
	}
	for advice, signature := range map[string]string{
		mistakeCase:   strings.ToUpper(naiveACS3("testsecret", ours)),
		mistakeRawKey: naiveACS3("testsecret&", ours),
	} {
		t.Run(advice, func(t *testing.T) {
			m := mismatch(t, r.with(Authorization{"testid", revokeHeaders, signature}.String()))
			assert.Equal(t, advice, m.Mistake)
			assert.Equal(t, m.Server, m.Client)
		})
	}
}

// Requests may lack a port, a form and headers.
func TestMistakesWithOddRequests(t *testing.T) {
	for _, body := range []string{"", "%zz", "[]"} {
		r := &ACS3{Host: "[::1]", Body: body, Header: map[string][]string{"X-Acs-Content-Sha256": {payloadHash(body)}}}
		m := mismatch(t, r.with(Authorization{"testid", "x", "00"}.String()))
		assert.Empty(t, m.Mistake)
	}
	assert.Empty(t, mismatch(t, (&V1{}).with("x")).Mistake)
}

func mismatch(t *testing.T, r interface{ Verify(secret string) error }) *Mismatch {
	t.Helper()
	var m *Mismatch
	require.ErrorAs(t, r.Verify("testsecret"), &m)
	return m
}

func naiveMAC1(key, text string) string { return string(appendV1(nil, sha1.New, key, []byte(text))) }

// naiveSigned is the signed parameters by way of a map.
func naiveSigned(r *V1) []Pair {
	all := map[string]string{}
	for _, p := range slices.Concat(r.Query, r.Body) {
		all[p.Name] = p.Value
	}
	delete(all, "Signature")
	var pairs []Pair
	for name, value := range all {
		pairs = append(pairs, Pair{name, value})
	}
	slices.SortFunc(pairs, func(a, b Pair) int { return strings.Compare(a.Name, b.Name) })
	return pairs
}
