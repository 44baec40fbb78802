// Package oneport serves HTTP and HTTPS on one port: a listener that recognizes TLS
// by a connection's first byte, and a certificate authority that makes a certificate
// for each name that a client asks for.
package oneport

import (
	"container/list"
	"io"
	"net"
	"sync"
	"time"
)

const (
	// handshakeTimeout is how long a client may take to send its first byte and to
	// complete the handshake if that byte begins TLS.
	handshakeTimeout = 10 * time.Second
	// maxPending is how many clients may be in that state at once.
	maxPending = 1024
	// pendingTimeout replaces handshakeTimeout for the oldest pending client once
	// there are more than maxPending.
	pendingTimeout = time.Second
)

// handshakeRecord is the first byte of TLS: the type of the record with the client's
// hello. No method of HTTP begins with it.
const handshakeRecord = 0x16

// listener is a net.Listener for HTTP and HTTPS. It accepts from another listener,
// returns plain connections as they are, and connections that begin TLS as *tls.Conn,
// for which http.Server looks.
//
// It waits for each client in a goroutine of its own, so that a silent client delays
// no other. It also completes the TLS handshake there: http.Server.Shutdown waits five
// seconds for a connection that has not sent a request, and a client that hangs in
// its handshake is such a connection. Close ends these connections at once.
type listener struct {
	net.Listener
	handshake    func(net.Conn) (net.Conn, error)
	writeTimeout time.Duration

	ready chan accepted
	slots chan struct{} // a semaphore of maxPending
	done  chan struct{} // closed by Close
	close func() error

	mu      sync.Mutex
	pending list.List // of pendingConn, the oldest first
}

// accepted is what Accept returns.
type accepted struct {
	conn net.Conn
	err  error
}

// pendingConn is a connection whose protocol is not known yet.
type pendingConn struct {
	conn  net.Conn
	since time.Time
}

// newListener returns a listener that accepts from inner until it is closed.
func newListener(inner net.Listener, handshake func(net.Conn) (net.Conn, error), writeTimeout time.Duration) *listener {
	l := &listener{
		Listener: inner, handshake: handshake, writeTimeout: writeTimeout,
		ready: make(chan accepted),
		slots: make(chan struct{}, maxPending),
		done:  make(chan struct{}),
	}
	l.close = sync.OnceValue(l.closeAll)
	go l.acceptAll()
	return l
}

// Accept returns the next connection whose protocol is known.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case a := <-l.ready:
		return a.conn, a.err
	case <-l.done:
		return nil, net.ErrClosed
	}
}

// Close closes the inner listener and every connection that Accept has not returned.
func (l *listener) Close() error { return l.close() }

func (l *listener) closeAll() error {
	close(l.done)
	err := l.Listener.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	for e := l.pending.Front(); e != nil; e = e.Next() {
		e.Value.(pendingConn).conn.Close()
	}
	return err
}

// acceptAll accepts from the inner listener. It passes errors on to the caller of
// Accept, who knows which of them are temporary and how long to wait.
func (l *listener) acceptAll() {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			if !l.send(accepted{err: err}) {
				return
			}
			continue
		}
		if !l.acquire() {
			conn.Close()
			return
		}
		go l.serve(&peekedConn{Conn: conn, in: conn}, l.add(conn))
	}
}

// acquire waits for a slot and reports whether it got one before Close. If all are
// taken, it shortens the deadline of the oldest pending client: silent clients cannot
// lock out others, and many clients that come at once and do send are all served.
func (l *listener) acquire() bool {
	select {
	case l.slots <- struct{}{}:
		return true
	default:
		l.expireOldest()
	}
	select {
	case l.slots <- struct{}{}:
		return true
	case <-l.done:
		return false
	}
}

func (l *listener) expireOldest() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e := l.pending.Front(); e != nil {
		p := e.Value.(pendingConn)
		p.conn.SetDeadline(p.since.Add(pendingTimeout))
	}
}

