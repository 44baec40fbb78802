package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

func TestHelp(t *testing.T) {
	code, out, log := call(noEnv, "-h")
	assert.Zero(t, code)
	assert.Empty(t, log)
	isGolden(t, "testdata/help.txt", out)
	for _, args := range [][]string{{"--help"}, {"serve", "-h"}, {"-strict", "-h"}, {"-h", "-colour"}} {
		code, again, log := call(vars("ECSMOCK_EDITION", "wrong, but -h works all the same"), args...)
		assert.Zero(t, code, args)
		assert.Empty(t, log, args)
		assert.Equal(t, out, again, args)
	}
}

// isGolden checks that a text is that of a golden file.
func isGolden(t *testing.T, golden, text string) {
	t.Helper()
	if *write {
		require.NoError(t, os.WriteFile(golden, []byte(text), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), text, "make docs rewrites %s", golden)
}

func TestHelpOfOtherCommands(t *testing.T) {
	for _, c := range commands() {
		if c.name == "serve" || c.name == "help" {
			continue
		}
		code, out, log := call(noEnv, c.name, "-h")
		assert.Zero(t, code)
		assert.Empty(t, log)
		isGolden(t, "testdata/help-"+c.name+".txt", out)
	}
	for _, args := range [][]string{{"health", "-h"}, {"help", "health"}} {
		_, health, _ := call(noEnv, args...)
		assert.Contains(t, health, "Flags of health")
		assert.Contains(t, health, "ECSMOCK_ADDR")
		assert.NotContains(t, health, "ECSMOCK_SEED")
	}
	_, version, _ := call(noEnv, "version", "-h")
	assert.NotContains(t, version, "Flags")
	_, serve, _ := call(noEnv, "-h")
	assert.Contains(t, serve, "http://127.0.0.1:2014/_mock/")
	for _, args := range [][]string{{"help"}, {"help", "serve"}, {"help", "help"}} {
		code, out, _ := call(noEnv, args...)
		assert.Zero(t, code)
		assert.Equal(t, serve, out, args)
	}
}

func exported(t *testing.T, environ env, args ...string) string {
	t.Helper()
	var out strings.Builder
	require.Zero(t, run(t.Context(), append([]string{"env"}, args...), environ, &out, io.Discard))
	return out.String()
}

func TestExportsInEachShell(t *testing.T) {
	assert.Contains(t, exported(t, noEnv), "export ALIBABA_CLOUD_ENDPOINT_ECS='127.0.0.1:2014' # Terraform\n")
	assert.Contains(t, exported(t, noEnv, "-shell", "fish"), "set -gx ALIBABA_CLOUD_ACCESS_KEY_ID 'testid' # ")
	assert.Contains(t, exported(t, noEnv, "-shell", "powershell"), "$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'testsecret' # ")
	assert.Contains(t, exported(t, noEnv, "-shell", "dotenv"), "# SDKs, aliyun CLI, Terraform\nALIBABA_CLOUD_ACCESS_KEY_SECRET=testsecret\n")
	assert.Contains(t, exported(t, noEnv, "-shell", "dotenv"), "#   MY_APP_ECS_ENDPOINT=127.0.0.1:2014\n")
	assert.Contains(t, exported(t, vars("SHELL", "/usr/bin/fish")), "set -gx ")
	assert.Contains(t, exported(t, noEnv, "-addr", ":9", "-credentials", "a:b"), "export ECS_ENDPOINT='127.0.0.1:9' # ")
	assert.Contains(t, exported(t, vars("ECSMOCK_ADDR", ":80,:443")), "export ECS_ENDPOINT='127.0.0.1:80' # ")
	assert.Contains(t, exported(t, noEnv, "-credentials", "STS.a:b::c"), "export ALIBABA_CLOUD_SECURITY_TOKEN='c' # ")
	assert.Contains(t, exported(t, noEnv, "-credentials", "STS.a:b::c"), "export ALICLOUD_SECURITY_TOKEN='c' # ")
	assert.NotContains(t, exported(t, noEnv), "SECURITY_TOKEN")
	assert.Contains(t, exported(t, noEnv), "/_mock/ca.pem")
}

// readers has the readers of each variable that the outputs set.
func readers(t *testing.T, out string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		m := regexp.MustCompile(`^export (\w+)='[^']+' # (.+)\n$`).FindStringSubmatch(line)
		require.NotNil(t, m, line)
		all[m[1]] = m[2]
	}
	return all
}

