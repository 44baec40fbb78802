package sign

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"slices"
	"strings"
)

// V1 is a request with version 1.0 of the signature. The signature covers the method
// and all parameters of query and body, blank ones, too, except Signature. It covers
// neither host nor headers.
//
// Of parameters with one name the last counts, and the body comes after the
// query. The service does not document it, and no client sends two.
//
// https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism
type V1 struct {
	Method      string
	Query, Body []Pair
}

// Claim returns who signed the request, and the first error in it, in the order of the
// service's documentation. With an error the claim has what the request says.
func (r *V1) Claim() (Claim, error) {
	c := Claim{
		AccessKeyID:   r.get("AccessKeyId"),
		Timestamp:     r.get("Timestamp"),
		Nonce:         r.get("SignatureNonce"),
		SecurityToken: r.get("SecurityToken"),
	}
	for _, part := range [...]string{"AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "SignatureNonce", "Timestamp"} {
		if r.get(part) == "" {
			return c, &Error{part, ErrMissing}
		}
	}
	if r.get("SignatureVersion") != "1.0" {
		return c, &Error{"SignatureVersion", ErrVersion}
	}
	if _, err := r.hash(); err != nil {
		return c, err
	}
	if _, err := ParseTimestamp(c.Timestamp); err != nil {
		return c, &Error{"Timestamp", err}
	}
	return c, nil
}

// StringToSign returns what is signed.
func (r *V1) StringToSign() string { return string(r.appendStringToSign(nil)) }

// Sign returns the signature: HMAC-SHA1 unless SignatureMethod says otherwise.
func (r *V1) Sign(secret string) (string, error) {
	hash, err := r.hash()
	if err != nil {
		return "", err
	}
	text := r.appendStringToSign(make([]byte, 0, 1024))
	return string(appendV1(nil, hash, secret+"&", text)), nil
}

// Verify returns nil if the parameter Signature matches the request and the secret. The
// error is a *Mismatch, or an *Error if there is no signature or its algorithm is
// unknown.
func (r *V1) Verify(secret string) error {
	given := r.get("Signature")
	if given == "" {
		return &Error{"Signature", ErrMissing}
	}
	hash, err := r.hash()
	if err != nil {
		return err
	}
	text := r.appendStringToSign(make([]byte, 0, 1024))
	var buf [base64SHA256]byte
	if hmac.Equal(appendV1(buf[:0], hash, secret+"&", text), []byte(given)) {
		return nil
	}
	m := &Mismatch{Err: ErrMismatch, Server: Text{StringToSign: string(text)}}
	m.explain(r.mistakes(hash, secret, m.Server), given)
	return m
}

// get returns the value of a parameter, "" for none.
func (r *V1) get(name string) string {
	for _, pairs := range [...][]Pair{r.Body, r.Query} {
		for i := len(pairs) - 1; i >= 0; i-- {
			if pairs[i].Name == name {
				return pairs[i].Value
			}
		}
	}
	return ""
}

// hash returns the hash function of the HMAC. The documentation has only SHA-1.
func (r *V1) hash() (func() hash.Hash, error) {
	switch r.get("SignatureMethod") {
	case "", "HMAC-SHA1":
		return sha1.New, nil
	case "HMAC-SHA256":
		return sha256.New, nil
	}
	return nil, &Error{"SignatureMethod", ErrAlgorithm}
}

func (r *V1) appendStringToSign(dst []byte) []byte {
	return r.appendQuery(append(append(dst, r.Method...), "&%2F&"...), twice)
}

// appendQuery appends the parameters that are signed, sorted by name.
func (r *V1) appendQuery(dst []byte, e encoding) []byte {
	var buf [32]int
	order := buf[:0]
	for i := range len(r.Query) + len(r.Body) {
		if r.at(i).Name != "Signature" {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(strings.Compare(r.at(a).Name, r.at(b).Name), a-b)
	})
	first := true
	for n, i := range order {
		p := r.at(i)
		if n+1 < len(order) && r.at(order[n+1]).Name == p.Name {
			continue // the last counts
		}
		dst, first = e.appendPair(dst, first, p), false
	}
	return dst
}

// at returns a parameter by its index, from the query's first to the body's last.
// Sorting indexes is twice as fast as sorting pairs.
func (r *V1) at(i int) *Pair {
	if i < len(r.Query) {
		return &r.Query[i]
	}
	return &r.Body[i-len(r.Query)]
}

// base64SHA256 is the length of the longest signature.
const base64SHA256 = (sha256.Size + 2) / 3 * 4

// appendV1 appends a signature as V1 writes it.
func appendV1(dst []byte, hash func() hash.Hash, key string, text []byte) []byte {
	var sum [sha256.Size]byte
	return base64.StdEncoding.AppendEncode(dst, appendMAC(sum[:0], hash, key, text))
}

func appendMAC(dst []byte, hash func() hash.Hash, key string, text []byte) []byte {
	mac := hmac.New(hash, []byte(key))
	mac.Write(text)
	return mac.Sum(dst)
}
