package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var write = flag.Bool("write", false, "rewrite the golden files")

// asProgram is the variable that makes this test binary run as the program.
const asProgram = "TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// waitLimit is how long a test waits for something that takes milliseconds.
const waitLimit = 20 * time.Second

// noEnv is an empty environment.
var noEnv env

// vars returns an environment of pairs.
func vars(pairs ...string) env {
	environ := env{}
	for i := 0; i < len(pairs); i += 2 {
		environ[pairs[i]] = pairs[i+1]
	}
	return environ
}

// call runs a command that should end by itself. If it starts a mock, it stops that.
func call(environ env, args ...string) (code int, out, log string) {
	var o, l bytes.Buffer
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	code = run(ctx, args, environ, &o, &l)
	return code, o.String(), l.String()
}

// running is a mock in the process of the test.
type running struct {
	url  string // as printed
	curl string // the line after it
	stop func() int
	log  *safeBuffer
}

// start runs serve until the test ends or stops it.
func start(t *testing.T, environ env, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	log := &safeBuffer{}
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, args, environ, in, log)
		in.Close()
	}()
	r := &running{log: log, stop: sync.OnceValue(func() int {
		cancel()
		select {
		case code := <-exit:
			return code
		case <-time.After(waitLimit):
			t.Error("the mock did not stop")
			return -1
		}
	})}
	t.Cleanup(func() { r.stop() })
	r.url, r.curl = greeting(t, out, log)
	return r
}

// greeting returns what the first two lines say that a mock prints when it listens on
// one address. The third is for people.
func greeting(t *testing.T, out io.Reader, log *safeBuffer) (url, curl string) {
	t.Helper()
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan(), "no greeting; the log is: %s", log)
	var object struct{ Msg, URL, Example, Page string }
	if json.Unmarshal(lines.Bytes(), &object) == nil {
		assert.Equal(t, "listening", object.Msg)
		assert.Equal(t, object.URL+"/_mock/", object.Page)
		return object.URL, "curl '" + object.Example + "'"
	}
	url, ok := strings.CutPrefix(lines.Text(), "listening on ")
	require.True(t, ok, lines.Text())
	require.True(t, lines.Scan())
	curl = lines.Text()
	assert.True(t, strings.HasPrefix(curl, "curl '"+url+"/?Action="), curl)
	require.True(t, lines.Scan())
	assert.Equal(t, "open "+url+"/_mock/ in a browser", lines.Text())
	return url, curl
}

// safeBuffer is a buffer for several goroutines.
type safeBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
