package server_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// post adds faults.
func post(t *testing.T, s *server.Server, faults string) {
	t.Helper()
	got := send(s, http.MethodPost, "/_mock/faults", faults)
	require.Equal(t, http.StatusOK, got.Status, got.Body)
}

// listening serves over TCP and returns the URL.
func listening(t *testing.T, s *server.Server) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go s.Serve(l)
	t.Cleanup(func() { s.Stop(context.Background()) })
	return "http://" + l.Addr().String()
}

func TestInjectedThrottling(t *testing.T) {
	s := demo(t)
	post(t, s, `{"Action": "RevokeSecurityGroup", "Code": "Throttling.User", "Times": 2}`)
	for _, hint := range []string{"1 of 2 times", "2 of 2 times"} {
		got := get(s, revokeSample)
		assert.Equal(t, http.StatusBadRequest, got.Status)
		assert.Contains(t, got.Body, `"Code":"Throttling.User","Message":"Request was denied due to user flow control."`)
		assert.Equal(t, "fault 1 (Throttling.User) acted, "+hint, got.Header.Get("X-Ecsmock-Hint"))
		assert.Equal(t, []string{"100"}, got.Header["x-acs-retry-after"])
		assert.Equal(t, []string{"Limit:1,Remain:0,TimeLeft:100,Reset:100"}, got.Header["X-RateLimit-User"])
	}
	assert.Equal(t, http.StatusOK, get(s, revokeSample).Status, "the calls before had no effect")
}

// Every code of every table can be injected; an incomplete row needs a message.
func TestEveryRowCanBeInjected(t *testing.T) {
	for _, a := range actions() {
		for _, row := range slices.Concat(a.Failures, a.Unmade) {
			if row.Code == "" {
				continue
			}
			f := map[string]any{"Action": a.FullName(), "Code": row.Code}
			if strings.Contains(row.Message, "%s") {
				f["Message"] = "No."
			}
			text, _ := json.Marshal(f)
			s := demo(t)
			post(t, s, string(text))
			got := get(s, "/?Format=JSON&Action="+a.Name+"&Version="+a.Product.Version)
			assert.Contains(t, got.Body, `"Code":"`+row.Code+`"`)
			assert.GreaterOrEqual(t, got.Status, 400)
		}
	}
}

// An answer is lost after the effect: the case for client tokens.
func TestDrop(t *testing.T) {
	s := demo(t)
	at := listening(t, s)
	post(t, s, `{"Action": "RevokeSecurityGroup", "Drop": true, "When": "after", "Times": 1}`)
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	_, err := c.Post(at+revokeSample+"&ClientToken=once", "", nil)
	assert.ErrorIs(t, err, io.EOF)
	res, err := c.Post(at+revokeSample+"&ClientToken=once", "", nil)
	require.NoError(t, err)
	assert.Equal(t, 200, res.StatusCode)
	assert.Equal(t, http.StatusForbidden, get(s, revokeSample).Status, "the rule is gone")
	list := get(s, "/_mock/journal?action=RevokeSecurityGroup").Body
	assert.Contains(t, list, `"Status": 0`)
	assert.Contains(t, list, "fault 1 (drop) acted after the effect, 1 of 1 times; without the fault the answer was 200")
}

func TestTruncateAt(t *testing.T) {
	s := demo(t)
	at := listening(t, s)
	post(t, s, `{"Action": "DescribeRegions", "TruncateAt": 10, "When": "after", "Times": 1}`)
	for _, whole := range []bool{false, true} {
		res, err := http.Get(at + "/?Format=JSON&Action=DescribeRegions&RegionId=cn-hangzhou")
		require.NoError(t, err)
		body, err := io.ReadAll(res.Body)
		if whole {
			assert.NoError(t, err)
			assert.True(t, json.Valid(body))
			continue
		}
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
		assert.Len(t, body, 10)
	}
}

// waitForMatch waits until the one fault has matched a call.
func waitForMatch(t *testing.T, s *server.Server) {
	t.Helper()
	require.Eventually(t, func() bool { return strings.Contains(get(s, "/_mock/faults").Body, `"Matched": 1`) }, time.Minute, time.Millisecond)
}

func TestTheClientLeaves(t *testing.T) {
	s := demo(t)
	at := listening(t, s)
	before := world(s)
	post(t, s, `{"Action": "*", "DelayMs": 600000}`)
	ctx, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at+revokeSample, nil)
	require.NoError(t, err)
	go func() {
		waitForMatch(t, s)
		leave()
	}()
	_, err = http.DefaultClient.Do(r)
	assert.ErrorIs(t, err, context.Canceled)
	assert.Eventually(t, func() bool { return strings.Contains(get(s, "/_mock/journal").Body, "nothing was done") }, time.Minute, time.Millisecond)
	assert.Equal(t, before, world(s))
}

func TestStopEndsDelays(t *testing.T) {
	s := demo(t)
	at := listening(t, s)
	post(t, s, `{"Action": "*", "DelayMs": 600000}`)
	status := make(chan int, 1)
	go func() {
		res, err := http.Get(at + revokeSample)
		if err != nil {
			status <- 0
			return
		}
		status <- res.StatusCode
	}()
	waitForMatch(t, s)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	require.NoError(t, s.Stop(ctx))
	assert.Equal(t, 200, <-status)
}

func TestResetForgetsFaults(t *testing.T) {
	s := demo(t)
	post(t, s, `{"Action": "*", "Drop": true}`)
	send(s, http.MethodPost, "/_mock/reset", "")
	assert.JSONEq(t, `{"Faults": []}`, get(s, "/_mock/faults").Body)
}
