package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// healthTimeout is how long a mock may take to answer a health check.
const healthTimeout = 3 * time.Second

// health checks that a running mock answers. It needs no curl, so that an image
// with nothing but this program can check itself.
func health(ctx context.Context, args []string, environ env, out, _ io.Writer) error {
	var addrs []string
	if err := parse("health", []option{addrOption(&addrs)}, args, environ, out); err != nil {
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
		return fmt.Errorf(startIt, err)
	}
	_, err = out.Write(body)
	return err
}

// checkHealth returns the health of the mock at an address.
func checkHealth(ctx context.Context, addr string) ([]byte, error) {
	a, err := ask(ctx, addr, "GET", "/_mock/health", "")
	if err != nil {
		return nil, err
	}
	var health struct{ Status string }
	if json.Unmarshal(a.body, &health) != nil || health.Status != "ok" || a.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("http://%s/_mock/health is not a healthy ecsmock: it answered %s", addr, a.Status)
	}
	return a.body, nil
}
