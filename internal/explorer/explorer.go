// Package explorer is the mock's web page: HTML, style sheets and ES modules, embedded
// as they are.
package explorer

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
	"sync"
)

//go:embed *.html *.css *.js *.svg
var embedded embed.FS

// File is a file of the page.
type File struct {
	Type string // the value of Content-Type
	ETag string
	Body []byte
}

// Find returns the file of the page with the name, which has no folder.
func Find(name string) (file File, ok bool) {
	file, ok = files()[name]
	return file, ok
}

var types = map[string]string{
	".html": "text/html;charset=utf-8",
	".css":  "text/css;charset=utf-8",
	".js":   "text/javascript;charset=utf-8",
	".svg":  "image/svg+xml",
}

// files are read when the page is first opened: most mocks are never looked at.
var files = sync.OnceValue(func() map[string]File {
	names, _ := fs.Glob(embedded, "*") // the pattern is valid
	all := make(map[string]File, len(names))
	for _, name := range names {
		body, _ := embedded.ReadFile(name) // it is embedded
		sum := sha256.Sum256(body)
		all[name] = File{types[path.Ext(name)], `"` + hex.EncodeToString(sum[:8]) + `"`, body}
	}
	return all
})
