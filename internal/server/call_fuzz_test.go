package server_test

import (
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
	for i, a := range ecs.Actions() {
		f.Add(byte(i), "Action="+a.Name+"&"+a.Example, "", "", "localhost")
		for j, row := range a.Failures {
			steps := strings.Join(a.Steps(row.Try), "\n")
			if seen[row.Code] || len(steps) > 1000 {
				continue
			}
			seen[row.Code] = true
			f.Add(byte(i+j), "", "Action="+a.Name+"&"+strings.ReplaceAll(steps, "\n", "\nAction="+a.Name+"&"), "", "ecs.aliyuncs.com")
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

// call asks both for the same, each in its format, which is what counts last.
func (p *pair) call(t *testing.T, r *http.Request, body string) {
	before := world(p.json)
	inJSON, inXML := inFormat(p.json, r, body+"&Format=JSON"), inFormat(p.xml, r, body+"&Format=XML")
	require.Equal(t, inJSON.Status, inXML.Status, "%s\n%s", inJSON.Body, inXML.Body)
	require.Equal(t, told(t, inJSON), told(t, inXML))
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

// told is what both formats can tell of an answer: XML has not all characters.
func told(t *testing.T, got answer) []string {
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
