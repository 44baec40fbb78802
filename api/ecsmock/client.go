package ecsmock

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
)

// clients is a client and what makes it trust the mock.
type clients struct {
	http *http.Client
	pem  []byte
}

// Client is an HTTP client that trusts the mock's certificates, for https in place
// of http in the URL. It is the same at each call.
func (s *Server) Client() *http.Client {
	c, err := s.client()
	if err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Client: %v", err)
		return nil
	}
	return c.http
}

// CAPEM is the certificate, in PEM, that a client has to trust to speak https with
// the mock. It is another in each run.
func (s *Server) CAPEM() []byte {
	c, err := s.client()
	if err != nil {
		s.tb.Helper()
		s.tb.Fatalf("CAPEM: %v", err)
		return nil
	}
	return append([]byte(nil), c.pem...)
}

func (s *Server) newClient() (*clients, error) {
	a := exchange(s.mock, "GET", "/_mock/ca.pem", nil)
	if a.status != http.StatusOK {
		return nil, refusal(a)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(a.body.Bytes())
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}
	return &clients{&http.Client{Transport: transport}, a.body.Bytes()}, nil
}
