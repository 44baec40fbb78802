package server_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsmock/ecsmock/internal/server"
)

func TestThePageIsAtItsAddresses(t *testing.T) {
	s := demo(t)
	for path, kind := range map[string]string{
		"/_mock":                      "text/html;charset=utf-8",
		"/_mock/":                     "text/html;charset=utf-8",
		"/_mock/?api=DescribeRegions": "text/html;charset=utf-8",
		"/_mock/explorer/main.js":     "text/javascript;charset=utf-8",
		"/_mock/explorer/base.css":    "text/css;charset=utf-8",
	} {
		got := get(s, path)
		assert.Equal(t, http.StatusOK, got.Status, path)
		assert.Equal(t, kind, got.Header.Get("Content-Type"), path)
		assert.Equal(t, http.StatusForbidden, get(s, path, "Host: evil.example.com").Status, path)
	}
	for _, path := range []string{"/_mock/explorer", "/_mock/explorer/", "/_mock/explorer/page.go", "/_mock/explorer/..%2fpage.go"} {
		got := get(s, path)
		assert.Equal(t, http.StatusNotFound, got.Status, path)
		errorOf(t, got)
	}
}

// What the contract's examples are of can be put into a mock that began empty.
func TestTheDemoWorldIsOneRequestAway(t *testing.T) {
	from, to := demo(t), start(t, server.Options{})
	got := get(to, "/_mock/demo")
	assert.Equal(t, http.StatusOK, got.Status)
	assert.Equal(t, http.StatusOK, send(to, http.MethodPut, "/_mock/state", got.Body).Status)
	assert.Equal(t, world(from), world(to))
	assert.Equal(t, http.StatusForbidden, get(to, "/_mock/demo", "Sec-Fetch-Site: cross-site").Status)
}
