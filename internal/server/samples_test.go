package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/sample"
	"github.com/ecsmock/ecsmock/internal/server"
)

// made are the actions that a Terraform resource makes or undoes.
var made = []string{"AuthorizeSecurityGroup", "AuthorizeSecurityGroupEgress", "CreateSecurityGroup", "CreateVpc", "CreateVSwitch", "RevokeSecurityGroup", "RevokeSecurityGroupEgress"}

// The curl sample of every action runs, and makes the call that succeeds.
func TestCurlSamplesRun(t *testing.T) {
	needPrograms(t, "bash", "curl")
	s := demo(t)
	l := httptest.NewServer(s)
	defer l.Close()
	for _, a := range actions() {
		t.Run(a.FullName(), func(t *testing.T) {
			require.Equal(t, http.StatusOK, send(s, http.MethodPost, "/_mock/reset", "").Status)
			out := bash(t, sampleOf(t, s, l.Listener.Addr().String(), "curl", "Action="+a.Name+"&Version="+a.Product.Version))
			var body map[string]any
			require.NoError(t, json.Unmarshal(out, &body), string(out))
			assert.NotEmpty(t, body["RequestId"])
			for _, f := range a.Answer {
				if f.Name != "SnapshotPolicyIds" { // only where Attribute asks for it, from 2025 on
					assert.Contains(t, body, f.Name)
				}
			}
			made := calls(t, s, "")
			require.Len(t, made, 1)
			assert.Equal(t, a.Name, made[0].Action)
			assert.Equal(t, http.StatusOK, made[0].Status, made[0].Code)
		})
	}
}

// What the curl sample of a call sends is the call, whatever is in its values.
func TestCurlSamplesSayWhatWasAsked(t *testing.T) {
	needPrograms(t, "bash", "curl")
	s := demo(t)
	l := httptest.NewServer(s)
	defer l.Close()
	for i, text := range awkward {
		key := fmt.Sprintf("%016d", i)
		query := url.Values{
			"Action": {"AuthorizeSecurityGroup"}, "AccessKeyId": {key}, "RegionId": {"cn-hangzhou"}, "SecurityGroupId": {""},
			"Permissions.2.Description": {text}, "ClientToken": {text},
		}
		exec.Command("bash", "-c", sampleOf(t, s, l.Listener.Addr().String(), "curl", query.Encode())).Run() // it is refused
		made := calls(t, s, "account="+key)
		require.Len(t, made, 1, text)
		for name := range query {
			assert.Equal(t, query.Get(name), made[0].Params[name], "%s of %q", name, text)
		}
	}
}

// awkward are values that a program could stumble over.
var awkward = []string{
	"", " ", "it's \"q\" \\ $HOME `id` $(id) ${x} %{y} #{z} {host} {Action}", "one\ntwo\tthree\r", `\u0041 \' \" \\`,
	"ünï 漢字 😀 \u2028 \ufeff", "\x01\x7f\x1b[0m", "@file", "-dash", "=eq&amp;+%41", "*/ // <!-- </script> | ; > !",
}

// Where signatures are required the curl sample is signed, whatever it sends.
func TestCurlSamplesAreSigned(t *testing.T) {
	needPrograms(t, "bash", "curl", "openssl")
	s := start(t, server.Options{Seed: ecs.Demo, Signatures: server.SignaturesRequire})
	l := httptest.NewServer(s)
	defer l.Close()
	for _, text := range awkward {
		query := url.Values{"Action": {"DescribeSecurityGroups"}, "RegionId": {"cn-hangzhou"}, "SecurityGroupName": {text}}
		out := bash(t, sampleOf(t, s, l.Listener.Addr().String(), "curl", query.Encode()))
		assert.Contains(t, string(out), `"SecurityGroups"`)
	}
	for _, c := range calls(t, s, "") {
		assert.Contains(t, awkward, c.Params["SecurityGroupName"])
	}
}

