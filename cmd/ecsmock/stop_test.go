package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// half is a call whose last bytes have not been sent yet.
type half struct {
	net.Conn
	answers *bufio.Reader
}

const (
	firstHalf  = "Action=CreateSecurityGroup&RegionId=cn-h"
	secondHalf = "angzhou&Format=JSON"
)

// begin sends a first half, once the mock has said that it waits for it.
func begin(t *testing.T, addr string) *half {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(soon)))
	_, err = fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: mock\r\nContent-Type: application/x-www-form-urlencoded\r\n"+
		"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n", len(firstHalf+secondHalf))
	require.NoError(t, err)
	h := &half{conn, bufio.NewReader(conn)}
	line, err := h.answers.ReadString('\n') // the handler has begun to read
	require.NoError(t, err)
	require.Equal(t, "HTTP/1.1 100 Continue\r\n", line)
	_, err = h.answers.ReadString('\n')
	require.NoError(t, err)
	_, err = io.WriteString(conn, firstHalf)
	require.NoError(t, err)
	return h
}

func (h *half) end(t *testing.T) (int, string) {
	t.Helper()
	_, err := io.WriteString(h, secondHalf)
	require.NoError(t, err)
	answer, err := http.ReadResponse(h.answers, nil)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(body)
}

// untilRefused waits until nobody listens at the address.
func untilRefused(t *testing.T, addr string) {
	t.Helper()
	require.Eventually(t, func() bool {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			conn.Close()
		}
		return err != nil
	}, soon, time.Millisecond)
}

func TestStopLetsCallsInFlightFinish(t *testing.T) {
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off")
	addr := strings.TrimPrefix(mock.url, "http://")
	h := begin(t, addr)
	code := make(chan int)
	go func() { code <- mock.stop() }()
	untilRefused(t, addr)
	status, body := h.end(t)
	assert.Equal(t, http.StatusOK, status)
	assert.Contains(t, body, `"SecurityGroupId"`)
	assert.Zero(t, <-code)
}

func TestStopCutsOffWhatTakesTooLong(t *testing.T) {
	log := &safeBuffer{}
	srv, err := server.New(server.Options{})
	require.NoError(t, err)
	l, err := listen("127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- serveUntil(ctx, srv, l, slog.New(slog.NewTextHandler(log, nil)), 50*time.Millisecond) }()
	h := begin(t, l.Addr().String())
	cancel()
	assert.NoError(t, <-done)
	_, err = io.ReadAll(h.answers)
	assert.True(t, err == nil || !isTimeout(err), "the connection was not closed: %v", err)
	assert.Contains(t, log.String(), "calls were cut off")
}

func isTimeout(err error) bool {
	n, ok := err.(net.Error)
	return ok && n.Timeout()
}

func TestServingEndsWhenTheListenerFails(t *testing.T) {
	srv, err := server.New(server.Options{})
	require.NoError(t, err)
	l, err := listen("127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, l.Close())
	err = serveUntil(t.Context(), srv, l, slog.New(slog.DiscardHandler), grace)
	assert.ErrorIs(t, err, net.ErrClosed)
}
