package server

import (
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// In these tests time is the bubble's: it stands still while anything can be done.
// A goroutine that outlives its test fails it.

// quiet is TLS that tells nobody of its troubles.
func quiet(t testing.TB) *security {
	t.Helper()
	s, err := newTLS(nil, "", "", slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	return s
}

func TestSniffGivesPlainBytesBack(t *testing.T) {
	for name, read := range map[string]func(io.Reader) io.Reader{
		"in one":       func(r io.Reader) io.Reader { return r },
		"byte by byte": iotest.OneByteReader,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				inner, l := sniffed(t, quiet(t))
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

func TestSniffHandsOutTLSAfterItsHandshake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := sniffed(t, quiet(t))
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

func TestSniffSilentClientsDelayNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := sniffed(t, quiet(t))
		begun := time.Now()
		for range 100 {
			defer inner.dial().Close()
			defer inner.say([]byte{handshake}).Close()
		}
		defer inner.say([]byte("GET")).Close()
		accept(t, l)
		assert.Zero(t, time.Since(begun))
	})
}

func TestSniffPatienceEnds(t *testing.T) {
	for name, says := range map[string]string{"silent": "", "stuck in a handshake": "\x16\x03\x01"} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				inner, _ := sniffed(t, quiet(t))
				begun, client := time.Now(), inner.dial()
				go client.Write([]byte(says))
				time.Sleep(patience - time.Second)
				_, err := io.Copy(io.Discard, client)
				assert.NoError(t, err)
				assert.Equal(t, patience, time.Since(begun))
			})
		})
	}
}

func TestSniffPatienceIsForTheBeginningOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := sniffed(t, quiet(t))
		plain := inner.dial()
		go plain.Write([]byte("G"))
		assertPatient(t, accept(t, l), plain)

		secure := tls.Client(inner.dial(), &tls.Config{InsecureSkipVerify: true})
		go secure.Write([]byte("G"))
		assertPatient(t, accept(t, l), secure)
	})
}

// assertPatient lets a client that has said G go on an hour later.
func assertPatient(t *testing.T, conn, client net.Conn) {
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

func TestSniffErrorsOfAcceptArePassedOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := sniffed(t, quiet(t))
		passing := errors.New("too many open files")
		go func() {
			inner.conns <- accepted{err: passing}
			inner.say([]byte("GET"))
		}()
		_, err := l.Accept()
		assert.Equal(t, passing, err)
		accept(t, l)
	})
}

func TestSniffKeepsHalfClose(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l := quiet(t).Listen(inner)
	defer l.Close()
	client, err := net.Dial("tcp", l.Addr().String())
	require.NoError(t, err)
	defer client.Close()
	client.Write([]byte("G"))
	conn := accept(t, l)
	require.NoError(t, conn.(interface{ CloseWrite() error }).CloseWrite())
	assert.True(t, gone(client))
	client.Write([]byte("ET"))
	got := make([]byte, 3)
	_, err = io.ReadFull(conn, got)
	assert.NoError(t, err)
	assert.Equal(t, "GET", string(got))
}

func TestSniffHalfCloseOfWhatHasNone(t *testing.T) {
	client, server := net.Pipe()
	defer client.Close()
	assert.NoError(t, (&peeked{Conn: server}).CloseWrite())
}
