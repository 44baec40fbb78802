package server_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// A group may hold 100 rules of both directions, 200 from the edition 2020 on;
// adding one that is there already is no matter of quota.
func TestRuleQuota(t *testing.T) {
	const seed = `{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "vpc-1",
		"Permissions": [{"Direction": "egress", "IpProtocol": "all", "PortRange": "-1/-1", "DestCidrIp": "0.0.0.0/0"}]}]}`
	for edition, most := range map[rpc.Edition]int{rpc.Edition2019: 100, rpc.Edition2020: 200, rpc.Edition2024: 200} {
		s := start(t, server.Options{Seed: []byte(seed), Edition: edition})
		authorize := func(port int) answer {
			return get(s, fmt.Sprintf("/?Action=AuthorizeSecurityGroup&RegionId=cn-hangzhou&SecurityGroupId=sg-1&IpProtocol=tcp&PortRange=%d/%d&SourceCidrIp=10.0.0.0/8", port, port))
		}
		rules := 1
		for authorize(rules).Status == http.StatusOK {
			rules++
		}
		assert.Equal(t, most, rules, "edition %d", edition)
		assert.Equal(t, http.StatusOK, authorize(1).Status, "edition %d", edition)
	}
}
