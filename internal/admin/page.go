package admin

import (
	"errors"
	"net/http"
	"strings"

	"github.com/ecsmock/ecsmock/internal/explorer"
)

// Page answers with the explorer page or, below /_mock/explorer/, one of its files. A
// program that asks for JSON gets the list of resources in place of the page, and one that
// asks for Markdown the guide.
func (a *Admin) Page(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutPrefix(r.URL.Path, Path+"explorer/")
	if !ok {
		w.Header().Set("Vary", "Accept")
		accept := r.Header.Get("Accept")
		if wantsGuide(accept) {
			a.Guide(w)
			return
		}
		if strings.Contains(accept, "json") && !strings.Contains(accept, "html") {
			reply(w, http.StatusOK, map[string]any{"Resources": a.Resources})
			return
		}
		name = "index.html"
	}
	file, ok := explorer.Find(name)
	if !ok {
		refuse(w, http.StatusNotFound, errors.New("the page has no file "+name+"; open "+Path))
		return
	}
	h := w.Header()
	h.Set("Content-Type", file.Type)
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache") // the next mock at this address may have another page
	h.Set("ETag", file.ETag)
	if r.Header.Get("If-None-Match") == file.ETag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Write(file.Body)
}

// policy lets the page run its own scripts and styles and call the mock, and forbids
// frames. Nothing in the name of a group can run.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
