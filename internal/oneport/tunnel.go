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
	own.serve(&peekedConn{Conn: conn, in: r, host: tunnelAddr(host)}, own.add(conn))
}

// tunnelAddr is the host and port to which a client has asked for a tunnel.
type tunnelAddr string

// Network returns Tunnelled.
func (tunnelAddr) Network() string { return Tunnelled }

// String returns the host and the port.
func (a tunnelAddr) String() string { return string(a) }
