package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os/exec"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
	"time"

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

	zone := zoned{addr: &net.TCPAddr{IP: net.ParseIP("fe80::1"), Port: 80, Zone: "eth0"}}
	assert.Equal(t, []string{"http://[fe80::1%25eth0]:80"}, urls([]net.Listener{zone}))
}

// zoned is a listener on an address.
type zoned struct {
	net.Listener
	addr net.Addr
}

func (z zoned) Addr() net.Addr { return z.addr }

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
			var line struct{ Action, Took string }
			require.NoError(t, json.Unmarshal([]byte(log), &line), log)
			assert.Equal(t, "DescribeSecurityGroups", line.Action)
			assert.Regexp(t, `^[\d.]+(ns|µs|ms|s)$`, line.Took, "a duration has its unit")
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

// With -log json, whatever the program prints is JSON.
func TestEveryLineIsJSON(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	for name, test := range map[string]struct {
		environ env
		args    []string
		code    int
		want    string
	}{
		"a wrong flag":       {noEnv, []string{"-log", "json", "-colour", "red"}, 2, "serve has no flag -colour; ecsmock serve -h lists the flags"},
		"before -log":        {noEnv, []string{"-colour", "red", "-log", "json"}, 2, "serve has no flag -colour; ecsmock serve -h lists the flags"},
		"a wrong variable":   {vars("ECSMOCK_LOG", "json", "ECSMOCK_STRICT", "x"), nil, 2, `ECSMOCK_STRICT is true or false, got "x"`},
		"a failure":          {vars("ECSMOCK_LOG", "json"), []string{"-addr", taken.Addr().String()}, 1, "cannot listen on " + taken.Addr().String() + ": bind: address already in use; choose another address with -addr; port 0 picks a free port"},
		"a wrong -log":       {noEnv, []string{"-log", "jsonl"}, 2, ""},
		"an error of health": {vars("ECSMOCK_LOG", "json"), []string{"health", "-addr", "x"}, 2, ""},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, log := call(test.environ, test.args...)
			assert.Equal(t, test.code, code)
			assert.Empty(t, out)
			if test.want == "" {
				assert.Contains(t, log, "ecsmock: -", "serve alone logs in JSON, and only if it is asked to")
				return
			}
			var line struct{ Level, Msg string }
			require.NoError(t, json.Unmarshal([]byte(log), &line), log)
			assert.Equal(t, "ERROR "+test.want, line.Level+" "+line.Msg)
		})
	}
	mock := start(t, vars("ECSMOCK_SED", "demo"), "-addr", "127.0.0.1:0", "-log", "json")
	get(t, mock.url+describe)
	assert.Zero(t, mock.stop())
	for line := range strings.Lines(mock.log.String()) {
		assert.True(t, json.Valid([]byte(line)), line)
	}
}

func TestSeveralAddresses(t *testing.T) {
	for format, each := range map[string]string{"off": `listening on (http://\S+)\n`, "json": `"url":"(http://[^"]+)"`} {
		ctx, cancel := context.WithCancel(context.Background())
		var out safeBuffer
		code := make(chan int)
		go func() {
			code <- run(ctx, []string{"-addr", "127.0.0.1:0,127.0.0.1:0", "-addr", "127.0.0.1:0", "-log", format}, noEnv, &out, io.Discard)
		}()
		var all [][]string
		require.Eventually(t, func() bool {
			all = regexp.MustCompile(each).FindAllStringSubmatch(out.String(), -1)
			return len(all) > 0
		}, waitLimit, time.Millisecond)
		assert.Len(t, all, 3)
		insecure := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
		for _, m := range all {
			for _, url := range []string{m[1], strings.Replace(m[1], "http:", "https:", 1)} {
				answer, err := insecure.Get(url + describe)
				require.NoError(t, err)
				answer.Body.Close()
				assert.Equal(t, http.StatusOK, answer.StatusCode)
			}
		}
		insecure.CloseIdleConnections()
		cancel()
		assert.Zero(t, <-code)
	}
}

// If one of several addresses cannot be listened on, the others are free again.
func TestAllAddressesOrNone(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	free := l.Addr().String()
	require.NoError(t, l.Close())
	_, err = listen([]string{free, free})
	assert.ErrorContains(t, err, "cannot listen on "+free)
	l, err = net.Listen("tcp", free)
	require.NoError(t, err)
	l.Close()
}

func TestVariablesThatNobodyReads(t *testing.T) {
	environ := vars("ECSMOCK_SED", "demo", "ECSMOCK_SIGNATURE", "require", "ECSMOCK_COLOUR", "red", "ECSMOCK_ADDR", "127.0.0.1:0", "ECSMOCK_BLANK", "",
		"ECSMOCK_PROGRAM", "/bin/ecsmock", "ECSMOCK_URL", "http://mock:2014", "ECS_SEED", "demo",
		"ECSMOCK_PORT", "tcp://10.0.0.1:2014", "ECSMOCK_PORT_2014_TCP", "x", "ECSMOCK_PORT_2014_TCP_ADDR", "x",
		"ECSMOCK_SERVICE_HOST", "x", "ECSMOCK_SERVICE_PORT", "x", "ECSMOCK_SERVICE_PORT_HTTP", "x")
	for format, each := range map[string]string{"text": `level=WARN msg="(.*)"`, "off": `level=WARN msg="(.*)"`, "json": `"level":"WARN","msg":"(.*)"`} {
		mock := start(t, environ, "-log", format)
		assert.Zero(t, mock.stop())
		var said []string
		for _, m := range regexp.MustCompile(each).FindAllStringSubmatch(mock.log.String(), -1) {
			said = append(said, m[1])
		}
		assert.Equal(t, []string{
			"ECSMOCK_COLOUR is ignored; ecsmock -h lists the variables",
			"ECSMOCK_SED is ignored; did you mean ECSMOCK_SEED?",
			"ECSMOCK_SIGNATURE is ignored; did you mean ECSMOCK_SIGNATURES?",
		}, said, mock.log)
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
