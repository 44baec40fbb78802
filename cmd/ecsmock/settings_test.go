package main

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
	"github.com/ecsmock/ecsmock/internal/shadow"
)

// defaults returns the settings without flags and environment.
func defaults() settings {
	keys := []server.Credential{{ID: "testid", Secret: "testsecret", Account: "1234567890123456"}}
	return settings{addrs: []string{"127.0.0.1:2014"}, edition: rpc.Edition2019, keys: keys, log: "text"}
}

// settingTests has two values for each option, to show which one wins.
var settingTests = []struct {
	flag, variable string
	value, other   string
	set            func(*settings)
}{
	{"addr", "ECSMOCK_ADDR", "0.0.0.0:80", "[::1]:0", func(s *settings) { s.addrs = []string{"0.0.0.0:80"} }},
	{"addr", "ECSMOCK_ADDR", ":0", "localhost:2014", func(s *settings) { s.addrs = []string{":0"} }},
	{"addr", "ECSMOCK_ADDR", ":80, :443", ":0", func(s *settings) { s.addrs = []string{":80", ":443"} }},
	{"seed", "ECSMOCK_SEED", "demo", "web.json", func(s *settings) { s.seed = "demo" }},
	{"state", "ECSMOCK_STATE", "state.json", "other.json", func(s *settings) { s.state = "state.json" }},
	{"edition", "ECSMOCK_EDITION", "2020", "2025", func(s *settings) { s.edition = rpc.Edition2020 }},
	{"edition", "ECSMOCK_EDITION", "2025", "2020", func(s *settings) { s.edition = rpc.Edition2025 }},
	{"edition", "ECSMOCK_EDITION", "latest", "2020", func(s *settings) { s.edition = rpc.Latest() }},
	{"edition", "ECSMOCK_EDITION", "2019", "2020", func(s *settings) { s.edition = rpc.Edition2019 }},
	{"regions", "ECSMOCK_REGIONS", "xx-moon-1, cn-hangzhou", "xx-sun", func(s *settings) { s.regions, _ = server.ParseRegions("xx-moon-1,cn-hangzhou") }},
	{"until-eof", "ECSMOCK_UNTIL_EOF", "true", "false", func(s *settings) { s.untilEOF = true }},
	{"strict", "ECSMOCK_STRICT", "true", "false", func(s *settings) { s.strict = true }},
	{"strict", "ECSMOCK_STRICT", "1", "0", func(s *settings) { s.strict = true }},
	{"strict", "ECSMOCK_STRICT", "false", "true", func(*settings) {}},
	{"signatures", "ECSMOCK_SIGNATURES", "warn", "require", func(s *settings) { s.signatures = server.SignaturesWarn }},
	{"signatures", "ECSMOCK_SIGNATURES", "require", "warn", func(s *settings) { s.signatures = server.SignaturesRequire }},
	{"credentials", "ECSMOCK_CREDENTIALS", "a:b:7", "c:d", func(s *settings) { s.keys = []server.Credential{{ID: "a", Secret: "b", Account: "7"}} }},
	{"tls-host", "ECSMOCK_TLS_HOST", "a.example,b.example", "c.example", func(s *settings) { s.tlsHosts = []string{"a.example", "b.example"} }},
	{"tls-cert", "ECSMOCK_TLS_CERT", "cert.pem", "other.pem", func(s *settings) { s.tlsCert = "cert.pem" }},
	{"tls-key", "ECSMOCK_TLS_KEY", "key.pem", "other.pem", func(s *settings) { s.tlsKey = "key.pem" }},
	{"shadow", "ECSMOCK_SHADOW", "ecs.cn-beijing.aliyuncs.com", "http://127.0.0.1:2015", func(s *settings) { s.shadow, _ = shadow.New("https://ecs.cn-beijing.aliyuncs.com") }},
	{"shadow-ca", "ECSMOCK_SHADOW_CA", "ca.pem", "other.pem", func(s *settings) { s.shadowCA = "ca.pem" }},
	{"shadow-fail", "ECSMOCK_SHADOW_FAIL", "true", "false", func(s *settings) { s.shadowFail = true }},
	{"random-seed", "ECSMOCK_RANDOM_SEED", "7", "8", func(s *settings) { s.randomSeed = new(uint64); *s.randomSeed = 7 }},
	{"random-seed", "ECSMOCK_RANDOM_SEED", "0", "8", func(s *settings) { s.randomSeed = new(uint64) }},
	{"vpcs", "ECSMOCK_VPCS", "any", "known", func(s *settings) { s.vpcs = product.VPCsAny }},
	{"vpcs", "ECSMOCK_VPCS", "known", "any", func(s *settings) { s.vpcs = product.VPCsKnown }},
	{"settle", "ECSMOCK_SETTLE", "2s", "1m", func(s *settings) { s.settle = 2 * time.Second }},
	{"settle", "ECSMOCK_SETTLE", "0", "1m", func(*settings) {}},
	{"log", "ECSMOCK_LOG", "json", "off", func(s *settings) { s.log = "json" }},
	{"log", "ECSMOCK_LOG", "off", "json", func(s *settings) { s.log = "off" }},
}

func TestEachSettingHasAFlagAndAVariable(t *testing.T) {
	for _, test := range settingTests {
		want := defaults()
		test.set(&want)
		t.Run(test.flag+"="+test.value, func(t *testing.T) {
			flag := "-" + test.flag + "=" + test.value
			assert.Equal(t, want, parsed(t, noEnv, flag), "by flag")
			assert.Equal(t, want, parsed(t, noEnv, "-"+flag), "by flag with two dashes")
			assert.Equal(t, want, parsed(t, vars(test.variable, test.value)), "by environment")
			assert.Equal(t, want, parsed(t, vars(test.variable, test.other), flag), "the flag wins")
			assert.Equal(t, want, parsed(t, vars(test.variable, "\x00"), flag), "a wrong value in the environment does not matter then")
			assert.Equal(t, defaults(), parsed(t, vars(test.variable, "")), "a blank variable is unset")
		})
	}
}

func TestEverySettingIsTested(t *testing.T) {
	tested := map[string]bool{}
	for _, test := range settingTests {
		tested[test.flag] = true
	}
	for _, o := range new(settings).options() {
		assert.True(t, tested[o.name], "settingTests lacks -%s", o.name)
		assert.NotEmpty(t, o.text, o.name)
	}
}

func TestASwitchNeedsNoValueAndTheLastFlagCounts(t *testing.T) {
	want := defaults()
	want.strict, want.log = true, "off"
	assert.Equal(t, want, parsed(t, noEnv, "-strict", "-log", "json", "-log", "off"))
	want = defaults()
	want.addrs = []string{":80", ":443", "[::1]:80"}
	assert.Equal(t, want, parsed(t, noEnv, "-addr", ":80", "-addr=:443, [::1]:80"), "a list may be given in parts")
}

func parsed(t *testing.T, environ env, args ...string) settings {
	t.Helper()
	var s settings
	require.NoError(t, parse("serve", s.options(), args, environ, io.Discard))
	return s
}
