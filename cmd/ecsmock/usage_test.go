package main

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every mistake is told in one sentence that says what to do.
func TestWrongCallsAreToldInOneSentence(t *testing.T) {
	const seeFlags = "; run ecsmock serve -h to see the flags"
	for _, test := range []struct {
		name   string
		lookup env
		args   []string
		want   string
	}{
		{"command", noEnv, []string{"revoke"}, `there is no command "revoke"; run ecsmock -h to see those there are`},
		{"blank command", noEnv, []string{""}, `there is no command ""; run ecsmock -h to see those there are`},
		{"flag", noEnv, []string{"-colour"}, "flag provided but not defined: -colour" + seeFlags},
		{"flag of serve", noEnv, []string{"serve", "-colour", "red"}, "flag provided but not defined: -colour" + seeFlags},
		{"flag of health", noEnv, []string{"health", "-seed", "x"}, "flag provided but not defined: -seed; run ecsmock health -h to see the flags"},
		{"flag of version", noEnv, []string{"version", "-v"}, "flag provided but not defined: -v; run ecsmock version -h to see the flags"},
		{"flag without value", noEnv, []string{"-seed"}, "flag needs an argument: -seed" + seeFlags},
		{"no flag", noEnv, []string{"serve", "demo"}, `"demo" is no flag` + seeFlags},
		{"value of a switch", noEnv, []string{"-strict", "false"}, `"false" is no flag` + seeFlags},
		{"dashes", noEnv, []string{"---"}, "bad flag syntax: ---" + seeFlags},
		{"addr", noEnv, []string{"-addr", "2014"}, `-addr "2014" is no address; give host:port, such as 127.0.0.1:2014`},
		{"addr blank", noEnv, []string{"-addr="}, `-addr "" is no address; give host:port, such as 127.0.0.1:2014`},
		{"addr port", noEnv, []string{"-addr", ":65536"}, `-addr ":65536" is no address; give host:port, such as 127.0.0.1:2014`},
		{"addr brackets", noEnv, []string{"-addr", "::1:80"}, `-addr "::1:80" is no address; give host:port, such as 127.0.0.1:2014`},
		{"addr twin", vars("ECSMOCK_ADDR", "localhost"), nil, `ECSMOCK_ADDR "localhost" is no address; give host:port, such as 127.0.0.1:2014`},
		{"signatures", noEnv, []string{"-signatures", "maybe"}, `-signatures "maybe" is no mode; give off, warn or require`},
		{"credentials without the secret", noEnv, []string{"-credentials", "id:secret:x:y"}, `-credentials: credential 1 is not id:secret or id:secret:account`},
		{"shell", noEnv, []string{"env", "-shell", "csh"}, `-shell "csh" is no shell that is known; give bash, fish or powershell`},
		{"edition", noEnv, []string{"-edition", "1999"}, `-edition "1999" is no edition; give 2019, 2020 or 2024`},
		{"edition twin", vars("ECSMOCK_EDITION", "new"), nil, `ECSMOCK_EDITION "new" is no edition; give 2019, 2020 or 2024`},
		{"strict", noEnv, []string{"-strict=maybe"}, `-strict "maybe" is neither on nor off; give true or false`},
		{"strict twin", vars("ECSMOCK_STRICT", "on"), nil, `ECSMOCK_STRICT "on" is neither on nor off; give true or false`},
		{"random seed", noEnv, []string{"-random-seed", "-1"}, `-random-seed "-1" is no seed; give a number from 0 to 18446744073709551615`},
		{"random seed twin", vars("ECSMOCK_RANDOM_SEED", "x"), nil, `ECSMOCK_RANDOM_SEED "x" is no seed; give a number from 0 to 18446744073709551615`},
		{"log", noEnv, []string{"-log", "xml"}, `-log "xml" is no form of log; give text, json or off`},
		{"log twin", vars("ECSMOCK_LOG", "TEXT"), nil, `ECSMOCK_LOG "TEXT" is no form of log; give text, json or off`},
		{"health addr", noEnv, []string{"health", "-addr", "x"}, `-addr "x" is no address; give host:port, such as 127.0.0.1:2014`},
		{"health port 0", vars("ECSMOCK_ADDR", ":0"), []string{"health"}, `nobody listens on port 0 of ":0"; give the port that serve has printed with -addr`},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, out, log := call(test.lookup, test.args...)
			assert.Equal(t, 2, code)
			assert.Equal(t, "ecsmock: "+test.want+"\n", log)
			assert.Empty(t, out)
		})
	}
}

func TestFailuresAreToldInOneSentence(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	addr := taken.Addr().String()
	dir := t.TempDir()
	none := filepath.Join(dir, "none.json")
	for _, test := range []struct{ name, flag, value, want string }{
		{"port taken", "-addr", addr, "cannot listen on " + addr + ": bind: address already in use; give another address with -addr, where port 0 picks a free one"},
		{"no such seed", "-seed", none, "cannot read the seed " + none + ": no such file or directory; give -seed a state file, or the word demo"},
		{"a folder", "-seed", dir, "cannot read the seed " + dir + ": is a directory; give -seed a state file, or the word demo"},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, out, log := call(vars("ECSMOCK_ADDR", "127.0.0.1:0"), test.flag, test.value)
			assert.Equal(t, 1, code)
			assert.Equal(t, "ecsmock: "+test.want+"\n", log)
			assert.Empty(t, out)
		})
	}
}

// A seed that is refused is told with the place of the fault in it.
func TestRefusedSeedsAreToldWithTheirPath(t *testing.T) {
	for name, test := range map[string]struct{ state, path string }{
		"no JSON":       {`{"Version": 1,`, "line 1, column 14"},
		"unknown field": {`{"SecurityGroups": [], "Colour": "red"}`, "Colour"},
		"bad rule": {`{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1",
			"Permissions": [{"IpProtocol": "tcp", "PortRange": "22", "SourceCidrIp": "10.0.0.0/8"}]}]}`, "SecurityGroups[0].Permissions[0].PortRange"},
		"bad region": {`{"SecurityGroups": [{"RegionId": "cn-atlantis", "SecurityGroupId": "sg-1"}]}`, "SecurityGroups[0].RegionId"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "seed.json")
			require.NoError(t, os.WriteFile(path, []byte(test.state), 0o600))
			code, out, log := call(vars("ECSMOCK_ADDR", "127.0.0.1:0", "ECSMOCK_SEED", path))
			assert.Equal(t, 1, code)
			assert.Regexp(t, "^"+regexp.QuoteMeta("ecsmock: the seed "+path+" is refused: "+test.path+": ")+".+\n$", log)
			assert.Empty(t, out)
		})
	}
}
