package oneport

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// served is an HTTP and HTTPS server.
type served struct {
	*TLS
	http *http.Server
	addr string
	done chan error
}

// serveBoth serves a handler until the end of the test.
func serveBoth(t testing.TB, h http.HandlerFunc) *served {
	t.Helper()
	s := &served{TLS: newQuiet(t), http: &http.Server{Handler: h}, done: make(chan error, 1)}
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s.addr = inner.Addr().String()
	l := s.Listen(inner, time.Minute)
	go func() { s.done <- s.http.Serve(l) }()
	t.Cleanup(func() { s.http.Close() })
	return s
}

// proto answers with the request's protocol and body.
func proto(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	fmt.Fprintf(w, "%s %t %s", r.Proto, r.TLS != nil, body)
}

func (s *served) dial(t testing.TB, data string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", s.addr)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(time.Minute))
	_, err = io.WriteString(conn, data)
	require.NoError(t, err)
	return conn
}

// post posts a body and returns the answer's.
func post(t testing.TB, client *http.Client, url, body string) string {
	t.Helper()
	answer, err := client.Post(url, "text/plain", strings.NewReader(body))
	require.NoError(t, err)
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return string(got)
}

func TestHTTPAndHTTPSOnOnePort(t *testing.T) {
	s := serveBoth(t, proto)
	silent := s.dial(t, "")
	stuck := s.dial(t, "\x16\x03\x01")
	h1, h2 := newClient(t, s.TLS, false), newClient(t, s.TLS, true)
	long := strings.Repeat("x", 1<<20)
	for range 3 {
		assert.Equal(t, "HTTP/1.1 false plain", post(t, h1, "http://"+s.addr, "plain"))
		assert.Equal(t, "HTTP/1.1 true one", post(t, h1, "https://"+s.addr, "one"))
		assert.Equal(t, "HTTP/2.0 true two", post(t, h2, "https://"+s.addr, "two"))
		assert.Equal(t, "HTTP/1.1 false "+long, post(t, h2, "http://"+s.addr, long))
		assert.Equal(t, "HTTP/2.0 true "+long, post(t, h2, "https://"+s.addr, long))
	}
	silent.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
	got, err := io.ReadAll(silent)
	assert.NoError(t, err)
	assert.Contains(t, string(got), "HTTP/1.1 false ", "a client may be silent at first")
	stuck.Close()
}

func TestEveryNameIsServed(t *testing.T) {
	s := serveBoth(t, proto)
	for _, name := range []string{"localhost", "ecs.aliyuncs.com", "ecs.cn-hangzhou.aliyuncs.com", "ecsmock", "127.0.0.1", "[::1]"} {
		client := newClient(t, s.TLS, true)
		client.Transport.(*http.Transport).DialContext = func(context.Context, string, string) (net.Conn, error) {
			return net.Dial("tcp", s.addr)
		}
		assert.Equal(t, "HTTP/2.0 true x", post(t, client, "https://"+name, "x"), name)
	}
	_, err := (&http.Client{Transport: &http.Transport{}}).Get("https://" + s.addr)
	assert.ErrorContains(t, err, "certificate", "clients do not trust it by themselves")
}

func TestPlainHTTPMakesNoKey(t *testing.T) {
	s := serveBoth(t, proto)
	s.ca.root = func() (*root, error) { return nil, errors.New("a key was made") }
	assert.Equal(t, "HTTP/1.1 false x", post(t, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}, "http://"+s.addr, "x"))
	_, err := tls.Dial("tcp", s.addr, &tls.Config{InsecureSkipVerify: true})
	assert.Error(t, err)
}

func TestEveryFirstByteIsSafe(t *testing.T) {
	s := serveBoth(t, proto)
	for first := range 256 {
		for _, rest := range []string{"", "\x03\x01\xff\xff", " / HTTP/1.1\r\n\r\n", strings.Repeat("\x16", 1<<12)} {
			conn := s.dial(t, "")
			conn.Write(append([]byte{byte(first)}, rest...))
			conn.(*net.TCPConn).CloseWrite()
			_, err := io.Copy(io.Discard, conn)
			assert.False(t, errors.Is(err, os.ErrDeadlineExceeded), "%#x %q", first, rest)
			conn.Close()
		}
	}
	assert.Equal(t, "HTTP/1.1 false x", post(t, newClient(t, s.TLS, false), "http://"+s.addr, "x"))
}

