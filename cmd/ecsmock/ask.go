package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// startIt is the error of a mock that does not answer as it should.
const startIt = "%w; start it with ecsmock serve, or give its address with -addr"

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

// maxAnswer is the size of the largest answer that is read, in bytes.
const maxAnswer = 1 << 30

// An answer is what a mock answered, with its whole body.
type answer struct {
	*http.Response
	body []byte
}

// ask sends one request to the mock at an address; a body is that of a form. It does not
// use http.Client, which nothing else needs and which makes the program 5 % larger.
func ask(ctx context.Context, addr, method, target, body string) (*answer, error) {
	at := "http://" + addr + target
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("no answer from %s: %w", at, cause(err))
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })() // long past
	fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
		method, target, addr, len(body), body)
	r, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return nil, fmt.Errorf("no answer from %s: %w", at, cause(err))
	}
	defer r.Body.Close()
	a := &answer{Response: r}
	if a.body, err = io.ReadAll(io.LimitReader(r.Body, maxAnswer)); err != nil {
		return nil, fmt.Errorf("the answer from %s broke off: %w", at, cause(err))
	}
	return a, nil
}
