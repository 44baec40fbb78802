package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// health asks a running mock whether it is up. It needs no curl, so that an image
// with nothing but this program can check itself.
func health(ctx context.Context, args []string, lookup env, out, _ io.Writer) error {
	fs := flag.NewFlagSet("ecsmock health", flag.ContinueOnError)
	addr := fs.String("addr", defaultAddr, "`address` that the mock listens on")
	if err := parse(fs, args, lookup, out); err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(*addr)
	if err != nil {
		return usage{fmt.Errorf("-addr %q: an address is host:port", *addr)}
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	url := "http://" + net.JoinHostPort(host, port) + "/_mock/health"
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return usage{err}
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("no answer: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", url, answer.Status)
	}
	_, err = io.Copy(out, answer.Body)
	return err
}