// Each variable is there for those who read it. No SDK reads an endpoint: a program that
// believes so would call the real cloud.
func TestEachExportNamesItsReaders(t *testing.T) {
	out := exported(t, noEnv)
	all := readers(t, out)
	assert.Contains(t, all["ALIBABA_CLOUD_ENDPOINT"], "aliyun CLI")
	for _, p := range server.Products() {
		name := strings.ToUpper(p.Name)
		assert.Contains(t, all["ALIBABA_CLOUD_ENDPOINT_"+name], "Terraform")
		assert.Contains(t, all[name+"_ENDPOINT"], "Terraform")
	}
	assert.Contains(t, all["ECS_ENDPOINT"], "Kubernetes provider")
	assert.Contains(t, all["VPC_ENDPOINT"], "Kubernetes provider")
	assert.Equal(t, "Terraform, which otherwise waits 30 s at each start", all["ALIBABA_CLOUD_ACCOUNT_TYPE"])
	for name, of := range all {
		if strings.Contains(name, "ENDPOINT") {
			assert.NotContains(t, of, "SDK", name)
		}
	}
	assert.Contains(t, out, "# SDKs read no endpoint here.")
	assert.Contains(t, out, "#   export MY_APP_ECS_ENDPOINT='127.0.0.1:2014'\n")
	assert.NotContains(t, all, "HTTPS_PROXY")
}

func TestHostsWithoutAProxyAreKept(t *testing.T) {
	for before, want := range map[string]string{"": "127.0.0.1:9", "a.example,10.0.0.0/8": "a.example,10.0.0.0/8,127.0.0.1:9"} {
		for _, name := range []string{"NO_PROXY", "no_proxy"} {
			assert.Contains(t, exported(t, vars(name, before), "-addr", ":9"), "export NO_PROXY='"+want+"' # ")
		}
	}
}

func TestExportsOfTheProxy(t *testing.T) {
	out := exported(t, vars("NO_PROXY", "*.aliyuncs.com"), "-proxy", "-addr", ":9")
	all := readers(t, out)
	for _, name := range []string{
		"HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy",
		"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALICLOUD_SECRET_KEY",
	} {
		assert.NotEmpty(t, all[name], name)
	}
	assert.Contains(t, out, "export HTTPS_PROXY='http://127.0.0.1:9' # ")
	assert.Contains(t, out, "export NO_PROXY='127.0.0.1,127.0.0.1:9' # ")
	assert.NotContains(t, out, "aliyuncs.com'", "what leads past the mock is not kept")
	assert.NotContains(t, out, "ENDPOINT")
	assert.Contains(t, out, "#   keytool -importcert ")
	assert.Contains(t, out, "#   export JAVA_TOOL_OPTIONS='-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=9 ")
}

// curl, with the exports of the proxy and nothing else, reaches the mock by the names of
// the service, and no other host.
func TestCurlUsesTheExportsOfTheProxy(t *testing.T) {
	for _, program := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("SKIPPED: %s is not installed", program)
		}
	}
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-log", "off")
	out := exported(t, noEnv, "-proxy", "-addr", strings.TrimPrefix(mock.url, "http://"))
	_, download, _ := strings.Cut(out, "#   curl")
	download, _, _ = strings.Cut("curl"+download, "\n")
	for _, scheme := range []string{"https", "http"} {
		script := "set -e\n" + download + "\n" + out + "curl -sS '" + scheme + "://ecs.cn-beijing.aliyuncs.com/?Action=DescribeRegions&Format=JSON'"
		cmd := exec.Command("bash", "-c", script)
		cmd.Dir, cmd.Env = t.TempDir(), []string{"PATH=" + os.Getenv("PATH")}
		body, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", body)
		assert.Contains(t, string(body), `"RegionId":"cn-beijing"`)
	}
	cmd := exec.Command("bash", "-c", out+"curl -sS https://example.com/ || echo; curl -sS https://example.com/ -o /dev/null -w '%{http_connect}'")
	cmd.Dir, cmd.Env = t.TempDir(), []string{"PATH=" + os.Getenv("PATH")}
	body, _ := cmd.CombinedOutput()
	assert.Contains(t, string(body), "403")
}

