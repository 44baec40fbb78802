package sign

import "errors"

// What can be wrong with a signature.
var (
	ErrMissing       = errors.New("a part that every signed request has is missing or blank")
	ErrVersion       = errors.New("the version of the signature is 1.0")
	ErrAlgorithm     = errors.New("the algorithm is HMAC-SHA1 or HMAC-SHA256 in SignatureMethod, and ACS3-HMAC-SHA256 in Authorization")
	ErrAuthorization = errors.New("an Authorization has each of Credential, SignedHeaders and Signature once: ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;x-acs-date,Signature=hex")
	ErrSignedHeaders = errors.New("SignedHeaders names each header once, up to 100 of them, with semicolons between them and without Authorization itself")
	ErrTimestamp     = errors.New("a timestamp is yyyy-MM-ddTHH:mm:ssZ, in UTC and without a fraction of a second")
	ErrExpired       = errors.New("a timestamp lies within 15 minutes of the clock of the mock")
	ErrPayloadHash   = errors.New("x-acs-content-sha256 is the SHA-256 of the body in lower-case hexadecimal digits")
	ErrMismatch      = errors.New("the signature is not the one that the request has with this secret")
)

// Error tells which part of a signature is wrong, and why.
type Error struct {
	Part string // a parameter, a header or a part of Authorization
	Err  error
}

func (e *Error) Error() string { return e.Part + ": " + e.Err.Error() }

func (e *Error) Unwrap() error { return e.Err }

// Parameter is the name of the part.
func (e *Error) Parameter() string { return e.Part }

// Mismatch is a signature that differs from the one that the server calculates.
type Mismatch struct {
	Err     error  // ErrMismatch; or ErrPayloadHash, which is an ErrMismatch too
	Server  Text   // what the client should have signed
	Client  Text   // what it did sign, if a known mistake leads to its signature
	Mistake string // which one, as a sentence; "" if none does
}

func (m *Mismatch) Error() string { return m.Err.Error() }

func (m *Mismatch) Unwrap() error { return m.Err }

// Is makes every mismatch an ErrMismatch, whatever led to it.
func (m *Mismatch) Is(target error) bool { return target == ErrMismatch }

// Hint tells a person what to look at first.
func (m *Mismatch) Hint() string {
	switch {
	case m.Mistake != "":
		return m.Mistake
	case m.Err == ErrMismatch:
		return "compare what the client signed with the server's string to sign; if they are equal, the secret is another"
	}
	return m.Err.Error()
}
