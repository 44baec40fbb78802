package server

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/ecsmock/ecsmock/internal/admin"
	"github.com/ecsmock/ecsmock/internal/param"
)

// A resource is what the mock has at one path below /_mock/, with its handlers by method.
type resource struct {
	path, about            string
	open                   bool // to pages of other sites, too
	get, put, post, remove http.HandlerFunc
}

func (s *Server) resources(a *admin.Admin) []resource {
	clocks, faults := &admin.Clock{Clock: s.clock}, &admin.Faults{Set: s.faults}
	samples := &admin.Samples{Products: s.products, Action: s.describe, Key: s.keys.show, Signed: s.signatures == SignaturesRequire}
	return []resource{
		{path: "", about: "the explorer page; with Accept: application/json, this list, and with text/markdown, a guide", open: true, get: a.Page},
		{path: "explorer/*", about: "the files of the page", open: true, get: a.Page},
		{path: "health", about: "whether the mock is up, and its edition, strictness and signatures", open: true, get: a.Health},
		{path: "ca.pem", about: "the certificate that HTTPS clients have to trust", open: true, get: a.Certificate},
		{path: "state", about: "the world, to read or to replace; account selects what one account has", get: a.State, put: a.PutState},
		{path: "seed", about: "adds a state; with account to that account", post: a.Seed},
		{path: "rule", about: "whether the group of group has the rule in the body, and if not, why; account selects one account", post: a.Rule},
		{path: "demo", about: "the demo world, as a state", get: a.DemoWorld},
		{path: "reset", about: "restores the seed, or the empty world, and clears journal, faults, clock and client tokens; account resets one account", post: a.Reset},
		{path: "reach", about: "whether traffic from one address, group or member reaches another, and the rule that decides", get: a.Reach},
		{path: "journal", about: "the last calls; action, code, account, search, errors, since, before and limit select; call shows one whole; follow streams. DELETE removes them, with account those of one account", get: a.Calls, remove: a.ClearCalls},
		{path: "replay", about: "sends the call with the number call again as it was sent, and shows the new one whole", post: a.Unshadowed("send the call again from the program", a.Replay)},
		{path: "differences", about: "where the mock differs from the service that -shadow names; format=exchange gives tests of it. DELETE forgets them", get: a.Differences, remove: a.ClearDifferences},
		{path: "events", about: "a stream of what happens: calls with what they changed, loads of the world, faults, the clock", get: a.Events},
		{path: "faults", about: "the faults; POST adds, DELETE removes all, that with an id or those of an account", get: faults.List, post: a.Unshadowed("add faults to a mock without it", faults.Add), remove: faults.Remove},
		{path: "clock", about: "the mock's time, to read or to set", get: clocks.Get, put: clocks.Put},
		{path: "actions", about: "the products with their actions, parameters and errors", get: a.Actions},
		{path: "samples", about: "the clients that there are samples for", get: samples.List},
		{path: "samples/{client}", about: "a call as a program for a client", get: samples.Get},
	}
}

// methods returns the handlers by method. What takes GET takes HEAD.
func (r *resource) methods() map[string]http.HandlerFunc {
	all := map[string]http.HandlerFunc{}
	for method, h := range map[string]http.HandlerFunc{
		http.MethodGet: r.get, http.MethodHead: r.get, http.MethodPut: r.put, http.MethodPost: r.post, http.MethodDelete: r.remove,
	} {
		if h != nil {
			all[method] = h
		}
	}
	return all
}

// routes returns where requests go: the API is at /, what the mock has beside it under
// /_mock/, and nothing is anywhere else.
func (s *Server) routes(a *admin.Admin) chi.Router {
	all := s.resources(a)
	for i := range all {
		a.Resources = append(a.Resources, admin.NewResource(all[i].path, all[i].about, all[i].methods()))
	}
	api := chi.NewRouter()
	api.Get("/", s.api)
	api.Post("/", s.api)
	api.NotFound(s.notFound)
	api.MethodNotAllowed(s.methodNotAllowed(a))
	api.Route("/_mock", func(mock chi.Router) {
		a.Takes = func(path string) []string { return takes(mock, path) }
		mock.Use(s.beside, s.guard.KnownHost)
		mock.NotFound(a.NotFound)
		mock.MethodNotAllowed(a.MethodNotAllowed)
		guarded := mock.With(s.guard.SameOrigin)
		for i := range all {
			to := guarded
			if all[i].open {
				to = mock
			}
			for method, h := range all[i].methods() {
				if method != http.MethodGet && method != http.MethodHead {
					h = s.waking(h)
				}
				to.Method(method, "/"+all[i].path, h)
			}
		}
	})
	return api
}

// waking returns a handler that tells the followers of the events when it is done.
func (s *Server) waking(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		defer s.journal.Wake()
		h(w, r)
	}
}

// takes returns the methods that a path takes, sorted; mock routes what is below /_mock.
func takes(mock chi.Router, path string) []string {
	path = "/" + strings.TrimPrefix(strings.TrimPrefix(path, "/_mock"), "/")
	methods := []string{http.MethodDelete, http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut}
	return slices.DeleteFunc(methods, func(m string) bool { return !mock.Match(chi.NewRouteContext(), m, path) })
}

// beside runs the handlers under /_mock/. It answers if one panics; what that has
// written already cannot be taken back.
func (s *Server) beside(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				s.log.Error("panic", "path", r.URL.Path, "value", v, "stack", string(debug.Stack()))
				admin.RefuseInternal(w)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// methodNotAllowed returns the handler of methods that no route has. The API answers
// them itself. The router sends methods that it does not know here from any path.
func (s *Server) methodNotAllowed(a *admin.Admin) http.HandlerFunc {
	mock := s.guard.KnownHost(http.HandlerFunc(a.MethodNotAllowed))
	return func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/":
			s.api(w, r)
		case strings.HasPrefix(r.URL.Path+"/", admin.Path):
			mock.ServeHTTP(w, r)
		default:
			s.notFound(w, r)
		}
	}
}

// knowsAction returns an error unless a product has an action of this name, which may have
// its product before it, as in Vpc.TagResources.
func (s *Server) knowsAction(name string) error {
	var mocked []string
	for _, p := range Products() {
		for _, action := range p.Upstream() {
			if name == action || name == p.Name+"."+action {
				return nil
			}
		}
		for _, a := range p.Actions {
			mocked = append(mocked, a.Name)
		}
	}
	return fmt.Errorf("there is no action %q; %s", name, param.DidYouMean(name, mocked, "GET "+admin.Path+"actions lists the actions"))
}
