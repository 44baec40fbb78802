package ecsmock_test

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/api/ecsmock"
)

var write = flag.Bool("write", false, "rewrite the golden files")

// failures are the assertions that fail.
var failures = []struct {
	title string
	do    func(mine *ecsmock.Server, t *test)
}{
	{"HasRule: a rule that was never there", func(mine *ecsmock.Server, t *test) {
		mine.HasRule(t, "sg-web", with(ssh, func(p *ecsmock.Permission) { p.PortRange = "443/443" }))
	}},
	{"HasRule: a rule that a call revoked", func(mine *ecsmock.Server, t *test) {
		call(mine, "RevokeSecurityGroup", "PortRange=22/22")
		mine.HasRule(t, "sg-web", ssh)
	}},
	{"HasRule: a group that does not exist", func(mine *ecsmock.Server, t *test) { mine.HasRule(t, "sg-wbe", ssh) }},
	{"HasRule: a rule that is not valid", func(mine *ecsmock.Server, t *test) {
		mine.HasRule(t, "sg-web", with(ssh, func(p *ecsmock.Permission) { p.PortRange = "22" }))
	}},
	{"LacksRule: the revoke named another priority", func(mine *ecsmock.Server, t *test) {
		call(mine, "RevokeSecurityGroup", "PortRange=22/22&Priority=3")
		mine.LacksRule(t, "sg-web", ssh)
	}},
	{"LacksRule: the revoke was throttled", func(mine *ecsmock.Server, t *test) {
		mine.Fail("RevokeSecurityGroup", "Throttling.User", 1)
		call(mine, "RevokeSecurityGroup", "PortRange=22/22")
		mine.LacksRule(t, "sg-web", ssh)
	}},
	{"WasCalled: no call at all", func(mine *ecsmock.Server, t *test) { mine.WasCalled(t, "RevokeSecurityGroup") }},
	{"WasCalled: another port", func(mine *ecsmock.Server, t *test) {
		call(mine, "RevokeSecurityGroup", "PortRange=80/80")
		mine.WasCalled(t, "RevokeSecurityGroup", "PortRange=22/22")
	}},
	{"WasCalled: the name of no action", func(mine *ecsmock.Server, t *test) { mine.WasCalled(t, "RevokeSecurityGruop") }},
	{"WasNotCalled", func(mine *ecsmock.Server, t *test) {
		call(mine, "RevokeSecurityGroup", "PortRange=22/22")
		mine.WasNotCalled(t, "RevokeSecurityGroup", "PortRange=22/22")
	}},
	{"Reaches: the revoke closed the port", func(mine *ecsmock.Server, t *test) {
		call(mine, "RevokeSecurityGroup", "PortRange=22/22")
		mine.Reaches(t, "10.1.2.3", "sg-web", "tcp/22")
	}},
	{"Reaches: another source and another port", func(mine *ecsmock.Server, t *test) { mine.Reaches(t, "anyone", "sg-web", "tcp/443") }},
	{"CannotReach: a rule is left", func(mine *ecsmock.Server, t *test) {
		call(mine, "AuthorizeSecurityGroup", "PortRange=1/100&Policy=drop&Priority=2")
		mine.CannotReach(t, "10.1.2.3", "sg-web", "tcp/22")
	}},
	{"CannotReach: a part of the addresses does", func(mine *ecsmock.Server, t *test) { mine.CannotReach(t, "anyone", "sg-web", "tcp/22") }},
	{"CannotReach: a group that does not exist", func(mine *ecsmock.Server, t *test) { mine.CannotReach(t, "anyone", "sg-wbe", "tcp/22") }},
	{"Reaches: a port that is none", func(mine *ecsmock.Server, t *test) { mine.Reaches(t, "anyone", "sg-web", "tcp/ssh") }},
	{"The end of a test that failed, with a fault that never acted", func(mine *ecsmock.Server, t *test) {
		mine.Fault(ecsmock.Fault{Action: "DeleteSecurityGroup", Code: "DependencyViolation", Times: 1})
		call(mine, "RevokeSecurityGroup", "PortRange=22/22&SourceCidrIp=10.0.0.0/33")
		t.failed = true
	}},
}

// What each failing assertion prints, and a failed test at its end, is in a golden file.
func TestGoldenFailures(t *testing.T) {
	const golden = "../../testdata/golden/failed-assertions.txt"
	var b strings.Builder
	for _, c := range failures {
		srv := ecsmock.Start(t, ecsmock.RandomSeed(1))
		inner := begin()
		mine := srv.For(inner)
		mine.Freeze(time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC))
		mine.Add(web)
		c.do(mine, inner)
		inner.close()
		b.WriteString("## " + c.title + "\n" + inner.output + "\n")
	}
	if *write {
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String())
}

// call makes a call about sg-web in the account of a server.
func call(mine *ecsmock.Server, action, params string) {
	if !strings.Contains(params, "SourceCidrIp") {
		params += "&SourceCidrIp=10.0.0.0/8"
	}
	answer, err := mine.Client().Get(mine.URL + "/?Action=" + action + "&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&AccessKeyId=" + mine.AccessKeyID + "&" + params)
	if err == nil {
		answer.Body.Close()
	}
}
