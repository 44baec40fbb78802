package admin

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/journal"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// following returns the URL of a server that streams the journal with frequent comments.
func following(t *testing.T, a *Admin) (url string, stop context.CancelFunc) {
	ctx, stop := context.WithCancel(context.Background())
	a.Journal, a.Stop = &journal.Journal{}, ctx.Done()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, _, err := filterOf(r)
		if err == nil {
			err = a.resume(r, &f)
		}
		if err != nil {
			refuse(w, http.StatusBadRequest, err)
			return
		}
		a.follow(w, r, f, 20*time.Millisecond, nil)
	}))
	t.Cleanup(s.Close)
	t.Cleanup(stop)
	return s.URL, stop
}

func call(a *Admin, action string) {
	a.Journal.Add(&rpc.Call{Action: action, Query: "Action=" + action + "&X=1"}, &rpc.Outcome{Status: 200}, "1", "", 0, journal.Result{})
}

// stream returns the lines of a stream without blank ones; its end closes the channel.
func stream(t *testing.T, url, lastID string) <-chan string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	if lastID != "" {
		r.Header.Set("Last-Event-ID", lastID)
	}
	got, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, got.StatusCode)
	require.Equal(t, "text/event-stream", got.Header.Get("Content-Type"))
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		defer got.Body.Close()
		for s := bufio.NewScanner(got.Body); s.Scan(); {
			if s.Text() != "" {
				lines <- s.Text()
			}
		}
	}()
	return lines
}

// next returns the next line that is not a comment.
func next(lines <-chan string) string {
	for line := range lines {
		if !strings.HasPrefix(line, ":") {
			return line
		}
	}
	return "the end"
}

func TestFollow(t *testing.T) {
	a := &Admin{}
	url, stop := following(t, a)
	call(a, "A")
	lines := stream(t, url+"?follow&action=A", "")
	assert.Equal(t, "id: 1", next(lines))
	data := next(lines)
	assert.True(t, strings.HasPrefix(data, `data: {"Number":1,`), data)
	assert.Contains(t, data, `"Action":"A"`)
	for range 2 {
		assert.Equal(t, ": still here", <-lines)
	}
	call(a, "B")
	call(a, "A")
	assert.Equal(t, "id: 3", next(lines))
	next(lines)
	stop()
	assert.Equal(t, "the end", next(lines))
}

// A stream begins at once, with headers, where there is no call yet.
func TestFollowOfAnEmptyJournal(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	a := &Admin{Journal: &journal.Journal{}, Stop: ctx.Done()}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.follow(w, r, journal.Filter{}, time.Hour, nil)
	}))
	defer s.Close()
	defer stop()
	client := http.Client{Timeout: time.Minute}
	got, err := client.Get(s.URL)
	require.NoError(t, err)
	got.Body.Close()
}

func TestLastEventID(t *testing.T) {
	a := &Admin{}
	url, _ := following(t, a)
	for range 3 {
		call(a, "A")
	}
	assert.Equal(t, "id: 3", next(stream(t, url+"?follow&since=1", "2")))
	assert.Equal(t, "id: 2", next(stream(t, url+"?follow&since=1", "")))
	assert.Equal(t, "id: 1", next(stream(t, url+"?follow", "99")), "a number of an earlier run")
	for range 5000 {
		call(a, "A")
	}
	lines := stream(t, url+"?follow", "2")
	assert.Equal(t, "event: skipped", next(lines))
	assert.Equal(t, `data: {"Skipped":905}`, next(lines))
	assert.Equal(t, "id: 908", next(lines))
	assert.Equal(t, "id: 908", next(stream(t, url+"?follow", "")), "nothing was missed before")
}

func TestUnreadFollowersDelayNoOther(t *testing.T) {
	a := &Admin{}
	url, stop := following(t, a)
	got, err := http.Get(url + "?follow")
	require.NoError(t, err)
	defer got.Body.Close()
	for range 300 {
		call(a, strings.Repeat("x", 1<<16))
	}
	stop() // and the server is closed at the end, which waits for its calls
}

// A follower that does not read is disconnected.
func TestUnreadFollowersEnd(t *testing.T) {
	a, ended := &Admin{Journal: &journal.Journal{}}, make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		a.follow(w, r, journal.Filter{}, 20*time.Millisecond, nil)
	}))
	defer s.Close()
	got, err := http.Get(s.URL)
	require.NoError(t, err)
	defer got.Body.Close()
	for range 300 {
		call(a, strings.Repeat("x", 1<<16))
	}
	select {
	case <-ended:
	case <-time.After(time.Minute):
		assert.Fail(t, "it is still followed")
	}
}

func TestFollowRefuses(t *testing.T) {
	a := &Admin{}
	url, _ := following(t, a)
	for _, query := range []string{"?follow=no", "?follow&since=x", "?follow&colour=red"} {
		got, err := http.Get(url + query)
		require.NoError(t, err)
		got.Body.Close()
		assert.Equal(t, http.StatusBadRequest, got.StatusCode, query)
	}
}
