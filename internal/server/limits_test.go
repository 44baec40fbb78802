package server

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
)

// pipes is a listener in memory, for synctest: the timeouts of the server pass in no
// time, and no test depends on how fast the machine is.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	close func() error
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { return p.close() }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }

// dial connects and sends text.
func (p *pipes) dial(t *testing.T, text string) net.Conn {
	t.Helper()
	client, server := net.Pipe()
	t.Cleanup(func() { client.Close() })
	p.conns <- server
	_, err := io.WriteString(client, text)
	require.NoError(t, err)
	return client
}

// inBubble runs a test of a server in a synctest bubble.
func inBubble(t *testing.T, test func(t *testing.T, s *Server, l *pipes)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s, err := New(Options{Seed: ecs.Demo})
		require.NoError(t, err)
		l := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
		l.close = sync.OnceValue(func() error { close(l.done); return nil })
		served := make(chan error)
		go func() { served <- s.Serve(l) }()
		test(t, s, l)
		require.NoError(t, s.Stop(context.Background()))
		require.NoError(t, <-served)
	})
}

const describeRegions = "GET /?Action=DescribeRegions HTTP/1.1\r\nHost: localhost\r\n"

// assertAnswers checks that the server answers a new connection.
func assertAnswers(t *testing.T, conn net.Conn) {
	t.Helper()
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, answer.StatusCode)
	io.Copy(io.Discard, conn)
}

func (p *pipes) assertAnswers(t *testing.T) {
	t.Helper()
	assertAnswers(t, p.dial(t, describeRegions+"Connection: close\r\n\r\n"))
}

func TestSlowHeadersEnd(t *testing.T) {
	inBubble(t, func(t *testing.T, _ *Server, l *pipes) {
		begun, conn := time.Now(), l.dial(t, describeRegions)
		go func() { // sends a header that never ends
			for err := error(nil); err == nil; time.Sleep(time.Second) {
				_, err = io.WriteString(conn, "x")
			}
		}()
		l.assertAnswers(t)
		answer, _ := io.ReadAll(conn)
		assert.NotContains(t, string(answer), "200 OK")
		assert.WithinDuration(t, begun.Add(10*time.Second), time.Now(), time.Second)
		time.Sleep(time.Minute) // for the goroutine to end
	})
}

// A body that does not arrive is refused like one that ends early.
func TestSlowBodiesEnd(t *testing.T) {
	inBubble(t, func(t *testing.T, s *Server, l *pipes) {
		before, begun := string(s.world.State()), time.Now()
		conn := l.dial(t, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nAction=CreateSecurityGroup&RegionId=cn-hangzhou&Format=JSON")
		l.assertAnswers(t)
		text, err := io.ReadAll(conn)
		require.NoError(t, err)
		assert.Contains(t, string(text), "HTTP/1.1 400 Bad Request\r\n")
		assert.Contains(t, string(text), "Connection: close\r\n")
		assert.Contains(t, string(text), "<Error><RequestId>")
		assert.Equal(t, before, string(s.world.State()))
		assert.WithinDuration(t, begun.Add(time.Minute), time.Now(), time.Second)
	})
}

func TestIdleConnectionsEnd(t *testing.T) {
	inBubble(t, func(t *testing.T, _ *Server, l *pipes) {
		begun := time.Now()
		text, err := io.ReadAll(l.dial(t, describeRegions+"\r\n"))
		require.NoError(t, err)
		assert.Contains(t, string(text), "HTTP/1.1 200 OK\r\n")
		assert.NotContains(t, string(text), "Connection: close")
		assert.Equal(t, 2*time.Minute, time.Since(begun))
	})
}

// A client that does not read its answers is disconnected.
func TestUnreadAnswersEnd(t *testing.T) {
	for _, target := range []string{"/?Action=DescribeRegions", "/nowhere", "/_mock/actions"} {
		inBubble(t, func(t *testing.T, _ *Server, l *pipes) {
			begun, conn := time.Now(), l.dial(t, "")
			var err error
			for err == nil {
				_, err = io.WriteString(conn, "GET "+target+" HTTP/1.1\r\nHost: localhost\r\n\r\n")
			}
			assert.WithinRange(t, time.Now(), begun.Add(2*time.Minute), begun.Add(4*time.Minute), target)
			l.assertAnswers(t)
		})
	}
}

// A call that a fault delays beyond every timeout is answered.
func TestDelayedAnswersArrive(t *testing.T) {
	inBubble(t, func(t *testing.T, _ *Server, l *pipes) {
		const fault = `{"Action": "DescribeRegions", "DelayMs": 600000}`
		assertAnswers(t, l.dial(t, "POST /_mock/faults HTTP/1.1\r\nHost: localhost\r\nContent-Length: 48\r\nConnection: close\r\n\r\n"+fault))
		begun := time.Now()
		l.assertAnswers(t)
		assert.Equal(t, 10*time.Minute, time.Since(begun))
	})
}

func TestFollowingTheJournalHasNoTimeout(t *testing.T) {
	inBubble(t, func(t *testing.T, _ *Server, l *pipes) {
		lines := bufio.NewScanner(l.dial(t, "GET /_mock/journal?follow HTTP/1.1\r\nHost: localhost\r\n\r\n"))
		events := make(chan string, 10)
		go func() {
			defer close(events)
			for lines.Scan() {
				if strings.HasPrefix(lines.Text(), "data: ") {
					events <- lines.Text()
				}
			}
		}()
		for range 3 {
			time.Sleep(10 * time.Minute)
			l.assertAnswers(t)
			assert.Contains(t, <-events, `"Action":"DescribeRegions"`)
		}
	})
}

// listening serves over TCP until the test ends and returns the address.
func listening(t *testing.T) string {
	t.Helper()
	s, err := New(Options{Seed: ecs.Demo})
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go s.Serve(l)
	t.Cleanup(func() { s.Stop(context.Background()) })
	return l.Addr().String()
}

func dial(t *testing.T, addr, text string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(5*time.Minute)))
	_, err = io.WriteString(conn, text)
	require.NoError(t, err)
	return conn
}

