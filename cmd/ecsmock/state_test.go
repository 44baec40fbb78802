//go:build unix

package main

import (
	"encoding/json"
	"io"
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
)

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// post sends a call that must succeed, and returns the id of the group it created.
func post(t *testing.T, url, body string) string {
	t.Helper()
	answer, err := http.Post(url, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	defer answer.Body.Close()
	require.Equal(t, http.StatusOK, answer.StatusCode, url)
	var created struct{ SecurityGroupId string }
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&created))
	return created.SecurityGroupId
}

func TestTheWorldSurvivesARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	environ := vars("ECSMOCK_ADDR", "127.0.0.1:0", "ECSMOCK_STATE", path, "ECSMOCK_LOG", "off")
	mock := start(t, environ, "-seed", "demo")
	id := post(t, mock.url+create, "")
	_, last := get(t, mock.url+"/_mock/state")
	require.Contains(t, last, id)
	assert.Zero(t, mock.stop())
	assert.Equal(t, last, read(t, path))

	mock = start(t, environ, "-seed", "../../testdata/seeds/web.json")
	_, now := get(t, mock.url+"/_mock/state")
	assert.Equal(t, last, now, "the file is loaded instead of the seed")
	assert.Contains(t, mock.curl, "Action=DescribeSecurityGroups", "which works whatever the file contains")
	post(t, mock.url+"/_mock/reset", "")
	_, now = get(t, mock.url+"/_mock/state")
	assert.Contains(t, now, `"sg-web"`, "reset goes back to the seed")
	assert.NotContains(t, now, id)
	assert.Zero(t, mock.stop())
	assert.Equal(t, now, read(t, path))
	assert.Empty(t, mock.log.String())
}

// A seed beside a state file that exists is not used, and that is said.
func TestASeedThatIsNotUsed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	first := start(t, noEnv, "-addr", "127.0.0.1:0", "-state", path, "-seed", "demo")
	assert.Zero(t, first.stop())
	assert.NotContains(t, first.log.String(), "not used")
	again := start(t, noEnv, "-addr", "127.0.0.1:0", "-state", path, "-seed", "demo")
	assert.Zero(t, again.stop())
	assert.Contains(t, again.log.String(), `msg="the seed demo was not used, since the state file `+path+` exists; POST /_mock/reset goes back to the seed"`)
	without := start(t, noEnv, "-addr", "127.0.0.1:0", "-state", path)
	assert.Zero(t, without.stop())
	assert.Empty(t, without.log.String())
}

func TestInvalidStateFiles(t *testing.T) {
	for name, test := range map[string]struct{ text, why string }{
		"torn":         {`{"Version": 1, "SecurityGroups": [`, "line 1, column 34: unexpected end of JSON input"},
		"another form": {`{"name": "left-pad"}`, "name: there is no such field; the fields are Version, Accounts, Regions, InstanceTypes, Images, ResourceGroups, Vpcs, VSwitches, SecurityGroups, Instances, NetworkInterfaces, PrefixLists, PortRangeLists"},
		"newer":        {`{"Version": 2}`, "Version: the version of the form is 1; a newer one needs a newer program"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "state.json")
			require.NoError(t, os.WriteFile(path, []byte(test.text), 0o600))
			code, out, log := call(vars("ECSMOCK_ADDR", "127.0.0.1:0"), "-state", path, "-seed", "demo")
			assert.Equal(t, 1, code)
			assert.Empty(t, out)
			assert.Equal(t, "ecsmock: the state file "+path+" is refused: "+test.why+"; it was not changed; correct it, or give another file\n", log)
			assert.Equal(t, test.text, read(t, path))
		})
	}
}

func TestASecondServerOnAFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off", "-state", path)
	code, out, log := call(noEnv, "-addr", "127.0.0.1:0", "-state", path)
	assert.Equal(t, 1, code)
	assert.Empty(t, out)
	assert.Equal(t, "ecsmock: the state file "+path+" is in use by another server; stop that one, or give this one another file\n", log)
	post(t, mock.url+create, "")
	assert.Zero(t, mock.stop())

	start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off", "-state", path)
}

