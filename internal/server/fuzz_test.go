package server_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/server"
)

// half revokes a rule that there is and one that there is not, then the first again.
const half = "Action=RevokeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-web" +
	"&Permissions.1.IpProtocol=tcp&Permissions.1.PortRange=80/80&Permissions.1.SourceCidrIp=0.0.0.0/0" +
	"&Permissions.2.IpProtocol=tcp&Permissions.2.PortRange=81/81&Permissions.2.SourceCidrIp=0.0.0.0/0" +
	"\nAction=RevokeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=80/80&SourceCidrIp=0.0.0.0/0"

// FuzzCall sends calls, a line each, to twins: one is asked for JSON, the other for
// XML. Whatever the calls are, the twins say the same and stay the same, nothing is
// the server's mistake, and a call that is refused has changed nothing. Where
// signatures are required nothing unsigned gets through.
func FuzzCall(f *testing.F) {
	seen := map[string]bool{} // codes that have a seed: with one for each row the time would be up before the first try
	for i, a := range actions() {
		call := "Action=" + a.Name + "&Version=" + a.Product.Version + "&"
		f.Add(byte(i), call+a.Example, "", "", "localhost")
		for j, row := range a.Failures {
			steps := strings.Join(a.Steps(row.Try), "\n")
			if seen[row.Code] || len(steps) > 1000 {
				continue
			}
			seen[row.Code] = true
			f.Add(byte(i+j), "", call+strings.ReplaceAll(steps, "\n", "\n"+call), "", "ecs.aliyuncs.com")
		}
	}
	f.Add(byte(0), half, "", "", "localhost")
	f.Add(byte(12), "Action=DescribeRegions", "", "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-date,Signature=00", "[::1]:2014")
	f.Add(byte(13), "Action=DescribeRegions&AccessKeyId=1234567890123456&Signature=x&SignatureMethod=HMAC-SHA1", "SignatureVersion=1.0&SignatureNonce=1&Timestamp=2030-01-01T00:00:00Z", "", "<&]]>")
	all := pairs{}
	f.Fuzz(func(t *testing.T, mode byte, query, body, authorization, host string) {
		p := all.of(t, mode)
		queries, bodies := strings.Split(query, "\n"), strings.Split(body, "\n")
		for i := range min(max(len(queries), len(bodies)), 4) {
			p.call(t, &http.Request{
				Method: "POST", Host: host, URL: &url.URL{Path: "/", RawQuery: line(queries, i)},
				Header: http.Header{"Authorization": {authorization}},
			}, line(bodies, i))
		}
		require.True(t, json.Valid([]byte(get(p.json, "/_mock/journal").Body)))
	})
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// pair is two servers that are the same.
type pair struct {
	json, xml *server.Server
	signed    bool
}

// pairs are those of each setting, which are reset rather than made anew.
type pairs map[byte]*pair

func (all pairs) of(t *testing.T, mode byte) *pair {
	mode %= 18
	p := all[mode]
	if p == nil {
		o := server.Options{
			Seed: ecs.Demo, Edition: editions[mode%3], Strict: mode/3%2 == 1, Signatures: server.Signatures(mode / 6),
			Keys: []server.Credential{{ID: "testid", Secret: "8b1d5a90c7e24f63b0aa3e7d", Account: "1234567890123456"}},
		}
		p = &pair{start(t, o), start(t, o), o.Signatures == server.SignaturesRequire}
		all[mode] = p
	}
	for _, s := range []*server.Server{p.json, p.xml} {
		require.Equal(t, http.StatusOK, send(s, http.MethodPost, "/_mock/reset", "").Status)
		freeze := send(s, http.MethodPut, "/_mock/clock", `{"Now": "2030-01-02T03:04:05Z", "Frozen": true}`)
		require.Equal(t, http.StatusOK, freeze.Status)
	}
	return p
}

// call sends a call to both, to each in its format: the last Format counts.
func (p *pair) call(t *testing.T, r *http.Request, body string) {
	before := world(p.json)
	inJSON, inXML := inFormat(p.json, r, body+"&Format=JSON"), inFormat(p.xml, r, body+"&Format=XML")
	require.Equal(t, inJSON.Status, inXML.Status, "%s\n%s", inJSON.Body, inXML.Body)
	require.Equal(t, fieldsOf(t, inJSON), fieldsOf(t, inXML))
	require.Equal(t, inJSON.Header.Get("X-Ecsmock-Hint"), inXML.Header.Get("X-Ecsmock-Hint"))
	after := world(p.json)
	require.Equal(t, after, world(p.xml))
	checkGarbage(t, inJSON, r.URL.RawQuery, func() { require.Equal(t, before, after, inJSON.Body) })
	if p.signed {
		require.NotEqual(t, http.StatusOK, inJSON.Status, inJSON.Body)
	}
}

func inFormat(s *server.Server, r *http.Request, body string) answer {
	r.Body = io.NopCloser(strings.NewReader(body))
	return do(s, r)
}

// fieldsOf returns the fields of an answer that both formats can have: XML lacks some
// characters.
func fieldsOf(t *testing.T, got answer) []string {
	all, err := leaves(got.Body)
	require.NoError(t, err, got.Body)
	for i := range all {
		all[i] = strings.Map(func(r rune) rune {
			if r < ' ' && !strings.ContainsRune("\t\r\n", r) || r == 0xFFFE || r == 0xFFFF {
				return utf8.RuneError
			}
			return r
		}, all[i])
	}
	return all
}

// doors are the ways under /_mock/ that take something from outside.
var doors = []struct{ method, path string }{
	{"PUT", "state"}, {"POST", "seed"}, {"POST", "faults"}, {"DELETE", "faults"}, {"PUT", "clock"},
	{"POST", "reset"}, {"GET", "journal"}, {"DELETE", "journal"}, {"GET", "state"}, {"GET", "actions"},
}

// FuzzMock sends anything to what is beside the API. It is answered in JSON; what is
// refused is a mistake of the sender: it has one sentence and has changed nothing.
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
// in its list and a frozen clock.
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

// checkTaken checks that what was accepted is accepted again as it is read: a state as a
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
