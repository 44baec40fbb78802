package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// patience is how long a mock may take to say that it is up.
const patience = 3 * time.Second

// health asks a running mock whether it is up. It needs no curl, so that an image
// with nothing but this program can check itself.
func health(ctx context.Context, args []string, lookup env, out, _ io.Writer) error {
	var addr string
	options := []option{
		{"addr", "host:port", defaultAddr, "where the mock listens", setAddr(&addr)},
	}
	if err := parse("health", options, args, lookup, out); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	at, err := dialable(addr)
	if err != nil {
		return err
	}
	body, err := ask(ctx, at)
	if err != nil {
		return fmt.Errorf("%w; start it with ecsmock serve, or tell where it is with -addr", err)
	}
	_, err = out.Write(body)
	return err
}

// dialable is the address of a mock that listens on an address: one that listens on
// every interface, as in a container, is asked on this machine's own.
func dialable(addr string) (string, error) {
	host, port, _ := net.SplitHostPort(addr) // the option has checked it
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	if port == "0" {
		return "", usage{fmt.Errorf("nobody listens on port 0 of %q; give the port that serve has printed with -addr", addr)}
	}
	return net.JoinHostPort(host, port), nil
}

// ask gets the answer of a mock that is well. An http.Client, which this is the only
// one to need, would make the program 5 % larger.
func ask(ctx context.Context, addr string) ([]byte, error) {
	at := "http://" + addr + "/_mock/health"
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("nothing answers at %s: %w", at, bare(err))
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })() // long past
	fmt.Fprintf(conn, "GET /_mock/health HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", addr)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return nil, fmt.Errorf("nothing answers at %s: %w", at, bare(err))
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1<<16))
	if err != nil {
		return nil, fmt.Errorf("no whole answer came from %s: %w", at, bare(err))
	}
	var well struct{ Status string }
	if json.Unmarshal(body, &well) != nil || well.Status != "ok" || answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s is no ecsmock that is up: it answered %s", at, answer.Status)
	}
	return body, nil
}
