package server

import (
	"errors"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/sign"
)

// Signatures is what is done about the signatures of calls.
type Signatures uint8

// What can be done: nothing; verify them and tell beside the answer what is wrong;
// refuse what the service would refuse.
const (
	SignaturesOff Signatures = iota
	SignaturesWarn
	SignaturesRequire
)

// String is the mode's name, as the flag has it.
func (s Signatures) String() string { return [...]string{"off", "warn", "require"}[s] }

// authenticate refuses a call whose signature the service would not accept. Where
// it only warns, it notes what would have been refused, and why.
func (s *Server) authenticate(c *rpc.Call) error {
	if s.signatures == SignaturesOff {
		return nil
	}
	err := s.verify(c)
	if err == nil || s.signatures == SignaturesRequire {
		return err
	}
	out := s.unsigned(err)
	c.Note("with -signatures=require this is refused as " + out.Code + ": " + rpc.Explain(err))
	return nil
}

// unsigned is the outcome of a call whose signature is refused.
func (s *Server) unsigned(err error) rpc.Outcome {
	return rpc.Answer(SignatureFailures, err, s.edition)
}

// signed is a request with either signature.
type signed interface {
	Claim() (sign.Claim, error)
	Verify(secret string) error
}

// verify checks the parts of a signature in the order in which the gateway is
// seen to: that they are there, the key, the time, the signature itself, and
// that it is used for the first time.
func (s *Server) verify(c *rpc.Call) error {
	if c.Bearer() {
		return nil
	}
	r := signedBy(c)
	claim, err := r.Claim()
	var part *sign.Error
	if errors.As(err, &part) && errors.Is(err, sign.ErrMissing) {
		return err
	}
	secret, known := s.keys.secret(claim.AccessKeyID)
	if !known && claim.AccessKeyID != "" {
		return rpc.Named(errAccessKey, claim.AccessKeyID)
	}
	if err != nil {
		return err
	}
	if err := claim.Within(c.Received, sign.Window); err != nil {
		return err
	}
	if err := r.Verify(secret); err != nil {
		return mismatch(c, err)
	}
	if claim.Nonce != "" && !s.world.Nonces.Use(claim.AccessKeyID, claim.Nonce, 2*sign.Window) {
		return rpc.Named(errNonce, claim.Nonce)
	}
	return nil
}

// signedBy is what was signed: the parameters as they were sent, the query's before
// the body's.
func signedBy(c *rpc.Call) signed {
	sent, inQuery := make([]sign.Pair, 0, len(c.Params)), 0
	for i := range c.Params {
		p := &c.Params[i]
		if p.Derived {
			continue
		}
		if sent = append(sent, sign.Pair{Name: p.Name, Value: p.Value}); !p.InBody {
			inQuery = len(sent)
		}
	}
	query, body := sent[:inQuery:inQuery], sent[inQuery:]
	if c.ACS3 {
		return &sign.ACS3{Method: c.Method, Host: c.Host, Query: query, Header: c.Header, Body: c.Body}
	}
	return &sign.V1{Method: c.Method, Query: query, Body: body}
}

// mismatch names what the server would have signed, in the form that SDKs look
// for in the message, and puts it into the journal beside what the client signed.
func mismatch(c *rpc.Call, err error) error {
	var m *sign.Mismatch
	if !errors.As(err, &m) {
		return err
	}
	c.Detail = sideBySide(m)
	if !c.ACS3 {
		return &unlike{errSignatureV1, m, m.Server.StringToSign}
	}
	return &unlike{errSignatureACS3, m, "[" + m.Server.StringToSign + "] server CanonicalRequest is [" + m.Server.CanonicalRequest + "]"}
}

// sideBySide is what the server and what the client signed. A signature alone does
// not tell the client's, so that is known only where a known mistake leads to it.
func sideBySide(m *sign.Mismatch) string {
	client := m.Client
	if client.StringToSign == "" {
		client.StringToSign = "unknown: no known mistake leads to its signature; perhaps its secret is another"
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

// unlike is a signature that differs from the server's.
type unlike struct {
	kind error
	*sign.Mismatch
	server string
}

func (u *unlike) Is(target error) bool { return target == u.kind || u.Mismatch.Is(target) }
func (u *unlike) Parameter() string    { return u.server }
