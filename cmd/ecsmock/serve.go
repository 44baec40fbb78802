package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"runtime/debug"
	"time"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/server"
)

const (
	demo  = "demo"          // the name of the built-in seed
	grace = 5 * time.Second // how long calls in progress may take after a signal
)

func serve(ctx context.Context, args []string, lookup env, out, log io.Writer) error {
	var s settings
	if err := parse("serve", s.options(), args, lookup, out); err != nil {
		return err
	}
	tune(lookup)
	lines := logger(s.log, log)
	srv, err := newServer(&s, lines)
	if err != nil {
		return err
	}
	l, err := listen(s.addr)
	if err != nil {
		srv.Stop(ctx) // releases the state file
		return err
	}
	if s.state != "" {
		s.seed = "" // the world may have changed since: print a call that always works
	}
	greet(out, l.Addr().(*net.TCPAddr), s.seed)
	return serveUntil(ctx, srv, l, lines, grace)
}

func newServer(s *settings, log *slog.Logger) (*server.Server, error) {
	seed, err := readSeed(s.seed)
	if err != nil {
		return nil, err
	}
	srv, err := server.New(server.Options{
		Seed: seed, State: s.state, Edition: s.edition, Regions: s.regions, Strict: s.strict, RandomSeed: s.randomSeed,
		Signatures: s.signatures, Keys: s.keys, VPCs: s.vpcs, Settle: s.settle,
		TLSHosts: s.tlsHosts, TLSCert: s.tlsCert, TLSKey: s.tlsKey,
		Log: log, Version: release,
	})
	switch {
	case errors.Is(err, server.ErrTLS), errors.As(err, new(server.StateError)):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("the seed %s is not valid: %w", s.seed, err)
	}
	return srv, nil
}

// readSeed returns the state to start with, nil for none.
func readSeed(name string) ([]byte, error) {
	switch name {
	case "":
		return nil, nil
	case demo:
		return ecs.Demo, nil
	}
	seed, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the seed %s: %w; -seed is a state file or demo", name, cause(err))
	}
	return seed, nil
}

// logger returns a logger that writes in the format that -log names.
func logger(format string, to io.Writer) *slog.Logger {
	switch format {
	case "json":
		return slog.New(slog.NewJSONHandler(to, nil))
	case "off":
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(to, nil))
}

// tune makes the garbage collector run less often, unless GOGC is set: a mock's
// heap is small, and its calls are short.
func tune(lookup env) {
	if gogc, _ := lookup("GOGC"); gogc == "" {
		debug.SetGCPercent(125)
	}
}

func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w; choose another address with -addr; port 0 picks a free port", addr, cause(err))
	}
	return l, nil
}

// greet prints the address of the mock, for scripts, and a call that works, for people.
func greet(out io.Writer, addr *net.TCPAddr, seed string) {
	call := "Action=" + ecs.DescribeSecurityGroups.Name + "&RegionId=cn-hangzhou"
	if seed == demo {
		call = "Action=" + ecs.RevokeSecurityGroup.Name + "&" + ecs.RevokeSecurityGroup.Example
	}
	at := url.URL{Scheme: "http", Host: reachable(addr)}
	fmt.Fprintf(out, "listening on %s\ncurl '%s/?%s'\n", &at, &at, call)
}

// reachable returns an address that a client on this machine can dial.
func reachable(addr *net.TCPAddr) string {
	if addr.IP.IsUnspecified() {
		return fmt.Sprintf("127.0.0.1:%d", addr.Port)
	}
	return addr.String()
}

// serveUntil serves until the context ends, then lets calls in progress finish
// within the limit.
func serveUntil(ctx context.Context, srv *server.Server, l net.Listener, log *slog.Logger, limit time.Duration) error {
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		done <- err // returned at the end: Stop may have a state file to write first
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	switch err := srv.Stop(stopping); {
	case errors.Is(err, context.DeadlineExceeded):
		log.Warn("calls in progress were cut off at shutdown", "limit", limit)
	case err != nil:
		return err
	}
	return <-done
}

// cause returns an error without the address or the file that the sentence around
// it already names.
func cause(err error) error {
	if op := (*net.OpError)(nil); errors.As(err, &op) {
		return op.Err
	}
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}
