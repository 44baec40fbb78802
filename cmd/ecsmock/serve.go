package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/server"
	"github.com/ecsmock/ecsmock/internal/shadow"
)

const (
	demo  = "demo"          // the name of the built-in seed
	admin = "/_mock/"       // the path of the page
	grace = 5 * time.Second // how long calls in progress may take after a signal
)

func serve(ctx context.Context, args []string, environ env, out, log io.Writer) error {
	var s settings
	err := s.serve(ctx, args, environ, out, log)
	if err != nil && s.log == "json" {
		return jsonError{err}
	}
	return err
}

func (s *settings) serve(ctx context.Context, args []string, environ env, out, log io.Writer) error {
	if err := parse("serve", s.options(), args, environ, out); err != nil {
		return err
	}
	tune(environ)
	lines := logger(s.log, log)
	notes := lines
	if s.log == "off" {
		notes = logger("text", log) // a variable with a wrong name must not go unnoticed
	}
	for _, sentence := range ignored(environ, s.options()) {
		notes.Warn(sentence)
	}
	if err := s.prepareShadow(environ); err != nil {
		return err
	}
	_, missing := os.Stat(s.state)
	srv, err := newServer(s, lines)
	if err != nil {
		return err
	}
	listeners, err := listen(s.addrs)
	if err != nil {
		srv.Stop(ctx) // releases the state file
		return err
	}
	if missing == nil && s.seed != "" {
		lines.Info("the seed " + s.seed + " was not used, since the state file " + s.state + " exists; POST /_mock/reset goes back to the seed")
	}
	if s.state != "" {
		s.seed = "" // the world may have changed since: print a call that always works
	}
	if s.untilEOF {
		var stop context.CancelFunc
		ctx, stop = context.WithCancel(ctx)
		go func() {
			io.Copy(io.Discard, os.Stdin)
			stop()
		}()
	}
	greet(out, s.log, urls(listeners), s.seed)
	if err := serveUntil(ctx, srv, listeners, lines, grace); err != nil {
		return err
	}
	return s.compared(srv, notes)
}

// compared logs where the mock differed from the service, if there is one.
func (s *settings) compared(srv *server.Server, notes *slog.Logger) error {
	report := srv.Differences()
	if report == nil {
		return nil
	}
	for _, line := range report.Summary() {
		notes.Info(line)
	}
	if n := report.Len(); n > 0 && s.shadowFail {
		return differError{fmt.Errorf("the mock differs from %s in %d ways", report.Host, n)}
	}
	return nil
}

// prepareShadow gives the service its authorities and its keys.
func (s *settings) prepareShadow(environ env) error {
	switch {
	case s.shadow == nil && (s.shadowCA != "" || s.shadowFail):
		return usageError{errors.New("-shadow-ca and -shadow-fail need -shadow, the address of the service")}
	case s.shadow == nil:
		return nil
	}
	s.shadow.Keys = shadow.KeysOf(func(name string) string { return environ[name] })
	return trust(s.shadow, s.shadowCA)
}

// trust gives a service its authorities, those of the system if there is no file.
func trust(s *shadow.Service, file string) error {
	if file == "" {
		return nil
	}
	if err := s.Authorities(file); err != nil {
		return usageError{fmt.Errorf("-shadow-ca: %w; give a file in PEM with the certificate of the service's authority", err)}
	}
	return nil
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
		Shadow: s.shadow, Log: log, Version: release,
	})
	wrong := server.TLSError{}
	switch {
	case errors.As(err, &wrong) && !wrong.File:
		return nil, usageError{wrong}
	case errors.As(err, &wrong):
		return nil, wrong
	case errors.As(err, new(server.StateError)):
		return nil, err
	case err != nil:
		return nil, s.invalidSeed(err)
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
		return nil, fmt.Errorf("cannot read the seed %s: %w; %s", name, cause(err), param.DidYouMean(name, []string{demo}, "give a state file or demo"))
	}
	return seed, nil
}

// logger returns a logger that writes in the format that -log names.
func logger(format string, to io.Writer) *slog.Logger {
	switch format {
	case "json":
		return slog.New(slog.NewJSONHandler(to, &slog.HandlerOptions{ReplaceAttr: withUnit}))
	case "off":
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(to, nil))
}

// withUnit writes a duration with its unit, as the text format does.
func withUnit(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindDuration {
		a.Value = slog.StringValue(fmt.Sprint(a.Value.Any()))
	}
	return a
}

// tune makes the garbage collector run less often, unless GOGC is set: a mock's
// heap is small, and its calls are short.
func tune(environ env) {
	if environ["GOGC"] == "" {
		debug.SetGCPercent(125)
	}
}

// listen returns a listener for each address, or none if one cannot be listened on.
func listen(addrs []string) ([]net.Listener, error) {
	var listeners []net.Listener
	for _, addr := range addrs {
		l, err := net.Listen("tcp", addr)
		if err != nil {
			for _, open := range listeners {
				open.Close()
			}
			return nil, fmt.Errorf("cannot listen on %s: %w; choose another address with -addr; port 0 picks a free port", addr, cause(err))
		}
		listeners = append(listeners, l)
	}
	return listeners, nil
}

// urls returns the URLs of a mock that has some listeners.
func urls(listeners []net.Listener) []string {
	var all []string
	for _, l := range listeners {
		host := reachable(l.Addr().(*net.TCPAddr))
		all = append(all, "http://"+strings.Replace(host, "%", "%25", 1)) // of the zone
	}
	return all
}

// greet prints the addresses of the mock, for scripts, and for people a call that works
// and the address of the page. In JSON that is an object for each address.
func greet(out io.Writer, format string, urls []string, seed string) {
	call := "/?Action=" + ecs.DescribeSecurityGroups.Name + "&RegionId=cn-hangzhou"
	if seed == demo {
		call = "/?Action=" + ecs.RevokeSecurityGroup.Name + "&" + ecs.RevokeSecurityGroup.Example
	}
	var text strings.Builder // one write, since a script may read no more than the first line
	for _, at := range urls {
		if format == "json" {
			logger(format, &text).Info("listening", "url", at, "example", at+call, "page", at+admin)
		} else {
			fmt.Fprintf(&text, "listening on %s\n", at)
		}
	}
	if format != "json" {
		fmt.Fprintf(&text, "curl '%s'\nopen %s in a browser\n", urls[0]+call, urls[0]+admin)
	}
	io.WriteString(out, text.String())
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
func serveUntil(ctx context.Context, srv *server.Server, listeners []net.Listener, log *slog.Logger, limit time.Duration) error {
	done := make(chan error, 1)
	go func() { done <- srv.Serve(listeners...) }()
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