// add adds a connection to those that Close closes.
func (l *listener) add(conn net.Conn) *list.Element {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := pendingConn{conn, time.Now()}
	conn.SetDeadline(p.since.Add(handshakeTimeout))
	select {
	case <-l.done:
		conn.Close() // Close may have closed the others already
	default:
	}
	return l.pending.PushBack(p)
}

// serve finds out the protocol of a pending connection and passes it to Accept.
func (l *listener) serve(p *peekedConn, pending *list.Element) {
	defer func() { <-l.slots }()
	known, err := l.recognize(p)
	l.mu.Lock()
	l.pending.Remove(pending) // first, or expireOldest could set a deadline again
	l.mu.Unlock()
	if err != nil {
		p.Close()
		return
	}
	p.SetDeadline(time.Time{})
	p.writeTimeout = l.writeTimeout
	if !l.send(accepted{conn: known}) {
		p.Close()
	}
}

func (l *listener) recognize(p *peekedConn) (net.Conn, error) {
	if err := p.peek(); err != nil {
		return nil, err
	}
	if p.first != handshakeRecord {
		return p, nil
	}
	return l.handshake(p)
}

// send passes something to the caller of Accept and reports whether it did before
// Close.
func (l *listener) send(a accepted) bool {
	select {
	case l.ready <- a:
		return true
	case <-l.done:
		return false
	}
}

// peekedConn is a connection whose first byte has been read and will be read again,
// and whose writes time out.
//
// It embeds net.Conn and not *net.TCPConn, whose WriteTo would lose the first byte.
type peekedConn struct {
	net.Conn
	in    io.Reader // what the client sends
	host  net.Addr  // for which the client takes the mock, nil if for none
	first byte
	read  bool // whether first has been read again

	writeTimeout time.Duration // 0 for none
	renew        time.Time     // when the write deadline is set again
}

// peek waits for the first byte.
func (p *peekedConn) peek() error {
	var first [1]byte
	_, err := io.ReadFull(p.in, first[:])
	p.first = first[0]
	return err
}

// Read returns the first byte alone: waiting for more would block a reader for which
// one byte is enough.
func (p *peekedConn) Read(b []byte) (int, error) {
	if p.read || len(b) == 0 {
		return p.in.Read(b)
	}
	p.read = true
	b[0] = p.first
	return 1, nil
}

// LocalAddr returns the host for which the client takes the mock, or the address that
// the client has reached. The certificate is for it if the client asks for no name.
func (p *peekedConn) LocalAddr() net.Addr {
	if p.host != nil {
		return p.host
	}
	return p.Conn.LocalAddr()
}

// Write fails if the client does not read for so long. Every write has at least the
// timeout and at most twice that: a new deadline for each would cost more than the
// write of a short answer. http.Server's WriteTimeout would begin with the request,
// whose answer may be delayed on purpose.
func (p *peekedConn) Write(b []byte) (int, error) {
	if now := time.Now(); p.writeTimeout > 0 && now.After(p.renew) {
		p.renew = now.Add(p.writeTimeout)
		p.Conn.SetWriteDeadline(now.Add(2 * p.writeTimeout))
	}
	return p.Conn.Write(b)
}

// SetWriteDeadline ignores the removal of the deadline, which http.Server asks for
// after each request: Write sets a new one when it is due.
func (p *peekedConn) SetWriteDeadline(t time.Time) error {
	if t.IsZero() && p.writeTimeout > 0 {
		return nil
	}
	return p.Conn.SetWriteDeadline(t)
}

// CloseWrite closes the writing side. http.Server calls it after an answer to a
// request whose body it did not read to the end: without it, the client may see a
// reset connection instead of the answer.
func (p *peekedConn) CloseWrite() error {
	if c, ok := p.Conn.(interface{ CloseWrite() error }); ok {
		return c.CloseWrite()
	}
	return nil
}
