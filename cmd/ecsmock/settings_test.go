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
)

// defaults returns the settings without flags and environment.
func defaults() settings {
	keys := []server.Credential{{ID: "testid", Secret: "testsecret", Account: "1234567890123456"}}
	return settings{addr: "127.0.0.1:2014", edition: rpc.Edition2019, keys: keys, log: "text"}
}

// settingTests has two values for each option, to show which one wins.
var settingTests = []struct {
	flag, variable string
	value, other   string
	set            func(*settings)
}{
	{"addr", "ECSMOCK_ADDR", "0.0.0.0:80", "[::1]:0", func(s *settings) { s.addr = "0.0.0.0:80" }},
	{"addr", "ECSMOCK_ADDR", ":0", "localhost:2014", func(s *settings) { s.addr = ":0" }},
	{"seed", "ECSMOCK_SEED", "demo", "web.json", func(s *settings) { s.seed = "demo" }},
	{"state", "ECSMOCK_STATE", "state.json", "other.json", func(s *settings) { s.state = "state.json" }},
	{"edition", "ECSMOCK_EDITION", "2020", "2025", func(s *settings) { s.edition = rpc.Edition2020 }},
	{"edition", "ECSMOCK_EDITION", "2025", "2020", func(s *settings) { s.edition = rpc.Edition2025 }},
	{"edition", "ECSMOCK_EDITION", "latest", "2020", func(s *settings) { s.edition = rpc.Latest() }},
	{"edition", "ECSMOCK_EDITION", "2019", "2020", func(s *settings) { s.edition = rpc.Edition2019 }},
	{"regions", "ECSMOCK_REGIONS", "xx-moon-1, cn-hangzhou", "xx-sun", func(s *settings) { s.regions, _ = server.ParseRegions("xx-moon-1,cn-hangzhou") }},
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
}

func parsed(t *testing.T, lookup env, args ...string) settings {
	t.Helper()
	var s settings
	require.NoError(t, parse("serve", s.options(), args, lookup, io.Discard))
	return s
}

const seeFlags = "; ecsmock serve -h lists the flags"

// usageErrors are wrong calls with the sentence that each gets, which says what to do.
var usageErrors = []struct {
	name   string
	lookup env
	args   []string
	want   string
}{
	{"command", noEnv, []string{"revoke"}, `unknown command "revoke"; ecsmock -h lists the commands`},
	{"blank command", noEnv, []string{""}, `unknown command ""; ecsmock -h lists the commands`},
	{"flag", noEnv, []string{"-colour"}, "flag provided but not defined: -colour" + seeFlags},
	{"flag of serve", noEnv, []string{"serve", "-colour", "red"}, "flag provided but not defined: -colour" + seeFlags},
	{"flag of health", noEnv, []string{"health", "-seed", "x"}, "flag provided but not defined: -seed; ecsmock health -h lists the flags"},
	{"flag of version", noEnv, []string{"version", "-v"}, "flag provided but not defined: -v; ecsmock version -h lists the flags"},
	{"flag without value", noEnv, []string{"-seed"}, "flag needs an argument: -seed" + seeFlags},
	{"argument", noEnv, []string{"serve", "demo"}, `unexpected argument "demo"` + seeFlags},
	{"value of a switch", noEnv, []string{"-strict", "false"}, `unexpected argument "false"` + seeFlags},
	{"dashes", noEnv, []string{"---"}, "bad flag syntax: ---" + seeFlags},
	{"addr", noEnv, []string{"-addr", "2014"}, `-addr is host:port, such as 127.0.0.1:2014, got "2014"`},
	{"addr blank", noEnv, []string{"-addr="}, `-addr is host:port, such as 127.0.0.1:2014, got ""`},
	{"addr port", noEnv, []string{"-addr", ":65536"}, `-addr is host:port, such as 127.0.0.1:2014, got ":65536"`},
	{"addr brackets", noEnv, []string{"-addr", "::1:80"}, `-addr is host:port, such as 127.0.0.1:2014, got "::1:80"`},
	{"addr variable", vars("ECSMOCK_ADDR", "localhost"), nil, `ECSMOCK_ADDR is host:port, such as 127.0.0.1:2014, got "localhost"`},
	{"signatures", noEnv, []string{"-signatures", "maybe"}, `-signatures is off, warn or require, got "maybe"`},
	{"credentials without the secret", noEnv, []string{"-credentials", "id"}, `-credentials: credential 1: the form is id:secret, id:secret:account or STS.id:secret:account:token`},
	{"a token of a lasting key", noEnv, []string{"-credentials", "id:secret:x:y"}, `-credentials: credential 1: only an id that begins with STS. has a token, which is not blank`},
	{"shell", noEnv, []string{"env", "-shell", "csh"}, `-shell is bash, fish or powershell, got "csh"`},
	{"regions", noEnv, []string{"-regions", "xx-moon,cn-hangzhuo"}, `-regions: "cn-hangzhuo": there is no such region; did you mean cn-hangzhou?`},
	{"regions variable", vars("ECSMOCK_REGIONS", "xx_moon"), nil, `ECSMOCK_REGIONS: "xx_moon": a region id is lower-case letters, digits and hyphens, such as cn-hangzhou`},
	{"edition", noEnv, []string{"-edition", "1999"}, "-edition is " + rpc.EditionNames("") + `, got "1999"`},
	{"edition 2024", noEnv, []string{"-edition", "2024"}, `-edition is 2019, 2020, 2025 (which replaced 2024) or latest, got "2024"`},
	{"edition variable", vars("ECSMOCK_EDITION", "new"), nil, "ECSMOCK_EDITION is " + rpc.EditionNames("") + `, got "new"`},
	{"strict", noEnv, []string{"-strict=maybe"}, `-strict is true or false, got "maybe"`},
	{"strict variable", vars("ECSMOCK_STRICT", "on"), nil, `ECSMOCK_STRICT is true or false, got "on"`},
	{"random seed", noEnv, []string{"-random-seed", "-1"}, `-random-seed is a number from 0 to 18446744073709551615, got "-1"`},
	{"random seed variable", vars("ECSMOCK_RANDOM_SEED", "x"), nil, `ECSMOCK_RANDOM_SEED is a number from 0 to 18446744073709551615, got "x"`},
	{"vpcs", noEnv, []string{"-vpcs", "some"}, `-vpcs is any or known, got "some"`},
	{"settle", noEnv, []string{"-settle", "2"}, `-settle is a duration such as 500ms or 2s, got "2"`},
	{"settle before now", vars("ECSMOCK_SETTLE", "-1s"), nil, `ECSMOCK_SETTLE is a duration such as 500ms or 2s, got "-1s"`},
	{"log", noEnv, []string{"-log", "xml"}, `-log is text, json or off, got "xml"`},
	{"log variable", vars("ECSMOCK_LOG", "TEXT"), nil, `ECSMOCK_LOG is text, json or off, got "TEXT"`},
	{"health addr", noEnv, []string{"health", "-addr", "x"}, `-addr is host:port, such as 127.0.0.1:2014, got "x"`},
	{"health port 0", vars("ECSMOCK_ADDR", ":0"), []string{"health"}, `the address ":0" has port 0; give the port that serve printed`},
}

// Each error is one sentence that says what to do.
func TestUsageErrors(t *testing.T) {
	for _, test := range usageErrors {
		t.Run(test.name, func(t *testing.T) {
			code, out, log := call(test.lookup, test.args...)
			assert.Equal(t, 2, code)
			assert.Equal(t, "ecsmock: "+test.want+"\n", log)
			assert.Empty(t, out)
		})
	}
}
