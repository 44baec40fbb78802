package server_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// editions are all editions, the oldest first.
var editions = rpc.Editions()

// start makes a server whose ids are the same in every run.
func start(t *testing.T, o server.Options) *server.Server {
	t.Helper()
	seed := uint64(1)
	o.RandomSeed = &seed
	s, err := server.New(o)
	require.NoError(t, err)
	return s
}

// demo makes a server of the demo world.
func demo(t *testing.T) *server.Server {
	t.Helper()
	return start(t, server.Options{Seed: ecs.Demo})
}

// answer is what a server answered.
type answer struct {
	Status int
	Header http.Header
	Body   string
}

// send asks a server for an answer. Headers are given as "Name: value".
func send(s *server.Server, method, target, body string, headers ...string) answer {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "localhost"
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
		if name == "Host" {
			r.Host = value
		}
	}
	return do(s, r)
}

func get(s *server.Server, target string, headers ...string) answer {
	return send(s, http.MethodGet, target, "", headers...)
}

func do(s *server.Server, r *http.Request) answer {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	res := w.Result()
	body, _ := io.ReadAll(res.Body) // it is in memory
	return answer{res.StatusCode, res.Header, string(body)}
}

// world is everything that a server remembers.
func world(s *server.Server) string { return get(s, "/_mock/state").Body }
