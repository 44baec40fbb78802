package server

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
)

// haste is how long a client may take for anything in these tests, soon is how long
// they wait for what comes of it.
const (
	haste = 250 * time.Millisecond
	soon  = time.Minute
)

// hasty is a whole server on a port of its own, that waits for nobody longer than haste.
func hasty(t *testing.T) (s *Server, addr string) {
	t.Helper()
	return running(t, func(s *Server) {
		s.http.ReadHeaderTimeout, s.http.ReadTimeout, s.http.IdleTimeout, s.writeTimeout = haste, haste, haste, haste
	})
}

func running(t *testing.T, set func(*Server)) (s *Server, addr string) {
	t.Helper()
	s, err := New(Options{Seed: ecs.Demo})
	require.NoError(t, err)
	set(s)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go s.Serve(l)
	t.Cleanup(func() { s.Stop(context.Background()) })
	return s, l.Addr().String()
}

// says is a connection on which something has been said.
func says(t *testing.T, addr, text string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(soon)))
	_, err = io.WriteString(conn, text)
	require.NoError(t, err)
	return conn
}

// assertEnds wants the server to close a connection, whatever it says before.
func assertEnds(t *testing.T, conn net.Conn) (said string) {
	t.Helper()
	text, err := io.ReadAll(conn)
	assert.False(t, errors.Is(err, os.ErrDeadlineExceeded), "the connection is still open")
	return string(text)
}

// assertAnswers wants others to be answered all the while.
func assertAnswers(t *testing.T, addr string) {
	t.Helper()
	conn := says(t, addr, "GET /?Action=DescribeRegions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, answer.StatusCode)
}

func TestSlowHeadersEnd(t *testing.T) {
	_, addr := hasty(t)
	conn := says(t, addr, "GET /?Action=DescribeRegions HTTP/1.1\r\nHost: localhost\r\n")
	ended := make(chan struct{})
	go func() { // a header that grows and never ends
		defer close(ended)
		for {
			if _, err := io.WriteString(conn, "x"); err != nil {
				return
			}
			time.Sleep(haste / 20)
		}
	}()
	assertAnswers(t, addr)
	assert.NotContains(t, assertEnds(t, conn), "200 OK")
	conn.Close()
	<-ended
}

// A body that does not come is one that ends early: refused, and nothing is done.
func TestSlowBodiesEnd(t *testing.T) {
	s, addr := hasty(t)
	before := string(s.world.State())
	conn := says(t, addr, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nAction=CreateSecurityGroup&RegionId=cn-hangzhou&Format=JSON")
	assertAnswers(t, addr)
	said := assertEnds(t, conn)
	assert.Contains(t, said, "HTTP/1.1 400 Bad Request\r\n")
	assert.Contains(t, said, "Connection: close\r\n")
	assert.Contains(t, said, "<Error><RequestId>")
	assert.Equal(t, before, string(s.world.State()))
}

func TestIdleConnectionsEnd(t *testing.T) {
	_, addr := hasty(t)
	conn := says(t, addr, "GET /?Action=DescribeRegions HTTP/1.1\r\nHost: localhost\r\n\r\n")
	said := assertEnds(t, conn)
	assert.Contains(t, said, "HTTP/1.1 200 OK\r\n")
	assert.NotContains(t, said, "Connection: close")
}

// Who asks and asks and reads no answer is not waited for.
func TestWhoDoesNotReadIsLetGo(t *testing.T) {
	for _, target := range []string{"/?Action=DescribeRegions", "/nowhere", "/_mock/actions"} {
		t.Run(target, func(t *testing.T) {
			t.Parallel()
			_, addr := hasty(t)
			conn := says(t, addr, "")
			asked := strings.Repeat("GET "+target+" HTTP/1.1\r\nHost: localhost\r\n\r\n", 100)
			var err error
			for err == nil {
				_, err = io.WriteString(conn, asked)
			}
			assert.False(t, errors.Is(err, os.ErrDeadlineExceeded), "the connection is still open")
			assertAnswers(t, addr)
		})
	}
}

// A call that a fault makes later than all that is answered all the same.
func TestLateAnswersArrive(t *testing.T) {
	_, addr := hasty(t)
	fault := says(t, addr, "POST /_mock/faults HTTP/1.1\r\nHost: localhost\r\nContent-Length: 45\r\nConnection: close\r\n\r\n"+`{"Action": "DescribeRegions", "DelayMs": 750}`)
	require.Contains(t, assertEnds(t, fault), "200 OK")
	begun := time.Now()
	assertAnswers(t, addr)
	assert.GreaterOrEqual(t, time.Since(begun), 3*haste)
}

// The journal is followed for as long as one likes.
func TestAFollowedJournalOutlivesTheTimeouts(t *testing.T) {
	_, addr := hasty(t)
	conn := says(t, addr, "GET /_mock/journal?follow HTTP/1.1\r\nHost: localhost\r\n\r\n")
	lines := bufio.NewScanner(conn)
	for range 3 {
		time.Sleep(2 * haste)
		assertAnswers(t, addr)
		for lines.Scan() && !strings.HasPrefix(lines.Text(), "data: ") {
		}
		assert.Contains(t, lines.Text(), `"Action":"DescribeRegions"`)
	}
}

// What is too large for a head is refused before it is kept, and the server lives.
func TestHeadsAreLimited(t *testing.T) {
	_, addr := running(t, func(*Server) {})
	for name, text := range map[string]string{
		"query":         "GET /?Action=DescribeRegions&x=" + strings.Repeat("x", 2<<20) + " HTTP/1.1\r\nHost: localhost\r\n",
		"header":        "GET /?Action=DescribeRegions HTTP/1.1\r\nHost: localhost\r\nX-Long: " + strings.Repeat("x", 2<<20) + "\r\n",
		"many headers":  "GET /?Action=DescribeRegions HTTP/1.1\r\nHost: localhost\r\n" + strings.Repeat("X-Many: x\r\n", 200_000),
		"endless title": strings.Repeat("x", 2<<20),
	} {
		conn, err := net.Dial("tcp", addr)
		require.NoError(t, err)
		require.NoError(t, conn.SetDeadline(time.Now().Add(soon)))
		go io.WriteString(conn, text+"\r\n")
		line, _ := bufio.NewReader(conn).ReadString('\n')
		assert.Contains(t, line, "431 Request Header Fields Too Large", name)
		conn.Close()
		assertAnswers(t, addr)
	}
}