// The curl sample sends its call by the method, and asks for the format, that the query
// names.
func TestCurlSamplesHaveMethodAndFormat(t *testing.T) {
	needPrograms(t, "bash", "curl", "openssl")
	for _, signatures := range []server.Signatures{server.SignaturesOff, server.SignaturesRequire} {
		s := start(t, server.Options{Seed: ecs.Demo, Signatures: signatures})
		l := httptest.NewServer(s)
		defer l.Close()
		for _, method := range []string{"GET", "POST"} {
			for format, begin := range map[string]string{"xml": "<?xml", "JSON": "{"} {
				out := bash(t, sampleOf(t, s, l.Listener.Addr().String(), "curl", "Action=DescribeRegions&method="+method+"&Format="+format))
				assert.True(t, strings.HasPrefix(string(out), begin), "%s", out)
				made := calls(t, s, "")
				last := made[len(made)-1]
				assert.Equal(t, []string{method, "DescribeRegions"}, []string{last.Method, last.Action})
				assert.Equal(t, http.StatusOK, last.Status, last.Code)
				assert.NotContains(t, last.Params, "method")
			}
		}
	}
	assert.Contains(t, errorOf(t, get(demo(t), "/_mock/samples/curl?Action=DescribeRegions&method=PUT")), "method is GET or POST")
}

// Every client has a sample of every action, the same each time, but for Terraform,
// which has resources for some.
func TestEveryClientHasEverySample(t *testing.T) {
	s := demo(t)
	for _, c := range sample.Clients() {
		for _, a := range actions() {
			target := "/_mock/samples/" + c.Name + "?Action=" + a.Name + "&Version=" + a.Product.Version
			got := get(s, target)
			if !c.Makes(&a.Description) {
				assert.Equal(t, http.StatusNotFound, got.Status, target)
				assert.Contains(t, errorOf(t, got), a.Product.Title)
				continue
			}
			if c.Name == "terraform" && !slices.Contains(made, a.Name) || !c.Has(a.Name) {
				assert.Equal(t, http.StatusNotFound, got.Status, target)
				assert.Contains(t, errorOf(t, got), a.Name)
				continue
			}
			require.Equal(t, http.StatusOK, got.Status, target+": "+got.Body)
			assert.Equal(t, "text/plain;charset=utf-8", got.Header.Get("Content-Type"))
			assert.Contains(t, got.Body, "localhost")
			assert.Equal(t, got.Body, get(s, target).Body, target)
		}
	}
}

// The list has all that a page or a script needs.
func TestSampleClients(t *testing.T) {
	var list struct {
		Clients []struct {
			Name, Title, Language, File, Install, Run string
			Chosen                                    bool
			Packages                                  []sample.Package
		}
	}
	require.NoError(t, json.Unmarshal([]byte(get(demo(t), "/_mock/samples").Body), &list))
	require.Len(t, list.Clients, len(sample.Clients()))
	for i, c := range sample.Clients() {
		got := list.Clients[i]
		assert.Equal(t, []string{c.Name, c.Title, c.Language, c.File, c.Install, c.Run}, []string{got.Name, got.Title, got.Language, got.File, got.Install, got.Run})
		assert.Equal(t, c.Packages, got.Packages)
		assert.Equal(t, c.Name == "curl", got.Chosen)
		assert.Contains(t, c.File, "<Action>")
		assert.Equal(t, c.Packages != nil, strings.Contains(c.Install, "<package>"))
	}
}

