// Package sign is both ways in which a call to Alibaba Cloud is signed: V1, where
// all that there is to it are parameters, and ACS3, where it stands in headers. It
// signs and verifies; who has which secret, which timestamps are too old and
// which nonces are used up is not for it to know.
package sign

// Pair is a parameter, decoded.
type Pair struct{ Name, Value string }

// Claim is who signed a request and when, as the request tells it. Nothing of it
// is verified.
type Claim struct {
	AccessKeyID   string
	Timestamp     string
	Nonce         string // ACS3 can do without
	SecurityToken string // only a temporary key has one
}

// Text is what a signature is calculated over.
type Text struct {
	StringToSign     string
	CanonicalRequest string // whose hash the string to sign has in ACS3; "" in V1
}
