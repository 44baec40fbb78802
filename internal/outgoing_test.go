package internal_test

import (
	"go/ast"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// dialers are the files that may connect to something, with the reason.
var dialers = map[string]string{
	"cmd/ecsmock/ask.go":         "ecsmock health and call ask the mock whose address they are given",
	"internal/shadow/service.go": "import and -shadow send calls to the service, which they are told",
	"api/ecsmock/ecsmock.go":     "a test may ask its mock with an http.Client",
	"internal/bench/loopback.go": "the benchmark sends calls to the program",
	"internal/bench/main.go":     "the benchmark waits for the program's first answer",
}

// connecting are what the standard library has to connect to something.
var connecting = map[string][]string{
	"net":        {"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer", "Resolver", "LookupHost", "LookupIP", "LookupAddr"},
	"crypto/tls": {"Dial", "DialWithDialer", "Dialer", "Client"},
	"net/http":   {"Get", "Head", "Post", "PostForm", "Client", "DefaultClient", "Transport", "DefaultTransport"},
}

// The program connects to nothing else, not even as a proxy: a call that is meant for the mock
// never reaches the real service.
func TestNothingConnects(t *testing.T) {
	found := map[string]bool{}
	for _, f := range sources(t) {
		if f.test || f.nested() {
			continue
		}
		for path, names := range connecting {
			name := f.importName(path)
			ast.Inspect(f.syntax, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if of, ok := s.X.(*ast.Ident); ok && name != "" && of.Name == name && slices.Contains(names, s.Sel.Name) {
					found[f.path] = true
					assert.NotEmpty(t, dialers[f.path], "%s connects to something, which only the files of dialers may", f.at(n))
				}
				return true
			})
		}
	}
	for path := range dialers {
		assert.True(t, found[path], "%s connects to nothing: remove it from dialers", path)
	}
}
