package ecsmock_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/api/ecsmock"
)

// Every field of the answer is in the package's form.
func TestReachHasEveryField(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	res, err := http.Get(srv.URL + "/_mock/reach?from=10.1.2.3&to=sg-web&protocol=tcp&port=22")
	require.NoError(t, err)
	defer res.Body.Close()
	d := json.NewDecoder(res.Body)
	d.DisallowUnknownFields()
	var got ecsmock.Reach
	require.NoError(t, d.Decode(&got))
	rule := srv.State().SecurityGroups[0].Permissions[0]
	assert.Equal(t, ecsmock.Reach{
		Reaches: true, Why: "Yes: rule sgr-ssh of sg-web accepts tcp 22 from 10.0.0.0/8 at priority 1.",
		Rules: []ecsmock.ReachRule{{
			AccountId: "1234567890123456", RegionId: "cn-hangzhou", SecurityGroupId: "sg-web", Rule: rule,
			Decides: true, Why: "It matches, and no rule that matches comes before it.",
		}},
	}, got)
	assert.Equal(t, got, srv.Reach(ecsmock.ReachQuery{
		From: "10.1.2.3", To: "sg-web", Protocol: "TCP", Port: 22, Direction: "ingress", AccountId: "1234567890123456", RegionId: "cn-hangzhou",
	}))
	assert.False(t, srv.Reach(ecsmock.ReachQuery{From: "sg-web", To: "sg-web", Protocol: "tcp", Port: 22, Direction: "egress", RegionId: "cn-hangzhou"}).Partly)
}

// Of two ends with rules both are asked, and both assertions fail where a part of the
// traffic gets through.
func TestReachesAndCannotReach(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.SeedState(ecsmock.State{SecurityGroups: []ecsmock.SecurityGroup{
		{RegionId: "cn-hangzhou", SecurityGroupId: "sg-web", VpcId: "vpc-1", Permissions: []ecsmock.Permission{
			{IpProtocol: "tcp", PortRange: "1/65535", SourceGroupId: "sg-lb"}, {IpProtocol: "icmp", PortRange: "-1/-1", SourceCidrIp: "10.0.0.0/8"},
		}},
		{RegionId: "cn-hangzhou", SecurityGroupId: "sg-lb", VpcId: "vpc-1", Permissions: []ecsmock.Permission{
			{Direction: "egress", IpProtocol: "tcp", PortRange: "22/22", DestGroupId: "sg-web", Policy: "Drop"},
		}},
	}}))
	assert.True(t, srv.Reaches(t, "sg-lb", "sg-web", "tcp/80"))
	assert.True(t, srv.CannotReach(t, "sg-lb", "sg-web", "tcp/22"))
	assert.True(t, srv.Reaches(t, "10.1.2.3", "sg-web", "icmp"))
	assert.True(t, srv.CannotReach(t, "11.1.2.3", "sg-web", "icmp"))
	for _, check := range []func(t ecsmock.TB) bool{
		func(t ecsmock.TB) bool { return srv.Reaches(t, "sg-lb", "sg-web", "tcp/22") },
		func(t ecsmock.TB) bool { return srv.CannotReach(t, "sg-lb", "sg-web", "tcp/80") },
		func(t ecsmock.TB) bool { return srv.Reaches(t, "0.0.0.0/0", "sg-web", "icmp") },
		func(t ecsmock.TB) bool { return srv.CannotReach(t, "0.0.0.0/0", "sg-web", "icmp") },
		func(t ecsmock.TB) bool { return srv.Reaches(t, "0.0.0.0/0", "sg-web", "icmp/8") },
	} {
		failure(t, check)
	}
	assert.Empty(t, srv.Calls("*"), "a question is not a call")
}

// The server of one account asks for what that account has, and names others by their id.
func TestReachOfAnAccount(t *testing.T) {
	srv := ecsmock.Start(t, ecsmock.SeedState(web))
	mine := srv.For(t)
	assert.Contains(t, failure(t, func(t ecsmock.TB) bool { return mine.Reaches(t, "10.1.2.3", "sg-web", "tcp/22") }),
		"Reaches: to: sg-web is of account 1234567890123456 in cn-hangzhou; write 1234567890123456/cn-hangzhou/sg-web\n")
	mine.Reaches(t, "10.1.2.3", "1234567890123456/cn-hangzhou/sg-web", "tcp/22")
	mine.Add(ecsmock.State{SecurityGroups: []ecsmock.SecurityGroup{{RegionId: "cn-hangzhou", SecurityGroupId: "sg-web", VpcId: "vpc-1"}}})
	mine.CannotReach(t, "10.1.2.3", "sg-web", "tcp/22")
}

// A failure prints five rules, and how many there are besides.
func TestReachPrintsSomeRules(t *testing.T) {
	group := ecsmock.SecurityGroup{RegionId: "cn-hangzhou", SecurityGroupId: "sg-web", VpcId: "vpc-1"}
	for i := range 120 {
		group.Permissions = append(group.Permissions, ecsmock.Permission{IpProtocol: "tcp", PortRange: "22/22", SourceCidrIp: fmt.Sprintf("10.0.%d.0/24", i)})
	}
	srv := ecsmock.Start(t, ecsmock.SeedState(ecsmock.State{SecurityGroups: []ecsmock.SecurityGroup{group}}))
	got := failure(t, func(t ecsmock.TB) bool { return srv.CannotReach(t, "anyone", "sg-web", "tcp/22") })
	assert.Equal(t, 5, strings.Count(got, "\n  sg-web {"), got)
	assert.Contains(t, got, "\n  and 115 more\n")
}
