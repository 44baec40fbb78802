package oneport

import (
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// These tests run in synctest bubbles: time stands still while any goroutine can run,
// and a goroutine that outlives its test fails it.

// newQuiet returns a TLS that logs nothing.
func newQuiet(t testing.TB) *TLS {
	t.Helper()
	s, err := New(nil, "", "", slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	return s
}

func TestPlainBytesArriveWhole(t *testing.T) {
	for name, read := range map[string]func(io.Reader) io.Reader{
		"in one":       func(r io.Reader) io.Reader { return r },
		"byte by byte": iotest.OneByteReader,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				inner, l := listen(t, newQuiet(t))
				client := inner.dial()
				go func() {
					client.Write([]byte("GET / HTTP/1.1\r\n\r\n"))
					client.Close()
				}()
				conn := accept(t, l)
				n, err := conn.Read(nil)
				assert.Zero(t, n, "a read of nothing")
				assert.NoError(t, err)
				got, err := io.ReadAll(read(conn))
				assert.NoError(t, err)
				assert.Equal(t, "GET / HTTP/1.1\r\n\r\n", string(got))
			})
		})
	}
}

func TestAcceptReturnsTLSAfterItsHandshake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := listen(t, newQuiet(t))
		client := tls.Client(inner.dial(), &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2"}})
		go func() {
			client.Write([]byte("hello"))
			client.Close()
		}()
		conn, ok := accept(t, l).(*tls.Conn)
		require.True(t, ok, "net/http looks for the type")
		state := conn.ConnectionState()
		assert.True(t, state.HandshakeComplete)
		assert.Equal(t, "h2", state.NegotiatedProtocol)
		got, err := io.ReadAll(conn)
		assert.NoError(t, err)
		assert.Equal(t, "hello", string(got))
	})
}

func TestSilentClientsDelayNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := listen(t, newQuiet(t))
		begun := time.Now()
		for range 100 {
			defer inner.dial().Close()
			defer inner.dialAndWrite([]byte{handshakeRecord}).Close()
		}
		defer inner.dialAndWrite([]byte("GET")).Close()
		accept(t, l)
		assert.Zero(t, time.Since(begun))
	})
}

func TestHandshakeTimeout(t *testing.T) {
	for name, data := range map[string]string{"silent": "", "stuck in a handshake": "\x16\x03\x01"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				inner, _ := listen(t, newQuiet(t))
				begun, client := time.Now(), inner.dial()
				go client.Write([]byte(data))
				time.Sleep(handshakeTimeout - time.Second)
				_, err := io.Copy(io.Discard, client)
				assert.NoError(t, err)
				assert.Equal(t, handshakeTimeout, time.Since(begun))
			})
		})
	}
}

func TestNoDeadlineAfterTheHandshake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := listen(t, newQuiet(t))
		plain := inner.dial()
		go plain.Write([]byte("G"))
		assertNoDeadline(t, accept(t, l), plain)

		secure := tls.Client(inner.dial(), &tls.Config{InsecureSkipVerify: true})
		go secure.Write([]byte("G"))
		assertNoDeadline(t, accept(t, l), secure)
	})
}

// assertNoDeadline lets a client that has sent G go on an hour later.
func assertNoDeadline(t *testing.T, conn, client net.Conn) {
	t.Helper()
	go func() {
		time.Sleep(time.Hour)
		client.Write([]byte("ET"))
		client.Close()
	}()
	got, err := io.ReadAll(conn)
	assert.NoError(t, err)
	assert.Equal(t, "GET", string(got))
}

func TestWriteTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := listen(t, newQuiet(t))
		client := inner.dial()
		go client.Write([]byte("G"))
		conn := accept(t, l)
		for range 10 { // a client that reads now and then, however long it takes
			go io.ReadFull(client, make([]byte, 1))
			time.Sleep(45 * time.Second)
			begun := time.Now()
			_, err := conn.Write([]byte("x"))
			assert.NoError(t, err)
			assert.Zero(t, time.Since(begun))
			conn.SetWriteDeadline(time.Time{}) // as http.Server does
		}
		begun := time.Now()
		_, err := conn.Write([]byte("x"))
		assert.ErrorIs(t, err, os.ErrDeadlineExceeded)
		assert.WithinRange(t, time.Now(), begun.Add(time.Minute), begun.Add(2*time.Minute))
		conn.SetWriteDeadline(time.Unix(1, 0))
		_, err = conn.Write([]byte("x"))
		assert.ErrorIs(t, err, os.ErrDeadlineExceeded, "a deadline of the server's")
	})
}

func TestErrorsOfAccept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := listen(t, newQuiet(t))
		passing := errors.New("too many open files")
		go func() {
			inner.conns <- accepted{err: passing}
			inner.dialAndWrite([]byte("GET"))
		}()
		_, err := l.Accept()
		assert.Equal(t, passing, err)
		accept(t, l)
	})
}

func TestCloseWrite(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l := newQuiet(t).Listen(inner, time.Minute)
	defer l.Close()
	client, err := net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	defer client.Close()
	client.Write([]byte("G"))
	conn := accept(t, l)
	require.NoError(t, conn.(interface{ CloseWrite() error }).CloseWrite())
	assert.True(t, closed(client))
	client.Write([]byte("ET"))
	got := make([]byte, 3)
	_, err = io.ReadFull(conn, got)
	assert.NoError(t, err)
	assert.Equal(t, "GET", string(got))
}

func TestCloseWriteOfAPipe(t *testing.T) {
	client, server := net.Pipe()
	defer client.Close()
	assert.NoError(t, (&peekedConn{Conn: server}).CloseWrite())
}

// pipes is a listener in memory, for synctest.
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

// dial returns the client's end of an accepted connection.
func (p *pipes) dial() net.Conn {
	client, server := net.Pipe()
	p.conns <- accepted{conn: server}
	return client
}

// dialAndWrite dials, sends b and discards the answer.
func (p *pipes) dialAndWrite(b []byte) net.Conn {
	client := p.dial()
	go io.Copy(io.Discard, client)
	go client.Write(b)
	return client
}

// listen returns a listener with the certificates of s.
func listen(t *testing.T, s *TLS) (*pipes, *listener) {
	t.Helper()
	inner := newPipes()
	l := s.Listen(inner, time.Minute).(*listener)
	t.Cleanup(func() { l.Close() })
	return inner, l
}

// accept returns the next connection of a listener and closes it with the test.
func accept(t *testing.T, l net.Listener) net.Conn {
	t.Helper()
	conn, err := l.Accept()
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return conn
}

// closed reports whether the other side has closed a connection.
func closed(conn net.Conn) bool {
	_, err := conn.Read(make([]byte, 1))
	return err == io.EOF
}
