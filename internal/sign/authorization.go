package sign

import "strings"

// ACS3HMACSHA256 is the algorithm that an Authorization begins with.
const ACS3HMACSHA256 = "ACS3-HMAC-SHA256"

// maxSignedHeaders is how many headers may be signed. Clients sign about ten.
const maxSignedHeaders = 100

// An Authorization is the header with the signature of ACS3.
type Authorization struct {
	Credential    string // the access key's id
	SignedHeaders string // host;x-acs-action;…, as the client has them
	Signature     string // lower-case hexadecimal digits
}

// ParseAuthorization parses the header. Its parts may have any order, with or without
// spaces after the commas: the Java SDK sends Signature before SignedHeaders.
func ParseAuthorization(header string) (Authorization, error) {
	var a Authorization
	header = strings.TrimSpace(header)
	if header == "" {
		return a, &Error{"Authorization", ErrMissing}
	}
	algorithm, rest, _ := strings.Cut(header, " ")
	if algorithm != ACS3HMACSHA256 {
		return a, &Error{"Authorization", ErrAlgorithm}
	}
	for rest != "" {
		var part string
		part, rest, _ = strings.Cut(rest, ",")
		if !a.set(strings.Cut(strings.TrimSpace(part), "=")) {
			return a, &Error{"Authorization", ErrAuthorization}
		}
	}
	return a, a.check()
}

// set sets one part. It reports false if the part is unknown or set already.
func (a *Authorization) set(name, value string, _ bool) bool {
	var part *string
	switch name {
	case "Credential":
		part = &a.Credential
	case "SignedHeaders":
		part = &a.SignedHeaders
	case "Signature":
		part = &a.Signature
	}
	if part == nil || *part != "" {
		return false
	}
	*part = value
	return true
}

func (a *Authorization) check() error {
	switch {
	case a.Credential == "":
		return &Error{"Credential", ErrMissing}
	case a.SignedHeaders == "":
		return &Error{"SignedHeaders", ErrMissing}
	case a.Signature == "":
		return &Error{"Signature", ErrMissing}
	case !wellFormed(a.SignedHeaders):
		return &Error{"SignedHeaders", ErrSignedHeaders}
	}
	return nil
}

// wellFormed reports whether a list of headers can be signed. A name that is listed
// twice would copy a long value twice; Authorization would put a signature into error
// messages.
func wellFormed(list string) bool {
	if strings.Count(list, ";") >= maxSignedHeaders {
		return false
	}
	for more := true; more; {
		var name string
		name, list, more = strings.Cut(list, ";")
		if name == "" || strings.EqualFold(name, "Authorization") || lists(list, name) {
			return false
		}
	}
	return true
}

// lists reports whether a list has a name.
func lists(list, name string) bool {
	for list != "" {
		var one string
		one, list, _ = strings.Cut(list, ";")
		if strings.EqualFold(one, name) {
			return true
		}
	}
	return false
}

// String returns the value of the header.
func (a Authorization) String() string {
	return ACS3HMACSHA256 + " Credential=" + a.Credential + ",SignedHeaders=" + a.SignedHeaders + ",Signature=" + a.Signature
}
