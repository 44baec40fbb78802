// Package admin has the handlers under /_mock/: JSON for tests and scripts, and the
// explorer page.
package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/fault"
	"github.com/ecsmock/ecsmock/internal/journal"
	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/shadow"
	"github.com/ecsmock/ecsmock/internal/store"
)

// Path is the path that all of them are under.
const Path = "/_mock/"

// maxState is the size of the largest state that can be put, in bytes.
const maxState = 1 << 30

// Admin has the handlers of the world, the journal and the contract.
type Admin struct {
	World    *store.World
	Journal  *journal.Journal
	Faults   *fault.Set
	Clock    *clock.Source
	Mode     Mode
	Version  string
	Demo     []byte                 // the world of the examples in the contract, in the state form
	Contract func() []byte          // JSON
	CA       func() ([]byte, error) // the certificate that clients have to trust
	Stop     <-chan struct{}        // closed when the server stops, which ends streams
	Shadow   *shadow.Shadow         // nil for none

	KnowsAction func(name string) error              // returns an error for the name of no action
	Call        func(r *http.Request) (number int64) // carries out a call of the API
	Resources   []Resource
	Takes       func(path string) []string // returns the methods that a path takes, none where it does not exist
}

// A Resource is a path below /_mock/ and the methods that it takes.
type Resource struct {
	Path    string
	Methods []string
	About   string
}

// NewResource returns the resource with some methods at a path relative to /_mock/.
func NewResource[H any](path, about string, methods map[string]H) Resource {
	return Resource{Path + path, slices.Sorted(maps.Keys(methods)), about}
}

// Mode is how the mock answers.
type Mode struct {
	Edition    int // the year
	Strict     bool
	Signatures string // off, warn or require
}

// Health answers with the mock's version and mode.
func (a *Admin) Health(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, map[string]any{
		"Status": "ok", "Version": a.Version, "SecurityGroups": a.World.Groups(),
		"Edition": a.Mode.Edition, "Strict": a.Mode.Strict, "Signatures": a.Mode.Signatures,
		"Shadow": a.shadowed(),
	})
}

// DemoWorld answers with the world of the examples, in the state form.
func (a *Admin) DemoWorld(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.Write(a.Demo)
}

// Actions answers with the contract: the actions with their parameters and errors.
func (a *Admin) Actions(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.Write(a.Contract())
}

// Certificate answers with the certificate that TLS clients have to trust.
func (a *Admin) Certificate(w http.ResponseWriter, _ *http.Request) {
	pem, err := a.CA()
	if err != nil {
		refuse(w, http.StatusNotFound, err)
		return
	}
	w.Header().Set("Content-Type", "application/x-pem-file")
	w.Write(pem)
}

// NotFound answers a request to a path that does not exist.
func (a *Admin) NotFound(w http.ResponseWriter, r *http.Request) {
	var paths []string
	for _, known := range a.Resources {
		paths = append(paths, known.Path)
	}
	refuse(w, http.StatusNotFound, fmt.Errorf("there is no %s; %s", r.URL.Path, param.DidYouMean(r.URL.Path, paths, "GET "+Path+" shows what there is")))
}

// MethodNotAllowed answers a method that a resource does not have.
func (a *Admin) MethodNotAllowed(w http.ResponseWriter, r *http.Request) {
	methods := a.Takes(r.URL.Path)
	if len(methods) == 0 {
		a.NotFound(w, r)
		return
	}
	takes := strings.Join(methods, ", ")
	w.Header().Set("Allow", takes)
	refuse(w, http.StatusMethodNotAllowed, errors.New(r.URL.Path+" does not take "+r.Method+"; it takes "+takes))
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	e.Encode(v)
}

// RefuseInternal answers a request whose handler panicked.
func RefuseInternal(w http.ResponseWriter) {
	refuse(w, http.StatusInternalServerError, errors.New("the mock has a defect; please report it with what its log says"))
}

// refuse answers with an error, one sentence that says what to do.
func refuse(w http.ResponseWriter, status int, err error) {
	reply(w, status, map[string]string{"error": err.Error()})
}
