package admin

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
)

// open requests the page, or a file of it, as a browser does.
func open(path, tag string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, Path, nil)
	r.URL.Path = path // as it is, whatever it is
	r.Header.Set("If-None-Match", tag)
	w := httptest.NewRecorder()
	new(Admin).Page(w, r)
	return w
}

func TestPage(t *testing.T) {
	for path, kind := range map[string]string{
		"/_mock/":                  "text/html;charset=utf-8",
		"/_mock":                   "text/html;charset=utf-8",
		"/_mock/explorer/main.js":  "text/javascript;charset=utf-8",
		"/_mock/explorer/base.css": "text/css;charset=utf-8",
		"/_mock/explorer/icon.svg": "image/svg+xml",
	} {
		got := open(path, "")
		h := got.Header()
		assert.Equal(t, http.StatusOK, got.Code, path)
		assert.Equal(t, kind, h.Get("Content-Type"), path)
		assert.Equal(t, "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'", h.Get("Content-Security-Policy"), path)
		assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"), path)
		assert.Equal(t, "DENY", h.Get("X-Frame-Options"), path)
		assert.Equal(t, "no-referrer", h.Get("Referrer-Policy"), path)
		assert.Equal(t, "no-cache", h.Get("Cache-Control"), "another mock may have another page")

		again := open(path, h.Get("ETag"))
		assert.Equal(t, http.StatusNotModified, again.Code)
		assert.Zero(t, again.Body.Len())
		assert.Equal(t, http.StatusOK, open(path, `"older"`).Code)
	}
	for _, name := range []string{"nowhere.js", "main", "main.js/", "/main.js", "../page.go", "explorer.go", "../explorer/main.js", "", "."} {
		got := open("/_mock/explorer/"+name, "")
		assert.Equal(t, http.StatusNotFound, got.Code, name)
		assert.Contains(t, sentence(t, got.Body.String()), "the page has no file", name)
	}
}
