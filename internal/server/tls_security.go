package server

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
)

// security is how a mock speaks TLS: with certificates that it makes itself, or with
// one of the user's own.
type security struct {
	config *tls.Config
	ca     *authority // nil where the certificate is the user's
	log    *slog.Logger
}

// newTLS makes ready for TLS without making a key, which takes time. The hosts are
// those of -tls-host; the files, both or neither, those of -tls-cert and -tls-key.
// An error is one sentence that says what to do.
func newTLS(hosts []string, certFile, keyFile string, log *slog.Logger) (*security, error) {
	names, err := hostNames(hosts)
	if err != nil {
		return nil, err
	}
	s := &security{config: &tls.Config{NextProtos: []string{"h2", "http/1.1"}}, log: log}
	if certFile == "" && keyFile == "" {
		s.ca = newAuthority(names)
		s.config.GetCertificate = s.ca.GetCertificate
		return s, nil
	}
	own, err := ownCertificate(certFile, keyFile)
	if err != nil {
		return nil, err
	}
	s.config.Certificates = []tls.Certificate{own}
	return s, nil
}

func hostNames(hosts []string) ([]string, error) {
	var names []string
	for _, host := range hosts {
		name, ok := hostName(strings.TrimSpace(host))
		if !ok {
			return nil, fmt.Errorf("-tls-host %q is neither a host name nor an IP address; give such, separated by commas, without scheme or port", host)
		}
		names = append(names, name)
	}
	return names, nil
}

func ownCertificate(certFile, keyFile string) (tls.Certificate, error) {
	if certFile == "" || keyFile == "" {
		return tls.Certificate{}, errors.New("only one of -tls-cert and -tls-key is given; give both, or neither to have certificates made")
	}
	own, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		err = fmt.Errorf("-tls-cert %s with -tls-key %s cannot be used: %w; give PEM files of a certificate and of its key, not encrypted, or neither to have certificates made",
			certFile, keyFile, err)
	}
	return own, err
}

// Listen makes a listener for HTTP and HTTPS out of one for HTTP. It accepts from
// the inner one from now on until it is closed, which closes the inner one.
//
// An http.Server serves HTTP/2 on it by itself as long as it has no TLSConfig and no
// TLSNextProto of its own.
func (s *security) Listen(inner net.Listener) net.Listener { return sniff(inner, s.secure) }

// errNoCA says why there is no certificate to hand out.
var errNoCA = errors.New("this mock was started with a certificate of your own, by -tls-cert; let clients trust whoever signed that")

// CAPEM is the certificate that clients have to trust, which is made when first
// asked for. There is none where the user has brought a certificate.
func (s *security) CAPEM() ([]byte, error) {
	if s.ca == nil {
		return nil, errNoCA
	}
	return s.ca.CertPEM()
}

// secure shakes hands with a client.
func (s *security) secure(conn net.Conn) (net.Conn, error) {
	c := tls.Server(conn, s.config)
	if err := c.Handshake(); err != nil {
		s.logFailure(c, err)
		return nil, err
	}
	return c, nil
}

// logFailure tells of a handshake that came to nothing.
func (s *security) logFailure(c *tls.Conn, err error) {
	if errors.Is(err, net.ErrClosed) {
		return // by us: the mock stops
	}
	attrs := []any{"client", c.RemoteAddr().String(), "error", err}
	if distrusted(c, err) {
		attrs = append(attrs, "hint", s.trust())
	}
	s.log.Warn("no TLS handshake", attrs...)
}

// distrusted tells whether it was the client who broke off once it had seen the
// certificate. The error need not say so: Node just closes, and what OpenSSL sends
// to complain is not encrypted, as it should be by then, and reads as a bad MAC.
func distrusted(c *tls.Conn, err error) bool {
	if c.ConnectionState().Version == 0 {
		return false // it never came to a certificate
	}
	op := (*net.OpError)(nil)
	return errors.Is(err, io.EOF) || errors.As(err, &op)
}

// trust is what a user does whose client breaks off.
func (s *security) trust() string {
	if s.ca == nil {
		return "most likely the client does not trust the certificate of -tls-cert; let it trust whoever signed that"
	}
	return "most likely the client does not trust the mock; give it the certificate at /_mock/ca.pem, which is another in each run, with SSL_CERT_FILE for one"
}
