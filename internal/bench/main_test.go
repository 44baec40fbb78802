package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestResults(t *testing.T) {
	r := results{}
	r.read([]byte("goos: linux\nBenchmarkHit-2   \t  100\t 3000 ns/op\t 12 B/op\t  7 allocs/op\n" +
		"BenchmarkMiss/rules=10-2  5  2500 ns/op\nBenchmarkHit-2  100 2900.5 ns/op\nPASS\n"))
	assert.Equal(t, 2900.5, r.least("Hit", "ns/op"))
	assert.Equal(t, 7.0, r.least("Hit", "allocs/op"))
	assert.Equal(t, 2500.0, r.least("Miss/rules=10", "ns/op"))
	assert.Panics(t, func() { r.least("Hit", "B/rule") })
}

func TestReport(t *testing.T) {
	text := report([]figure{
		{what: "ratio", value: 0.64, budget: 0.65, atLeast: true}, {what: "start", value: 3.333, unit: "ms", budget: 15},
		{what: "rule", value: 701, unit: "bytes", budget: 700}, {what: "other", value: 1},
	}, time.Now(), 0.1)
	assert.Contains(t, text, "| ratio | 0.64 | ≥ 0.65 | **no** |\n| start | 3.33 ms | ≤ 15 | yes |\n| rule | 701 bytes | ≤ 700 | **no** |\n| other | 1 |  |  |\n")
}

// A connection revokes a rule and adds it again; each call has 17 parameters.
func TestRequests(t *testing.T) {
	query := func(n int) string {
		line, _, _ := strings.Cut(string(request(n, 0, 4, true)), " HTTP/1.1")
		_, query, _ := strings.Cut(line, "?")
		return query
	}
	assert.Len(t, strings.Split(query(0), "&"), 17)
	assert.Contains(t, query(0), "Action=RevokeSecurityGroup&")
	assert.Contains(t, query(1), "Action=AuthorizeSecurityGroup&")
	part := func(query string) string { return query[strings.Index(query, "SecurityGroupId="):] }
	assert.Equal(t, part(query(0)), part(query(1)))
	assert.NotEqual(t, part(query(1)), part(query(2)))
	assert.NotEqual(t, query(0), query(0), "nonces differ")
	var state struct{ SecurityGroups []struct{ Permissions []any } }
	assert.NoError(t, json.Unmarshal([]byte(seedState()), &state))
	assert.Len(t, state.SecurityGroups, groups)
}

func TestSend(t *testing.T) {
	var calls atomic.Int64
	status := http.StatusOK
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		w.WriteHeader(status)
	}))
	defer s.Close()
	took, err := send(s.Listener.Addr().String(), 2, 8, true)
	assert.NoError(t, err)
	assert.Positive(t, took)
	assert.EqualValues(t, 8, calls.Load())
	status = http.StatusForbidden
	_, err = send(s.Listener.Addr().String(), 2, 8, false)
	assert.ErrorContains(t, err, "403")
}
