package server

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The guide and the foot of the page list all routes beside the API.
func TestRoutesAreDocumented(t *testing.T) {
	s, err := New(Options{})
	require.NoError(t, err)
	var routes []string
	require.NoError(t, chi.Walk(s.router, func(method, path string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if strings.Count(path, "/") == 2 && path != "/_mock/" {
			routes = append(routes, method+" "+path)
		}
		return nil
	}))
	assert.ElementsMatch(t, routes, told(t, "../../api/docs/state-and-faults.md", "(?m)^\\| (`(?:GET|POST|DELETE) /_mock/[^|]*) \\|"), "the guide")
	assert.ElementsMatch(t, routes, told(t, "../explorer/index.html", `(?m)<dt>(.*)</dt>`), "the page")
}

// told are the methods and paths that a pattern finds in a file; one that stands
// without a path is of the path before.
func told(t *testing.T, file, pattern string) []string {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var list []string
	for _, found := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
		path := ""
		for _, m := range regexp.MustCompile(`(GET|PUT|POST|DELETE)(?: (/_mock/[a-z.]+)(/?))?`).FindAllStringSubmatch(found[1], -1) {
			if m[3] != "" {
				continue // something below a path that is told
			}
			if m[2] != "" {
				path = m[2]
			}
			list = append(list, m[1]+" "+path)
		}
	}
	return list
}
