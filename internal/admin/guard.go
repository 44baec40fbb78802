package admin

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

// Lured tells whether a browser came to the API because a page that is not the
// mock's own made it: a page of another origin, in a browser that does not name the
// site by itself, a page whose name was rebound to this address, or any page, where
// the browser is silent about it. A program may come by any name.
func (g *Guard) Lured(h http.Header, host string) bool {
	if origin := h.Get("Origin"); origin != "" && h.Get("Sec-Fetch-Site") == "" && elsewhere(origin, host) {
		return true
	}
	if !strings.HasPrefix(h.Get("User-Agent"), "Mozilla/") {
		return false
	}
	return silent(h, host) || !g.own(host) && !strings.HasSuffix(hostname(host), ".aliyuncs.com")
}

// silent tells whether a browser leaves open whose request it is. It names no site to an
// address that it does not trust, such as http://0.0.0.0 and most that are neither HTTPS
// nor of this machine, and no origin where it only gets something: an image of any page
// comes like an address that was typed. The mock's own page marks what it sends; another
// site's would need leave for that. A language tells a browser from a program that only
// calls itself Mozilla.
func silent(h http.Header, host string) bool {
	return h.Get("Sec-Fetch-Site") == "" && h.Get("Origin") == "" &&
		h.Get("X-Requested-With") == "" && len(h["Accept-Language"]) > 0 && !trusted(hostname(host))
}

// trusted tells whether browsers trust a name or an address without HTTPS.
func trusted(name string) bool {
	if addr, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return addr.IsLoopback() && !addr.Is4In6()
	}
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

func (g *Guard) own(host string) bool {
	name := hostname(host)
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return true
	}
	return !strings.Contains(name, ".") || strings.HasSuffix(name, ".localhost") || name == "host.docker.internal" || slices.Contains(g.Hosts, name)
}

func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(host)
}

func foreign(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		return true
	}
	origin := r.Header.Get("Origin")
	return origin != "" && elsewhere(origin, r.Host)
}

// elsewhere tells whether an origin is not that of a host.
func elsewhere(origin, host string) bool {
	u, err := url.Parse(origin)
	return err != nil || u.Host != host
}
