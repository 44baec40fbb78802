package oneport

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"time"
)

// TLS is the TLS side of a mock: its certificates, made by an authority of its own or
// given by the user.
type TLS struct {
	config *tls.Config
	ca     *authority // nil if the user gave a certificate
	log    *slog.Logger
}

// New returns the TLS of a mock. Hosts are the names of -tls-host; the files, both or
// neither, are those of -tls-cert and -tls-key. It makes no key yet, which takes time.
// An error is an Error.
func New(hosts []string, certFile, keyFile string, log *slog.Logger) (*TLS, error) {
	names, err := hostNames(hosts)
	if err != nil {
		return nil, err
	}
	t := &TLS{config: &tls.Config{NextProtos: []string{"h2", "http/1.1"}}, log: log}
	if certFile == "" && keyFile == "" {
		t.ca = newAuthority(names)
		t.config.GetCertificate = t.ca.GetCertificate
		return t, nil
	}
	cert, err := loadCertificate(certFile, keyFile)
	if err != nil {
		return nil, err
	}
	t.config.Certificates = []tls.Certificate{cert}
	return t, nil
}

// Error is the error of options that cannot be used: one sentence that says what to do.
type Error struct {
	error
	File bool // whether the files are at fault, not how the options were given
}

func hostNames(hosts []string) ([]string, error) {
	var names []string
	for _, host := range hosts {
		name, ok := hostName(strings.TrimSpace(host))
		if !ok {
			return nil, Error{error: fmt.Errorf("-tls-host %q is neither a host name nor an IP address; give names or addresses, separated by commas, without scheme or port", host)}
		}
		names = append(names, name)
	}
	return names, nil
}

func loadCertificate(certFile, keyFile string) (tls.Certificate, error) {
	if certFile == "" || keyFile == "" {
		return tls.Certificate{}, Error{error: errors.New("only one of -tls-cert and -tls-key is given; give both, or neither to have certificates made")}
	}
	cert, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		err = Error{fmt.Errorf("-tls-cert %s with -tls-key %s cannot be used: %w; give PEM files of a certificate and its unencrypted key, or neither to have certificates made",
			certFile, keyFile, err), true}
	}
	return cert, err
}

// Listen returns a listener for HTTP and HTTPS that accepts from inner. Closing it
// closes inner. A write to a client that does not read fails after the timeout, at
// the latest after twice that.
//
// An http.Server serves HTTP/2 on it by itself as long as it has no TLSConfig and no
// TLSNextProto of its own.
func (t *TLS) Listen(inner net.Listener, writeTimeout time.Duration) net.Listener {
	return newListener(inner, t.handshake, writeTimeout)
}

// errNoCA says why there is no certificate to hand out.
var errNoCA = errors.New("this mock uses the certificate of -tls-cert; clients have to trust whatever signed that")

// CAPEM returns the certificate that clients have to trust, which is made when it is
// first asked for. There is none if the user gave a certificate.
func (t *TLS) CAPEM() ([]byte, error) {
	if t.ca == nil {
		return nil, errNoCA
	}
	return t.ca.CertPEM()
}

func (t *TLS) handshake(conn net.Conn) (net.Conn, error) {
	c := tls.Server(conn, t.config)
	if err := c.Handshake(); err != nil {
		t.logFailure(c, err)
		return nil, err
	}
	return c, nil
}

func (t *TLS) logFailure(c *tls.Conn, err error) {
	if errors.Is(err, net.ErrClosed) {
		return // the mock is stopping
	}
	attrs := []any{"client", c.RemoteAddr().String(), "error", err}
	if distrusted(c, err) {
		attrs = append(attrs, "hint", t.trustHint())
	}
	t.log.Warn("TLS handshake failed", attrs...)
}

// distrusted reports whether the client closed the connection after it had seen the
// certificate. The error need not say so: Node just closes, and OpenSSL sends its
// alert unencrypted where it should be encrypted by then, which reads as a bad MAC.
func distrusted(c *tls.Conn, err error) bool {
	if c.ConnectionState().Version == 0 {
		return false // it has not seen a certificate
	}
	op := (*net.OpError)(nil)
	return errors.Is(err, io.EOF) || errors.As(err, &op)
}

// trustHint returns what to do about a client that does not trust the certificate.
func (t *TLS) trustHint() string {
	if t.ca == nil {
		return "most likely the client does not trust the certificate of -tls-cert; let it trust whatever signed that"
	}
	return "most likely the client does not trust the mock; give it the certificate at /_mock/ca.pem, for example with SSL_CERT_FILE; each run has a new one"
}
