package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/ecsmock/ecsmock/internal/oneport"
)

// listenerKey is the key of the listener in the context of a request.
type listenerKey struct{}

func withListener(l net.Listener) context.Context {
	return context.WithValue(context.Background(), listenerKey{}, l)
}

// serveHTTP answers a request from a connection. Beside what ServeHTTP answers, a client
// may take the mock for a proxy.
func (s *Server) serveHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodConnect {
		s.connect(w, r)
		return
	}
	s.ServeHTTP(w, r)
}

// connect answers a client that takes the mock for a proxy and asks for a tunnel to a
// host. The mock is itself each host of the service. It connects to none.
func (s *Server) connect(w http.ResponseWriter, r *http.Request) {
	if err := mayTunnel(r); err != nil {
		s.refuseTunnel(w, r, err)
		return
	}
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		s.refuseTunnel(w, r, errHTTP2)
		return
	}
	conn, buffered, err := hijacker.Hijack()
	if err != nil {
		return
	}
	io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n") // an error shows when the client is read
	oneport.Tunnel(r.Context().Value(listenerKey{}).(net.Listener), conn, buffered.Reader, r.Host)
}

// service is the end of every host name of the service, with the port of HTTPS.
const service = ".aliyuncs.com:443"

// mayTunnel returns why a client gets no tunnel, nil if it gets one.
func mayTunnel(r *http.Request) error {
	if !strings.HasSuffix(strings.ToLower(r.Host), service) {
		return fmt.Errorf("ecsmock connects to nothing: as a proxy it stands for the hosts *%s, and not for %q; name that host in NO_PROXY to reach it without this proxy", service, r.Host)
	}
	if local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr); local != nil && local.Network() == oneport.Tunnelled {
		return errNested
	}
	return nil
}

// Reasons why a client gets no tunnel to a host that the mock is.
var (
	errNested = errors.New("this connection is a tunnel to the mock already; send the request itself")
	errHTTP2  = errors.New("a tunnel needs HTTP/1.1; give the address of the proxy with http://")
)

func (s *Server) refuseTunnel(w http.ResponseWriter, r *http.Request, why error) {
	s.log.Warn("tunnel refused", "client", r.RemoteAddr, "host", r.Host, "hint", why.Error())
	http.Error(w, why.Error(), http.StatusForbidden)
}