// A head that is too large is refused.
func TestHeadsAreLimited(t *testing.T) {
	addr := listening(t)
	for name, text := range map[string]string{
		"query":        "GET /?Action=DescribeRegions&x=" + strings.Repeat("x", 2<<20) + " HTTP/1.1\r\nHost: localhost\r\n",
		"header":       describeRegions + "X-Long: " + strings.Repeat("x", 2<<20) + "\r\n",
		"many headers": describeRegions + strings.Repeat("X-Many: x\r\n", 200_000),
		"first line":   strings.Repeat("x", 2<<20),
	} {
		conn := dial(t, addr, "")
		go io.WriteString(conn, text+"\r\n")
		line, err := bufio.NewReader(conn).ReadString('\n')
		assert.False(t, errors.Is(err, os.ErrDeadlineExceeded), name)
		assert.Contains(t, line, "431 Request Header Fields Too Large", name)
		conn.Close()
		assertAnswers(t, dial(t, addr, describeRegions+"Connection: close\r\n\r\n"))
	}
}

const (
	flood = 2000 // connections
	// floodPrice is the memory of one connection in bytes, the client's end included: two
	// goroutines and net/http's buffers.
	floodPrice = 48 << 10
)

// Each of thousands of connections that do nothing costs a bounded amount of memory,
// and the server answers others.
func TestFlood(t *testing.T) {
	if os.Getenv("SAFETY") == "" {
		t.Skip("make safety runs it: it opens thousands of connections")
	}
	for _, c := range []struct{ name, text string }{
		{"silent", ""},
		{"hello", "\x16\x03\x01\x02\x00\x01"},
		{"half", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nAction="},
		{"idle", describeRegions + "\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			addr := listening(t)
			before := memory()
			for range flood {
				dial(t, addr, c.text)
			}
			begun := time.Now()
			for range 20 {
				assertAnswers(t, dial(t, addr, describeRegions+"Connection: close\r\n\r\n"))
			}
			took, cost := time.Since(begun), memory()-before
			t.Logf("%d connections: %d bytes each; 20 calls beside them took %s", flood, cost/flood, took)
			assert.Less(t, cost, flood*floodPrice)
		})
	}
}

// memory returns the bytes in use after a garbage collection, stacks included.
func memory() int {
	runtime.GC()
	runtime.GC() // what the first finalized
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapInuse + m.StackInuse)
}
