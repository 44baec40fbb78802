package server_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/server"
)

// doors are the ways under /_mock/ that take something from outside.
var doors = []struct{ method, path string }{
	{"PUT", "state"}, {"POST", "seed"}, {"POST", "faults"}, {"DELETE", "faults"}, {"PUT", "clock"},
	{"POST", "reset"}, {"GET", "journal"}, {"DELETE", "journal"}, {"GET", "state"}, {"GET", "actions"},
}

// FuzzMock sends anything to what is beside the API. It is answered in JSON; what is
// refused is the sender's mistake, is told so in one sentence, and has changed nothing.
func FuzzMock(f *testing.F) {
	for i := range doors {
		f.Add(byte(i), "", "")
		f.Add(byte(i), "account=1234567890123456", "{}")
		f.Add(byte(i), "id=1", `{"Now": "2030-01-02T03:04:05Z", "Frozen": false, "Advance": "1h30m"}`)
		f.Add(byte(i), "follow", `{"Now": "2300-01-02T03:04:05Z", "Frozen": false}`)
		f.Add(byte(i), "action=*&code=Throttling.User&since=1&x=%zz", `{"Action": "RevokeSecurityGroup", "Code": "Throttling.User", "Times": 2}`)
		f.Add(byte(i), "since=2030-01-02T03:04:05Z", `{"Version": 1, "SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-fuzz", "VpcId": "vpc-1"}]}`)
		f.Add(byte(i), "limit=-1", `[{"Action": "*", "Params": {"SecurityGroupId": "sg-1"}, "Drop": true, "When": "after", "DelayMs": 1e3}]`)
	}
	var s *server.Server
	f.Fuzz(func(t *testing.T, which byte, query, body string) {
		if s == nil {
			s = start(t, server.Options{Seed: ecs.Demo})
		}
		s := begin(t, s)
		door := doors[int(which)%len(doors)]
		before := everything(s)
		r := &http.Request{
			Method: door.method, Host: "localhost", URL: &url.URL{Path: "/_mock/" + door.path, RawQuery: query},
			Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)),
		}
		left, leave := context.WithCancel(t.Context())
		leave() // who follows the journal sees what is there
		got := do(s, r.WithContext(left))
		require.Contains(t, []int{2, 4}, got.Status/100, got.Body)
		if got.Status == http.StatusNoContent || got.Header.Get("Content-Type") == "text/event-stream" {
			return
		}
		require.True(t, json.Valid([]byte(got.Body)), got.Body)
		if got.Status/100 == 2 {
			checkTaken(t, s, door.path)
			return
		}
		var refused map[string]string
		require.NoError(t, json.Unmarshal([]byte(got.Body), &refused), got.Body)
		require.Len(t, refused, 1, got.Body)
		require.NotEmpty(t, refused["error"], got.Body)
		require.Equal(t, before, everything(s), got.Body)
	})
}

// begin puts a server back to where it began, with a call in its journal, a fault
// in its list and a clock that stands.
func begin(t *testing.T, s *server.Server) *server.Server {
	for _, step := range []struct{ method, target, body string }{
		{"POST", "/_mock/reset", ""},
		{"POST", "/_mock/faults", `{"Action": "RevokeSecurityGroup", "Code": "Throttling.User", "After": 1, "Times": 2}`},
		{"PUT", "/_mock/clock", `{"Now": "2030-01-02T03:04:05Z", "Frozen": true}`},
		{"GET", "/?Action=DescribeRegions", ""},
	} {
		got := send(s, step.method, step.target, step.body)
		require.Equal(t, http.StatusOK, got.Status, got.Body)
	}
	return s
}

// everything is all that can be changed from outside.
func everything(s *server.Server) string {
	all := ""
	for _, path := range []string{"state", "faults", "clock", "journal"} {
		all += get(s, "/_mock/"+path).Body
	}
	return all
}

// checkTaken wants what was taken to be taken again as it is told: a state as a
// state, a time as a time.
func checkTaken(t *testing.T, s *server.Server, path string) {
	if path != "state" && path != "seed" && path != "clock" {
		return
	}
	path = strings.Replace("/_mock/"+path, "seed", "state", 1)
	now := get(s, path).Body
	if strings.HasSuffix(path, "clock") && strings.Contains(now, `"Frozen": false`) {
		return // it has gone on
	}
	again := send(s, http.MethodPut, path, now)
	require.Equal(t, http.StatusOK, again.Status, again.Body)
	require.Equal(t, now, get(s, path).Body)
}
