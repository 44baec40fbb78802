package web

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// Guard keeps web pages out that are not the mock's own.
type Guard struct {
	Hosts []string // names that the mock answers to beside those below
}

// Own lets a handler answer only to hosts that no web page can rebind: IP literals,
// names without a dot, *.localhost, host.docker.internal, and the guard's own.
func (g *Guard) Own(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !g.own(r.Host) {
			refuse(w, http.StatusForbidden, errors.New(Path+" does not answer to the host "+r.Host+"; use 127.0.0.1 or localhost, or name the host with -tls-host"))
			return
		}
		next(w, r)
	}
}

// SameOrigin also keeps the pages of other sites out.
func (g *Guard) SameOrigin(next http.HandlerFunc) http.HandlerFunc {
	return g.Own(func(w http.ResponseWriter, r *http.Request) {
		if foreign(r) {
			refuse(w, http.StatusForbidden, errors.New("a page of another site sent this request; open "+Path+" itself"))
			return
		}
		next(w, r)
	})
}

func (g *Guard) own(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return true
	}
	name = strings.ToLower(name)
	return !strings.Contains(name, ".") || strings.HasSuffix(name, ".localhost") || name == "host.docker.internal" || slices.Contains(g.Hosts, name)
}

func foreign(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		return true
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return false
	}
	u, err := url.Parse(origin)
	return err != nil || u.Host != r.Host
}
