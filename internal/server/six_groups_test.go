package server_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// A network interface is in at most five groups of at most 200 rules each, so that the
// rules of all its groups are at most the 1,000 that the service allows. No call puts one
// into a sixth group.
func TestTheSixthGroupIsRefused(t *testing.T) {
	const exceeded = "InstanceSecurityGroupLimitExceeded"
	launch := "&ImageId=m-1&InstanceType=ecs.g6.large&VSwitchId=vsw-1"
	for _, c := range []struct{ call, list, code string }{
		{"CreateNetworkInterface&VSwitchId=vsw-1", "SecurityGroupIds", "InvalidParameter"},
		{"ModifyNetworkInterfaceAttribute&NetworkInterfaceId=eni-1", "SecurityGroupId", "InvalidParameter"},
		{"ModifyNetworkInterfaceAttribute&NetworkInterfaceId=eni-1-primary", "SecurityGroupId", "InvalidParameter"},
		{"RunInstances" + launch, "SecurityGroupIds", exceeded},
		{"RunInstances" + launch + "&SecurityGroupId=sg-1", "NetworkInterface.1.SecurityGroupIds", "InvalidParameter"},
		{"RunInstances" + launch + "&NetworkInterface.1.InstanceType=Primary", "NetworkInterface.1.SecurityGroupIds", "InvalidParameter"},
		{"RunInstances" + launch + "&NetworkInterface.1.InstanceType=Primary&NetworkInterface.1.SecurityGroupIds.1=sg-0", "SecurityGroupIds", exceeded},
		{"ModifyInstanceAttribute&InstanceId=i-1", "SecurityGroupIds", exceeded},
	} {
		for _, edition := range editions {
			t.Run(fmt.Sprint(c.call, " ", c.list, " ", edition), func(t *testing.T) {
				s := inFiveGroups(t, edition)
				before := world(s)
				five := 5 - strings.Count(c.call, "sg-0")
				assertCode(t, s, c.call+numberedList(c.list, sixGroups[:five+1]), c.code)
				assert.Equal(t, before, world(s))
				assertCode(t, s, c.call+numberedList(c.list, sixGroups[:five]), "")
			})
		}
	}
}

// A member of five groups joins no sixth one, by whatever name it is given.
func TestNoMemberJoinsASixthGroup(t *testing.T) {
	for _, edition := range editions {
		s := inFiveGroups(t, edition)
		before := world(s)
		for _, member := range []string{"InstanceId=i-1", "NetworkInterfaceId=eni-1", "NetworkInterfaceId=eni-1-primary"} {
			assertCode(t, s, "JoinSecurityGroup&SecurityGroupId=sg-6&"+member, "InstanceSecurityGroupLimitExceeded")
		}
		assert.Equal(t, before, world(s))
	}
}

// CreateInstance takes one group only.
func TestCreateInstanceTakesOneGroup(t *testing.T) {
	for _, edition := range editions {
		s := inFiveGroups(t, edition)
		assertCode(t, s, "CreateInstance&ImageId=m-1&InstanceType=ecs.g6.large&VSwitchId=vsw-1&SecurityGroupId=sg-1"+numberedList("SecurityGroupIds", sixGroups), "")
		assert.Contains(t, world(s), `"SecurityGroupIds": ["sg-1"]`)
	}
}

var sixGroups = []string{"sg-1", "sg-2", "sg-3", "sg-4", "sg-5", "sg-6"}

// inFiveGroups returns a server with an instance and an interface in five of seven groups.
func inFiveGroups(t *testing.T, edition rpc.Edition) *server.Server {
	t.Helper()
	var groups []string
	for _, id := range append([]string{"sg-0"}, sixGroups...) {
		groups = append(groups, `{"RegionId": "cn-hangzhou", "SecurityGroupId": "`+id+`", "VpcId": "vpc-1"}`)
	}
	in := `"VpcId": "vpc-1", "SecurityGroupIds": ["` + strings.Join(sixGroups[:5], `", "`) + `"]}`
	return start(t, server.Options{Edition: edition, Seed: []byte(`{"SecurityGroups": [` + strings.Join(groups, ", ") + `],
		"Instances": [{"RegionId": "cn-hangzhou", "InstanceId": "i-1", ` + in + `],
		"NetworkInterfaces": [{"RegionId": "cn-hangzhou", "NetworkInterfaceId": "eni-1", ` + in + `]}`)})
}

// assertCode makes a call and checks the code of its error, "" for success.
func assertCode(t *testing.T, s *server.Server, call, code string) {
	t.Helper()
	got := send(s, http.MethodGet, "/?Format=JSON&RegionId=cn-hangzhou&Action="+call, "")
	fields, err := leaves(got.Body)
	require.NoError(t, err)
	assert.Equal(t, code, strings.Join(values(fields, "Code"), ""), "%s\n%s", call, got.Body)
}
