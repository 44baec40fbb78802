package sign

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"sort"
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
	p := r.parts()
	c := p.Claim
	for _, part := range [...]Pair{
		{"AccessKeyId", p.AccessKeyID}, {"Signature", p.signature}, {"SignatureMethod", p.method},
		{"SignatureVersion", p.version}, {"SignatureNonce", p.Nonce}, {"Timestamp", p.Timestamp},
	} {
		if part.Value == "" {
			return c, &Error{part.Name, ErrMissing}
		}
	}
	if p.version != "1.0" {
		return c, &Error{"SignatureVersion", ErrVersion}
	}
	if _, err := p.hash(); err != nil {
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
	hash, err := r.parts().hash()
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
	p := r.parts()
	if p.signature == "" {
		return &Error{"Signature", ErrMissing}
	}
	hash, err := p.hash()
	if err != nil {
		return err
	}
	text := r.appendStringToSign(make([]byte, 0, 1024))
	var buf [base64SHA256]byte
	if hmac.Equal(appendV1(buf[:0], hash, secret+"&", text), []byte(p.signature)) {
		return nil
	}
	m := &Mismatch{Err: ErrMismatch, Server: Text{StringToSign: string(text)}}
	m.explain(r.mistakes(hash, secret, m.Server), p.signature)
	return m
}

// parts are the parameters that belong to a signature.
type parts struct {
	Claim
	signature, method, version string
}

// parts returns the parts of the signature, "" for those that are not sent.
func (r *V1) parts() (p parts) {
	for i := range len(r.Query) + len(r.Body) {
		switch q := r.at(i); q.Name {
		case "AccessKeyId":
			p.AccessKeyID = q.Value
		case "Timestamp":
			p.Timestamp = q.Value
		case "SignatureNonce":
			p.Nonce = q.Value
		case "SecurityToken":
			p.SecurityToken = q.Value
		case "Signature":
			p.signature = q.Value
		case "SignatureMethod":
			p.method = q.Value
		case "SignatureVersion":
			p.version = q.Value
		}
	}
	return p
}

// hash returns the hash function of the HMAC. The documentation has only SHA-1.
func (p parts) hash() (func() hash.Hash, error) {
	switch p.method {
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
	sort.Slice(order, func(i, j int) bool {
		a, b := r.at(order[i]).Name, r.at(order[j]).Name
		return a < b || a == b && order[i] < order[j]
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
