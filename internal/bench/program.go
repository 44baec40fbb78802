package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// program is the built mock, and where it may leave files.
type program struct{ dir, path string }

// build makes the program as make build does.
func build(dir string) (*program, error) {
	p := &program{dir, filepath.Join(dir, "ecsmock")}
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", p.path, "./cmd/ecsmock")
	cmd.Env, cmd.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	return p, cmd.Run()
}

// running is a server that was started.
type running struct {
	*exec.Cmd
	address string
}

// start runs a server until it tells where it listens. What it logs goes to a file:
// a pipe would have a reader, who costs time too.
func (p *program) start(path string, args ...string) (*running, error) {
	log, err := os.Create(filepath.Join(p.dir, "log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(path, args...)
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on http://")
	if !ok {
		cmd.Process.Kill()
		cmd.Wait()
		return nil, errors.Join(err, fmt.Errorf("%s did not tell where it listens, but %q", path, line))
	}
	return &running{cmd, address}, nil
}

// mock starts the mock.
func (p *program) mock(args ...string) (*running, error) {
	return p.start(p.path, append([]string{"-addr", "127.0.0.1:0"}, args...)...)
}

// floor starts the server that does nothing.
func (p *program) floor() (*running, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return p.start(self, "floor")
}

// stop ends the server.
func (r *running) stop() {
	r.Process.Signal(syscall.SIGTERM)
	r.Wait() // a server that is told to stop may well say that it was
}
