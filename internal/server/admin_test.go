package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/admin"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

func TestHealth(t *testing.T) {
	s := start(t, server.Options{Version: "1.2.3", Seed: []byte(`{"SecurityGroups": [{"RegionId": "cn-beijing", "SecurityGroupId": "sg-1"}]}`)})
	got := get(s, "/_mock/health")
	assert.Equal(t, http.StatusOK, got.Status)
	assert.JSONEq(t, `{"Status": "ok", "Version": "1.2.3", "SecurityGroups": 1, "Edition": 2019, "Strict": false, "Shadow": "", "Signatures": "off"}`, got.Body)
	s = start(t, server.Options{Edition: rpc.Edition2025, Strict: true, Signatures: server.SignaturesRequire})
	assert.JSONEq(t, `{"Status": "ok", "Version": "", "SecurityGroups": 0, "Edition": 2025, "Strict": true, "Shadow": "", "Signatures": "require"}`, get(s, "/_mock/health").Body)
}

// A state that was read can be put.
func TestStateGoesRound(t *testing.T) {
	from, to := demo(t), start(t, server.Options{})
	state := world(from)
	got := send(to, http.MethodPut, "/_mock/state", state)
	assert.Equal(t, http.StatusOK, got.Status, got.Body)
	assert.Equal(t, state, world(to))
}

// A state with an error changes nothing, and the error has the path.
func TestStateRefused(t *testing.T) {
	s := demo(t)
	before := world(s)
	for body, path := range map[string]string{
		``:                           "the state",
		`{`:                          "line 1, column",
		`{"Groups": []}`:             "Groups: ",
		`{"Version": 2}`:             "Version: ",
		`{"SecurityGroups": [{}]}`:   "SecurityGroups[0].RegionId: ",
		`{"SecurityGroups": [null]}`: "SecurityGroups[0]: ",
		`{"SecurityGroups": [{"RegionId": "CN-atlantis", "SecurityGroupId": "sg-1"}]}`:                                                       "SecurityGroups[0].RegionId: ",
		`{"SecurityGroups": [{"RegionId": "cn-beijing", "SecurityGroupId": "sg-1", "Permissions": [{"IpProtocol": "tcp"}]}]}`:                "SecurityGroups[0].Permissions[0].PortRange: ",
		`{"SecurityGroups": [{"RegionId": "cn-beijing", "SecurityGroupId": "sg-1"}, {"RegionId": "cn-beijing", "SecurityGroupId": "sg-1"}]}`: "SecurityGroups[1].SecurityGroupId: ",
	} {
		got := send(s, http.MethodPut, "/_mock/state", body)
		assert.Equal(t, http.StatusBadRequest, got.Status, body)
		assert.Contains(t, errorOf(t, got), path, body)
		assert.Equal(t, before, world(s), body)
	}
}

// errorOf returns the error of an answer under /_mock/.
func errorOf(t *testing.T, got answer) string {
	t.Helper()
	var refusal map[string]string
	require.NoError(t, json.Unmarshal([]byte(got.Body), &refusal), got.Body)
	require.Len(t, refusal, 1, got.Body)
	require.NotEmpty(t, refusal["error"], got.Body)
	return refusal["error"]
}

