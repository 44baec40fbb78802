package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A sent call is what the journal has of one.
type sentCall struct {
	Method, Product, Action, AccountId string
	Params                             map[string]string
}

// journalOf returns the calls of a mock, the oldest first.
func journalOf(t *testing.T, url string) []sentCall {
	t.Helper()
	got, err := http.Get(url + "/_mock/journal")
	require.NoError(t, err)
	defer got.Body.Close()
	var all struct{ Calls []sentCall }
	require.NoError(t, json.NewDecoder(got.Body).Decode(&all))
	return all.Calls
}

// demoMock starts a mock with the demo world, and returns it and the variables that lead
// to it.
func demoMock(t *testing.T) (*running, env) {
	t.Helper()
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-seed", "demo", "-log", "off")
	return mock, vars("ECSMOCK_ADDR", strings.TrimPrefix(mock.url, "http://"))
}

func TestCallPrintsTheAnswer(t *testing.T) {
	mock, environ := demoMock(t)
	code, out, log := call(environ, "call", "CreateSecurityGroup", "RegionId=cn-hangzhou", "Description=a=b & ü", "VpcId=vpc-1")
	assert.Zero(t, code)
	assert.Empty(t, log)
	var made struct{ SecurityGroupId string }
	require.NoError(t, json.Unmarshal([]byte(out), &made))
	assert.NotEmpty(t, made.SecurityGroupId)
	assert.True(t, strings.HasSuffix(out, "}\n"), out)
	journal := journalOf(t, mock.url)
	require.Len(t, journal, 1)
	assert.Equal(t, map[string]string{
		"Action": "CreateSecurityGroup", "RegionId": "cn-hangzhou", "Description": "a=b & ü", "VpcId": "vpc-1", "Format": "JSON",
	}, journal[0].Params)
}

func TestCallOfAnotherProduct(t *testing.T) {
	mock, environ := demoMock(t)
	code, out, _ := call(environ, "call", "Vpc.DescribeVpcs", "RegionId=cn-hangzhou")
	assert.Zero(t, code)
	assert.Contains(t, out, `"VpcId":"vpc-six"`)
	assert.Equal(t, "Vpc", journalOf(t, mock.url)[0].Product)
}

func TestCallHasTheKeyOfTheEnvironment(t *testing.T) {
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off", "-credentials", "one:s:1111111111111111,two:s:2222222222222222")
	environ := vars("ECSMOCK_ADDR", strings.TrimPrefix(mock.url, "http://"), "ALIBABA_CLOUD_ACCESS_KEY_ID", "two", "ALIBABA_CLOUD_SECURITY_TOKEN", "t")
	call(environ, "call", "DescribeRegions")
	call(environ, "call", "DescribeRegions", "AccessKeyId=one", "SecurityToken=u", "Format=XML")
	journal := journalOf(t, mock.url)
	require.Len(t, journal, 2)
	assert.Equal(t, "2222222222222222", journal[0].AccountId)
	assert.Contains(t, journal[0].Params, "SecurityToken")
	assert.Equal(t, "1111111111111111", journal[1].AccountId, "a parameter wins over the environment")
	assert.Equal(t, "XML", journal[1].Params["Format"], "and over a flag")
}

func TestCallThatIsRefused(t *testing.T) {
	mock, environ := demoMock(t)
	code, out, log := call(environ, "call", "DescribeSecurityGroup", "-format=xml")
	assert.Equal(t, 1, code)
	assert.Contains(t, out, "<Code>InvalidAction.NotFound</Code>")
	assert.Equal(t, "hint: ECS has no action DescribeSecurityGroup; did you mean DescribeSecurityGroups?\n"+
		"ecsmock: the call was refused with 404 Not Found\n", log)
	assert.Equal(t, "XML", journalOf(t, mock.url)[0].Params["Format"])
}

func TestCallThatIsRepeated(t *testing.T) {
	mock, environ := demoMock(t)
	code, out, log := call(environ, "call", "--repeat", "3", "CreateSecurityGroup", "RegionId=cn-hangzhou", "ClientToken=once")
	assert.Zero(t, code)
	again := "hint: nothing was done: this ClientToken was answered before\n"
	assert.Equal(t, again+again, log, "a hint is there for answered calls, too")
	assert.Equal(t, 3, strings.Count(out, "\n"))
	assert.Len(t, journalOf(t, mock.url), 3)
	code, out, log = call(environ, "call", "DeleteSecurityGroup", "RegionId=cn-hangzhou", "SecurityGroupId=sg-six", "-repeat=2")
	assert.Equal(t, 1, code, "one refused call is enough")
	assert.Equal(t, 2, strings.Count(out, "\n"))
	assert.Contains(t, log, "ecsmock: 1 of 2 calls were refused, the last with 404 Not Found\n")
}

func TestCallThatIsNotAnswered(t *testing.T) {
	code, out, log := call(noEnv, "call", "DescribeRegions", "-addr", "127.0.0.1:1")
	assert.Equal(t, 1, code)
	assert.Empty(t, out)
	assert.Equal(t, "ecsmock: no answer from http://127.0.0.1:1/: connect: connection refused; start it with ecsmock serve, or give its address with -addr\n", log)
}

func TestWordsAreNoFlags(t *testing.T) {
	words, rest := words(new(caller).options(), []string{"-addr", "x", "A", "--format=xml", "B=-1", "-", "-repeat"})
	assert.Equal(t, []string{"A", "B=-1", "-"}, words)
	assert.Equal(t, []string{"-addr", "x", "--format=xml", "-repeat"}, rest)
}
