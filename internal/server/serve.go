package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/ecsmock/ecsmock/internal/oneport"
)

// TLSError says why options for TLS cannot be used.
type TLSError = oneport.Error

// writeTimeout is how long a client may take to read a part of its answer.
const writeTimeout = 2 * time.Minute

func (s *Server) newHTTP() *http.Server {
	return &http.Server{
		Handler:           http.HandlerFunc(s.serveHTTP),
		BaseContext:       withListener,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    1 << 20,
		ConnState:         s.idle.note,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
}

// Serve serves HTTP and HTTPS on the listeners until Stop; then it returns nil. It
// returns an error as soon as one of them fails.
func (s *Server) Serve(listeners ...net.Listener) error {
	ended := make(chan error, len(listeners))
	for _, l := range listeners {
		go func() { ended <- s.http.Serve(s.tls.Listen(l, s.writeTimeout)) }()
	}
	for range listeners {
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			return err
		}
	}
	return nil
}

// Stop accepts no new calls, waits for those in flight until the context ends, and
// closes. Then it writes the state file. If that fails, Stop returns only this error,
// a StateError: a lost world matters more than calls that were cut off.
func (s *Server) Stop(ctx context.Context) error {
	s.idle.close()
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, s.http.Close())
	}
	if failed := s.saver.close(); failed != nil {
		return failed
	}
	return err
}

// connections are those that have not sent anything yet, as browsers and port checks
// open them. http.Server.Shutdown would wait for them for seconds.
type connections struct {
	mu      sync.Mutex
	open    map[net.Conn]struct{}
	stopped bool
}

func (c *connections) note(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case state != http.StateNew:
		delete(c.open, conn)
	case c.stopped:
		conn.Close()
	case c.open == nil:
		c.open = map[net.Conn]struct{}{conn: {}}
	default:
		c.open[conn] = struct{}{}
	}
}

func (c *connections) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped = true
	for conn := range c.open {
		conn.Close()
	}
}