// A sample that cannot be is refused with a sentence.
func TestSamplesRefused(t *testing.T) {
	s := demo(t)
	for target, want := range map[string]string{
		"perl?Action=RevokeSecurityGroup":                                             "404 perl",
		"curl":                                                                        "400 Action",
		"curl?Action=RevokeSecurityGroups":                                            "404 RevokeSecurityGroups",
		"curl?Action=CreateSnapshot":                                                  "404 CreateSnapshot",
		"curl?Action=RevokeSecurityGroup&PortRang=1":                                  "400 PortRang;",
		"curl?Action=RevokeSecurityGroup&Permissions.x.PortRange=1":                   "400 Permissions.x.PortRange",
		"curl?Action=RevokeSecurityGroup&Permissions.1=1":                             "400 Permissions.1;",
		"curl?Action=RevokeSecurityGroup&SecurityGroupId.1=1":                         "400 SecurityGroupId.1;",
		"curl?Action=RevokeSecurityGroup&PortRange=%ff":                               "400 PortRange",
		"curl?Action=RevokeSecurityGroup&PortRange=%00":                               "400 PortRange",
		"curl?Action=RevokeSecurityGroup&PortRange=%zz":                               "400 ",
		"terraform?Action=RevokeSecurityGroup&SecurityGroupRuleId.1=sgr-1":            "404 SecurityGroupRuleId",
		"terraform?Action=RevokeSecurityGroup&Permissions.1.Policy=drop&Policy=drop":  "404 two forms",
		"terraform?Action=AuthorizeSecurityGroup&Permissions.1.SourcePortRange=1/200": "404 Permissions.1.SourcePortRange",
	} {
		got := get(s, "/_mock/samples/"+target)
		status, text, _ := strings.Cut(want, " ")
		assert.Equal(t, status, fmt.Sprint(got.Status), target)
		assert.Contains(t, errorOf(t, got), text, target)
	}
	const target = "/_mock/samples/curl?Action=DescribeRegions"
	assert.Equal(t, http.StatusForbidden, get(s, target, "Origin: https://example.com").Status)
	assert.Equal(t, http.StatusForbidden, get(s, target, "Host: rebound.example.com").Status)
	assert.Equal(t, http.StatusMethodNotAllowed, send(s, http.MethodPost, target, "").Status)
}

// Whose call it is the query tells, or else it is the first key's that the server
// knows. What belongs to the envelope is left to the client.
func TestSamplesAreSignedWithKnownKeys(t *testing.T) {
	s := start(t, server.Options{Keys: []server.Credential{{ID: "one", Secret: "1st"}, {ID: "two", Secret: "2nd"}}})
	for query, want := range map[string]string{
		"":                              `AcsClient("one", "1st", "cn-hangzhou")`,
		"&AccessKeyId=two":              `AcsClient("two", "2nd", "cn-hangzhou")`,
		"&AccessKeyId=1111222233334444": `AcsClient("1111222233334444", "1st", "cn-hangzhou")`,
		"&RegionId=cn-beijing":          `AcsClient("one", "1st", "cn-beijing")`,
		"&Signature=s&Timestamp=t&SignatureNonce=n&Format=XML&Version=v": `AcsClient("one", "1st", "cn-hangzhou")`,
	} {
		got := sampleOf(t, s, "localhost", "python-v1", "Action=DescribeRegions"+query)
		assert.Contains(t, got, want)
		assert.NotContains(t, got, "add_query_param")
	}
	assert.Contains(t, sampleOf(t, s, "localhost", "node-v1", "Action=DescribeEndpoints&Version=2015-06-12&ServiceCode=vpc"), "ServiceCode: 'vpc'")
	terraform := sampleOf(t, s, "localhost", "terraform", "Action=CreateSecurityGroup&AccessKeyId=1111222233334444")
	assert.Contains(t, terraform, "  account_id             = \"1111222233334444\"\n")
	r := httptest.NewRequest(http.MethodGet, "https://localhost:2014/_mock/samples/curl?Action=DescribeRegions", nil)
	assert.Contains(t, do(s, r).Body, " https://localhost:2014 ")
}

// sampleOf is the sample of a call, to be made at a host.
func sampleOf(t *testing.T, s *server.Server, host, client, query string) string {
	t.Helper()
	got := get(s, "/_mock/samples/"+client+"?"+query, "Host: "+host)
	require.Equal(t, http.StatusOK, got.Status, got.Body)
	return got.Body
}

// needPrograms skips a test where programs are missing, but not in CI.
func needPrograms(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			require.NotEqual(t, "true", os.Getenv("CI"), "%s is missing", name)
			t.Skipf("SKIPPED: %s is missing, so no sample is run", name)
		}
	}
}

// bash runs a script that has to succeed.
func bash(t *testing.T, script string) []byte {
	t.Helper()
	cmd := exec.Command("bash", "-euo", "pipefail", "-c", script)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err, "%s\n%s", script, out)
	return out
}
