package server

import (
	"io"
	"net"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// pipes is a listener in memory, so that tests can have a clock of their own.
type pipes struct {
	conns chan accepted
	done  chan struct{}
	close func() error
}

func newPipes() *pipes {
	p := &pipes{conns: make(chan accepted), done: make(chan struct{})}
	p.close = sync.OnceValue(func() error { close(p.done); return nil })
	return p
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case a := <-p.conns:
		return a.conn, a.err
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { return p.close() }
func (p *pipes) Addr() net.Addr { return (&net.UnixAddr{Name: "pipe", Net: "unix"}) }

// dial is a client's end of a connection that has been accepted.
func (p *pipes) dial() net.Conn {
	client, server := net.Pipe()
	p.conns <- accepted{conn: server}
	return client
}

// say is dial by a client who speaks, and reads what it is answered.
func (p *pipes) say(b []byte) net.Conn {
	client := p.dial()
	go io.Copy(io.Discard, client)
	go client.Write(b)
	return client
}

// sniffed is a listener that knows the certificates of s.
func sniffed(t *testing.T, s *security) (*pipes, *sniffer) {
	t.Helper()
	inner := newPipes()
	l := s.Listen(inner).(*sniffer)
	t.Cleanup(func() { l.Close() })
	return inner, l
}

// accept is the next connection of a listener, which is closed with the test.
func accept(t *testing.T, l net.Listener) net.Conn {
	t.Helper()
	conn, err := l.Accept()
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return conn
}

// gone tells whether the other side has closed a connection.
func gone(conn net.Conn) bool {
	_, err := conn.Read(make([]byte, 1))
	return err == io.EOF
}
