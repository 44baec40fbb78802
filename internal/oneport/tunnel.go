package oneport

import (
	"bufio"
	"net"
)

// Tunnelled is the network of connections that came through a tunnel.
const Tunnelled = "tunnel"

// Tunnel serves what comes through a connection whose client has asked for a tunnel to
// a host, as if l had accepted it: l is a listener that Listen returned, and host is
// "host:port". The reader may have read more than the request for the tunnel.
func Tunnel(l net.Listener, conn net.Conn, r *bufio.Reader, host string) {
	own := l.(*listener)
	if !own.acquire() {
		conn.Close()
		return
	}
	t := &tunnel{conn, r, tunnelAddr(host)}
	own.serve(t, own.add(t))
}

// tunnel is a connection whose client takes the mock for a host of the service.
type tunnel struct {
	net.Conn
	r    *bufio.Reader
	host tunnelAddr
}

// Read reads what r has read already, then from the connection.
func (t *tunnel) Read(b []byte) (int, error) { return t.r.Read(b) }

// LocalAddr returns the host that the client takes the mock for. The certificate is for
// it if the client asks for no other name.
func (t *tunnel) LocalAddr() net.Addr { return t.host }

// tunnelAddr is the host and port to which a client has asked for a tunnel.
type tunnelAddr string

// Network returns Tunnelled.
func (tunnelAddr) Network() string { return Tunnelled }

// String returns the host and the port.
func (a tunnelAddr) String() string { return string(a) }
