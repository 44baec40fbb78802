// Package server connects all other packages: it routes requests, carries calls through
// their stages, and starts and stops the mock.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/ecsmock/ecsmock/internal/admin"
	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/fault"
	"github.com/ecsmock/ecsmock/internal/journal"
	"github.com/ecsmock/ecsmock/internal/oneport"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/shadow"
	"github.com/ecsmock/ecsmock/internal/store"
)

// Options are the options of a server. The zero value is an empty world of the 2019
// edition without a log.
type Options struct {
	Seed       []byte // state form
	State      string // state file, "" for none; if it exists, Seed is not used
	Edition    rpc.Edition
	Strict     bool
	Regions    []Region // more than every mock has
	Signatures Signatures
	Keys       []Credential // the known access keys; nil for DefaultCredentials
	TLSHosts   []string     // names for certificates beside the usual ones
	TLSCert    string       // file of a certificate, "" to make certificates
	TLSKey     string       // file of its key
	RandomSeed *uint64      // makes every id the same in each run
	VPCs       VPCs
	Settle     time.Duration   // how long states such as Pending and Starting last
	Log        *slog.Logger    // nil for none
	Shadow     *shadow.Service // answers each call in the place of the mock; nil for none
	Version    string
}

// VPCs says whether VPCs, vSwitches and resource groups that a call names must exist.
type VPCs = product.VPCs

// A Server answers calls.
type Server struct {
	edition rpc.Edition
	strict  bool
	vpcs    VPCs
	settle  time.Duration
	log     *slog.Logger

	signatures Signatures
	keys       keyring
	guard      *admin.Guard

	limits       secgroup.Limits
	clock        *clock.Source
	world        *store.World
	journal      *journal.Journal
	faults       *fault.Set
	products     []*rpc.Product // the first is that of calls that name none
	actions      map[actionName]*rpc.Action[*product.Caller]
	router       chi.Router
	tls          *oneport.TLS
	http         *http.Server
	writeTimeout time.Duration
	saver        *saver         // nil without a state file
	shadow       *shadow.Shadow // nil without one
	kept         snapshot       // guarded by the turn of the shadow
	loaded       *store.Load    // the last one that the shadow knows, guarded likewise
	idle         connections    // that have sent nothing yet
	calls        sync.Pool      // of *request
}

// ErrTLS is the error of options for TLS that cannot be used.
var ErrTLS = errors.New("no TLS")

// New returns a server. Errors are those of the seed, ErrTLS, and a StateError for the
// state file. A server with a state file locks it until Stop.
func New(o Options) (*Server, error) {
	if o.Edition == 0 {
		o.Edition = rpc.Edition2019
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{
		edition: o.Edition, strict: o.Strict, vpcs: o.VPCs, settle: o.Settle, log: o.Log, writeTimeout: writeTimeout,
		signatures: o.Signatures, keys: newKeyring(o.Keys), guard: &admin.Guard{Hosts: o.TLSHosts},
		limits:  secgroup.LimitsOf(int(o.Edition)),
		clock:   source(o.RandomSeed),
		journal: &journal.Journal{},
		faults:  fault.New(catalogue(o.Edition), o.RandomSeed),
		actions: map[actionName]*rpc.Action[*product.Caller]{},
	}
	if o.Shadow != nil {
		s.shadow = shadow.Of(o.Shadow, o.Edition)
	}
	s.calls.New = func() any { return &request{body: make([]byte, 0, 1024)} }
	s.world = store.New(s.clock, o.Regions...)
	s.keys.made = &s.world.Keys
	if o.Seed != nil {
		if err := s.world.Seed(o.Seed); err != nil {
			return nil, err
		}
	}
	s.addProducts()
	tls, err := oneport.New(o.TLSHosts, o.TLSCert, o.TLSKey, o.Log)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTLS, err)
	}
	s.tls = tls
	stopping, stop := context.WithCancel(context.Background())
	s.router = s.routes(&admin.Admin{
		World: s.world, Journal: s.journal, Faults: s.faults, Clock: s.clock, Version: o.Version,
		Mode: admin.Mode{Edition: int(o.Edition), Strict: o.Strict, Signatures: o.Signatures.String()},
		Demo: ecs.Demo, Contract: sync.OnceValue(func() []byte { return Contract().JSON() }), CA: tls.CAPEM, KnowsAction: s.knowsAction, Call: s.carryOut, Stop: stopping.Done(), Shadow: s.shadow,
	})
	s.http = s.newHTTP()
	s.http.RegisterOnShutdown(s.faults.Close)
	s.http.RegisterOnShutdown(stop)
	if o.State != "" {
		if s.saver, err = startSaving(o.State, s.world, o.Log); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// catalogue returns the actions and errors of an edition for faults.
func catalogue(edition rpc.Edition) fault.Catalogue {
	var actions []rpc.Description
	for _, p := range Products() {
		actions = append(actions, p.Descriptions()...)
	}
	return fault.Catalogue{Actions: actions, Gateway: slices.Concat(rpc.Gateway, SignatureFailures), Edition: edition}
}

func source(seed *uint64) *clock.Source {
	if seed == nil {
		return clock.New()
	}
	return clock.Seeded(*seed)
}

// World returns the world that the calls change.
func (s *Server) World() *store.World { return s.world }

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.router.ServeHTTP(w, r) }