func TestAStartThatFailsReleasesTheStateFile(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	path := filepath.Join(t.TempDir(), "state.json")
	code, _, log := call(noEnv, "-addr", taken.Addr().String(), "-state", path)
	assert.Equal(t, 1, code)
	assert.Contains(t, log, "cannot listen on")
	start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off", "-state", path)
}

func TestAStateThatCannotBeWrittenAtStop(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off", "-state", path)
	before := read(t, path)
	require.NoError(t, os.MkdirAll(filepath.Join(path+".tmp", "in the way"), 0o700))
	post(t, mock.url+create, "")
	assert.Equal(t, 1, mock.stop())
	assert.Regexp(t, "^ecsmock: the state file .+ cannot be written: .+; .+\n$", mock.log.String())
	assert.Equal(t, before, read(t, path))
}

func TestAStateThatCannotBeWrittenIsWrittenLater(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.json")
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-state", path)
	before := read(t, path)
	require.NoError(t, os.MkdirAll(filepath.Join(path+".tmp", "in the way"), 0o700))
	post(t, mock.url+create, "")
	untilLogged(t, mock.log, notKept)
	assert.Equal(t, before, read(t, path))

	require.NoError(t, os.RemoveAll(path+".tmp"))
	untilLogged(t, mock.log, keptAgain)
	_, now := get(t, mock.url+"/_mock/state")
	assert.Equal(t, now, read(t, path))
	assert.Zero(t, mock.stop())
}

// What the server logs about a state file.
const (
	notKept   = "the state file cannot be written"
	keptAgain = "the state file is written again"
)

func untilLogged(t *testing.T, log *safeBuffer, text string) {
	t.Helper()
	require.Eventually(t, func() bool { return strings.Contains(log.String(), text) }, waitLimit, time.Millisecond, text)
}

// A limit on the size of a file stands for a full disk.
func TestAFullDiskLeavesTheOldFile(t *testing.T) {
	onlyForSafety(t)
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("SKIPPED: bash is not installed")
	}
	path := filepath.Join(t.TempDir(), "state.json")
	cmd := withState(path)
	cmd.Args = []string{bash, "-c", `ulimit -f 1 && exec "$0"`, cmd.Path}
	cmd.Path = bash
	p := boot(t, cmd)
	for range 20 { // to more than 1024 bytes
		post(t, p.url+create, "")
	}
	untilLogged(t, p.log, notKept)
	assert.Contains(t, p.log.String(), "state.json cannot be written: file too large; make room for it, or give another file")
	before := read(t, path)
	assert.Less(t, len(before), 1024)
	assert.NoFileExists(t, path+".tmp", "an unfinished file takes no space")

	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	p.end(t)
	assert.Equal(t, "exit status 1", p.ProcessState.String())
	log := p.log.String()
	assert.Equal(t, 1, strings.Count(log, notKept), log)
	assert.Contains(t, log, "\necsmock: the state file "+path+" cannot be written: file too large; make room for it, or give another file\n")
	assert.Equal(t, before, read(t, path))
	boot(t, withState(path))
}

// nobody is a user that permissions apply to; they do not apply to root.
const nobody = 65534

// unprivileged returns a folder of a user that permissions apply to, and a function
// that makes a command run as that user.
func unprivileged(t *testing.T) (string, func(*exec.Cmd) *exec.Cmd) {
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

func TestAReadOnlyFolder(t *testing.T) {
	onlyForSafety(t)
	dir, as := unprivileged(t)
	require.NoError(t, os.Chmod(dir, 0o555))
	defer os.Chmod(dir, 0o755)
	path := filepath.Join(dir, "state.json")
	out, err := as(withState(path)).Output()
	exit := (*exec.ExitError)(nil)
	require.ErrorAs(t, err, &exit)
	assert.Equal(t, 1, exit.ExitCode())
	assert.Empty(t, out)
	assert.Contains(t, string(exit.Stderr), "ecsmock: the state file "+path+" cannot be locked: permission denied; make it and its folder readable and writable, or give another file\n")
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, left)
}
