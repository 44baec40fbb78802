package main

import (
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// usual is the settings where nobody says anything.
func usual() settings {
	keys := []server.Credential{{ID: "testid", Secret: "testsecret", Account: "1234567890123456"}}
	return settings{addr: "127.0.0.1:2014", edition: rpc.Edition2019, keys: keys, log: "text"}
}

// settingTests has two values for each option, so that it shows which one won.
var settingTests = []struct {
	flag, twin   string
	value, other string
	set          func(*settings)
}{
	{"addr", "ECSMOCK_ADDR", "0.0.0.0:80", "[::1]:0", func(s *settings) { s.addr = "0.0.0.0:80" }},
	{"addr", "ECSMOCK_ADDR", ":0", "localhost:2014", func(s *settings) { s.addr = ":0" }},
	{"seed", "ECSMOCK_SEED", "demo", "web.json", func(s *settings) { s.seed = "demo" }},
	{"state", "ECSMOCK_STATE", "state.json", "other.json", func(s *settings) { s.state = "state.json" }},
	{"edition", "ECSMOCK_EDITION", "2020", "2024", func(s *settings) { s.edition = rpc.Edition2020 }},
	{"edition", "ECSMOCK_EDITION", "2024", "2020", func(s *settings) { s.edition = rpc.Edition2024 }},
	{"edition", "ECSMOCK_EDITION", "2019", "2020", func(s *settings) { s.edition = rpc.Edition2019 }},
	{"strict", "ECSMOCK_STRICT", "true", "false", func(s *settings) { s.strict = true }},
	{"strict", "ECSMOCK_STRICT", "1", "0", func(s *settings) { s.strict = true }},
	{"strict", "ECSMOCK_STRICT", "false", "true", func(*settings) {}},
	{"signatures", "ECSMOCK_SIGNATURES", "warn", "require", func(s *settings) { s.signatures = server.SignaturesWarn }},
	{"signatures", "ECSMOCK_SIGNATURES", "require", "warn", func(s *settings) { s.signatures = server.SignaturesRequire }},
	{"credentials", "ECSMOCK_CREDENTIALS", "a:b:7", "c:d", func(s *settings) { s.keys = []server.Credential{{ID: "a", Secret: "b", Account: "7"}} }},
	{"tls-host", "ECSMOCK_TLS_HOST", "a.example,b.example", "c.example", func(s *settings) { s.tlsHosts = []string{"a.example", "b.example"} }},
	{"tls-cert", "ECSMOCK_TLS_CERT", "cert.pem", "other.pem", func(s *settings) { s.tlsCert = "cert.pem" }},
	{"tls-key", "ECSMOCK_TLS_KEY", "key.pem", "other.pem", func(s *settings) { s.tlsKey = "key.pem" }},
	{"random-seed", "ECSMOCK_RANDOM_SEED", "7", "8", func(s *settings) { s.randomSeed = new(uint64); *s.randomSeed = 7 }},
	{"random-seed", "ECSMOCK_RANDOM_SEED", "0", "8", func(s *settings) { s.randomSeed = new(uint64) }},
	{"log", "ECSMOCK_LOG", "json", "off", func(s *settings) { s.log = "json" }},
	{"log", "ECSMOCK_LOG", "off", "json", func(s *settings) { s.log = "off" }},
}

func TestEachSettingHasAFlagAndATwin(t *testing.T) {
	for _, test := range settingTests {
		want := usual()
		test.set(&want)
		t.Run(test.flag+"="+test.value, func(t *testing.T) {
			flag := "-" + test.flag + "=" + test.value
			assert.Equal(t, want, parsed(t, noEnv, flag), "by flag")
			assert.Equal(t, want, parsed(t, noEnv, "-"+flag), "by flag with two dashes")
			assert.Equal(t, want, parsed(t, vars(test.twin, test.value)), "by twin")
			assert.Equal(t, want, parsed(t, vars(test.twin, test.other), flag), "the flag beats the twin")
			assert.Equal(t, want, parsed(t, vars(test.twin, "\x00"), flag), "a beaten twin is not looked at")
			assert.Equal(t, usual(), parsed(t, vars(test.twin, "")), "a blank twin says nothing")
		})
	}
}

func TestTheTableOfSettingsIsWhole(t *testing.T) {
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
	want := usual()
	want.strict, want.log = true, "off"
	assert.Equal(t, want, parsed(t, noEnv, "-strict", "-log", "json", "-log", "off"))
}

func parsed(t *testing.T, lookup env, args ...string) settings {
	t.Helper()
	var s settings
	require.NoError(t, parse("serve", s.options(), args, lookup, io.Discard))
	return s
}
