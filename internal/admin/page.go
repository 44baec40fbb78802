package admin

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"net/http"
	"path"
	"strings"
	"sync"
)

// explorer is the page: HTML, style sheets and ES modules, served as they stand here.
//
//go:embed explorer
var explorer embed.FS

// pageFiles are the page's files by name, each with what its bytes are known by. They
// are read when somebody first opens the page: most mocks are never looked at.
var pageFiles = sync.OnceValue(readPage)

type pageFile struct {
	kind, tag string
	body      []byte
}

// kinds are what browsers take the files of a page for. What has another ending is
// no file of the page.
var kinds = map[string]string{
	".html": "text/html;charset=utf-8",
	".css":  "text/css;charset=utf-8",
	".js":   "text/javascript;charset=utf-8",
	".svg":  "image/svg+xml",
}

func readPage() map[string]pageFile {
	entries, _ := explorer.ReadDir("explorer") // it is embedded
	files := make(map[string]pageFile, len(entries))
	for _, entry := range entries {
		kind := kinds[path.Ext(entry.Name())]
		if kind == "" {
			continue
		}
		body, _ := explorer.ReadFile("explorer/" + entry.Name())
		sum := sha256.Sum256(body)
		files[entry.Name()] = pageFile{kind, `"` + hex.EncodeToString(sum[:8]) + `"`, body}
	}
	return files
}

// Page is where people call the mock, and look at its world.
func Page(w http.ResponseWriter, r *http.Request) { servePage(w, r, "index.html") }

// PageFile is one of the files that the page consists of.
func PageFile(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, Path+"explorer/")
	if _, ok := pageFiles()[name]; !ok {
		refuse(w, http.StatusNotFound, errors.New("the page has no file "+name+"; open "+Path))
		return
	}
	servePage(w, r, name)
}

// policy lets the page run its own scripts and styles, speak to the mock, and be
// framed by nobody. Nothing that a group may be named can run.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

func servePage(w http.ResponseWriter, r *http.Request, name string) {
	file, h := pageFiles()[name], w.Header()
	h.Set("Content-Type", file.kind)
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache") // the next mock at this address may be a newer one
	h.Set("ETag", file.tag)
	if r.Header.Get("If-None-Match") == file.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Write(file.body)
}
