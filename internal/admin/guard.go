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

// Guard refuses requests of browsers that pages of other sites made them send.
type Guard struct {
	Hosts []string // names of the mock beside the usual ones
}

// KnownHost refuses requests to hosts that a web page could have rebound to this
// address. Known are IP literals, names without a dot, *.localhost,
// host.docker.internal, and g.Hosts.
func (g *Guard) KnownHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !g.knows(r.Host) {
			refuse(w, http.StatusForbidden, errors.New(Path+" does not answer to the host "+r.Host+"; use 127.0.0.1 or localhost, or name the host with -tls-host"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// SameOrigin refuses requests of pages of other origins.
func (g *Guard) SameOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if crossOrigin(r) {
			refuse(w, http.StatusForbidden, errors.New("a page of another site sent this request; open "+Path+" itself"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// CrossSite reports whether a browser sent a call of the API for a page that is not
// the mock's: for a page of another origin, in a browser that does not send
// Sec-Fetch-Site; for a page whose name was rebound to this address; or for an unknown
// page. A program may use any host.
func (g *Guard) CrossSite(h http.Header, host string) bool {
	if origin := h.Get("Origin"); origin != "" && h.Get("Sec-Fetch-Site") == "" && !sameHost(origin, host) {
		return true
	}
	if !strings.HasPrefix(h.Get("User-Agent"), "Mozilla/") {
		return false
	}
	return unknownPage(h, host) || !g.knows(host) && !strings.HasSuffix(hostname(host), ".aliyuncs.com")
}

// unknownPage reports whether a browser does not say which page sent a request. It
// sends no Sec-Fetch-Site to an address that it does not trust, such as http://0.0.0.0
// and most that are neither HTTPS nor of this machine, and no Origin with a plain GET:
// an image on any page looks like an address that the user typed. The mock's own page
// sends X-Requested-With, which another site may not. Accept-Language tells a browser
// from a program that only calls itself Mozilla.
func unknownPage(h http.Header, host string) bool {
	return h.Get("Sec-Fetch-Site") == "" && h.Get("Origin") == "" &&
		h.Get("X-Requested-With") == "" && len(h["Accept-Language"]) > 0 && !trustworthy(hostname(host))
}

// trustworthy reports whether browsers trust a name or an address without HTTPS.
func trustworthy(name string) bool {
	if addr, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return addr.IsLoopback() && !addr.Is4In6()
	}
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

func (g *Guard) knows(host string) bool {
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

func crossOrigin(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		return true
	}
	origin := r.Header.Get("Origin")
	return origin != "" && !sameHost(origin, r.Host)
}

// sameHost reports whether an origin is that of a host.
func sameHost(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && u.Host == host
}
