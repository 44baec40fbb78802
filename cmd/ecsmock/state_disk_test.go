//go:build unix

package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// withState is this test binary as the program, with a state file.
func withState(path string, env ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asProgram+"=1", "ECSMOCK_ADDR=127.0.0.1:0", "ECSMOCK_LOG=text", "ECSMOCK_STATE="+path)
	cmd.Env = append(cmd.Env, env...)
	return cmd
}

func (p *process) untilLogged(t *testing.T, text string) {
	t.Helper()
	require.Eventually(t, func() bool { return strings.Contains(p.log.String(), text) }, soon, time.Millisecond, text)
}

const (
	notKept  = "the state file cannot be written"
	keptThen = "the state file is written again"
)

// What a process may write to a file is limited here: that stands for a full disk.
func TestAFullDiskLeavesTheOldFile(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("NOT TESTED: there is no bash, whose ulimit stands for a full disk")
	}
	path := filepath.Join(t.TempDir(), "state.json")
	cmd := withState(path)
	cmd.Args = []string{bash, "-c", `ulimit -f 1 && exec "$0"`, cmd.Path}
	cmd.Path = bash
	p := boot(t, cmd)
	for range 20 { // to more than 1024 bytes
		post(t, p.url+create, "")
	}
	p.untilLogged(t, notKept)
	assert.Contains(t, p.log.String(), "state.json cannot be written: file too large; make room for it, or give another file")
	before := read(t, path)
	assert.Less(t, len(before), 1024)
	assert.NoFileExists(t, path+".tmp", "what could not be finished takes no room")

	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	p.end(t)
	assert.Equal(t, "exit status 1", p.ProcessState.String())
	log := p.log.String()
	assert.Equal(t, 1, strings.Count(log, notKept), log)
	assert.Contains(t, log, "\necsmock: the state file "+path+" cannot be written: file too large; make room for it, or give another file\n")
	assert.Equal(t, before, read(t, path))
	boot(t, withState(path))
}

// nobody is an account that permissions bind, as they do not bind root.
const nobody = 65534

// folderOf is a folder of an account that permissions bind, and how to start a
// process as that account.
func folderOf(t *testing.T) (string, func(*exec.Cmd) *exec.Cmd) {
	t.Helper()
	dir := t.TempDir()
	if os.Getuid() != 0 {
		return dir, func(cmd *exec.Cmd) *exec.Cmd { return cmd }
	}
	self, err := os.Open(os.Args[0])
	require.NoError(t, err)
	defer self.Close()
	require.NoError(t, os.Chmod(filepath.Dir(dir), 0o755))
	program := filepath.Join(filepath.Dir(dir), "program")
	to, err := os.OpenFile(program, os.O_CREATE|os.O_WRONLY, 0o755)
	require.NoError(t, err)
	_, err = io.Copy(to, self)
	require.NoError(t, err)
	require.NoError(t, to.Close())
	require.NoError(t, os.Chown(dir, nobody, nobody))
	return dir, func(cmd *exec.Cmd) *exec.Cmd {
		cmd.Path, cmd.Dir = program, dir
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		return cmd
	}
}

func TestAFolderThatBecomesReadOnly(t *testing.T) {
	dir, as := folderOf(t)
	path := filepath.Join(dir, "state.json")
	p := boot(t, as(withState(path)))
	before := read(t, path)
	require.NoError(t, os.Chmod(dir, 0o555))
	defer os.Chmod(dir, 0o755)
	post(t, p.url+create, "")
	p.untilLogged(t, notKept)
	assert.Contains(t, p.log.String(), "state.json cannot be written: permission denied; let it and its folder be read and written, or give another file")
	assert.Equal(t, before, read(t, path))

	require.NoError(t, os.Chmod(dir, 0o755))
	p.untilLogged(t, keptThen)
	_, now := get(t, p.url+"/_mock/state")
	assert.Equal(t, now, read(t, path))
	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	p.end(t)
	assert.Equal(t, "exit status 0", p.ProcessState.String())
}

func TestAFolderThatIsReadOnly(t *testing.T) {
	dir, as := folderOf(t)
	require.NoError(t, os.Chmod(dir, 0o555))
	defer os.Chmod(dir, 0o755)
	path := filepath.Join(dir, "state.json")
	out, err := as(withState(path)).CombinedOutput()
	assert.ErrorContains(t, err, "exit status 1")
	assert.Equal(t, "ecsmock: the state file "+path+" cannot be locked: permission denied; let it and its folder be read and written, or give another file\n", string(out))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, left)
}
