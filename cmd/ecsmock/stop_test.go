//go:build unix

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// unfinished is a call whose last bytes have not been sent.
type unfinished struct {
	net.Conn
	answers *bufio.Reader
}

const (
	firstHalf  = "Action=CreateSecurityGroup&RegionId=cn-h"
	secondHalf = "angzhou&Format=JSON"
)

// begin sends the first half of a call, after the mock has begun to read it.
func begin(t *testing.T, addr string) *unfinished {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(waitLimit)))
	_, err = fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: mock\r\nContent-Type: application/x-www-form-urlencoded\r\n"+
		"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n", len(firstHalf+secondHalf))
	require.NoError(t, err)
	h := &unfinished{conn, bufio.NewReader(conn)}
	line, err := h.answers.ReadString('\n') // the handler has begun to read
	require.NoError(t, err)
	require.Equal(t, "HTTP/1.1 100 Continue\r\n", line)
	_, err = h.answers.ReadString('\n')
	require.NoError(t, err)
	_, err = io.WriteString(conn, firstHalf)
	require.NoError(t, err)
	return h
}

func (h *unfinished) end(t *testing.T) (int, string) {
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

// untilRefused waits until the address refuses connections.
func untilRefused(t *testing.T, addr string) {
	t.Helper()
	require.Eventually(t, func() bool {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			conn.Close()
		}
		return err != nil
	}, waitLimit, time.Millisecond)
}

func TestStopLetsCallsFinish(t *testing.T) {
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

func TestStopCutsOffSlowCalls(t *testing.T) {
	log := &safeBuffer{}
	srv, err := server.New(server.Options{})
	require.NoError(t, err)
	listeners, err := listen([]string{"127.0.0.1:0"})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		done <- serveUntil(ctx, srv, listeners, slog.New(slog.NewTextHandler(log, nil)), 50*time.Millisecond)
	}()
	h := begin(t, listeners[0].Addr().String())
	cancel()
	assert.NoError(t, <-done)
	_, err = io.ReadAll(h.answers)
	assert.True(t, err == nil || !isTimeout(err), "the connection was not closed: %v", err)
	assert.Contains(t, log.String(), "calls in progress were cut off")
}

func isTimeout(err error) bool {
	n, ok := err.(net.Error)
	return ok && n.Timeout()
}

func TestServeReturnsTheErrorOfTheListener(t *testing.T) {
	srv, err := server.New(server.Options{})
	require.NoError(t, err)
	listeners, err := listen([]string{"127.0.0.1:0"})
	require.NoError(t, err)
	require.NoError(t, listeners[0].Close())
	err = serveUntil(t.Context(), srv, listeners, slog.New(slog.DiscardHandler), grace)
	assert.ErrorIs(t, err, net.ErrClosed)
}

// process is a mock in its own process.
type process struct {
	*exec.Cmd
	url  string
	log  *safeBuffer
	done chan error
}

func launch(t *testing.T) *process {
	t.Helper()
	return boot(t, programWith("ECSMOCK_SEED=demo", "ECSMOCK_LOG=off"))
}

// programWith returns this test binary as the program, with an environment.
func programWith(env ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), asProgram+"=1", "ECSMOCK_ADDR=127.0.0.1:0"), env...)
	return cmd
}

// boot starts a process and waits until it listens. GOCOVERDIR is set since a test
// binary with coverage would else write a warning to the log.
func boot(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{Cmd: cmd, log: &safeBuffer{}, done: make(chan error, 1)}
	cmd.Stderr = p.log
	cmd.Env = append(cmd.Env, "GOCOVERDIR="+t.TempDir())
	out, in, err := os.Pipe()
	require.NoError(t, err)
	defer out.Close()
	cmd.Stdout = in
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Kill() })
	in.Close()
	p.url, _ = greeting(t, out, p.log)
	go func() { p.done <- cmd.Wait() }()
	return p
}

func (p *process) end(t *testing.T) {
	t.Helper()
	select {
	case <-p.done:
	case <-time.After(waitLimit):
		t.Fatal("the process did not end")
	}
}

func TestASignalStopsTheProcess(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			p := launch(t)
			status, _ := get(t, p.url+describe)
			assert.Equal(t, http.StatusOK, status)
			addr := strings.TrimPrefix(p.url, "http://")
			h := begin(t, addr)
			require.NoError(t, p.Process.Signal(signal))
			untilRefused(t, addr)
			status, body := h.end(t)
			assert.Equal(t, http.StatusOK, status, body)
			p.end(t)
			assert.Equal(t, "exit status 0", p.ProcessState.String())
			assert.Empty(t, p.log.String())
		})
	}
}

// A mock that is started with -until-eof ends with the program that holds its standard
// input, even if that is killed.
func TestTheEndOfStandardInput(t *testing.T) {
	cmd := programWith("ECSMOCK_LOG=off", "ECSMOCK_UNTIL_EOF=true")
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	p := boot(t, cmd)
	status, _ := get(t, p.url+describe)
	assert.Equal(t, http.StatusOK, status)
	require.NoError(t, in.Close())
	p.end(t)
	assert.Equal(t, "exit status 0", p.ProcessState.String())

	cmd = programWith("ECSMOCK_LOG=off") // its standard input is at its end
	p = boot(t, cmd)
	status, _ = get(t, p.url+describe)
	assert.Equal(t, http.StatusOK, status)
}

// A terminal that closes saves the world, unless the program was started with nohup.
func TestAClosedTerminal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	p := boot(t, programWith("ECSMOCK_STATE="+path, "ECSMOCK_LOG=off"))
	id := post(t, p.url+create, "")
	require.NoError(t, p.Process.Signal(syscall.SIGHUP))
	p.end(t)
	assert.Equal(t, "exit status 0", p.ProcessState.String())
	assert.Contains(t, read(t, path), id)

	sh, err := exec.LookPath("sh")
	require.NoError(t, err)
	cmd := programWith("ECSMOCK_LOG=off")
	cmd.Args = []string{sh, "-c", `trap '' HUP; exec "$0"`, cmd.Path}
	cmd.Path = sh
	p = boot(t, cmd)
	require.NoError(t, p.Process.Signal(syscall.SIGHUP))
	status, _ := get(t, p.url+describe)
	assert.Equal(t, http.StatusOK, status)
	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	p.end(t)
	assert.Equal(t, "exit status 0", p.ProcessState.String())
}

func TestASecondSignalKillsTheProcess(t *testing.T) {
	p := launch(t)
	addr := strings.TrimPrefix(p.url, "http://")
	h := begin(t, addr)
	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	untilRefused(t, addr)
	limit := time.After(grace - time.Second)
	for ended := false; !ended; {
		p.Process.Signal(syscall.SIGTERM) // the first of these may come before the program has handled the one above
		select {
		case <-p.done:
			ended = true
		case <-limit:
			t.Fatal("the process did not end before calls are cut off anyway")
		case <-time.After(20 * time.Millisecond):
		}
	}
	assert.Equal(t, "signal: terminated", p.ProcessState.String())
	_, err := io.ReadAll(h.answers)
	assert.False(t, isTimeout(err))
}
