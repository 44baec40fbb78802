package server

import (
	"errors"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestSniffCloseEndsEverything(t *testing.T) {
	for name, clients := range map[string]int{"a few": 3, "more than a crowd": crowd + 1} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				inner := newPipes()
				l := quiet(t).Listen(inner)
				begun := time.Now()
				var all []net.Conn
				for i := range clients {
					client := inner.dial()
					all = append(all, client)
					go client.Write([][]byte{{}, {handshake}, []byte("G")}[i%3])
				}
				synctest.Wait()
				assert.NoError(t, l.Close())
				assert.NoError(t, l.Close(), "again")
				for _, client := range all {
					assert.True(t, gone(client))
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

func TestSniffCloseEndsAnAcceptUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, l := sniffed(t, quiet(t))
		go func() {
			synctest.Wait()
			l.Close()
		}()
		_, err := l.Accept()
		assert.ErrorIs(t, err, net.ErrClosed)
	})
}

// belated is a listener that has a connection yet when it has been closed.
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

func TestSniffCloseEndsWhatComesTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		inner := belated{newPipes(), make(chan net.Conn, crowd)}
		var clients []net.Conn
		for range crowd {
			client, server := net.Pipe()
			clients = append(clients, client)
			inner.conns <- server
		}
		close(inner.conns)
		quiet(t).Listen(inner).Close()
		for _, client := range clients {
			assert.True(t, gone(client))
		}
		assert.Zero(t, time.Since(begun))
	})
}

func TestSniffErrorThatNobodyAwaitsEndsWithClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner, _ := sniffed(t, quiet(t))
		inner.conns <- accepted{err: errors.New("too many open files")}
	})
}
