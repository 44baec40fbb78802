// Package clients_test drives the mock with the vendor's Go SDKs, unmodified, as a
// user's own tests would.
package clients_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// endpoint is where the mock of this run listens, as host:port. It speaks HTTP and
// HTTPS there, and refuses what is not signed as the service wants it.
var endpoint string

// secret is what testid signs with, and every key of 16 digits.
const secret = "testsecret"

func TestMain(m *testing.M) {
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"} {
		os.Unsetenv(name) // the SDK would ask it even for 127.0.0.1
	}
	code, err := withMock(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// withMock builds the program, runs the tests against it and stops it.
func withMock(tests func() int) (code int, err error) {
	dir, err := os.MkdirTemp("", "ecsmock")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "ecsmock")
	build := exec.Command("go", "build", "-o", program, "./cmd/ecsmock")
	build.Dir = "../../.."
	if out, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w: %s", err, out)
	}
	mock := exec.Command(program)
	mock.Env = append(os.Environ(), "ECSMOCK_ADDR=127.0.0.1:0", "ECSMOCK_SEED=", "ECSMOCK_LOG=off",
		"ECSMOCK_SIGNATURES=require", "ECSMOCK_CREDENTIALS=testid:"+secret)
	mock.Stderr = os.Stderr
	out, err := mock.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := mock.Start(); err != nil {
		return 0, err
	}
	defer func() {
		err = errors.Join(err, mock.Process.Signal(syscall.SIGTERM), mock.Wait())
	}()
	if endpoint, err = listening(out); err != nil {
		return 0, err
	}
	if err := trust(filepath.Join(dir, "ca.pem")); err != nil {
		return 0, err
	}
	return tests(), nil
}

// trust makes the mock's authority the one that this process trusts, in the way
// that users do it. Go reads the variable when it first meets a certificate.
func trust(file string) error {
	answer, err := http.Get("http://" + endpoint + "/_mock/ca.pem")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	pem, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		return fmt.Errorf("ca.pem: %s: %w", answer.Status, err)
	}
	return errors.Join(os.WriteFile(file, pem, 0o600), os.Setenv("SSL_CERT_FILE", file))
}

// listening reads where a mock listens from the first line that it prints.
func listening(out io.Reader) (string, error) {
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", err
	}
	host, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on http://")
	if !ok {
		return "", fmt.Errorf("the mock printed %q", line)
	}
	return host, nil
}

var accounts atomic.Int64

// key is what a client signs with. A token makes it a temporary one.
type key struct{ id, secret, token string }

// newAccount is an account that no other test has: an access key of 16 digits is
// an account of its own.
func newAccount(t *testing.T) string {
	t.Helper()
	n := accounts.Add(1)
	require.Less(t, n, int64(1e6))
	return fmt.Sprintf("1000000000%06d", n)
}
