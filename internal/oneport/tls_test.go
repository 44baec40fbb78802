package oneport

import (
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNewRefusesOptions(t *testing.T) {
	dir := t.TempDir()
	cert, key := certificateFiles(t, dir)
	_, otherKey := certificateFiles(t, t.TempDir())
	missing, empty := filepath.Join(dir, "missing.pem"), filepath.Join(dir, "empty.pem")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	const (
		one  = "only one of -tls-cert and -tls-key is given; give both, or neither to have certificates made"
		what = " cannot be used: "
		give = "; give PEM files of a certificate and its unencrypted key, or neither to have certificates made"
		host = " is neither a host name nor an IP address; give names or addresses, separated by commas, without scheme or port"
	)
	for name, test := range map[string]struct {
		host, cert, key string
		want            string
	}{
		"a scheme":      {"https://mock", "", "", `-tls-host "https://mock"` + host},
		"a port":        {"mock:2014", "", "", `-tls-host "mock:2014"` + host},
		"a block":       {"10.0.0.0/8", "", "", `-tls-host "10.0.0.0/8"` + host},
		"a wildcard":    {"*.example.com", "", "", `-tls-host "*.example.com"` + host},
		"no host":       {"", "", "", `-tls-host ""` + host},
		"no key":        {"mock", cert, "", one},
		"no cert":       {"mock", "", key, one},
		"missing":       {"mock", missing, key, "-tls-cert " + missing + " with -tls-key " + key + what + "open " + missing + ": no such file or directory" + give},
		"empty":         {"mock", cert, empty, "-tls-cert " + cert + " with -tls-key " + empty + what + "tls: failed to find any PEM data in key input" + give},
		"another's key": {"mock", cert, otherKey, "-tls-cert " + cert + " with -tls-key " + otherKey + what + "tls: private key does not match public key" + give},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := New([]string{test.host}, test.cert, test.key, slog.New(slog.DiscardHandler))
			assert.EqualError(t, err, test.want)
			assert.Nil(t, s)
		})
	}
}

func TestCertificatesAreForTheHosts(t *testing.T) {
	s, err := New([]string{" Mock.Example.com", "192.168.99.100 ", "2001:DB8::1"}, "", "", slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	for _, name := range []string{"mock.example.com", "192.168.99.100", "2001:db8::1"} {
		state, err := greet(t, s, &tls.Config{RootCAs: trusting(t, s).RootCAs, ServerName: name})
		assert.NoError(t, err)
		assert.True(t, state.HandshakeComplete)
	}
}

func TestALPN(t *testing.T) {
	for want, offers := range map[string][]string{
		"h2": {"http/1.1", "h2"}, "http/1.1": {"http/1.1"}, "": nil,
	} {
		state, err := greet(t, newQuiet(t), &tls.Config{InsecureSkipVerify: true, NextProtos: offers})
		assert.NoError(t, err)
		assert.Equal(t, want, state.NegotiatedProtocol)
	}
}

func TestTheUsersCertificate(t *testing.T) {
	cert, key := certificateFiles(t, t.TempDir())
	s, err := New(nil, cert, key, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	_, err = s.CAPEM()
	assert.Equal(t, errNoCA, err)

	own, err := os.ReadFile(cert)
	require.NoError(t, err)
	roots := x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(own))
	state, err := greet(t, s, &tls.Config{RootCAs: roots, ServerName: "own.example.com", NextProtos: []string{"h2"}})
	require.NoError(t, err)
	assert.Equal(t, "h2", state.NegotiatedProtocol)
}

func TestFailedHandshakesAreLogged(t *testing.T) {
	cert, key := certificateFiles(t, t.TempDir())
	const (
		made  = ` hint="most likely the client does not trust the mock; give it the certificate at /_mock/ca.pem, for example with SSL_CERT_FILE; each run has a new one"`
		owned = ` hint="most likely the client does not trust the certificate of -tls-cert; let it trust whatever signed that"`
	)
	client := func(c *tls.Config) func(net.Conn) {
		return func(conn net.Conn) { tls.Client(conn, c).Handshake() }
	}
	for name, test := range map[string]struct {
		cert, key string
		client    func(net.Conn)
		want      string
	}{
		"no trust":                           {"", "", client(&tls.Config{ServerName: "localhost"}), `error="remote error: tls: bad certificate"` + made},
		"no trust in the user's certificate": {cert, key, client(&tls.Config{ServerName: "localhost"}), `error="remote error: tls: bad certificate"` + owned},
		"closes":                             {"", "", leave, `error=EOF` + made},
		"old versions": {"", "", client(&tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}),
			`error="tls: client offered only unsupported versions: [302 301]"`},
	} {
		t.Run(name, func(t *testing.T) {
			log := failure(t, test.cert, test.key, test.client)
			assert.Regexp(t, `level=WARN msg="TLS handshake failed" client=127\.0\.0\.1:\d+ `+regexp.QuoteMeta(test.want)+"\n$", log)
		})
	}
	early := failure(t, "", "", func(conn net.Conn) { conn.(*net.TCPConn).SetLinger(0) })
	assert.Contains(t, early, "reset by peer")
	assert.NotContains(t, early, "hint", "it cannot have been the certificate")
}

