// Package sign signs and verifies calls to Alibaba Cloud in both ways: V1, where the
// signature and all that belongs to it are parameters, and ACS3, where they are
// headers. The caller knows the secrets, the time and the used nonces.
package sign

import (
	"errors"
	"fmt"
	"time"
)

// A Pair is a decoded parameter.
type Pair struct{ Name, Value string }

// A Claim is who signed a request and when, as the request says, not verified.
type Claim struct {
	AccessKeyID   string
	Timestamp     string
	Nonce         string // optional in ACS3
	SecurityToken string // of a temporary key
}

// A Text is what is signed.
type Text struct {
	StringToSign     string
	CanonicalRequest string // its hash is in the string to sign of ACS3; "" in V1
}

// Errors of a signature.
var (
	ErrMissing       = errors.New("a required part of the signature is missing or blank")
	ErrVersion       = errors.New("SignatureVersion must be 1.0")
	ErrAlgorithm     = errors.New("the algorithm must be HMAC-SHA1 or HMAC-SHA256 in SignatureMethod, ACS3-HMAC-SHA256 in Authorization")
	ErrAuthorization = errors.New("Authorization must have each of Credential, SignedHeaders and Signature once: ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;x-acs-date,Signature=hex")
	ErrSignedHeaders = errors.New("SignedHeaders must name 1 to 100 headers, each once, separated by semicolons, without Authorization")
	ErrNotSigned     = errors.New("SignedHeaders must name host, every x-acs- header that is sent, and content-type of a body; this one is left out")
	ErrTimestamp     = errors.New("a timestamp must be yyyy-MM-ddTHH:mm:ssZ, in UTC, without a fraction of a second")
	ErrExpired       = errors.New("a timestamp must be within 15 minutes of the mock's clock or of real time")
	ErrPayloadHash   = errors.New("x-acs-content-sha256 must be the SHA-256 of the body in lower-case hexadecimal digits")
	ErrMismatch      = errors.New("the signature does not match the request and the secret")
)

// An Error is an error in one part of a signature.
type Error struct {
	Part string // a parameter, a header or a part of Authorization
	Err  error
}

func (e *Error) Error() string { return e.Part + ": " + e.Err.Error() }

func (e *Error) Unwrap() error { return e.Err }

// Parameter returns the name of the part.
func (e *Error) Parameter() string { return e.Part }

// A Mismatch is a signature that differs from the one that the server calculates.
type Mismatch struct {
	Err     error  // ErrMismatch; or ErrPayloadHash, which is an ErrMismatch too
	Server  Text   // what the client should have signed
	Client  Text   // what it signed, if a known mistake explains its signature
	Mistake string // how to correct it, one sentence; "" for none
}

func (m *Mismatch) Error() string { return m.Err.Error() }

func (m *Mismatch) Unwrap() error { return m.Err }

// Is reports that every mismatch is an ErrMismatch.
func (m *Mismatch) Is(target error) bool { return target == ErrMismatch }

// Hint returns what to check first.
func (m *Mismatch) Hint() string {
	switch {
	case m.Mistake != "":
		return m.Mistake
	case m.Err == ErrMismatch:
		return "compare the client's string to sign with the server's; if they are equal, the secrets differ"
	}
	return m.Err.Error()
}

// Window is how far a timestamp may be from the clock, in either direction.
const Window = 15 * time.Minute

const timestampLayout = "2006-01-02T15:04:05Z"

// ParseTimestamp parses the one form of a timestamp that both signatures accept. The
// error is ErrTimestamp.
func ParseTimestamp(text string) (time.Time, error) {
	// Package time accepts fractions of a second and hours of one digit even if the
	// layout has none. Both change the length.
	if len(text) != len(timestampLayout) {
		return time.Time{}, ErrTimestamp
	}
	t, err := time.Parse(timestampLayout, text)
	if err != nil {
		return time.Time{}, ErrTimestamp
	}
	return t, nil
}

// FormatTimestamp returns a time in the form of both signatures.
func FormatTimestamp(t time.Time) string { return t.UTC().Format(timestampLayout) }

// Within returns ErrExpired if the claim's timestamp is further from now than window,
// and ErrTimestamp if it is malformed.
func (c Claim) Within(now time.Time, window time.Duration) error {
	t, err := ParseTimestamp(c.Timestamp)
	if err != nil {
		return err
	}
	off := t.Sub(now)
	if off.Abs() <= window {
		return nil
	}
	where := "ahead of"
	if off < 0 {
		where = "behind"
	}
	return fmt.Errorf("%w; %s is %v %s %s", ErrExpired, c.Timestamp, off.Abs().Truncate(time.Second), where, FormatTimestamp(now))
}

// An encoding is percent-encoding, applied once or twice.
type encoding struct{ percent, equals, and string }

// ACS3 signs an encoded query. V1 encodes an encoded query again; twice does both at
// once.
var (
	once  = encoding{"%", "=", "&"}
	twice = encoding{"%25", "%3D", "%26"}
)

// appendPair appends name=value, with an ampersand before all but the first.
func (t encoding) appendPair(dst []byte, first bool, p *Pair) []byte {
	if !first {
		dst = append(dst, t.and...)
	}
	dst = append(t.append(dst, p.Name), t.equals...)
	return t.append(dst, p.Value)
}

// append appends text as both signatures encode it: all bytes but letters, digits and
// - _ . ~ become %XX. net/url and form encoders differ: here a space is %20, an
// asterisk is %2A, and a tilde stays.
func (t encoding) append(dst []byte, text string) []byte {
	const digits = "0123456789ABCDEF"
	start := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if plain[c] {
			continue
		}
		dst = append(dst, text[start:i]...)
		dst = append(dst, t.percent...)
		dst = append(dst, digits[c>>4], digits[c&15])
		start = i + 1
	}
	return append(dst, text[start:]...)
}

// plain are the bytes that are not encoded.
var plain = func() (t [256]bool) {
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~" {
		t[c] = true
	}
	return t
}()
