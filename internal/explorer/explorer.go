// Package explorer is the mock's web page: HTML, style sheets and ES modules, embedded
// as they are. The modules are served without their comments.
package explorer

import (
	"bytes"
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
		if path.Ext(name) == ".js" {
			body = withoutComments(body)
		}
		sum := sha256.Sum256(body)
		all[name] = File{types[path.Ext(name)], `"` + hex.EncodeToString(sum[:8]) + `"`, body}
	}
	return all
})

// withoutComments returns a module without the lines that are comments, which are an eighth
// of the page and which a browser does not need.
func withoutComments(module []byte) []byte {
	code := make([]byte, 0, len(module))
	for line := range bytes.Lines(module) {
		if !bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte("//")) {
			code = append(code, line...)
		}
	}
	return code
}