// Whether a group has a rule is answered with the rule or with why not. How rules are
// compared is tested with the Go package's HasRule, which asks the same function.
func TestRule(t *testing.T) {
	s := start(t, server.Options{Seed: []byte(`{"SecurityGroups": [{"RegionId": "cn-beijing", "SecurityGroupId": "sg-1", "VpcId": "vpc-1", "Permissions": [
		{"SecurityGroupRuleId": "sgr-1", "IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8", "CreateTime": "2030-01-02T03:04:05Z"}]}]}`)})
	const ssh = `{"IpProtocol": "TCP", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"`
	ask := func(query, body string) answer { return send(s, http.MethodPost, "/_mock/rule"+query, body) }
	got := ask("?group=sg-1", ssh+"}")
	assert.Equal(t, http.StatusOK, got.Status)
	assert.JSONEq(t, `{"Has": true, "Why": "", "Rule": {"SecurityGroupRuleId": "sgr-1", "IpProtocol": "TCP", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8",
		"CreateTime": "2030-01-02T03:04:05Z"}}`, got.Body)
	assert.JSONEq(t, `{"Has": false, "Why": "nearest is sgr-1: Priority is 1, asked 3", "Rule": null}`, ask("?group=sg-1&account=1234567890123456", ssh+`, "Priority": 3}`).Body)
	for _, c := range []struct{ query, body, sentence string }{
		{"", "{}", "the group is missing; name it, as in group=sg-web"},
		{"?group=sg-2", "{}", "there is no group sg-2; the groups are 1234567890123456/cn-beijing/sg-1"},
		{"?group=sg-1&account=7", "{}", "there is no group sg-1; there are none at all: load a state or create one"},
		{"?group=sg-1&acount=7", "{}", `/_mock/rule has no parameter "acount"; did you mean account?`},
		{"?group=sg-1", `{"Port": "22"}`, `the rule {"Port": "22"} is not valid: Port: there is no such field`},
		{"?group=sg-1", "", "the rule  is not valid: the document is empty"},
	} {
		got := ask(c.query, c.body)
		assert.Equal(t, http.StatusBadRequest, got.Status, c)
		assert.Contains(t, errorOf(t, got), c.sentence)
	}
}

// A reset restores the seed, empties the journal, and restarts the ids.
func TestReset(t *testing.T) {
	const create = "/?Action=CreateSecurityGroup&Format=JSON&RegionId=cn-beijing"
	s := demo(t)
	seeded := world(s)
	first := get(s, create)
	require.NotEqual(t, seeded, world(s))
	require.Equal(t, http.StatusOK, get(s, revokeSample).Status)
	assert.Equal(t, http.StatusOK, send(s, http.MethodPost, "/_mock/reset", "").Status)
	assert.Equal(t, seeded, world(s))
	assert.Empty(t, calls(t, s, ""))
	assert.Equal(t, first.Body, get(s, create).Body, "the same call has other ids than before")
}

// A reset does not restore a state that was put.
func TestResetRestoresTheSeed(t *testing.T) {
	s := demo(t)
	seeded := world(s)
	require.Equal(t, http.StatusOK, send(s, http.MethodPut, "/_mock/state", "{}").Status)
	require.NotEqual(t, seeded, world(s))
	send(s, http.MethodPost, "/_mock/reset", "")
	assert.Equal(t, seeded, world(s))
}

// The mock answers only to hosts that a web page cannot rebind.
func TestReboundHosts(t *testing.T) {
	s := demo(t)
	for _, path := range []string{"/_mock/", "/_mock/health", "/_mock/state", "/_mock/journal", "/_mock/nowhere"} {
		for _, host := range []string{"evil.example.com", "127.0.0.1.evil.example.com", "localhost.evil.example.com:2014", "ecs.aliyuncs.com"} {
			got := get(s, path, "Host: "+host)
			assert.Equal(t, http.StatusForbidden, got.Status, "%s %s", host, path)
			assert.Contains(t, errorOf(t, got), host)
		}
	}
	for _, host := range []string{"127.0.0.1:2014", "[::1]:2014", "[::1]", "10.0.0.1", "localhost", "LOCALHOST:2014", "mock.localhost:2014", "ecsmock:2014", "host.docker.internal:2014"} {
		assert.Equal(t, http.StatusOK, get(s, "/_mock/state", "Host: "+host).Status, host)
	}
}

