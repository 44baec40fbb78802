package server_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// event is one event of a stream.
type event struct{ Name, Data string }

// listen returns the next event of a server.
func listen(t *testing.T, s *server.Server) (next func() event) {
	t.Helper()
	served := httptest.NewServer(s)
	t.Cleanup(served.Close)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, served.URL+"/_mock/events", nil)
	require.NoError(t, err)
	got, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	t.Cleanup(func() { got.Body.Close() })
	require.Equal(t, "text/event-stream", got.Header.Get("Content-Type"))
	lines := bufio.NewScanner(got.Body)
	return func() (e event) {
		for lines.Scan() {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch {
			case name == "event":
				e.Name = value
			case name == "data":
				e.Data = value
			case lines.Text() == "" && e.Name != "":
				return e
			}
		}
		return event{"the end", ""}
	}
}

func TestEvents(t *testing.T) {
	s := demo(t)
	freeze(t, s)
	next := listen(t, s)
	first := next()
	assert.Equal(t, "state", first.Name)
	assert.Equal(t, event{"faults", `{"Faults":[]}`}, next())
	assert.Equal(t, event{"clock", `{"Frozen":true,"Now":"2030-01-02T03:04:05Z"}`}, next())

	send(s, http.MethodPut, "/_mock/clock", `{"Advance": "1s"}`)
	assert.Equal(t, event{"clock", `{"Frozen":true,"Now":"2030-01-02T03:04:06Z"}`}, next())

	revoke := "/?Action=RevokeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-web&SecurityGroupRuleId.1="
	rule := ruleOf(t, s, "sg-web")
	require.Equal(t, http.StatusOK, get(s, revoke+rule).Status)
	call := next()
	require.Equal(t, "call", call.Name)
	var entry struct {
		Number   int64
		Revision uint64
		Changes  []changed
	}
	require.NoError(t, json.Unmarshal([]byte(call.Data), &entry))
	require.Len(t, entry.Changes, 1)
	assert.Equal(t, rule, entry.Changes[0].Id)
	assert.Equal(t, get(s, "/_mock/state").Header.Get("X-Ecsmock-Revision"), jsonText(t, entry.Revision))

	for path, want := range map[string]string{"reset?account=1234567890123456": "reset", "seed?account=1000000000000001": "seeded", "reset": "reset"} {
		require.Equal(t, http.StatusOK, send(s, http.MethodPost, "/_mock/"+path, `{}`).Status)
		e := next()
		for e.Name == "clock" || e.Name == "faults" { // a reset resets them, too
			e = next()
		}
		require.Equal(t, "state", e.Name, path)
		var state struct {
			Revision         uint64
			Cause, AccountId string
			Groups           int
		}
		require.NoError(t, json.Unmarshal([]byte(e.Data), &state))
		assert.Equal(t, want, state.Cause)
		_, account, _ := strings.Cut(path, "=")
		assert.Equal(t, account, state.AccountId)
		assert.Greater(t, state.Revision, entry.Revision)
		assert.Positive(t, state.Groups)
	}
	assert.Equal(t, http.StatusBadRequest, get(s, "/_mock/events?follow").Status)
}

func TestFaultsAreEvents(t *testing.T) {
	s := demo(t)
	next := listen(t, s)
	for range 3 {
		next()
	}
	send(s, http.MethodPost, "/_mock/faults", `{"Action": "DescribeRegions", "Code": "Throttling", "Times": 1}`)
	added := next()
	assert.Equal(t, "faults", added.Name)
	assert.Contains(t, added.Data, `"Acted":0`)
	get(s, "/?Action=DescribeRegions")
	names := map[string]string{}
	for range 2 {
		e := next()
		names[e.Name] = e.Data
	}
	assert.Contains(t, names["faults"], `"Acted":1`)
	assert.Contains(t, names["call"], `"Action":"DescribeRegions"`)
}

// The journal's request and answer are what was sent.
func TestWholeCallsAreWhatWasSent(t *testing.T) {
	s := demo(t)
	send(s, http.MethodPost, "/_mock/faults", `{"Action": "DescribeVpcs", "Code": "Throttling.User"}`)
	for _, target := range []string{
		"/?Action=DescribeSecurityGroups&RegionId=cn-hangzhou&Format=JSON", "/?Action=DescribeVpcs&RegionId=cn-hangzhou",
		"/?Action=RevokeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=udp&PortRange=1/1&SourceCidrIp=10.0.0.0/8", "/nowhere?x",
	} {
		got := get(s, target)
		var whole struct {
			Calls []struct {
				Request, Answer struct {
					Target, Body string
					Headers      [][2]string
				}
			}
		}
		newest := get(s, "/_mock/journal?limit=1").Body
		number := strings.TrimSuffix(strings.Fields(newest[strings.Index(newest, `"Number":`):])[1], ",")
		require.NoError(t, json.Unmarshal([]byte(get(s, "/_mock/journal?call="+number).Body), &whole))
		require.Len(t, whole.Calls, 1)
		answer := whole.Calls[0].Answer
		assert.Equal(t, got.Body, answer.Body)
		kept := http.Header{}
		for _, h := range answer.Headers {
			kept[h[0]] = append(kept[h[0]], h[1])
		}
		assert.Equal(t, got.Header, kept)
		assert.Equal(t, target, whole.Calls[0].Request.Target)
	}
}

// ruleOf returns the id of a rule of a group of the default account.
func ruleOf(t *testing.T, s *server.Server, group string) string {
	t.Helper()
	var state struct {
		SecurityGroups []struct {
			SecurityGroupId string
			Permissions     []struct{ SecurityGroupRuleId, Direction string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(world(s)), &state))
	for _, g := range state.SecurityGroups {
		for _, p := range g.Permissions {
			if g.SecurityGroupId == group && p.Direction == "" {
				return p.SecurityGroupRuleId
			}
		}
	}
	require.Fail(t, "the group has no rule", group)
	return ""
}

func jsonText(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return string(text)
}
