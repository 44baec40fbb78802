package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const startIt = "; start it with ecsmock serve, or tell where it is with -addr\n"

func TestHealthOfARunningMock(t *testing.T) {
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-seed", "demo", "-log", "off")
	addr := strings.TrimPrefix(mock.url, "http://")
	_, port, err := net.SplitHostPort(addr)
	require.NoError(t, err)
	for name, test := range map[string]struct {
		lookup env
		args   []string
	}{
		"by flag":           {noEnv, []string{"health", "-addr", addr}},
		"by twin":           {vars("ECSMOCK_ADDR", addr), []string{"health"}},
		"flag beats twin":   {vars("ECSMOCK_ADDR", "127.0.0.1:1"), []string{"health", "-addr", addr}},
		"in a container":    {vars("ECSMOCK_ADDR", "0.0.0.0:"+port), []string{"health"}},
		"on all interfaces": {vars("ECSMOCK_ADDR", ":"+port), []string{"health"}},
		"on all of IPv6":    {vars("ECSMOCK_ADDR", "[::]:"+port), []string{"health"}},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, log := call(test.lookup, test.args...)
			assert.Zero(t, code)
			assert.Contains(t, out, `"Status": "ok"`)
			assert.Empty(t, log)
		})
	}
}

func TestHealthOfNobody(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	addr := l.Addr().String()
	require.NoError(t, l.Close())
	for _, given := range []string{addr, strings.TrimPrefix(addr, "127.0.0.1")} {
		code, out, log := call(noEnv, "health", "-addr", given)
		assert.Equal(t, 1, code)
		assert.Empty(t, out)
		assert.Equal(t, "ecsmock: nothing answers at http://"+addr+"/_mock/health: connect: connection refused"+startIt, log)
	}
}

func TestHealthOfSomethingElse(t *testing.T) {
	for answer, status := range map[string]int{
		`{"Status": "ok"}`:   http.StatusServiceUnavailable,
		`{"Status": "sick"}`: http.StatusOK,
		`<html>`:             http.StatusOK,
	} {
		t.Run(answer, func(t *testing.T) {
			other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(status)
				w.Write([]byte(answer))
			}))
			defer other.Close()
			code, _, log := call(noEnv, "health", "-addr", strings.TrimPrefix(other.URL, "http://"))
			assert.Equal(t, 1, code)
			assert.Contains(t, log, other.URL+"/_mock/health is no ecsmock that is up: it answered ")
			assert.Contains(t, log, startIt)
		})
	}
}
