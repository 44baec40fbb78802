package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	describe = "/?Action=DescribeSecurityGroups&RegionId=cn-hangzhou&Format=JSON"
	create   = "/?Action=CreateSecurityGroup&RegionId=cn-hangzhou&Format=JSON"
	miss     = "/?Action=RevokeSecurityGroup&Format=JSON&RegionId=cn-hangzhou&SecurityGroupId=sg-web" +
		"&IpProtocol=tcp&PortRange=1/2&SourceCidrIp=10.0.0.0/8"
)

// get returns the status and the body of a URL.
func get(t *testing.T, url string) (int, string) {
	t.Helper()
	answer, err := http.Get(url)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(body)
}

func TestTheGreetingWorksAsPrinted(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"an empty world":  {nil, "<TotalCount>0</TotalCount>"},
		"a state file":    {[]string{"-seed", "../../testdata/seeds/web.json"}, "<SecurityGroupId>sg-web</SecurityGroupId>"},
		"the demo":        {[]string{"-seed", "demo"}, "<RevokeSecurityGroupResponse><RequestId>"},
		"every interface": {[]string{"-addr", ":0"}, "<TotalCount>0</TotalCount>"},
	} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"-log", "off"}, test.args...)
			mock := start(t, vars("ECSMOCK_ADDR", "127.0.0.1:0"), args...)
			assert.Regexp(t, `^http://127\.0\.0\.1:\d+$`, mock.url)
			url, ok := strings.CutSuffix(strings.TrimPrefix(mock.curl, "curl '"), "'")
			require.True(t, ok, mock.curl)
			status, body := get(t, url)
			assert.Equal(t, http.StatusOK, status)
			assert.Contains(t, body, test.want)
			assert.Zero(t, mock.stop())
			assert.Empty(t, mock.log.String())
		})
	}
}

func TestTheGreetingInAShell(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("SKIPPED: curl is not installed")
	}
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-seed", "demo", "-log", "off")
	body, err := exec.Command("sh", "-c", strings.Replace(mock.curl, "curl ", "curl -sS ", 1)).CombinedOutput()
	require.NoError(t, err, string(body))
	assert.Contains(t, string(body), "<RevokeSecurityGroupResponse><RequestId>")
	status, body2 := get(t, mock.url+describe)
	assert.Equal(t, http.StatusOK, status, body2)
}

func TestAnAddressOfIPv6IsPrintedAsAURL(t *testing.T) {
	l, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("this machine has no IPv6")
	}
	l.Close()
	mock := start(t, noEnv, "-addr", "[::1]:0", "-log", "off")
	assert.Regexp(t, `^http://\[::1\]:\d+$`, mock.url)
	status, _ := get(t, mock.url+describe)
	assert.Equal(t, http.StatusOK, status)

	zone := &net.TCPAddr{IP: net.ParseIP("fe80::1"), Port: 80, Zone: "eth0"}
	var out strings.Builder
	greet(&out, zone, "")
	assert.Contains(t, out.String(), "listening on http://[fe80::1%25eth0]:80\n")
}

func TestEverySettingReachesTheServer(t *testing.T) {
	for name, test := range map[string]struct {
		args   []string
		path   string
		status int
		want   string
	}{
		"edition 2019": {nil, miss, 403, `"InvalidGroupAuthItem.NotFound"`},
		"edition 2020": {[]string{"-edition", "2020"}, miss, 200, "RequestId"},
		"edition 2025": {[]string{"-edition", "2025"}, miss, 400, `"InvalidSecurityGroupRule.RuleNotExist"`},
		"lenient":      {nil, describe, 200, `"sg-web"`},
		"strict":       {[]string{"-strict"}, describe, 400, "Version"},
	} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"-addr", "127.0.0.1:0", "-seed", "demo", "-log", "off"}, test.args...)
			status, body := get(t, start(t, noEnv, args...).url+test.path)
			assert.Equal(t, test.status, status)
			assert.Contains(t, body, test.want)
		})
	}
}

func TestARandomSeedRepeatsIDs(t *testing.T) {
	created := func(seed string) string {
		mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off", "-random-seed", seed)
		_, body := get(t, mock.url+create)
		return body
	}
	assert.Equal(t, created("42"), created("42"))
	assert.NotEqual(t, created("42"), created("43"))
}

func TestTheLogHasALineACall(t *testing.T) {
	for form, check := range map[string]func(t *testing.T, log string){
		"off":  func(t *testing.T, log string) { assert.Empty(t, log) },
		"text": func(t *testing.T, log string) { assert.Contains(t, log, "action=DescribeSecurityGroups") },
		"json": func(t *testing.T, log string) {
			var line struct{ Action string }
			require.NoError(t, json.Unmarshal([]byte(log), &line), log)
			assert.Equal(t, "DescribeSecurityGroups", line.Action)
		},
	} {
		t.Run(form, func(t *testing.T) {
			mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-log", form)
			get(t, mock.url+describe)
			assert.Zero(t, mock.stop())
			check(t, mock.log.String())
		})
	}
}

func TestTheCollectorIsTunedUnlessGOGCIsSet(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	tune(vars("GOGC", "50"))
	assert.Equal(t, 100, debug.SetGCPercent(100))
	tune(vars("GOGC", ""))
	assert.Equal(t, 125, debug.SetGCPercent(100))
	start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off")
	assert.Equal(t, 125, debug.SetGCPercent(100))
}

func TestStartErrors(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	addr := taken.Addr().String()
	dir := t.TempDir()
	none := filepath.Join(dir, "none.json")
	for _, test := range []struct{ name, flag, value, want string }{
		{"port taken", "-addr", addr, "cannot listen on " + addr + ": bind: address already in use; choose another address with -addr; port 0 picks a free port"},
		{"no such seed", "-seed", none, "cannot read the seed " + none + ": no such file or directory; -seed is a state file or demo"},
		{"a folder", "-seed", dir, "cannot read the seed " + dir + ": is a directory; -seed is a state file or demo"},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, out, log := call(vars("ECSMOCK_ADDR", "127.0.0.1:0"), test.flag, test.value)
			assert.Equal(t, 1, code)
			assert.Equal(t, "ecsmock: "+test.want+"\n", log)
			assert.Empty(t, out)
		})
	}
}

// The error of a wrong seed has the JSON path of the mistake.
func TestWrongSeeds(t *testing.T) {
	for name, test := range map[string]struct{ state, path string }{
		"no JSON":       {`{"Version": 1,`, "line 1, column 14"},
		"unknown field": {`{"SecurityGroups": [], "Colour": "red"}`, "Colour"},
		"bad rule": {`{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1",
			"Permissions": [{"IpProtocol": "tcp", "PortRange": "22", "SourceCidrIp": "10.0.0.0/8"}]}]}`, "SecurityGroups[0].Permissions[0].PortRange"},
		"bad region": {`{"SecurityGroups": [{"RegionId": "CN-atlantis", "SecurityGroupId": "sg-1"}]}`, "SecurityGroups[0].RegionId"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "seed.json")
			require.NoError(t, os.WriteFile(path, []byte(test.state), 0o600))
			code, out, log := call(vars("ECSMOCK_ADDR", "127.0.0.1:0", "ECSMOCK_SEED", path))
			assert.Equal(t, 1, code)
			assert.Regexp(t, "^"+regexp.QuoteMeta("ecsmock: the seed "+path+" is not valid: "+test.path+": ")+".+\n$", log)
			assert.Empty(t, out)
		})
	}
}
