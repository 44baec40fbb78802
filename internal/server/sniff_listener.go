package server

import (
	"container/list"
	"net"
	"sync"
	"time"
)

const (
	// patience is how long a client may take to say its first byte, and to shake
	// hands if that begins TLS.
	patience = 10 * time.Second
	// crowd is how many clients may be at it at once.
	crowd = 1024
	// crowdPatience is what is left of patience for the one who has been at it the
	// longest, once there are more than a crowd.
	crowdPatience = time.Second
)

// sniffer is a listener that tells HTTP from HTTPS by the first byte, so that both
// are served on one port. It hands on what another listener accepts: plain
// connections unchanged, and those that begin TLS as *tls.Conn, for which
// http.Server looks.
//
// Each client is waited for in a goroutine of its own, so that a silent one delays
// nobody. Hands are shaken there too: http.Server.Shutdown waits five seconds for
// a connection that has not asked anything yet, and a client stuck in a handshake
// is one; here Close ends it at once.
type sniffer struct {
	net.Listener
	secure func(net.Conn) (net.Conn, error) // begins TLS

	ready  chan accepted
	places chan struct{} // one held by each waiting client
	done   chan struct{} // closed by Close
	close  func() error

	mu      sync.Mutex
	waiting list.List // of waiter, in the order of their coming
}

// accepted is what Accept returns.
type accepted struct {
	conn net.Conn
	err  error
}

// waiter is a client that has not yet shown what it speaks.
type waiter struct {
	conn  net.Conn
	since time.Time
}

// sniff begins to accept from a listener. It goes on until Close.
func sniff(inner net.Listener, secure func(net.Conn) (net.Conn, error)) *sniffer {
	s := &sniffer{
		Listener: inner, secure: secure,
		ready:  make(chan accepted),
		places: make(chan struct{}, crowd),
		done:   make(chan struct{}),
	}
	s.close = sync.OnceValue(s.shut)
	go s.accept()
	return s
}

// Accept is the next connection that has shown what it speaks.
func (s *sniffer) Accept() (net.Conn, error) {
	select {
	case a := <-s.ready:
		return a.conn, a.err
	case <-s.done:
		return nil, net.ErrClosed
	}
}

// Close ends the listener and every connection that Accept has not returned.
func (s *sniffer) Close() error { return s.close() }

func (s *sniffer) shut() error {
	close(s.done)
	err := s.Listener.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	for e := s.waiting.Front(); e != nil; e = e.Next() {
		e.Value.(waiter).conn.Close()
	}
	return err
}

// accept takes connections from the inner listener. Its errors go to the caller of
// Accept, who knows which of them pass, and for how long to wait.
func (s *sniffer) accept() {
	for {
		conn, err := s.Listener.Accept()
		if err != nil {
			if !s.hand(accepted{err: err}) {
				return
			}
			continue
		}
		if !s.place() {
			conn.Close()
			return
		}
		go s.receive(conn, s.enter(conn))
	}
}

// place waits for one of the places. Where all are taken, whoever has waited the
// longest is hurried: silent clients cannot lock out others, and many who come at
// once and do speak are all served.
func (s *sniffer) place() bool {
	select {
	case s.places <- struct{}{}:
		return true
	default:
		s.hurry()
	}
	select {
	case s.places <- struct{}{}:
		return true
	case <-s.done:
		return false
	}
}

func (s *sniffer) hurry() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.waiting.Front(); e != nil {
		w := e.Value.(waiter)
		w.conn.SetDeadline(w.since.Add(crowdPatience))
	}
}

// enter counts a connection among those that Close closes.
func (s *sniffer) enter(conn net.Conn) *list.Element {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := waiter{conn, time.Now()}
	conn.SetDeadline(w.since.Add(patience))
	select {
	case <-s.done:
		conn.Close() // Close may have been through the others already
	default:
	}
	return s.waiting.PushBack(w)
}

// receive finds out what a connection speaks, and hands it on.
func (s *sniffer) receive(conn net.Conn, turn *list.Element) {
	defer func() { <-s.places }()
	known, err := s.recognize(conn)
	s.mu.Lock()
	s.waiting.Remove(turn) // before its deadline goes, or hurry could set another
	s.mu.Unlock()
	if err != nil {
		conn.Close()
		return
	}
	conn.SetDeadline(time.Time{})
	if !s.hand(accepted{conn: known}) {
		conn.Close()
	}
}

func (s *sniffer) recognize(conn net.Conn) (net.Conn, error) {
	p, err := peek(conn)
	if err != nil {
		return nil, err
	}
	if p.first != handshake {
		return p, nil
	}
	return s.secure(p)
}

// hand gives something to the caller of Accept, unless there will be none.
func (s *sniffer) hand(a accepted) bool {
	select {
	case s.ready <- a:
		return true
	case <-s.done:
		return false
	}
}