// Pages of other sites may read only the health and the page.
func TestCrossSiteRequests(t *testing.T) {
	s := demo(t)
	before := world(s)
	foreign := []string{"Origin: https://evil.example.com", "Origin: null", "Origin: http://localhost:3000", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"}
	for _, header := range foreign {
		for _, call := range []string{"GET /_mock/state", "PUT /_mock/state", "POST /_mock/reset", "GET /_mock/journal", "DELETE /_mock/journal"} {
			method, path, _ := strings.Cut(call, " ")
			got := send(s, method, path, "{}", header)
			assert.Equal(t, http.StatusForbidden, got.Status, "%s %s", header, call)
			errorOf(t, got)
		}
		assert.Equal(t, http.StatusOK, get(s, "/_mock/health", header).Status, header)
		assert.Equal(t, http.StatusOK, get(s, "/_mock/", header).Status, header)
	}
	assert.Equal(t, before, world(s))
	for _, header := range []string{"Origin: http://localhost", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none"} {
		assert.Equal(t, http.StatusOK, get(s, "/_mock/state", header).Status, header)
	}
}

// No page of another site or of a rebound name changes the world with an image or a form.
func TestCrossSiteCalls(t *testing.T) {
	s := demo(t)
	before := world(s)
	const revoke = "/?Action=RevokeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=80/80&SourceCidrIp=0.0.0.0/0"
	for _, headers := range [][]string{
		{"Sec-Fetch-Site: cross-site"},
		{"Origin: https://evil.example.com"},
		{"Host: evil.example.com:2014", "User-Agent: Mozilla/5.0"},
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			got := send(s, method, revoke, "", headers...)
			assert.Equal(t, http.StatusForbidden, got.Status, headers)
			assert.Contains(t, got.Body, "<Code>Forbidden.RiskControl</Code>")
		}
	}
	assert.Equal(t, before, world(s))
	assert.Equal(t, http.StatusOK, get(s, revoke, "Host: evil.example.com:2014", "User-Agent: curl/8").Status, "the call itself is valid")
}

func TestNotFound(t *testing.T) {
	s := demo(t)
	got := get(s, "/_mock/nowhere")
	assert.Equal(t, http.StatusNotFound, got.Status)
	assert.Equal(t, "there is no /_mock/nowhere; GET /_mock/ shows what there is", errorOf(t, got))
	assert.Equal(t, "there is no /_mock/journals; did you mean /_mock/journal?", errorOf(t, get(s, "/_mock/journals")))
	assert.Equal(t, http.StatusNotFound, get(s, "/elsewhere?Action=DescribeRegions").Status)
	assert.Contains(t, get(s, "/elsewhere").Header.Get("X-Ecsmock-Hint"), "the API is at the path /, not at /elsewhere")
}

// A program that asks for JSON gets the list of what there is, which takes what it says.
func TestResourcesAreListed(t *testing.T) {
	s := demo(t)
	var list struct{ Resources []admin.Resource }
	got := get(s, "/_mock/", "Accept: application/json")
	require.NoError(t, json.Unmarshal([]byte(got.Body), &list), got.Body)
	require.NotEmpty(t, list.Resources)
	for _, r := range list.Resources {
		assert.NotEmpty(t, r.About, r.Path)
		if strings.ContainsAny(r.Path, "*{") {
			continue
		}
		for _, method := range []string{"GET", "HEAD", "PUT", "POST", "DELETE"} {
			refused := send(s, method, r.Path+"?x", "x").Status == http.StatusMethodNotAllowed
			assert.Equal(t, !slices.Contains(r.Methods, method), refused, "%s %s", method, r.Path)
		}
	}
	assert.Contains(t, get(s, "/_mock/", "Accept: text/html,application/json").Body, "<!doctype html>")
	head := send(s, http.MethodHead, "/_mock/state", "")
	assert.Equal(t, http.StatusOK, head.Status)
}

