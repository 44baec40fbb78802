package sign

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// percentEncode is what both signatures do to names and values, by net/url.
func percentEncode(text string) string {
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}

func naiveQuery(pairs []Pair, encode func(string) string) string {
	var parts []string
	for _, p := range pairs {
		parts = append(parts, encode(p.Name)+"="+encode(p.Value))
	}
	return strings.Join(parts, "&")
}

func naiveV1(method string, signed []Pair) string {
	return method + "&" + percentEncode("/") + "&" + percentEncode(naiveQuery(signed, percentEncode))
}

// naiveACS3 is the signature of a canonical request.
func naiveACS3(secret, request string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("ACS3-HMAC-SHA256\n" + payloadHash(request)))
	return hex.EncodeToString(mac.Sum(nil))
}

// naiveCanonical is the canonical request with a list of signed headers in lower
// case.
func naiveCanonical(r *ACS3, list string) string {
	query := slices.Clone(r.Query)
	slices.SortFunc(query, func(a, b Pair) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Value, b.Value))
	})
	lines := []string{r.Method, "/", naiveQuery(query, percentEncode)}
	for _, name := range strings.Split(list, ";") {
		values := []string{r.Host}
		if name != "host" {
			values = slices.Clone(r.Header[headerNames[name]])
		}
		for i := range values {
			values[i] = strings.TrimSpace(values[i])
		}
		slices.Sort(values)
		lines = append(lines, name+":"+strings.Join(values, ","))
	}
	return strings.Join(append(lines, "", list, payloadHash(r.Body)), "\n")
}

var headerNames = map[string]string{"x-acs-content-sha256": "X-Acs-Content-Sha256", "x-acs-one": "X-Acs-One", "x-acs-two": "X-Acs-Two"}

// readPairs reads name=value&name=value without decoding anything, so that there
// can be any byte but & in a value.
func readPairs(text string) (pairs []Pair) {
	for part := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(part, "=")
		pairs = append(pairs, Pair{name, value})
	}
	return pairs
}

// change changes one byte of all the texts together, and reports whether there was one.
func change(at uint, by byte, texts ...*string) bool {
	total := uint(0)
	for _, text := range texts {
		total += uint(len(*text))
	}
	if total == 0 || by == 0 {
		return false
	}
	at %= total
	for _, text := range texts {
		if at < uint(len(*text)) {
			b := []byte(*text)
			b[at] ^= by
			*text = string(b)
			return true
		}
		at -= uint(len(*text))
	}
	return false
}

func pairTexts(pairs []Pair) (texts []*string) {
	for i := range pairs {
		texts = append(texts, &pairs[i].Name, &pairs[i].Value)
	}
	return texts
}

func FuzzEncode(f *testing.F) {
	for _, text := range []string{"", "plain-_.~", "a b*~é+/=", "%", "%41", "\x00\xff", "日本"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := percentEncode(text)
		require.Equal(t, "start "+want, string(once.append([]byte("start "), text)))
		require.Equal(t, percentEncode(want), string(twice.append(nil, text)))
	})
}

