package server

import (
	"io"
	"net"
)

// handshake is the first byte of TLS: the type of the record that has a client's
// hello. No method of HTTP begins with it.
const handshake = 0x16

// peeked is a connection whose first byte has been read, and is read again.
//
// The connection is not embedded as what it is: a *net.TCPConn has a WriteTo, which
// would pass the first byte by.
type peeked struct {
	net.Conn
	first byte
	given bool
}

// peek waits for the first byte.
func peek(conn net.Conn) (*peeked, error) {
	var first [1]byte
	if _, err := io.ReadFull(conn, first[:]); err != nil {
		return nil, err
	}
	return &peeked{Conn: conn, first: first[0]}, nil
}

// Read gives the first byte alone: to wait for more would hold up a reader whom one
// byte is enough.
func (p *peeked) Read(b []byte) (int, error) {
	if p.given || len(b) == 0 {
		return p.Conn.Read(b)
	}
	p.given = true
	b[0] = p.first
	return 1, nil
}

// CloseWrite ends what is sent, not what is received. http.Server looks for it when
// it has answered a request that it did not read to the end: without it, the client
// sees a reset connection in place of the answer.
func (p *peeked) CloseWrite() error {
	if c, ok := p.Conn.(interface{ CloseWrite() error }); ok {
		return c.CloseWrite()
	}
	return nil
}
