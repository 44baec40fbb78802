// Package admin is what the mock has beside the API, under /_mock/: JSON in and out
// for tests and scripts, and a page for people.
package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/fault"
	"github.com/ecsmock/ecsmock/internal/journal"
	"github.com/ecsmock/ecsmock/internal/store"
)

// Path is where all of it is.
const Path = "/_mock/"

// maxState is the size of the largest state that can be put, in bytes.
const maxState = 1 << 30

// Admin is the handlers for the world and what happened in it.
type Admin struct {
	World   *store.World
	Journal *journal.Journal
	Faults  *fault.Set
	Clock   *clock.Source
	Manner  Manner
	Version string
	Demo    []byte                 // the world that the contract's examples are of, in the state form
	Actions func() []byte          // the contract, JSON
	CA      func() ([]byte, error) // the certificate that clients have to trust
	Stop    <-chan struct{}        // closed when the server stops: it must not wait for followers
}

// Manner is how the mock was told to answer.
type Manner struct {
	Edition    int // the year
	Strict     bool
	Signatures string // off, warn or require
}

// Health tells that the mock is up, and which one it is.
func (a *Admin) Health(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, map[string]any{
		"Status": "ok", "Version": a.Version, "SecurityGroups": a.World.Groups(),
		"Edition": a.Manner.Edition, "Strict": a.Manner.Strict, "Signatures": a.Manner.Signatures,
	})
}

// DemoWorld is the world that the contract's examples and steps are of, ready to be put.
func (a *Admin) DemoWorld(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.Write(a.Demo)
}

// Contract is what the mock promises to answer.
func (a *Admin) Contract(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.Write(a.Actions())
}

// Certificate is what clients have to trust to speak TLS with the mock.
func (a *Admin) Certificate(w http.ResponseWriter, _ *http.Request) {
	pem, err := a.CA()
	if err != nil {
		refuse(w, http.StatusNotFound, err)
		return
	}
	w.Header().Set("Content-Type", "application/x-pem-file")
	w.Write(pem)
}

// NotFound answers what is nowhere.
func (a *Admin) NotFound(w http.ResponseWriter, r *http.Request) {
	refuse(w, http.StatusNotFound, fmt.Errorf("there is no %s; GET %s lists what there is", r.URL.Path, Path))
}

// MethodNotAllowed answers a method that a resource does not have.
func (a *Admin) MethodNotAllowed(w http.ResponseWriter, r *http.Request) {
	refuse(w, http.StatusMethodNotAllowed, errors.New(r.Method+" does nothing at "+r.URL.Path+"; GET "+Path+" lists what does"))
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

// refuse answers with one sentence that says what to do.
func refuse(w http.ResponseWriter, status int, err error) {
	reply(w, status, map[string]string{"error": err.Error()})
}
