// Package ecsmock runs a mock of Alibaba Cloud's ECS security-group API inside a Go
// program, for tests above all:
//
//	srv := ecsmock.Start(t, ecsmock.Seed("testdata/web.json"))
//	client := newClient(srv.Endpoint(), srv.AccessKeyID, srv.AccessKeySecret)
//
// The mock listens on a free port of 127.0.0.1, over HTTP and HTTPS alike, and is
// closed when the test ends. If the test has failed by then, the last calls are
// logged, each with its hint: why the mock answered as it did.
//
// Everything here can also be done over HTTP, under /_mock/, by tests in other
// languages; the forms are the same. A mistake in what a test asks for (an unknown
// region in a state, an unknown code in a fault) ends the test with a sentence that
// says what to do: the test that Start was given, so ask from its goroutine or from
// that of a subtest. On a server made by [New] there is no test to end, and it panics.
//
// A Server is safe for concurrent use. To share one among parallel tests, give each
// an account of its own with [Server.NewAccount]: accounts never see each other.
package ecsmock

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ecsmock/ecsmock/internal/server"
)

// grace is how long Close waits for calls in flight.
const grace = 100 * time.Millisecond

// Server is a running mock. Start and New make one.
type Server struct {
	// URL is where the mock is, such as http://127.0.0.1:40123. The same port
	// answers to https as well; see Client.
	URL string

	// AccessKeyID and AccessKeySecret are the first of the Credentials, else testid
	// and testsecret, and belong to the account 1234567890123456.
	AccessKeyID, AccessKeySecret string

	tb       TB
	mock     *server.Server
	listener net.Listener
	accounts atomic.Int64 // how many NewAccount has made
	printed  atomic.Int64 // the newest call that a failed assertion has printed
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
		if t.Failed() {
			s.logCalls(t)
		}
	})
	return s
}

// New runs a mock until Close, for use outside tests. It fails if an option cannot
// be had or a seed is refused.
func New(options ...Option) (*Server, error) {
	var c config
	for _, o := range options {
		if err := o(&c); err != nil {
			return nil, err
		}
	}
	mock, err := server.New(c.Options)
	if err != nil {
		return nil, fmt.Errorf("the seed is refused: %w", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("no port of 127.0.0.1 can be listened on: %w", err)
	}
	key := c.key()
	s := &Server{URL: "http://" + l.Addr().String(), AccessKeyID: key.ID, AccessKeySecret: key.Secret, tb: outside{}, mock: mock, listener: l}
	s.client = sync.OnceValues(s.newClient)
	done := make(chan struct{})
	go func() {
		defer close(done)
		mock.Serve(l) // ends with Close
	}()
	s.close = sync.OnceFunc(func() { s.stop(done) })
	return s, nil
}

// Close takes no new calls, cuts off those that are not done within a tenth of a
// second, and frees the port. The world, the calls and the clock can still be looked
// at. To close twice is to close once.
func (s *Server) Close() { s.close() }

func (s *Server) stop(done <-chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	s.mock.Stop(ctx) // fails only where it had to cut calls off
	s.listener.Close()
	<-done
}

// Endpoint is the host and port of the mock, such as 127.0.0.1:40123: what an SDK
// takes as its endpoint.
func (s *Server) Endpoint() string { return s.listener.Addr().String() }

// Credential is an access key, and whose it is.
type Credential struct {
	ID        string // the AccessKeyId
	Secret    string // the secret it signs with
	AccountID string // 1 to 64 letters and digits; blank is 1234567890123456
}

// firstAccount is the number before that of the first account that NewAccount makes.
const firstAccount = 2_000_000_000_000_000

// NewAccount makes the credentials of an account that nobody has used yet, with 16
// digits as the service's have. It sees none of the other accounts' groups, so each
// of several parallel tests can have a world to itself on one server.
func (s *Server) NewAccount() Credential {
	id := strconv.FormatInt(firstAccount+s.accounts.Add(1), 10)
	return Credential{ID: id, Secret: s.AccessKeySecret, AccountID: id}
}
