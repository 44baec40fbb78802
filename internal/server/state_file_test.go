package server_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/server"
)

// keeping returns a server of the demo world with a state file.
func keeping(t *testing.T, path string, log *slog.Logger) *server.Server {
	t.Helper()
	s := start(t, server.Options{Seed: ecs.Demo, State: path, Log: log})
	t.Cleanup(func() { s.Stop(t.Context()) })
	return s
}

const createOne = "/?Action=CreateSecurityGroup&RegionId=cn-hangzhou&Format=JSON"

func TestEveryChangeIsInTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.json")
	s := keeping(t, path, nil)
	post(t, s, `{"Action": "CreateSecurityGroup", "When": "after", "Drop": true, "After": 1, "Times": 1}`)
	last := world(s)
	for _, change := range []struct{ name, method, target, body string }{
		{"a call", http.MethodPost, createOne, ""},
		{"a call whose answer is lost", http.MethodPost, createOne, ""},
		{"a state", http.MethodPut, "/_mock/state", `{"SecurityGroups": [{"RegionId": "cn-beijing", "SecurityGroupId": "sg-1"}]}`},
		{"a reset", http.MethodPost, "/_mock/reset", ""},
	} {
		func() {
			defer func() { recover() }() // a dropped answer is a panic
			send(s, change.method, change.target, change.body)
		}()
		now := world(s)
		require.NotEqual(t, last, now, change.name)
		last = now
		assert.Eventually(t, func() bool {
			text, err := os.ReadFile(path)
			return assert.NoError(t, err) && string(text) == now
		}, time.Minute, 10*time.Millisecond, change.name)
	}
}

func TestAStateFileOutlivesItsServer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.json")
	s := keeping(t, path, nil)
	seed := world(s)
	require.Equal(t, http.StatusOK, get(s, createOne).Status)
	last := world(s)
	_, err := server.New(server.Options{State: path})
	assert.ErrorAs(t, err, new(server.StateError), "it is in use")
	for range 2 {
		require.NoError(t, s.Stop(t.Context()), "a second Stop does nothing")
	}

	s = keeping(t, path, nil)
	assert.Equal(t, last, world(s))
	require.Equal(t, http.StatusOK, get(s, createOne).Status, "ids of the file are not used again")
	require.Equal(t, http.StatusOK, send(s, http.MethodPost, "/_mock/reset", "").Status)
	assert.JSONEq(t, seed, world(s))
}

// A file that cannot be written is logged once, and logged again when it is written.
func TestAStateFileThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.json")
	log := &lines{}
	s := keeping(t, path, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelInfo})))
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	inTheWay := filepath.Join(path+".tmp", "folder")
	require.NoError(t, os.MkdirAll(inTheWay, 0o700))
	require.Equal(t, http.StatusOK, get(s, createOne).Status)
	const logged = "the state file cannot be written; retrying until it can"
	require.Eventually(t, func() bool { return strings.Contains(log.String(), logged) }, time.Minute, time.Millisecond)
	time.Sleep(time.Second) // for another try
	assert.Equal(t, 1, strings.Count(log.String(), logged), log)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(text))

	require.NoError(t, os.Remove(inTheWay))
	require.Eventually(t, func() bool { return strings.Contains(log.String(), "the state file is written again") }, time.Minute, time.Millisecond)
	text, err = os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, world(s), string(text))

	require.NoError(t, os.MkdirAll(inTheWay, 0o700))
	require.Equal(t, http.StatusOK, get(s, createOne).Status)
	for range 2 {
		assert.ErrorAs(t, s.Stop(t.Context()), new(server.StateError))
	}
	text2, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(text), string(text2))
}

// lines is a log that one goroutine writes and another reads.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
