package admin

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// open gets the page, or a file of it, as a browser does.
func open(name string, headers ...string) *httptest.ResponseRecorder {
	path, serve := Path, http.HandlerFunc(Page)
	if name != "" {
		path, serve = Path+"explorer/"+name, PageFile
	}
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	serve(w, r)
	return w
}

// links are the files that a file of the page loads: index.html by their addresses,
// modules by import.
var links = regexp.MustCompile(`(?:href|src)="/_mock/explorer/([^"]+)"|from '\./([^']+)'`)

// load follows the links from the page on and gives the text of each file by its name.
func load(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for queue := []string{"index.html"}; len(queue) > 0; queue = queue[1:] {
		name := queue[0]
		if _, ok := files[name]; ok {
			continue
		}
		got := open(name)
		require.Equal(t, http.StatusOK, got.Code, name)
		files[name] = got.Body.String()
		for _, link := range links.FindAllStringSubmatch(files[name], -1) {
			queue = append(queue, link[1]+link[2])
		}
	}
	return files
}

func TestThePageIsSmall(t *testing.T) {
	size := 0
	for name, text := range load(t) {
		size += len(text)
		assert.LessOrEqual(t, strings.Count(text, "\n"), 300, name)
	}
	assert.Less(t, size, 150_000, "bytes that a browser loads")
	assert.Greater(t, size, 50_000, "the links that lead through the page are not found any more")
}

// What is served is what the page loads: neither dead files nor dead links.
func TestThePageIsWhole(t *testing.T) {
	files := load(t)
	entries, err := explorer.ReadDir("explorer")
	require.NoError(t, err)
	for _, entry := range entries {
		assert.Contains(t, files, entry.Name(), "nothing loads it")
	}
	assert.Len(t, files, len(entries))
	for _, name := range []string{"nowhere.js", "main", "main.js/", "/main.js", "../page.go", "../explorer/main.js", "", "."} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, Path, nil)
		r.URL.Path = Path + "explorer/" + name
		PageFile(w, r)
		assert.Equal(t, http.StatusNotFound, w.Code, name)
		assert.Contains(t, sentence(t, w.Body.String()), "the page has no file", name)
	}
}

func TestThePageIsServedSafely(t *testing.T) {
	kinds := map[string]string{"html": "text/html;charset=utf-8", "css": "text/css;charset=utf-8", "js": "text/javascript;charset=utf-8", "svg": "image/svg+xml"}
	names := []string{""}
	for name := range load(t) {
		names = append(names, name)
	}
	for _, name := range names {
		got := open(name)
		h := got.Header()
		_, ending, _ := strings.Cut(name, ".")
		if name == "" {
			ending = "html"
		}
		assert.Equal(t, kinds[ending], h.Get("Content-Type"), name)
		assert.Equal(t, "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'", h.Get("Content-Security-Policy"), name)
		assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"), name)
		assert.Equal(t, "DENY", h.Get("X-Frame-Options"), name)
		assert.Equal(t, "no-referrer", h.Get("Referrer-Policy"), name)
	}
}

func TestABrowserKeepsThePageWhileItIsTheSame(t *testing.T) {
	tags := map[string]string{}
	for name := range load(t) {
		first := open(name)
		tag := first.Header().Get("ETag")
		assert.Equal(t, "no-cache", first.Header().Get("Cache-Control"), "another mock may have another page")
		assert.Regexp(t, `^"[0-9a-f]{16}"$`, tag)
		assert.Empty(t, tags[tag], "%s and %s are not the same", name, tags[tag])
		tags[tag] = name
		again := open(name, "If-None-Match", tag)
		assert.Equal(t, http.StatusNotModified, again.Code)
		assert.Zero(t, again.Body.Len())
		assert.Equal(t, http.StatusOK, open(name, "If-None-Match", `"older"`).Code)
	}
}

// The page makes no HTML of texts, needs no other host, and its policy forbids what
// is written into it.
func TestThePageHasNoDoorForScripts(t *testing.T) {
	never := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|parseFromString\([^)]*html|\beval\b|new Function|setHTMLUnsafe|srcdoc|javascript:|https?://|@import|url\(`)
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|<script(?:[^>]*)>[^<]`)
	for name, text := range load(t) {
		text = strings.ReplaceAll(text, `xmlns="http://www.w3.org/2000/svg"`, "")
		assert.Empty(t, never.FindAllString(text, -1), name)
		if strings.HasSuffix(name, ".html") {
			assert.Empty(t, inline.FindAllString(text, -1), name)
		}
	}
}

// Adding an action changes nothing in the page: where it names one it only opens its
// form for people who look at the world.
func TestThePageNamesNoActions(t *testing.T) {
	named := regexp.MustCompile(`'(?:Authorize|Revoke|Create|Delete|Describe|Modify|Join|Leave|Tag|Untag|List)[A-Z]\w+'`)
	for name, text := range load(t) {
		if name != "group.js" {
			assert.Empty(t, named.FindAllString(text, -1), name)
		}
	}
}

func TestTheDemoWorldIsTold(t *testing.T) {
	a := &Admin{Demo: []byte(`{"Version": 1}`)}
	status, answer := ask(t, a.DemoWorld, http.MethodGet, "/_mock/demo", "")
	assert.Equal(t, http.StatusOK, status)
	assert.True(t, bytes.Equal(a.Demo, []byte(answer)))
}