// leave begins a handshake and closes once it has the certificate.
func leave(conn net.Conn) {
	tls.Client(conn, &tls.Config{InsecureSkipVerify: true, VerifyPeerCertificate: func([][]byte, [][]*x509.Certificate) error {
		conn.(*net.TCPConn).CloseWrite()
		_, err := io.Copy(io.Discard, conn)
		return err
	}}).Handshake()
}

// failure returns the log of a failed handshake with a client.
func failure(t *testing.T, cert, key string, client func(net.Conn)) string {
	t.Helper()
	var log strings.Builder
	s, err := New(nil, cert, key, slog.New(slog.NewTextHandler(&log, nil)))
	require.NoError(t, err)
	conn, server := connected(t)
	go func() {
		defer conn.Close()
		client(conn)
	}()
	_, err = s.handshake(server)
	assert.Error(t, err)
	server.Close()
	return log.String()
}

func TestHandshakesThatCloseEndsAreNotLogged(t *testing.T) {
	var log strings.Builder
	s, err := New(nil, "", "", slog.New(slog.NewTextHandler(&log, nil)))
	require.NoError(t, err)
	client, server := connected(t)
	server.Close()
	defer client.Close()
	_, err = s.handshake(server)
	assert.ErrorIs(t, err, net.ErrClosed)
	assert.Empty(t, log.String())
}

// greet completes a handshake between a client and s.
func greet(t *testing.T, s *TLS, client *tls.Config) (tls.ConnectionState, error) {
	t.Helper()
	c, server := connected(t)
	done := make(chan error)
	go func() {
		_, err := s.handshake(server)
		done <- err
	}()
	conn := tls.Client(c, client)
	err := conn.Handshake()
	if served := <-done; err == nil {
		err = served
	}
	return conn.ConnectionState(), err
}

// connected returns both ends of a connection over loopback.
func connected(t *testing.T) (client, server net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	client, err = net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	server, err = l.Accept()
	require.NoError(t, err)
	t.Cleanup(func() { client.Close(); server.Close() })
	return client, server
}

// certificateFiles writes a self-signed certificate for own.example.com and its key.
func certificateFiles(t *testing.T, dir string) (cert, key string) {
	t.Helper()
	made, err := newRoot()
	require.NoError(t, err)
	template := &x509.Certificate{NotAfter: made.cert.NotAfter}
	addNames(template, "own.example.com")
	der, err := x509.CreateCertificate(rand.Reader, template, template, made.key.Public(), made.key)
	require.NoError(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(made.key)
	require.NoError(t, err)
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	require.NoError(t, os.WriteFile(cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	require.NoError(t, os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	return cert, key
}
