package ecsmock_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ecsmock/ecsmock/api/ecsmock"
)

// with returns a rule after a change.
func with(p ecsmock.Permission, change func(*ecsmock.Permission)) ecsmock.Permission {
	change(&p)
	return p
}

// Each rule of a state is found as the state has it, whatever its owner and peer.
func TestHasEveryRule(t *testing.T) {
	for _, seed := range []string{everything, "demo", "../../testdata/seeds/surroundings.json"} {
		srv := ecsmock.Start(t, ecsmock.Seed(seed))
		before := srv.State()
		for _, g := range before.SecurityGroups {
			path := g.RegionId + "/" + g.SecurityGroupId
			if g.AccountId != "" {
				path = g.AccountId + "/" + path
			} else {
				path = "1234567890123456/" + path
			}
			for _, p := range g.Permissions {
				assert.True(t, srv.HasRule(t, path, p), "%s %+v", path, p)
				assert.True(t, srv.LacksRule(t, path, with(p, func(p *ecsmock.Permission) { p.Priority = 99 })), "%s %+v", path, p)
			}
		}
		assert.Equal(t, before, srv.State(), "an assertion changes nothing")
		assert.Empty(t, srv.Calls("*"), "an assertion is not a call")
	}
}

// Two rules are equal if they are equal to the API.
func TestHasRuleAsTheAPIWould(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	for _, change := range []func(*ecsmock.Permission){
		func(p *ecsmock.Permission) { p.IpProtocol = "TCP" },
		func(p *ecsmock.Permission) { p.Priority = 1 },
		func(p *ecsmock.Permission) { p.Policy = "accept" },
		func(p *ecsmock.Permission) { p.Direction = "Ingress" },
		func(p *ecsmock.Permission) { p.DestCidrIp = "0.0.0.0/0" },
	} {
		srv.HasRule(t, "sg-web", with(ssh, change))
	}
	for _, change := range []func(*ecsmock.Permission){
		func(p *ecsmock.Permission) { p.Priority = 3 },
		func(p *ecsmock.Permission) { p.Policy = "drop" },
		func(p *ecsmock.Permission) { p.SourceCidrIp = "10.0.0.1/8" },
		func(p *ecsmock.Permission) { p.Description = "another" },
		func(p *ecsmock.Permission) { p.SecurityGroupRuleId = "sgr-another" },
		func(p *ecsmock.Permission) { p.CreateTime = time.Unix(1, 0) },
		func(p *ecsmock.Permission) {
			*p = ecsmock.Permission{Direction: "egress", IpProtocol: "tcp", PortRange: "22/22", DestCidrIp: "10.0.0.0/8"}
		},
	} {
		srv.LacksRule(t, "sg-web", with(ssh, change))
	}
}

// failure returns what an assertion prints, which must fail.
func failure(t *testing.T, check func(ecsmock.TB) bool) string {
	t.Helper()
	inner := begin()
	assert.False(t, check(inner))
	assert.True(t, inner.Failed())
	return inner.output
}

