package oneport

import (
	"bytes"
	"errors"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestCloseEndsEveryConnection(t *testing.T) {
	for name, clients := range map[string]int{"a few": 3, "more than maxPending": maxPending + 1} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				inner := newPipes()
				l := newQuiet(t).Listen(inner, time.Minute)
				begun := time.Now()
				var all []net.Conn
				for i := range clients {
					client := inner.dial()
					all = append(all, client)
					go client.Write([][]byte{{}, {handshakeRecord}, []byte("G")}[i%3])
				}
				synctest.Wait()
				assert.NoError(t, l.Close())
				assert.NoError(t, l.Close(), "again")
				for _, client := range all {
					assert.True(t, closed(client))
				}
				_, err := l.Accept()
				assert.ErrorIs(t, err, net.ErrClosed)
				_, err = inner.Accept()
				assert.ErrorIs(t, err, net.ErrClosed)
				assert.Zero(t, time.Since(begun))
			})
		})
	}
}

func TestCloseEndsAccept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, l := listen(t, newQuiet(t))
		go func() {
			synctest.Wait()
			l.Close()
		}()
		_, err := l.Accept()
		assert.ErrorIs(t, err, net.ErrClosed)
	})
}

// belated is a listener that still returns connections after Close.
type belated struct {
	*pipes
	conns chan net.Conn
}

func (l belated) Accept() (net.Conn, error) {
	<-l.done
	if conn, ok := <-l.conns; ok {
		return conn, nil
	}
	return nil, net.ErrClosed
}

func TestCloseEndsLateConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		inner := belated{newPipes(), make(chan net.Conn, maxPending)}
		var clients []net.Conn
		for range maxPending {
			client, server := net.Pipe()
			clients = append(clients, client)
			inner.conns <- server
		}
		close(inner.conns)
		newQuiet(t).Listen(inner, time.Minute).Close()
		for _, client := range clients {
			assert.True(t, closed(client))
		}
		assert.Zero(t, time.Since(begun))
	})
}

func TestCloseDropsAPendingError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, _ := listen(t, newQuiet(t))
		inner.conns <- accepted{err: errors.New("too many open files")}
	})
}

func TestManyPendingClientsExpireTheOldest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := listen(t, newQuiet(t))
		begun := time.Now()
		silent := make([]net.Conn, maxPending)
		for i := range silent {
			silent[i] = inner.dial()
			defer silent[i].Close()
		}
		time.Sleep(pendingTimeout / 2)
		defer inner.dialAndWrite([]byte("GET")).Close()
		accept(t, l)
		assert.Equal(t, pendingTimeout, time.Since(begun), "the oldest is closed after pendingTimeout")
		assert.True(t, closed(silent[0]))

		defer inner.dialAndWrite([]byte("GET")).Close()
		accept(t, l)
		assert.Equal(t, pendingTimeout, time.Since(begun), "a slot is free")

		go silent[maxPending-1].Write([]byte("PUT"))
		accept(t, l)
		assert.Equal(t, pendingTimeout, time.Since(begun), "the others are not closed")
	})
}

func TestManyClientsThatSendAreServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, l := listen(t, newQuiet(t))
		const clients = 3 * maxPending
		for range clients {
			go inner.dialAndWrite([]byte("GET"))
		}
		for range clients {
			accept(t, l)
			time.Sleep(time.Millisecond) // the caller of Accept is slow
		}
	})
}

func TestNoMoreThanMaxPendingAreAccepted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, _ := listen(t, newQuiet(t)) // without Accept
		for range maxPending + 1 {
			defer inner.dialAndWrite([]byte("GET")).Close()
		}
		select {
		case inner.conns <- accepted{err: errors.New("one too many")}:
			assert.Fail(t, "more wait in the queue of the operating system")
		case <-time.After(time.Hour):
		}
	})
}

// FuzzListener sends any bytes in pieces of any size: plain ones arrive whole, and
// what only looks like TLS is closed by the timeout.
func FuzzListener(f *testing.F) {
	hello := clientHello(f)
	for _, b := range [][]byte{
		nil, {0}, {handshakeRecord}, {handshakeRecord, handshakeRecord}, {0x15, 3, 1, 0, 2, 1, 0}, {0x80, 0x2e, 1, 3, 1}, {0xff, 0xfe},
		[]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), []byte("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), []byte("\x16GET / HTTP/1.1\r\n\r\n"),
		{handshakeRecord, 3, 1, 0xff, 0xff}, {handshakeRecord, 3, 1, 0, 0}, {handshakeRecord, 3, 1, 0, 4, 1, 0, 0, 0},
		hello, hello[:len(hello)/2], append(bytes.Clone(hello), hello...),
	} {
		f.Add(b, 1)
		f.Add(b, 7)
		f.Add(b, 4096)
	}
	s := newQuiet(f)
	f.Fuzz(func(t *testing.T, b []byte, piece int) {
		synctest.Test(t, func(t *testing.T) {
			inner, l := listen(t, s)
			begun, client := time.Now(), inner.dial()
			if len(b) == 0 || b[0] == handshakeRecord {
				go sendPieces(client, b, piece)
				_, err := io.Copy(io.Discard, client)
				assert.NoError(t, err)
				assert.LessOrEqual(t, time.Since(begun), handshakeTimeout)
				return
			}
			go func() {
				sendPieces(client, b, piece)
				client.Close()
			}()
			got, err := io.ReadAll(accept(t, l))
			assert.NoError(t, err)
			assert.Equal(t, b, got)
		})
	})
}

// sendPieces writes in pieces until an error.
func sendPieces(conn net.Conn, b []byte, size int) {
	size = min(max(size, 1), len(b)+1)
	for len(b) > 0 {
		n := min(size, len(b))
		if _, err := conn.Write(b[:n]); err != nil {
			return
		}
		b = b[n:]
	}
}