func TestAnswersArriveThoughBodiesAreNotRead(t *testing.T) {
	s := serveBoth(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close")
		io.WriteString(w, "enough")
	})
	conn := s.dial(t, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 67108864\r\n\r\n")
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		for chunk := bytes.Repeat([]byte("x"), 1<<16); ; {
			if _, err := conn.Write(chunk); err != nil {
				return
			}
		}
	}()
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	got, err := io.ReadAll(answer.Body)
	assert.NoError(t, err)
	assert.Equal(t, "enough", string(got))
	conn.Close()
	<-sent
}

func TestShutdown(t *testing.T) {
	inside, release := make(chan struct{}), make(chan struct{})
	s := serveBoth(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			inside <- struct{}{}
			<-release
		}
		proto(w, r)
	})
	waiting := []net.Conn{s.dial(t, ""), s.dial(t, "\x16"), s.dial(t, "\x16\x03\x01\x02\x00\x01")}
	answers := make(chan string)
	for _, by := range []struct {
		http2  bool
		scheme string
	}{{false, "http"}, {false, "https"}, {true, "https"}} {
		url := by.scheme + "://" + s.addr
		post(t, newClient(t, s.TLS, by.http2), url, "") // leaves its connection idle
		slow := newClient(t, s.TLS, by.http2)
		go func() { answers <- post(t, slow, url+"/slow", "slow") }()
		<-inside
	}

	stopped := make(chan error)
	go func() { stopped <- s.http.Shutdown(context.Background()) }()
	for _, conn := range waiting {
		_, err := io.Copy(io.Discard, conn)
		assert.NoError(t, err, "is closed at once")
	}
	assert.ErrorIs(t, <-s.done, http.ErrServerClosed)
	close(release)
	assert.ElementsMatch(t, []string{"HTTP/1.1 false slow", "HTTP/1.1 true slow", "HTTP/2.0 true slow"},
		[]string{<-answers, <-answers, <-answers})
	assert.NoError(t, <-stopped)
	assert.EventuallyWithT(t, func(c *assert.CollectT) {
		assert.NotContains(c, stacks(), "(*listener)")
	}, time.Minute, time.Millisecond, "a goroutine is left")
}

// stacks returns the stacks of all goroutines.
func stacks() string {
	b := make([]byte, 1<<20)
	return string(b[:runtime.Stack(b, true)])
}

// clientHello returns the first bytes of a TLS client.
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

// trusting returns the configuration of a client that trusts the authority of s.
func trusting(t testing.TB, s *TLS) *tls.Config {
	t.Helper()
	ca, err := s.CAPEM()
	require.NoError(t, err)
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(ca))
	return &tls.Config{RootCAs: pool}
}

// newClient returns a client that trusts the authority of s.
func newClient(t testing.TB, s *TLS, http2 bool) *http.Client {
	t.Helper()
	tr := &http.Transport{TLSClientConfig: trusting(t, s), ForceAttemptHTTP2: http2}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

// BenchmarkNew is what each start of a mock costs.
func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(nil, "", "", slog.New(slog.DiscardHandler)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAuthorityFirst is the cost of certificates for the first TLS connection.
func BenchmarkAuthorityFirst(b *testing.B) {
	for b.Loop() {
		if _, err := newAuthority(nil).leaf("localhost")(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAuthorityName is their cost for the first connection by another name.
func BenchmarkAuthorityName(b *testing.B) {
	a := newAuthority(nil)
	for b.Loop() {
		if _, err := a.issue("localhost"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAuthorityAgain is their cost for every other connection.
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
	resuming := trusting(b, s.TLS)
	resuming.ClientSessionCache = tls.NewLRUClientSessionCache(1)
	for _, kind := range []struct {
		name, scheme string
		config       *tls.Config
	}{{"http", "http", nil}, {"https", "https", trusting(b, s.TLS)}, {"https resumed", "https", resuming}} {
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
