package server

import (
	"errors"
	"slices"
	"time"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/sign"
)

// Signatures says whether signatures are verified.
type Signatures uint8

// The values of Signatures: do not verify; verify and answer anyway, with the error in
// the hint; refuse what the service would refuse.
const (
	SignaturesOff Signatures = iota
	SignaturesWarn
	SignaturesRequire
)

// String returns the value of the flag.
func (s Signatures) String() string { return [...]string{"off", "warn", "require"}[s] }

// authenticate returns an error if the service would refuse the call's signature. With
// SignaturesWarn it only notes the error.
func (s *Server) authenticate(c *request) error {
	if s.signatures == SignaturesOff {
		return nil
	}
	err := s.verify(c)
	if err == nil || s.signatures == SignaturesRequire {
		return err
	}
	out := s.unsigned(err)
	c.Note("-signatures=require would refuse this with " + out.Code + ": " + rpc.Explain(err))
	return nil
}

// unsigned returns the outcome of a call whose signature is refused.
func (s *Server) unsigned(err error) rpc.Outcome {
	return rpc.Answer(SignatureFailures, err, s.edition)
}

// signed is a request with a signature of either version.
type signed interface {
	Claim() (sign.Claim, error)
	Verify(secret string) error
}

// verify checks the parts of a signature in the order that was observed at the
// gateway: missing parts, the key and its token, the time, the signature, the nonce. A
// timestamp is valid by the mock's clock or by real time: a test that moves the clock
// signs with the time of its own.
func (s *Server) verify(c *request) error {
	if c.Bearer() {
		return errBearer
	}
	r := c.signed()
	claim, err := r.Claim()
	if errors.Is(err, sign.ErrMissing) {
		return err
	}
	secret, unknown := s.keys.claimed(&claim, c.Received)
	switch {
	case unknown != nil:
		return unknown
	case err != nil:
		return err
	}
	if err := claim.Within(c.Received, sign.Window); err != nil && claim.Within(c.started, sign.Window) != nil {
		return err
	}
	if err := r.Verify(secret); err != nil {
		return mismatch(&c.Call, err)
	}
	if claim.Nonce == "" {
		return nil
	}
	signed, _ := sign.ParseTimestamp(claim.Timestamp)
	valid := func(signed time.Time) bool {
		return c.Received.Sub(signed).Abs() <= sign.Window || c.started.Sub(signed).Abs() <= sign.Window
	}
	if !s.world.Nonces.Use(claim.AccessKeyID, claim.Nonce, signed, valid) {
		return rpc.Named(errNonce, claim.Nonce)
	}
	return nil
}

// signed returns the signed request: the parameters as they were sent, the query's
// before the body's.
func (c *request) signed() signed {
	sent, inQuery := slices.Grow(c.pairs[:0], len(c.Params)), 0
	for i := range c.Params {
		p := &c.Params[i]
		if p.Derived {
			continue
		}
		value := p.Value
		if i < len(c.sent) {
			value = c.sent[i]
		}
		if sent = append(sent, sign.Pair{Name: p.Name, Value: value}); !p.InBody {
			inQuery = len(sent)
		}
	}
	c.pairs = sent
	query, body := sent[:inQuery:inQuery], sent[inQuery:]
	if c.ACS3 {
		return &sign.ACS3{Method: c.Method, Host: c.Host, Query: query, Header: c.Header, Body: c.Body}
	}
	return &sign.V1{Method: c.Method, Query: query, Body: body}
}

// mismatch returns an error with the server's string to sign, in the form that SDKs
// look for in the message, and puts both sides into the journal.
func mismatch(c *rpc.Call, err error) error {
	var m *sign.Mismatch
	if !errors.As(err, &m) {
		return err
	}
	c.Detail = sideBySide(m)
	if !c.ACS3 {
		return &mismatchError{errSignatureV1, m, m.Server.StringToSign}
	}
	return &mismatchError{errSignatureACS3, m, "[" + m.Server.StringToSign + "] server CanonicalRequest is [" + m.Server.CanonicalRequest + "]"}
}