// Methods that no route has, known to the router or not, are answered as JSON under
// /_mock/ and as by the API elsewhere.
func TestMethodNotAllowed(t *testing.T) {
	s := demo(t)
	for _, request := range []string{
		"DELETE /_mock/state", "PUT /_mock/health", "POST /_mock/", "PATCH /_mock", "HEAD /_mock/seed", "PUT /_mock/explorer/main.js", "PROPFIND /_mock/state", "PROPFIND /_mock",
	} {
		method, path, _ := strings.Cut(request, " ")
		got := send(s, method, path, "")
		assert.Equal(t, http.StatusMethodNotAllowed, got.Status, request)
		takes := got.Header.Get("Allow")
		assert.Equal(t, fmt.Sprintf("%s does not take %s; it takes %s", path, method, takes), errorOf(t, got))
		for _, other := range strings.Split(takes, ", ") {
			assert.NotEqual(t, http.StatusMethodNotAllowed, send(s, other, path, "{}").Status, "%s %s", other, path)
		}
		assert.Equal(t, http.StatusForbidden, send(s, method, path, "", "Host: evil.example.com").Status, request)
	}
	for _, request := range []string{"PUT /", "HEAD /", "PROPFIND /", "DELETE /elsewhere", "PROPFIND /elsewhere"} {
		method, path, _ := strings.Cut(request, " ")
		got := send(s, method, path+"?Action=DescribeRegions&Format=JSON", "")
		assert.Equal(t, http.StatusForbidden, got.Status, request)
		assert.Contains(t, got.Body, `"Code":"UnsupportedHTTPMethod"`, request)
	}
}

// A seed may give an account an e-mail address, and calls may name it by that.
func TestASeedWithAnEmail(t *testing.T) {
	s := demo(t)
	const call = "/?Action=AuthorizeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=9/9&SourceGroupId=sg-peer&SourceGroupOwnerAccount=peer@example.com"
	assert.Equal(t, http.StatusNotFound, get(s, call).Status)
	got := send(s, http.MethodPost, "/_mock/seed", `{"Accounts": [{"AccountId": "77", "Email": "peer@example.com"}],
		"SecurityGroups": [{"AccountId": "77", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-peer", "VpcId": "vpc-1"}]}`)
	require.Equal(t, http.StatusOK, got.Status, got.Body)
	assert.Equal(t, http.StatusOK, get(s, call).Status)
	assert.Contains(t, world(s), `"peer@example.com"`)
}

func TestThePagesURLs(t *testing.T) {
	s := demo(t)
	for path, kind := range map[string]string{
		"/_mock":                      "text/html;charset=utf-8",
		"/_mock/":                     "text/html;charset=utf-8",
		"/_mock/?api=DescribeRegions": "text/html;charset=utf-8",
		"/_mock/explorer/main.js":     "text/javascript;charset=utf-8",
		"/_mock/explorer/base.css":    "text/css;charset=utf-8",
	} {
		got := get(s, path)
		assert.Equal(t, http.StatusOK, got.Status, path)
		assert.Equal(t, kind, got.Header.Get("Content-Type"), path)
		assert.Equal(t, http.StatusForbidden, get(s, path, "Host: evil.example.com").Status, path)
	}
	for _, path := range []string{"/_mock/explorer", "/_mock/explorer/", "/_mock/explorer/page.go", "/_mock/explorer/..%2fpage.go"} {
		got := get(s, path)
		assert.Equal(t, http.StatusNotFound, got.Status, path)
		errorOf(t, got)
	}
}

// What the contract's examples are of can be put into a mock that began empty.
func TestTheDemoWorldIsOneRequestAway(t *testing.T) {
	from, to := demo(t), start(t, server.Options{})
	got := get(to, "/_mock/demo")
	assert.Equal(t, http.StatusOK, got.Status)
	assert.Equal(t, http.StatusOK, send(to, http.MethodPut, "/_mock/state", got.Body).Status)
	assert.Equal(t, world(from), world(to))
	assert.Equal(t, http.StatusForbidden, get(to, "/_mock/demo", "Sec-Fetch-Site: cross-site").Status)
}
