package server

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// The guide lists all routes beside the API. The foot of the page is made from the list of
// resources.
func TestRoutesAreDocumented(t *testing.T) {
	s, err := New(Options{})
	require.NoError(t, err)
	var routes []string
	require.NoError(t, chi.Walk(s.router, func(method, path string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if strings.Count(path, "/") == 2 && path != "/_mock/" && method != http.MethodHead {
			routes = append(routes, method+" "+path)
		}
		return nil
	}))
	assert.ElementsMatch(t, routes, documented(t, "../../api/docs/state-and-faults.md", "(?m)^\\| (`(?:GET|POST|DELETE) /_mock/[^|]*) \\|"), "the guide")
}

// documented returns the methods and paths that a pattern finds in a file; a method
// without a path belongs to the path before.
func documented(t *testing.T, file, pattern string) []string {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var list []string
	for _, found := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
		path := ""
		for _, m := range regexp.MustCompile(`(GET|PUT|POST|DELETE)(?: (/_mock/[a-z.]+)(/?))?`).FindAllStringSubmatch(found[1], -1) {
			if m[3] != "" {
				continue // a path below a documented one
			}
			if m[2] != "" {
				path = m[2]
			}
			list = append(list, m[1]+" "+path)
		}
	}
	return list
}

type explosion struct{}

func (*explosion) Params(*param.Set) {}
func (*explosion) RegionID() string  { return "cn-hangzhou" }

// A panic is answered in the API's envelope and logged with its stack, and the world is
// not left locked.
func TestPanic(t *testing.T) {
	var log bytes.Buffer
	s, err := New(Options{Seed: ecs.Demo, Log: slog.New(slog.NewTextHandler(&log, nil))})
	require.NoError(t, err)
	s.actions[actionName{"Ecs", "Explode"}] = rpc.Define(rpc.Spec{Name: "Explode"}, func(c *product.Caller, _ *explosion) (*ecs.Done, error) {
		return nil, c.Update(func(*store.Namespace) error { panic("boom") })
	})
	for range 2 {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", "/?Action=Explode&RegionId=cn-hangzhou&Format=JSON", nil))
		assert.Equal(t, 500, w.Code)
		assert.Contains(t, w.Body.String(), `"Code":"InternalError","Message":"The request processing has failed due to some unknown error."`)
		assert.Contains(t, w.Body.String(), w.Header().Get("X-Acs-Request-Id"))
	}
	assert.Contains(t, log.String(), "boom")
	assert.Contains(t, log.String(), "routes_test.go")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/?Action=DeleteSecurityGroup&SecurityGroupId=sg-elsewhere&RegionId=cn-hangzhou", nil))
	assert.Equal(t, 200, w.Code, w.Body.String())
}

type charge struct{ armed bool }

func (c *charge) Fields(w *wire.Writer) {
	w.Text("Fuse", "lit")
	if c.armed {
		panic("while the answer was written")
	}
}

// A panic while an answer is rendered replaces that answer.
func TestPanicOfAnAnswer(t *testing.T) {
	var log bytes.Buffer
	s, err := New(Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	require.NoError(t, err)
	s.actions[actionName{"Ecs", "Explode"}] = rpc.Define(rpc.Spec{Name: "Explode"}, func(*product.Caller, *explosion) (*charge, error) {
		return &charge{armed: true}, nil
	})
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/?Action=Explode&RegionId=cn-hangzhou&Format=JSON", nil))
	assert.Equal(t, 500, w.Code)
	assert.Contains(t, w.Body.String(), `"Code":"InternalError"`)
	assert.NotContains(t, w.Body.String(), "Fuse")
	assert.Contains(t, log.String(), "while the answer was written")
}

// A panic under /_mock/ is answered as JSON.
func TestPanicBesideTheAPI(t *testing.T) {
	var log bytes.Buffer
	s, err := New(Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	require.NoError(t, err)
	s.actions[actionName{"Ecs", "Explode"}] = nil // whose samples cannot be made
	for range 2 {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/_mock/samples/curl?Action=Explode", nil))
		assert.Equal(t, 500, w.Code)
		assert.Contains(t, w.Body.String(), `"error": "the mock has a defect`)
	}
	assert.Contains(t, log.String(), "nil pointer")
	assert.Contains(t, log.String(), "server.go")
}
