package sign

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sort"
	"strings"
)

// ACS3 is a request with version 3 of the signature, ACS3-HMAC-SHA256. It covers
// the method, the query, the hash of the body, and the headers that the client
// lists in SignedHeaders, such as Host with its port. Parameters in the body are
// covered by its hash only.
//
// https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
type ACS3 struct {
	Method string
	Host   string // as it was sent, with its port
	Query  []Pair
	Header map[string][]string // under the names that net/http gives to headers: X-Acs-Date
	Body   string
}

// Claim returns who signed the request, and the first error in it. With an error the
// claim has what the request says. The documentation does not require a nonce, though
// all SDKs send one.
func (r *ACS3) Claim() (Claim, error) {
	a, err := ParseAuthorization(r.first("authorization"))
	c := Claim{
		AccessKeyID:   a.Credential,
		Timestamp:     r.first("x-acs-date"),
		Nonce:         r.first("x-acs-signature-nonce"),
		SecurityToken: r.first("x-acs-security-token"),
	}
	if err != nil {
		return c, err
	}
	for _, part := range [...]string{"x-acs-date", "x-acs-content-sha256"} {
		if r.first(part) == "" {
			return c, &Error{part, ErrMissing}
		}
	}
	if _, err := ParseTimestamp(c.Timestamp); err != nil {
		return c, &Error{"x-acs-date", err}
	}
	if name := r.unsigned(a.SignedHeaders); name != "" {
		return c, &Error{name, ErrNotSigned}
	}
	return c, nil
}

// unsigned returns the first header, in the order of the names, that must be signed and
// is not, or "". The vendor's older Java SDK sends an unsigned Content-Type with a blank
// body, so that it is needed with a body only.
func (r *ACS3) unsigned(signedHeaders string) string {
	first := ""
	for name := range r.Header {
		must := name == "Content-Type" && r.Body != "" || strings.HasPrefix(name, "X-Acs-")
		if must && !lists(signedHeaders, name) && (first == "" || name < first) {
			first = name
		}
	}
	if first == "" && !lists(signedHeaders, "host") {
		return "host"
	}
	return strings.ToLower(first)
}

// Text returns what is signed with a list of SignedHeaders. The order of the list is
// the order of the headers. A listed header that the request lacks is blank.
func (r *ACS3) Text(signedHeaders string) Text {
	request := r.appendCanonical(nil, signedHeaders)
	return Text{StringToSign: string(appendHashed(nil, request)), CanonicalRequest: string(request)}
}

// Sign returns the header Authorization. The headers to sign must be set, also
// x-acs-content-sha256.
func (r *ACS3) Sign(accessKeyID, secret, signedHeaders string) string {
	request := r.appendCanonical(make([]byte, 0, 1024), signedHeaders)
	return Authorization{accessKeyID, signedHeaders, string(appendACS3(nil, secret, request))}.String()
}

// Verify returns nil if the signature in the header Authorization matches the request
// and the secret. The error is a *Mismatch, or an *Error if the header is missing or
// malformed.
func (r *ACS3) Verify(secret string) error {
	a, err := ParseAuthorization(r.first("authorization"))
	if err != nil {
		return err
	}
	request := r.appendCanonical(make([]byte, 0, 1024), a.SignedHeaders)
	hash := request[len(request)-hex.EncodedLen(sha256.Size):]
	if r.first("x-acs-content-sha256") != string(hash) {
		return &Mismatch{Err: ErrPayloadHash, Server: r.Text(a.SignedHeaders)}
	}
	var buf [hexSHA256]byte
	if hmac.Equal(appendACS3(buf[:0], secret, request), []byte(a.Signature)) {
		return nil
	}
	m := &Mismatch{Err: ErrMismatch, Server: r.Text(a.SignedHeaders)}
	m.explain(r.mistakes(secret, a.SignedHeaders, m.Server), a.Signature)
	return m
}

// appendCanonical appends the canonical request. Its last line is the hash of the
// received body, whatever x-acs-content-sha256 says.
func (r *ACS3) appendCanonical(dst []byte, signedHeaders string) []byte {
	dst = append(append(dst, r.Method...), "\n/\n"...)
	dst = append(r.appendQuery(dst), '\n')
	for names := signedHeaders; names != ""; {
		var name string
		name, names, _ = strings.Cut(names, ";")
		dst = r.appendHeader(dst, name)
	}
	dst = append(appendLower(append(dst, '\n'), signedHeaders), '\n')
	sum := sha256.Sum256([]byte(r.Body))
	return hex.AppendEncode(dst, sum[:])
}

// appendQuery appends the query, sorted by name and then by value.
func (r *ACS3) appendQuery(dst []byte) []byte {
	var buf [32]int
	order := buf[:0]
	for i := range r.Query {
		order = append(order, i)
	}
	sort.Slice(order, func(i, j int) bool {
		a, b := &r.Query[order[i]], &r.Query[order[j]]
		return a.Name < b.Name || a.Name == b.Name && a.Value < b.Value
	})
	for n, i := range order {
		dst = once.appendPair(dst, n == 0, &r.Query[i])
	}
	return dst
}

// appendHeader appends name:value with the value trimmed. Several values are sorted
// and separated by commas.
func (r *ACS3) appendHeader(dst []byte, name string) []byte {
	dst = append(appendLower(dst, name), ':')
	values := r.values(name)
	if len(values) > 1 {
		values = slices.Clone(values)
		for i, value := range values {
			values[i] = strings.TrimSpace(value)
		}
		slices.Sort(values)
	}
	for i, value := range values {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, strings.TrimSpace(value)...)
	}
	return append(dst, '\n')
}

// first returns a header's first value, "" for none.
func (r *ACS3) first(name string) string {
	if values := r.values(name); len(values) > 0 {
		return strings.TrimSpace(values[0])
	}
	return ""
}

// values returns a header's values. net/http keeps Host apart from the headers.
func (r *ACS3) values(name string) []string {
	var buf [64]byte
	key := appendLower(buf[:0], name)
	if string(key) == "host" {
		return []string{r.Host}
	}
	for i, c := range key {
		if (i == 0 || key[i-1] == '-') && 'a' <= c && c <= 'z' {
			key[i] = c - 'a' + 'A'
		}
	}
	return r.Header[string(key)]
}

func appendLower(dst []byte, text string) []byte {
	for i := range len(text) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// hexSHA256 is the length of a signature.
const hexSHA256 = 2 * sha256.Size

// appendACS3 appends the signature of a canonical request.
func appendACS3(dst []byte, secret string, request []byte) []byte {
	var sum [sha256.Size]byte
	text := appendHashed(make([]byte, 0, len(ACS3HMACSHA256)+1+hexSHA256), request)
	return hex.AppendEncode(dst, appendMAC(sum[:0], sha256.New, secret, text))
}

// appendHashed appends the string to sign.
func appendHashed(dst, request []byte) []byte {
	sum := sha256.Sum256(request)
	dst = append(append(dst, ACS3HMACSHA256...), '\n')
	return hex.AppendEncode(dst, sum[:])
}