// sideBySide returns what the server and what the client signed. The client's text is
// known only if a known mistake explains its signature.
func sideBySide(m *sign.Mismatch) string {
	client := m.Client
	if client.StringToSign == "" {
		client.StringToSign = "unknown: no known mistake explains its signature; its secret may differ"
	}
	text := "server signs: " + m.Server.StringToSign + "\nclient signs: " + client.StringToSign
	if m.Server.CanonicalRequest != "" {
		text += "\nserver's canonical request:\n" + m.Server.CanonicalRequest
	}
	if client.CanonicalRequest != "" {
		text += "\nclient's canonical request:\n" + client.CanonicalRequest
	}
	return text
}

// mismatchError is a signature that differs from the server's.
type mismatchError struct {
	kind error
	*sign.Mismatch
	server string
}

func (u *mismatchError) Is(target error) bool { return target == u.kind || u.Mismatch.Is(target) }
func (u *mismatchError) Parameter() string    { return u.server }

// Errors of a signature beside those of package sign.
var (
	errAccessKey     = errors.New("the mock does not know the access key; give it with -credentials id:secret, or use a key of 16 digits")
	errBearer        = errors.New("ECS takes no bearer token; sign the call with an access key")
	errNoToken       = errors.New("the id of the access key begins with STS., so it is temporary; send its token in SecurityToken or x-acs-security-token")
	errToken         = errors.New("the token is not that of the access key in -credentials id:secret:account:token")
	errExpired       = errors.New("the temporary access key has expired by the mock's clock; ask AssumeRole for another one")
	errNonce         = errors.New("each call must have a new nonce; sign a repeated call again")
	errSignatureV1   = errors.New("the signature does not match the parameters")
	errSignatureACS3 = errors.New("the signature does not match the headers")
)

const (
	missingPart = "%s is mandatory for this action."
	invalidPart = "Specified parameter %s is not valid."
	notConform  = "The request signature does not conform to Aliyun standards."
)

