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

// healthTimeout is how long a mock may take to answer a health check.
const healthTimeout = 3 * time.Second

// health checks that a running mock answers. It needs no curl, so that an image
// with nothing but this program can check itself.
func health(ctx context.Context, args []string, environ env, out, _ io.Writer) error {
	var addrs []string
	options := []option{addrOption(&addrs)}
	if err := parse("health", options, args, environ, out); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	host, err := dialable(addrs[0])
	if err != nil {
		return err
	}
	body, err := checkHealth(ctx, host)
	if err != nil {
		return fmt.Errorf("%w; start it with ecsmock serve, or give its address with -addr", err)
	}
	_, err = out.Write(body)
	return err
}

// addrOption is the address of a running mock. ECSMOCK_ADDR may have several, all of
// the same mock; the first is used.
func addrOption(addrs *[]string) option {
	return option{"addr", "host:port", defaultAddr, "address of the mock", setAddrs(addrs)}
}

// dialable returns the address of a mock that listens on addr, which setAddrs has
// checked. One that listens on every interface, as in a container, is dialled on
// 127.0.0.1.
func dialable(addr string) (string, error) {
	host, port, _ := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	if port == "0" {
		return "", usageError{fmt.Errorf("the address %q has port 0; give the port that serve printed", addr)}
	}
	return net.JoinHostPort(host, port), nil
}

// checkHealth returns the health of the mock at an address. It does not use
// http.Client, which nothing else needs and which makes the program 5 % larger.
func checkHealth(ctx context.Context, addr string) ([]byte, error) {
	at := "http://" + addr + "/_mock/health"
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("no answer from %s: %w", at, cause(err))
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })() // long past
	fmt.Fprintf(conn, "GET /_mock/health HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", addr)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return nil, fmt.Errorf("no answer from %s: %w", at, cause(err))
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 1<<16))
	if err != nil {
		return nil, fmt.Errorf("the answer from %s broke off: %w", at, cause(err))
	}
	var health struct{ Status string }
	if json.Unmarshal(body, &health) != nil || health.Status != "ok" || answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s is not a healthy ecsmock: it answered %s", at, answer.Status)
	}
	return body, nil
}
