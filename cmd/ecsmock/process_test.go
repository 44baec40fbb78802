//go:build unix

package main

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// process is the program in a process of its own.
type process struct {
	*exec.Cmd
	url  string
	log  *safeBuffer
	done chan error
}

func launch(t *testing.T) *process {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), asProgram+"=1", "ECSMOCK_ADDR=127.0.0.1:0", "ECSMOCK_SEED=demo", "ECSMOCK_LOG=off")
	return boot(t, cmd)
}

// boot starts a process and waits until it listens.
func boot(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{Cmd: cmd, log: &safeBuffer{}, done: make(chan error, 1)}
	cmd.Stderr = p.log
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
	case <-time.After(soon):
		t.Fatal("the process does not end")
	}
}

func TestASignalStopsTheProcess(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
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

func TestASecondSignalKillsTheProcess(t *testing.T) {
	p := launch(t)
	addr := strings.TrimPrefix(p.url, "http://")
	h := begin(t, addr)
	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	untilRefused(t, addr)
	limit := time.After(grace - time.Second)
	for ended := false; !ended; {
		p.Process.Signal(syscall.SIGTERM) // the first of these may still come too early to be the second
		select {
		case <-p.done:
			ended = true
		case <-limit:
			t.Fatal("the process does not end before calls are cut off anyway")
		case <-time.After(20 * time.Millisecond):
		}
	}
	assert.Equal(t, "signal: terminated", p.ProcessState.String())
	_, err := io.ReadAll(h.answers)
	assert.False(t, isTimeout(err))
}
