package server

import (
	"crypto/tls"
	"io"
	"log/slog"
	"net/http"
	"testing"
)

// BenchmarkTLSReady is what every start pays.
func BenchmarkTLSReady(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := newTLS(nil, "", "", slog.New(slog.DiscardHandler)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAuthorityFirst is what the first TLS connection pays for certificates.
func BenchmarkAuthorityFirst(b *testing.B) {
	for b.Loop() {
		if _, err := newAuthority(nil).leaf("localhost")(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAuthorityName is what the first connection by another name pays.
func BenchmarkAuthorityName(b *testing.B) {
	a := newAuthority(nil)
	for b.Loop() {
		if _, err := a.issue("localhost"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAuthorityAgain is what every other connection pays for certificates.
func BenchmarkAuthorityAgain(b *testing.B) {
	a, h := newAuthority(nil), hello("127.0.0.1:2014", "")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.GetCertificate(h); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTLSConnection is a connection with one call, both sides of it.
func BenchmarkTLSConnection(b *testing.B) {
	s := serveBoth(b, func(w http.ResponseWriter, _ *http.Request) {})
	resuming := trusting(b, s.security)
	resuming.ClientSessionCache = tls.NewLRUClientSessionCache(1)
	for _, kind := range []struct {
		name, scheme string
		config       *tls.Config
	}{{"http", "http", nil}, {"https", "https", trusting(b, s.security)}, {"https resumed", "https", resuming}} {
		b.Run(kind.name, func(b *testing.B) {
			client := &http.Client{Transport: &http.Transport{TLSClientConfig: kind.config, DisableKeepAlives: true}}
			for b.Loop() {
				answer, err := client.Get(kind.scheme + "://" + s.addr)
				if err != nil {
					b.Fatal(err)
				}
				io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
			}
		})
	}
}