func TestFailuresExplain(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.SeedState(ecsmock.State{SecurityGroups: []ecsmock.SecurityGroup{{
		RegionId: "cn-hangzhou", SecurityGroupId: "sg-web", VpcId: "vpc-1",
		Permissions: []ecsmock.Permission{with(ssh, func(p *ecsmock.Permission) {
			p.SecurityGroupRuleId, p.CreateTime = "sgr-ssh", time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
		})},
	}}}))
	has := func(group string, p ecsmock.Permission) string {
		return failure(t, func(t ecsmock.TB) bool { return srv.HasRule(t, group, p) })
	}
	lacks := func(group string, p ecsmock.Permission) string {
		return failure(t, func(t ecsmock.TB) bool { return srv.LacksRule(t, group, p) })
	}
	called := func(params ...string) string {
		return failure(t, func(t ecsmock.TB) bool { return srv.WasCalled(t, "RevokeSecurityGroup", params...) })
	}
	const rule = `{"SecurityGroupRuleId": "sgr-ssh", "IpProtocol": "TCP", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8", "CreateTime": "2030-01-02T03:04:05Z"}`
	assert.Equal(t, "RevokeSecurityGroup was not called\nthere were no calls\n", called())
	get(t, srv.URL+"/?Action=RevokeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8&Priority=3")
	hint := srv.Calls("RevokeSecurityGroup")[0].Hint
	assert.Contains(t, hint, "sgr-ssh: Priority is 1, asked 3")
	last := "\nthe last calls:\n  call 1: RevokeSecurityGroup SecurityGroupId=sg-web IpProtocol=tcp PortRange=22/22 Priority=3 SourceCidrIp=10.0.0.0/8 by 1234567890123456 in cn-hangzhou: 403 InvalidGroupAuthItem.NotFound; " + hint + "\n"

	asked := with(ssh, func(p *ecsmock.Permission) { p.Priority = 3 })
	assert.Equal(t, `sg-web lacks the rule {"IpProtocol":"tcp","PortRange":"22/22","Priority":3,"SourceCidrIp":"10.0.0.0/8"}; `+hint+last, has("sg-web", asked))
	asked = with(ssh, func(p *ecsmock.Permission) { p.Description = "d" })
	assert.Contains(t, has("sg-web", asked), "; nearest is "+rule+", which has another Description"+last)
	assert.Equal(t, "sg-web has the rule "+rule+last, lacks("sg-web", ssh))
	assert.Equal(t, "HasRule: there is no group sg-wbe; the groups are 1234567890123456/cn-hangzhou/sg-web\n", has("sg-wbe", ssh))
	assert.Equal(t, "LacksRule: there is no group sg-wbe; the groups are 1234567890123456/cn-hangzhou/sg-web\n", lacks("sg-wbe", ssh))
	asked = with(ssh, func(p *ecsmock.Permission) { p.PortRange = "22" })
	assert.Contains(t, lacks("sg-web", asked), `LacksRule: the rule {"IpProtocol":"tcp","PortRange":"22","SourceCidrIp":"10.0.0.0/8"} is not valid: PortRange: `)
	assert.Equal(t, `RevokeSecurityGroup was not called with Priority=1, PortRange=22/22, NicType=intranet; nearest is call 1: Priority was "3", asked "1", NicType was not sent`+last,
		called("Priority=1", "PortRange=22/22", "NicType=intranet"))
	assert.Equal(t, "WasCalled: a parameter is Name=value, got \"Priority\"\n", called("Priority"))
	srv.WasCalled(t, "RevokeSecurityGroup", "Priority=3", "PortRange=22/22")
}

func TestGroupsOfManyAccounts(t *testing.T) {
	srv, group := ecsmock.Start(t), web.SecurityGroups[0]
	theirs := group
	theirs.AccountId, theirs.Permissions = "7", nil
	srv.Load(ecsmock.State{SecurityGroups: []ecsmock.SecurityGroup{group, theirs}})
	srv.HasRule(t, "1234567890123456/cn-hangzhou/sg-web", ssh)
	srv.LacksRule(t, "7/cn-hangzhou/sg-web", ssh)
	assert.Equal(t, "HasRule: there are 2 groups sg-web; write 1234567890123456/cn-hangzhou/sg-web or 7/cn-hangzhou/sg-web\n",
		failure(t, func(t ecsmock.TB) bool { return srv.HasRule(t, "sg-web", ssh) }))
	assert.Equal(t, `7/cn-hangzhou/sg-web lacks the rule {"IpProtocol":"tcp","PortRange":"22/22","SourceCidrIp":"10.0.0.0/8"}; sg-web has no rules`+"\nthere were no calls\n",
		failure(t, func(t ecsmock.TB) bool { return srv.HasRule(t, "7/cn-hangzhou/sg-web", ssh) }))
	srv.Load(ecsmock.State{})
	assert.Equal(t, "HasRule: there is no group sg-web; there are none at all: load a state or create one\n",
		failure(t, func(t ecsmock.TB) bool { return srv.HasRule(t, "sg-web", ssh) }))
}

// A failed test prints the last calls, unless an assertion has; another prints nothing.
func TestAFailedTestPrintsItsCalls(t *testing.T) {
	for _, failed := range []bool{true, false} {
		inner := begin()
		srv := ecsmock.Start(inner)
		get(t, srv.URL+"/?Action=DescribeRegion")
		inner.failed = failed
		inner.close()
		if failed {
			assert.Contains(t, inner.output, "\n  call 1: DescribeRegion by 1234567890123456 in no region: 404 InvalidAction.NotFound")
		} else {
			assert.Empty(t, inner.output)
		}
	}
}

func TestCallsArePrintedOnce(t *testing.T) {
	inner := begin()
	srv := ecsmock.Start(inner, ecsmock.SeedState(web))
	get(t, srv.URL+regions)
	srv.LacksRule(inner, "sg-web", ssh)
	inner.close()
	assert.Equal(t, 1, strings.Count(inner.output, "call 1: "))
}
