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
	"syscall"
	"testing"
)

// program is the mock that these tests are of, and endpoint where the one that most
// of them share listens, as host:port. It speaks HTTP and HTTPS there, and refuses
// what is not signed as the service wants it.
var program, endpoint string

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

// withMock builds the program, runs the tests against it, writes down what they
// proved and stops it.
func withMock(tests func() int) (code int, err error) {
	dir, err := os.MkdirTemp("", "ecsmock")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "ecsmock")
	build := exec.Command("go", "build", "-o", program, "./cmd/ecsmock")
	build.Dir = "../../.."
	if out, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w: %s", err, out)
	}
	begin := start
	if isShadowed() {
		begin = startShadow
	}
	host, stop, err := begin("ECSMOCK_SEED=", "ECSMOCK_SIGNATURES=require", "ECSMOCK_CREDENTIALS=testid:"+secret+",STS.temporary:"+secret+"::a-token")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	endpoint = host
	if err := trust(filepath.Join(dir, "ca.pem")); err != nil {
		return 0, err
	}
	if code = tests(); code == 0 {
		err = prove(os.Getenv("CLIENTS_PROVEN"))
	}
	return code, err
}

// start runs a mock with some settings on a free port. It answers with where it
// listens and with what stops it.
func start(settings ...string) (host string, stop func() error, err error) {
	mock := exec.Command(program)
	mock.Env = append(append(os.Environ(), "ECSMOCK_ADDR=127.0.0.1:0", "ECSMOCK_LOG=off"), settings...)
	mock.Stderr = os.Stderr
	out, err := mock.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := mock.Start(); err != nil {
		return "", nil, err
	}
	stop = func() error { return errors.Join(mock.Process.Signal(syscall.SIGTERM), mock.Wait()) }
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", nil, errors.Join(err, stop())
	}
	host, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on http://")
	if !ok {
		return "", nil, errors.Join(fmt.Errorf("the mock printed %q", line), stop())
	}
	return host, stop, nil
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
