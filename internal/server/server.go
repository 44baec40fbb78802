// Package server is the one place that knows every other: it routes requests,
// carries a call through its stages, and starts and stops the whole.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/ecsmock/ecsmock/internal/admin"
	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/contract"
	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/fault"
	"github.com/ecsmock/ecsmock/internal/journal"
	"github.com/ecsmock/ecsmock/internal/oneport"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
)

// Options are what a server is started with. The zero value is an empty world of
// the 2019 edition that logs nothing.
type Options struct {
	Seed       []byte // state form
	State      string // file that keeps the world, "" for none; what it holds beats the seed
	Edition    rpc.Edition
	Strict     bool
	Signatures Signatures
	Keys       []Credential // the access keys that are known; nil for DefaultCredentials
	TLSHosts   []string     // names that certificates are made for beside the usual
	TLSCert    string       // file of a certificate of one's own
	TLSKey     string       // file of its key
	RandomSeed *uint64      // fixes every id
	Log        *slog.Logger // nil for none
	Version    string
}

// Server answers calls.
type Server struct {
	edition rpc.Edition
	strict  bool
	log     *slog.Logger

	signatures Signatures
	keys       keyring
	guard      *admin.Guard

	limits  secgroup.Limits
	clock   *clock.Source
	world   *store.World
	journal *journal.Journal
	faults  *fault.Set
	actions map[string]*rpc.Action[*ecs.Caller]
	router  chi.Router
	tls     *oneport.TLS
	http    *http.Server
	readers time.Duration // how long they may take for an answer
	keeper  *keeper       // nil if the world is kept in no file
	fresh   connections   // that have sent nothing yet
	calls   sync.Pool     // of *request, for those on their way
}

// ErrTLS is that certificates were asked for which cannot be had.
var ErrTLS = errors.New("no TLS")

// New makes a server. It fails on a seed that is no state, on certificates that
// are none, and on a state file that cannot be kept, which is a StateError. A
// server with a state file has to be stopped, served or not: it is the file's only one.
func New(o Options) (*Server, error) {
	if o.Edition == 0 {
		o.Edition = rpc.Edition2019
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{
		edition: o.Edition, strict: o.Strict, log: o.Log, readers: readTime,
		signatures: o.Signatures, keys: newKeyring(o.Keys), guard: &admin.Guard{Hosts: o.TLSHosts},
		limits:  secgroup.LimitsOf(int(o.Edition)),
		clock:   source(o.RandomSeed),
		journal: &journal.Journal{},
		faults:  fault.New(catalogue(o.Edition), o.RandomSeed),
		actions: map[string]*rpc.Action[*ecs.Caller]{},
	}
	s.calls.New = func() any { return &request{body: make([]byte, 0, 1024)} }
	s.world = store.New(s.clock)
	if o.Seed != nil {
		if err := s.world.Seed(o.Seed); err != nil {
			return nil, err
		}
	}
	for _, a := range ecs.Actions() {
		s.actions[a.Name] = a
	}
	tls, err := oneport.New(o.TLSHosts, o.TLSCert, o.TLSKey, o.Log)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTLS, err)
	}
	s.tls = tls
	stopping, stop := context.WithCancel(context.Background())
	s.route(&admin.Admin{
		World: s.world, Journal: s.journal, Faults: s.faults, Clock: s.clock, Version: o.Version,
		Manner: admin.Manner{Edition: int(o.Edition), Strict: o.Strict, Signatures: o.Signatures.String()},
		Demo:   ecs.Demo, Actions: sync.OnceValue(promises), CA: tls.CAPEM, Stop: stopping.Done(),
	})
	s.http = s.newHTTP()
	s.http.RegisterOnShutdown(s.faults.Close)
	s.http.RegisterOnShutdown(stop)
	if o.State != "" {
		if s.keeper, err = keep(o.State, s.world, o.Log); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// catalogue is what faults can be injected into calls of an edition.
func catalogue(edition rpc.Edition) fault.Catalogue {
	return fault.Catalogue{Actions: ecs.Descriptions(), Gateway: slices.Concat(rpc.Gateway, SignatureFailures), Edition: edition}
}

// promises is the contract, which is rendered only if somebody asks for it.
func promises() []byte {
	return contract.Of(ecs.Descriptions(), rpc.Gateway, SignatureFailures, ecs.Upstream()).JSON()
}

func source(seed *uint64) *clock.Source {
	if seed == nil {
		return clock.New()
	}
	return clock.Seeded(*seed)
}

// ServeHTTP answers one request. The API is at / whatever the method, so it needs
// no router, and does not pay for one.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/" {
		s.api(w, r)
		return
	}
	s.hurry(w, 2*s.readers) // which begins with the request: it may be a large state
	defer s.admit(w, r)
	s.router.ServeHTTP(w, r)
}

