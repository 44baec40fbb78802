package web

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// Guard lets a handler answer only to hosts that no web page can rebind: IP
// literals, names without a dot, *.localhost and host.docker.internal.
func Guard(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !ownHost(r.Host) {
			refuse(w, http.StatusForbidden, errors.New(Path+" does not answer to the host "+r.Host+"; use 127.0.0.1 or localhost"))
			return
		}
		next(w, r)
	}
}

// GuardSameOrigin also keeps the pages of other sites out.
func GuardSameOrigin(next http.HandlerFunc) http.HandlerFunc {
	return Guard(func(w http.ResponseWriter, r *http.Request) {
		if foreign(r) {
			refuse(w, http.StatusForbidden, errors.New("a page of another site sent this request; open "+Path+" itself"))
			return
		}
		next(w, r)
	})
}

func ownHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return true
	}
	name = strings.ToLower(name)
	return !strings.Contains(name, ".") || strings.HasSuffix(name, ".localhost") || name == "host.docker.internal"
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
