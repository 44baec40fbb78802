package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/server"
)

// grace is how long calls in flight may take once the program is told to stop.
const grace = 5 * time.Second

func serve(ctx context.Context, args []string, lookup env, out, log io.Writer) error {
	var s settings
	if err := parse(s.flags(), args, lookup, out); err != nil {
		return err
	}
	seed, err := readSeed(s.seed)
	if err != nil {
		return err
	}
	srv, err := server.New(server.Options{
		Seed: seed, Edition: s.edition, Strict: s.strict, RandomSeed: s.randomSeed,
		Log: logger(s.log, log), Version: buildVersion(),
	})
	if err != nil {
		return fmt.Errorf("seed %s: %w", s.seed, err)
	}
	l, err := net.Listen("tcp", s.addr)
	if err != nil {
		return fmt.Errorf("cannot listen: %w; choose another address with -addr", err)
	}
	greet(out, l.Addr().(*net.TCPAddr), s.seed)
	return serveUntil(ctx, srv, l)
}

// serveUntil serves until the context ends, then lets calls in flight finish.
func serveUntil(ctx context.Context, srv *server.Server, l net.Listener) error {
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	limit, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if err := srv.Stop(limit); err != nil {
		return err
	}
	return <-done
}

// readSeed reads the state to begin with, nil for none.
func readSeed(name string) ([]byte, error) {
	switch name {
	case "":
		return nil, nil
	case "demo":
		return ecs.Demo, nil
	}
	seed, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the seed: %w; it is a state file, or the word demo", err)
	}
	return seed, nil
}

// greet prints where the mock listens, for scripts, and a call that works, for people.
func greet(out io.Writer, addr *net.TCPAddr, seed string) {
	url := "http://" + reachable(addr)
	call := "Action=DescribeSecurityGroups&RegionId=cn-hangzhou"
	if seed == "demo" {
		call = ecs.RevokeSecurityGroup.Name
		call = "Action=" + call + "&" + ecs.RevokeSecurityGroup.Example
	}
	fmt.Fprintf(out, "listening on %s\ncurl '%s/?%s'\n", url, url, call)
}

// reachable is an address that a client on this machine can dial.
func reachable(addr *net.TCPAddr) string {
	if !addr.IP.IsUnspecified() {
		return addr.String()
	}
	return fmt.Sprintf("127.0.0.1:%d", addr.Port)
}

func logger(form string, log io.Writer) *slog.Logger {
	switch form {
	case "json":
		return slog.New(slog.NewJSONHandler(log, nil))
	case "off":
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(log, nil))
}
