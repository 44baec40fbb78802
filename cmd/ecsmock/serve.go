package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime/debug"
	"time"

	"github.com/ecsmock/ecsmock/internal/server"
)

// grace is how long calls in flight may take once the program is told to stop.
const grace = 5 * time.Second

func serve(ctx context.Context, args []string, lookup env, out, log io.Writer) error {
	var s settings
	if err := parse("serve", s.options(), args, lookup, out); err != nil {
		return err
	}
	tune(lookup)
	seed, err := readSeed(s.seed)
	if err != nil {
		return err
	}
	lines := logger(s.log, log)
	srv, err := server.New(server.Options{
		Seed: seed, State: s.state, Edition: s.edition, Strict: s.strict, RandomSeed: s.randomSeed,
		Signatures: s.signatures, Keys: s.keys,
		TLSHosts: s.tlsHosts, TLSCert: s.tlsCert, TLSKey: s.tlsKey,
		Log: lines, Version: buildVersion(),
	})
	switch {
	case errors.Is(err, server.ErrTLS), errors.As(err, new(server.StateError)):
		return err
	case err != nil:
		return fmt.Errorf("the seed %s is refused: %w", s.seed, err)
	}
	l, err := listen(s.addr)
	if err != nil {
		srv.Stop(ctx) // another one may have the state file
		return err
	}
	if s.state != "" {
		s.seed = "" // the world may have moved on since: greet with a call that always works
	}
	greet(out, l.Addr().(*net.TCPAddr), s.seed)
	return serveUntil(ctx, srv, l, lines, grace)
}

// tune gives the garbage collector less to do: a mock is short of time, and its
// heap is small. Who has set GOGC knows better.
func tune(lookup env) {
	if gogc, _ := lookup("GOGC"); gogc == "" {
		debug.SetGCPercent(400)
	}
}

func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w; give another address with -addr, where port 0 picks a free one", addr, bare(err))
	}
	return l, nil
}

// serveUntil serves until the context ends, then lets calls in flight finish, for
// as long as they may take.
func serveUntil(ctx context.Context, srv *server.Server, l net.Listener, log *slog.Logger, most time.Duration) error {
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		done <- err // for the end: there may be a state file to write before
	case <-ctx.Done():
	}
	limit, cancel := context.WithTimeout(context.Background(), most)
	defer cancel()
	switch err := srv.Stop(limit); {
	case errors.Is(err, context.DeadlineExceeded):
		log.Warn("calls were cut off that had not finished in time", "time", most)
	case err != nil:
		return err
	}
	return <-done
}
