package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// readTime is how long a client may take to read its answer. Only when that is made
// the time begins: a fault may make it late, and http.Server's own WriteTimeout would
// begin with the request.
const readTime = 2 * time.Minute

// hurry breaks off an answer that has not been read by then. A test's recorder needs
// no hurry.
func (s *Server) hurry(w http.ResponseWriter, d time.Duration) {
	if c, ok := w.(interface{ SetWriteDeadline(time.Time) error }); ok {
		c.SetWriteDeadline(time.Now().Add(d))
	}
}

func (s *Server) newHTTP() *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    1 << 20,
		ConnState:         s.fresh.note,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
}

// Serve answers what comes in on the listener, over HTTP and HTTPS, until Stop;
// then it returns nil.
func (s *Server) Serve(l net.Listener) error {
	if err := s.http.Serve(s.tls.Listen(l)); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Stop takes no new calls, waits for those in flight until the context ends, and
// closes. Then it writes the state file; if that fails it is a StateError, and the
// one error told: that calls were cut off is little beside a world that is lost.
func (s *Server) Stop(ctx context.Context) error {
	s.fresh.close()
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, s.http.Close())
	}
	if lost := s.keeper.close(); lost != nil {
		return lost
	}
	return err
}

// connections are those that have not sent anything yet, as browsers and port
// checks open them. Nobody is owed an answer there, and to wait for them would
// hold up a stop for seconds.
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