// FuzzV1: what is signed verifies; what is changed in any byte does not, be it
// the method, a parameter, the secret or the signature.
func FuzzV1(f *testing.F) {
	f.Add("GET", "Action=DescribeRegions&Format=XML", "", "testsecret", uint(0), byte(1))
	f.Add("POST", "Action=RevokeSecurityGroup&SignatureType=", "Description=a b*~é+/&a=1&a=2", "testsecret", uint(40), byte(32))
	f.Add("POST", "a=1&Signature=x&Signatura=y", "b&=&a", "", uint(7), byte(4))
	f.Add("", "SignatureMethod=HMAC-SHA256&q=http://domain/?q", "", "s\x00", uint(99), byte(255))
	f.Fuzz(func(t *testing.T, method, query, body, secret string, at uint, by byte) {
		r := &V1{Method: method, Query: readPairs(query), Body: readPairs(body)}
		text := naiveV1(method, naiveSigned(r))
		require.Equal(t, text, r.StringToSign())
		signature, err := r.Sign(secret)
		if err != nil {
			require.ErrorIs(t, err, ErrAlgorithm)
			return
		}
		r.Body = append(r.Body, Pair{"Signature", signature})
		require.NoError(t, r.Verify(secret))

		texts := append([]*string{&r.Method, &secret}, pairTexts(r.Query)...)
		before := secret
		if !change(at, by, append(texts, pairTexts(r.Body)...)...) {
			return
		}
		// A parameter that another of its name overrides is not signed.
		if naiveV1(r.Method, naiveSigned(r)) == text && r.parts().signature == signature && secret == before {
			require.NoError(t, r.Verify(secret))
		} else {
			require.Error(t, r.Verify(secret))
		}
	})
}

// FuzzACS3 is FuzzV1 for ACS3, where the host, the body and headers are covered.
func FuzzACS3(f *testing.F) {
	f.Add("GET", "localhost:2014", "a=1&b=", "", "RevokeSecurityGroup", "x", "testsecret", uint(0), byte(1))
	f.Add("POST", "h", "a b*~é+/=&a&a=1", "{}", " 2 ", "\t1", "", uint(9), byte(32))
	f.Add("", "", "", "a=1", "a,b", "c", "\x00", uint(70), byte(255))
	f.Fuzz(func(t *testing.T, method, host, query, body, one, two, secret string, at uint, by byte) {
		const list = "host;x-acs-content-sha256;x-acs-one;x-acs-two"
		header := map[string][]string{"X-Acs-Content-Sha256": {payloadHash(body)}, "X-Acs-One": {one, two}, "X-Acs-Two": {two}}
		r := &ACS3{Method: method, Host: host, Query: readPairs(query), Header: header, Body: body}
		request := naiveCanonical(r, list)
		require.Equal(t, request, r.Text(list).CanonicalRequest)
		authorization := r.Sign("testid", secret, list)
		signature := signatureOf(t, authorization)
		require.Equal(t, naiveACS3(secret, request), signature)
		require.NoError(t, r.with(authorization).Verify(secret))

		texts := []*string{&r.Method, &r.Host, &r.Body, &secret, &signature}
		for _, values := range [][]string{header["X-Acs-Content-Sha256"], header["X-Acs-One"], header["X-Acs-Two"]} {
			for i := range values {
				texts = append(texts, &values[i])
			}
		}
		beforeSecret, beforeSignature := secret, signature
		if !change(at, by, append(texts, pairTexts(r.Query)...)...) {
			return
		}
		err := r.with(Authorization{"testid", list, signature}.String()).Verify(secret)
		// What surrounds a header's value is trimmed, the order of its values is not signed.
		if naiveCanonical(r, list) == request && secret == beforeSecret && signature == beforeSignature {
			require.NoError(t, err)
		} else {
			require.Error(t, err)
		}
	})
}

// FuzzAuthorization: what is read is written so that it reads the same, and
// whatever is well-formed can be verified.
func FuzzAuthorization(f *testing.F) {
	f.Add("ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;x-acs-date,Signature=00ff")
	f.Add("ACS3-HMAC-SHA256 Signature=00ff, SignedHeaders=host;;x, Credential==id")
	f.Add(" ")
	f.Fuzz(func(t *testing.T, header string) {
		a, err := ParseAuthorization(header)
		r := &ACS3{Header: map[string][]string{"X-Acs-Content-Sha256": {payloadHash("")}}}
		if err != nil {
			require.Equal(t, err, r.with(header).Verify("s"))
			return
		}
		again, err := ParseAuthorization(a.String())
		require.NoError(t, err)
		require.Equal(t, a, again)
		require.ErrorIs(t, r.with(header).Verify("s"), ErrMismatch)
	})
}