// Terraform's provider needs an endpoint of each product, and what is not HCL is a comment.
func TestProviderOfTerraform(t *testing.T) {
	out := exported(t, noEnv, "-terraform", "-addr", ":9", "-credentials", "STS.a:${b}::c")
	for _, p := range server.Products() {
		assert.Regexp(t, "(?m)^    "+strings.ToLower(p.Name)+` +="?.*127.0.0.1:9"$`, out)
	}
	assert.Contains(t, out, `secret_key             = "$${b}"`+"\n")
	assert.Contains(t, out, `security_token         = "c"`+"\n")
	assert.Contains(t, out, "#   export NO_PROXY='127.0.0.1:9'\n")
	assert.NotRegexp(t, "(?m)^export", out)
	assert.NotContains(t, exported(t, noEnv, "-terraform"), "security_token")
	assert.Equal(t, strings.Count(out, "{\n"), strings.Count(out, "}\n"))
}

// A file .env is read line by line: a line is a comment or Name=value, and a value has
// quotes only where readers of such files need them.
func TestDotenv(t *testing.T) {
	for _, flag := range []string{"-proxy=false", "-proxy"} {
		for line := range strings.Lines(exported(t, noEnv, "-shell", "dotenv", flag)) {
			assert.Regexp(t, `^(#.*|\w+=[^\s'"#]+)\n$`, line)
		}
	}
	out := exported(t, noEnv, "-shell", "dotenv", "-credentials", `id:it's $HOME #1`)
	assert.Contains(t, out, `ALICLOUD_SECRET_KEY='it\'s $HOME #1'`+"\n")
}

// The output can be sourced, whatever characters a secret has.
func TestBashSourcesTheExports(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("SKIPPED: bash is not installed")
	}
	script := exported(t, noEnv, "-credentials", `id:it's $HOME "\`) + `printf %s "$ALICLOUD_SECRET_KEY"`
	out, err := exec.Command(bash, "-c", script).CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Equal(t, `it's $HOME "\`, string(out))
}

func TestHealthOfARunningMock(t *testing.T) {
	mock := start(t, noEnv, "-addr", "127.0.0.1:0", "-seed", "demo", "-log", "off")
	addr := strings.TrimPrefix(mock.url, "http://")
	_, port, err := net.SplitHostPort(addr)
	require.NoError(t, err)
	for name, test := range map[string]struct {
		environ env
		args    []string
	}{
		"by flag":           {noEnv, []string{"health", "-addr", addr}},
		"first of several":  {vars("ECSMOCK_ADDR", addr+",127.0.0.1:1"), []string{"health"}},
		"by environment":    {vars("ECSMOCK_ADDR", addr), []string{"health"}},
		"flag wins":         {vars("ECSMOCK_ADDR", "127.0.0.1:1"), []string{"health", "-addr", addr}},
		"in a container":    {vars("ECSMOCK_ADDR", "0.0.0.0:"+port), []string{"health"}},
		"on all interfaces": {vars("ECSMOCK_ADDR", ":"+port), []string{"health"}},
		"on all of IPv6":    {vars("ECSMOCK_ADDR", "[::]:"+port), []string{"health"}},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, log := call(test.environ, test.args...)
			assert.Zero(t, code)
			assert.Contains(t, out, `"Status": "ok"`)
			assert.Empty(t, log)
		})
	}
}

func TestHealthOfNoServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	addr := l.Addr().String()
	require.NoError(t, l.Close())
	for _, given := range []string{addr, strings.TrimPrefix(addr, "127.0.0.1")} {
		code, out, log := call(noEnv, "health", "-addr", given)
		assert.Equal(t, 1, code)
		assert.Empty(t, out)
		assert.Equal(t, "ecsmock: no answer from http://"+addr+"/_mock/health: connect: connection refused; start it with ecsmock serve, or give its address with -addr\n", log)
	}
}

func TestHealthOfSomethingElse(t *testing.T) {
	for answer, status := range map[string]int{
		`{"Status": "ok"}`:   http.StatusServiceUnavailable,
		`{"Status": "sick"}`: http.StatusOK,
		`<html>`:             http.StatusOK,
	} {
		t.Run(answer, func(t *testing.T) {
			other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(status)
				w.Write([]byte(answer))
			}))
			defer other.Close()
			code, _, log := call(noEnv, "health", "-addr", strings.TrimPrefix(other.URL, "http://"))
			assert.Equal(t, 1, code)
			assert.Contains(t, log, other.URL+"/_mock/health is not a healthy ecsmock: it answered ")
			assert.Contains(t, log, "; start it with ecsmock serve, or give its address with -addr\n")
		})
	}
}
