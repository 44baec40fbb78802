// Package ecsmock runs a mock of Alibaba Cloud's ECS API for security groups inside a
// Go test or program:
//
//	srv := ecsmock.Start(t, ecsmock.Seed("testdata/web.json"))
//	client := newClient(srv.Endpoint(), srv.AccessKeyID, srv.AccessKeySecret)
//
// The mock listens on a free port of 127.0.0.1 for HTTP and HTTPS, and is closed when
// the test ends. If the test has failed, the last calls are logged, each with a hint
// that explains the answer.
//
// Tests in other languages can do all of this over HTTP, under /_mock/; the forms are
// the same. A mistake in a test, such as an unknown region in a state, ends the test
// that was passed to Start with Fatalf, so call the methods from the goroutine of that
// test or of a subtest. A server made by [New] has no test, and panics.
//
// A Server is safe for concurrent use. Parallel tests share one by [Server.For], which
// gives each test an account of its own: accounts never see each other's groups.
//
//	var srv *ecsmock.Server // set by TestMain, with New
//
//	func TestClose(t *testing.T) {
//		t.Parallel()
//		mine := srv.For(t)
//		mine.Add(ecsmock.State{SecurityGroups: …})
//		…
//		mine.LacksRule(t, "sg-web", open)
//	}
package ecsmock

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ecsmock/ecsmock/internal/server"
)

// grace is how long Close waits for calls in progress.
const grace = 100 * time.Millisecond

// A Server is a running mock, or one account of it. Start and New make a mock; For
// returns the account of a test.
type Server struct {
	// URL is the address of the mock, such as http://127.0.0.1:40123. The same port
	// serves https; see Client.
	URL string

	// AccessKeyID and AccessKeySecret are the first of the Credentials. Without
	// Credentials they are testid and testsecret, of the account 1234567890123456.
	AccessKeyID, AccessKeySecret string

	// AccountID is the account of the access key.
	AccountID string

	bound    bool // to the account, by For
	tb       TB
	mock     *server.Server
	listener net.Listener
	accounts *atomic.Int64 // number of accounts made by NewAccount
	printed  atomic.Int64  // number of the last call that a failed assertion printed
	client   func() (*clients, error)
	close    func()
}

// Start runs a mock until the test, benchmark or fuzz test ends. Its world is empty
// unless an option fills it.
func Start(t TB, options ...Option) *Server {
	t.Helper()
	s, err := New(options...)
	if err != nil {
		t.Fatalf("ecsmock.Start: %v", err)
		return nil
	}
	s.tb = t
	t.Cleanup(func() {
		s.Close()
		s.report(t)
	})
	return s
}

// For returns the server as a new account sees it, for one test of several that share the
// server: its access key is that of the account, and State, Load, Add, Reset, Calls,
// faults, assertions and what a failure prints are about that account alone. The clock is
// that of the server. What the account has is removed when the test ends, and the calls
// of a failed test are logged before.
//
// Mistakes end the test t, also where the server was made by New.
func (s *Server) For(t TB) *Server {
	t.Helper()
	key := s.NewAccount()
	mine := &Server{
		URL: s.URL, AccessKeyID: key.ID, AccessKeySecret: key.Secret, AccountID: key.AccountID, bound: true,
		tb: t, mock: s.mock, listener: s.listener, accounts: s.accounts, client: s.client, close: func() {},
	}
	t.Cleanup(func() {
		mine.report(t)
		mine.Reset()
	})
	return mine
}

// report logs what a test should know at its end: its calls if it has failed, and the
// faults that never acted.
func (s *Server) report(t TB) {
	t.Helper()
	if t.Failed() {
		s.logCalls(t)
	}
	for _, f := range s.Faults() {
		if f.Acted == 0 {
			t.Logf("ecsmock: the fault %s never acted; it matched %d calls", f, f.Matched)
		}
	}
}

// New runs a mock until Close, for use outside tests. It returns an error if an option
// or the seed is not valid.
func New(options ...Option) (*Server, error) {
	var c config
	for _, o := range options {
		if err := o(&c); err != nil {
			return nil, err
		}
	}
	mock, err := server.New(c.Options)
	if err != nil {
		return nil, fmt.Errorf("the seed is not valid: %w", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("cannot listen on 127.0.0.1: %w", err)
	}
	key := c.key()
	s := &Server{
		URL: "http://" + l.Addr().String(), AccessKeyID: key.ID, AccessKeySecret: key.Secret, AccountID: cmp.Or(key.Account, server.DefaultAccount),
		tb: noTest{}, mock: mock, listener: l, accounts: new(atomic.Int64),
	}
	s.client = sync.OnceValues(s.newClient)
	done := make(chan struct{})
	go func() {
		defer close(done)
		mock.Serve(l) // ends with Close
	}()
	s.close = sync.OnceFunc(func() { s.stop(done) })
	return s, nil
}

// Close refuses new calls, waits a tenth of a second for calls in progress, and frees
// the port. The state, the calls and the clock can still be read. A second Close does
// nothing, and neither does that of an account made by For.
func (s *Server) Close() { s.close() }

func (s *Server) stop(done <-chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	s.mock.Stop(ctx) // an error means that calls were cut off
	s.listener.Close()
	<-done
}

// Endpoint returns the host and port of the mock, such as 127.0.0.1:40123, which SDKs
// take as their endpoint.
func (s *Server) Endpoint() string { return s.listener.Addr().String() }

// A Credential is an access key of an account.
type Credential struct {
	ID        string // the AccessKeyId
	Secret    string // the secret that signs calls
	AccountID string // 1 to 64 letters and digits; blank is 1234567890123456
	Token     string // the security token of a temporary key, whose ID begins with STS.; blank for others
}

// firstAccount is one less than the first account that NewAccount makes.
const firstAccount = 2_000_000_000_000_000

// NewAccount returns the credentials of a new account, whose id has 16 digits as at the
// service. Accounts do not see each other's groups, so parallel tests with an account
// each can share one server.
func (s *Server) NewAccount() Credential {
	id := strconv.FormatInt(firstAccount+s.accounts.Add(1), 10)
	return Credential{ID: id, Secret: s.AccessKeySecret, AccountID: id}
}

// clients is an HTTP client and the certificate that it trusts.
type clients struct {
	http *http.Client
	pem  []byte
}

// Client returns an HTTP client that trusts the mock's certificates. Use it with https
// instead of http in the URL. Each call returns the same client.
func (s *Server) Client() *http.Client {
	c, err := s.client()
	if err != nil {
		s.tb.Helper()
		s.tb.Fatalf("Client: %v", err)
		return nil
	}
	return c.http
}

// CAPEM returns the certificate, in PEM, that a client has to trust for https. It is
// new in each run.
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

// TB is the part of testing.TB that the mock uses. *testing.T, *testing.B and *testing.F
// implement it.
type TB interface {
	Helper()
	Cleanup(f func())
	Failed() bool
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// noTest is the TB of a server that was started outside tests. A mistake panics.
type noTest struct{}

func (noTest) Helper()                           {}
func (noTest) Cleanup(func())                    {}
func (noTest) Failed() bool                      { return false }
func (noTest) Logf(string, ...any)               {}
func (noTest) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (noTest) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