// SignatureFailures are the rows of refused signatures. SDKs look for the server's
// string to sign in the message, to distinguish a wrong secret from a wrong signature.
// A Try is laid over a signed call of the contract, or it is headers for one without a
// signature of version 1.0.
var SignatureFailures = []*rpc.Failure{
	{On: sign.ErrMissing, Of: "AccessKeyId", Status: 400, Code: "MissingAccessKeyId", Message: missingPart, When: "AccessKeyId is missing.", Try: "-AccessKeyId"},
	{On: sign.ErrMissing, Of: "Signature", Status: 400, Code: "MissingSignature", Message: missingPart, When: "Signature is missing.", Try: "-Signature"},
	{On: sign.ErrMissing, Of: "SignatureMethod", Status: 400, Code: "MissingSignatureMethod", Message: missingPart, When: "SignatureMethod is missing.", Try: "-SignatureMethod"},
	{On: sign.ErrMissing, Of: "SignatureVersion", Status: 400, Code: "MissingSignatureVersion", Message: missingPart, When: "SignatureVersion is missing.", Try: "-SignatureVersion"},
	{On: sign.ErrMissing, Of: "SignatureNonce", Status: 400, Code: "MissingSignatureNonce", Message: missingPart, When: "SignatureNonce is missing.", Try: "-SignatureNonce"},
	{On: sign.ErrMissing, Of: "Timestamp", Status: 400, Code: "MissingTimestamp", Message: missingPart, When: "Timestamp is missing.", Try: "-Timestamp"},
	{On: sign.ErrMissing, Status: 400, Code: "MissingParameter", Message: `The input parameter "%s" that is mandatory for processing this request is not supplied.`, When: "A header that ACS3 needs is missing.", Try: "-H 'Authorization: ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host,Signature=0'"},
	{On: errBearer, Status: 403, Code: "UnsupportedSignatureType", Message: "This signature type is not supported.", When: "The call has a bearer token.", Try: "SignatureType=BEARERTOKEN"},
	{On: errNoToken, Status: 400, Code: "MissingSecurityToken", Message: "SecurityToken is mandatory for this action.", When: "The access key begins with STS. and SecurityToken is missing.", Try: "AccessKeyId=STS.testid"},
	{On: errToken, Status: 400, Code: "InvalidSecurityToken.Malformed", Message: "Specified SecurityToken is malformed.", When: "SecurityToken is not that of the access key.", Try: "AccessKeyId=STS.testid&SecurityToken=another"},
	{On: errExpired, Status: 400, Code: "InvalidSecurityToken.Expired", Message: "Specified SecurityToken is expired.", When: "The temporary access key has expired by the mock's clock."},
	{On: errAccessKey, Status: 404, Code: "InvalidAccessKeyId.NotFound", Message: "Specified access key is not found.", When: "The access key is unknown.", Try: "AccessKeyId=nobody"},
	{On: sign.ErrVersion, Status: 400, Code: "InvalidSignatureVersion", Message: invalidPart, When: "SignatureVersion is not 1.0.", Try: "SignatureVersion=2.0"},
	{On: sign.ErrAlgorithm, Status: 400, Code: "InvalidSignatureMethod", Message: "Specified signature method is not valid.", When: "The algorithm is unknown.", Try: "SignatureMethod=MD5"},
	{On: sign.ErrAuthorization, Status: 400, Code: "IncompleteSignature", Message: notConform, When: "The header Authorization is malformed.", Try: "-H 'Authorization: ACS3-HMAC-SHA256 testid'"},
	{On: sign.ErrSignedHeaders, Status: 400, Code: "IncompleteSignature", Message: notConform, When: "SignedHeaders is malformed.", Try: "-H 'Authorization: ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;host,Signature=0'"},
	{On: sign.ErrNotSigned, Status: 400, Code: "IncompleteSignature", Message: notConform, When: "SignedHeaders lacks host, an x-acs- header that is sent, or content-type of a body.", Try: "-H 'Authorization: ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host,Signature=0' -H 'x-acs-date: 2030-01-02T03:04:05Z' -H 'x-acs-content-sha256: 0'"},
	{On: sign.ErrTimestamp, Status: 400, Code: "InvalidTimeStamp.Format", Message: "Specified time stamp or date value is not well formatted.", When: "The timestamp is not yyyy-MM-ddTHH:mm:ssZ.", Try: "Timestamp=2030-01-02"},
	{On: sign.ErrExpired, Status: 400, Code: "InvalidTimeStamp.Expired", Message: "Specified time stamp or date value is expired.", When: "The timestamp is more than 15 minutes off both the mock's clock and real time.", Try: "Timestamp=2016-02-23T12:46:24Z"},
	{On: errNonce, Status: 400, Code: "SignatureNonceUsed", Message: "Specified signature nonce was used already.", When: "The nonce was used before.", Try: "SignatureNonce=1; SignatureNonce=1"},
	{On: errSignatureV1, Until: rpc.Edition2020, Status: 400, Code: "IncompleteSignature", Message: notConform + " server string to sign is:%s", When: "The signature of version 1.0 is wrong.", Try: "Signature=wrong"},
	{On: errSignatureV1, Since: rpc.Edition2025, Status: 400, Code: "SignatureDoesNotMatch", Message: "Specified signature is not matched with our calculation. server string to sign is:%s", When: "The signature of version 1.0 is wrong.", Try: "Signature=wrong"},
	{On: errSignatureACS3, Status: 400, Code: "SignatureDoesNotMatch", Message: "Specified signature does not match our calculation. server StringToSign is %s", When: "The signature of ACS3 is wrong.", Try: "-H 'Authorization: ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-content-sha256;x-acs-date,Signature=0' -H 'x-acs-date: 2030-01-02T03:04:05Z' -H 'x-acs-content-sha256: 0'"},
}
