package server

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// clientHello is how a client begins TLS.
func clientHello(t testing.TB) []byte {
	t.Helper()
	client, server := net.Pipe()
	defer client.Close()
	defer server.Close()
	go tls.Client(client, &tls.Config{ServerName: "localhost"}).Handshake()
	b := make([]byte, 1<<14)
	n, err := server.Read(b)
	require.NoError(t, err)
	return b[:n]
}

// trusting is the configuration of a client that trusts the authority of s.
func trusting(t testing.TB, s *security) *tls.Config {
	t.Helper()
	ca, err := s.CAPEM()
	require.NoError(t, err)
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(ca))
	return &tls.Config{RootCAs: pool}
}

// browse is a client that has connections of its own, which trust s.
func browse(t testing.TB, s *security, http2 bool) *http.Client {
	t.Helper()
	tr := &http.Transport{TLSClientConfig: trusting(t, s), ForceAttemptHTTP2: http2}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}