// admit answers a request beside the API whose handler has panicked. What it has
// written already cannot be taken back.
func (s *Server) admit(w http.ResponseWriter, r *http.Request) {
	v := recover()
	if v == nil {
		return
	}
	s.log.Error("panic", "path", r.URL.Path, "value", v, "stack", string(debug.Stack()))
	admin.Admit(w)
}

// route says where requests go that are not for the API: what the mock has beside
// it is under /_mock/, and nothing is anywhere else.
func (s *Server) route(a *admin.Admin) {
	guard, clocks, faults := s.guard, &admin.Clock{Clock: s.clock}, &admin.Faults{Set: s.faults}
	samples := &admin.Samples{Action: s.describe, Key: s.keys.show, Signed: s.signatures == SignaturesRequire}
	s.router = chi.NewRouter()
	s.router.NotFound(s.lost)
	s.router.MethodNotAllowed(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path+"/", admin.Path) {
			guard.Own(a.MethodNotAllowed)(w, r)
			return
		}
		s.lost(w, r)
	})
	s.router.Get("/_mock", guard.Own(admin.Page))
	s.router.Route(admin.Path, func(m chi.Router) {
		m.Get("/", guard.Own(admin.Page))
		m.Get("/explorer/*", guard.Own(admin.PageFile))
		m.Get("/health", guard.Own(a.Health))
		m.Get("/ca.pem", guard.Own(a.Certificate))
		m.Get("/state", guard.SameOrigin(a.State))
		m.Get("/demo", guard.SameOrigin(a.DemoWorld))
		m.Put("/state", guard.SameOrigin(a.PutState))
		m.Post("/seed", guard.SameOrigin(a.Seed))
		m.Post("/reset", guard.SameOrigin(a.Reset))
		m.Get("/clock", guard.SameOrigin(clocks.Get))
		m.Put("/clock", guard.SameOrigin(clocks.Put))
		m.Get("/actions", guard.SameOrigin(a.Contract))
		m.Get("/samples", guard.SameOrigin(samples.List))
		m.Get("/samples/{client}", guard.SameOrigin(samples.Get))
		m.Get("/journal", guard.SameOrigin(a.Calls))
		m.Delete("/journal", guard.SameOrigin(a.ForgetCalls))
		m.Get("/faults", guard.SameOrigin(faults.List))
		m.Post("/faults", guard.SameOrigin(faults.Add))
		m.Delete("/faults", guard.SameOrigin(faults.Remove))
		m.NotFound(guard.Own(a.NotFound))
		m.MethodNotAllowed(guard.Own(a.MethodNotAllowed))
	})
}

// action finds an action by its name.
func (s *Server) action(name string) (*rpc.Action[*ecs.Caller], error) {
	if a, ok := s.actions[name]; ok {
		return a, nil
	}
	if _, ok := slices.BinarySearch(ecs.Upstream(), name); ok {
		return nil, rpc.Named(rpc.ErrNotMocked, name)
	}
	return nil, rpc.Named(rpc.ErrAction, name)
}

// describe tells of an action what others may know of it, nil if there is none.
func (s *Server) describe(name string) *rpc.Description {
	if a, ok := s.actions[name]; ok {
		return &a.Description
	}
	return nil
}
