// Package server is the one place that knows every other: it routes requests,
// carries a call through its stages, and starts and stops the whole.
package server

import (
	"log/slog"
	"net/http"
	"slices"
	"sync"

	"github.com/go-chi/chi/v5"

	"github.com/ecsmock/ecsmock/internal/ambient"
	"github.com/ecsmock/ecsmock/internal/contract"
	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/journal"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/web"
)

// Options are what a server is started with. The zero value is an empty world of
// the 2019 edition that logs nothing.
type Options struct {
	Seed       []byte // state form
	Edition    rpc.Editions
	Strict     bool
	Signatures Signatures
	Keys       []Credential // the access keys that are known; nil for DefaultCredentials
	RandomSeed *uint64      // fixes every id
	Log        *slog.Logger // nil for none
	Version    string
}

// Server answers calls.
type Server struct {
	edition rpc.Editions
	strict  bool
	log     *slog.Logger

	signatures Signatures
	keys       keyring

	limits  secgroup.Limits
	ambient *ambient.Source
	world   *store.World
	journal *journal.Journal
	actions map[string]*rpc.Action[*ecs.Caller]
	router  chi.Router
	http    *http.Server
}

// New makes a server. It fails only on a seed that is no state.
func New(o Options) (*Server, error) {
	if o.Edition == 0 {
		o.Edition = rpc.In2019
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{
		edition: o.Edition, strict: o.Strict, log: o.Log,
		signatures: o.Signatures, keys: newKeyring(o.Keys),
		limits:  secgroup.LimitsOf(o.Edition.Year()),
		ambient: source(o.RandomSeed),
		journal: &journal.Journal{},
		actions: map[string]*rpc.Action[*ecs.Caller]{},
	}
	s.world = store.New(s.ambient)
	if o.Seed != nil {
		if err := s.world.Seed(o.Seed); err != nil {
			return nil, err
		}
	}
	for _, a := range ecs.Actions() {
		s.actions[a.Name] = a
	}
	s.route(&web.Admin{
		World: s.world, Journal: s.journal, Ambient: s.ambient, Version: o.Version,
		Actions: sync.OnceValue(promises),
	})
	s.http = s.newHTTP()
	return s, nil
}

// promises is the contract, which is rendered only if somebody asks for it.
func promises() []byte {
	return contract.Of(ecs.Descriptions(), rpc.Gateway, ecs.Upstream()).JSON()
}

func source(seed *uint64) *ambient.Source {
	if seed == nil {
		return ambient.New()
	}
	return ambient.Seeded(*seed)
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.router.ServeHTTP(w, r) }

// route says where requests go: the API is at / whatever the method, what the
// mock has beside it is under /_mock/, and nothing is anywhere else.
func (s *Server) route(admin *web.Admin) {
	s.router = chi.NewRouter()
	s.router.Get("/", s.api)
	s.router.Post("/", s.api)
	s.router.MethodNotAllowed(s.api)
	s.router.NotFound(s.lost)
	s.router.Get("/_mock", web.Guard(web.Page))
	s.router.Route("/_mock/", func(m chi.Router) {
		m.Get("/", web.Guard(web.Page))
		m.Get("/health", web.Guard(admin.Health))
		m.Get("/state", web.GuardSameOrigin(admin.State))
		m.Put("/state", web.GuardSameOrigin(admin.PutState))
		m.Post("/reset", web.GuardSameOrigin(admin.Reset))
		m.Get("/actions", web.GuardSameOrigin(admin.Contract))
		m.Get("/journal", web.GuardSameOrigin(admin.Calls))
		m.Delete("/journal", web.GuardSameOrigin(admin.ForgetCalls))
		m.NotFound(web.Guard(admin.NotFound))
		m.MethodNotAllowed(web.Guard(admin.MethodNotAllowed))
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
