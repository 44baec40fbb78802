package clients_test

import (
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A rule of each kind of source comes and goes in one call each.
func TestSeveralSourcesComeAndGoAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	grant := ecs.CreateAuthorizeSecurityGroupRequest()
	grant.SecurityGroupId, grant.Permissions = w.app, &[]ecs.AuthorizeSecurityGroupPermissions{
		{IpProtocol: "tcp", PortRange: "80/80", SourceCidrIp: "192.0.2.0/24", Priority: "7", Policy: "drop", Description: "from there"},
		{IpProtocol: "tcp", PortRange: "80/80", Ipv6SourceCidrIp: "2001:db8::/32"},
		{IpProtocol: "udp", PortRange: "53/53", SourceGroupId: w.web},
		{IpProtocol: "icmp", PortRange: "-1/-1", SourceCidrIp: "0.0.0.0/0"},
	}
	_, err := w.AuthorizeSecurityGroup(grant)
	require.NoError(t, err)
	sources := map[string]string{}
	for _, rule := range w.rules(w.app) {
		sources[rule.SourceCidrIp+rule.Ipv6SourceCidrIp+rule.SourceGroupId] = rule.IpProtocol + " " + rule.PortRange + " " + rule.Policy + " " + rule.Priority
	}
	assert.Equal(t, map[string]string{
		"192.0.2.0/24": "TCP 80/80 Drop 7", "2001:db8::/32": "TCP 80/80 Accept 1", w.web: "UDP 53/53 Accept 1", "0.0.0.0/0": "ICMP -1/-1 Accept 1",
	}, sources)

	revoke := ecs.CreateRevokeSecurityGroupRequest()
	revoke.SecurityGroupId, revoke.Permissions = w.app, &[]ecs.RevokeSecurityGroupPermissions{
		{IpProtocol: "tcp", PortRange: "80/80", SourceCidrIp: "192.0.2.0/24", Priority: "7", Policy: "drop"},
		{IpProtocol: "tcp", PortRange: "80/80", Ipv6SourceCidrIp: "2001:db8::/32"},
		{IpProtocol: "udp", PortRange: "53/53", SourceGroupId: w.web},
	}
	_, err = w.RevokeSecurityGroup(revoke)
	require.NoError(t, err)
	left := w.rules(w.app)
	require.Len(t, left, 1)
	assert.Equal(t, "ICMP", left[0].IpProtocol)
	_, err = w.RevokeSecurityGroup(revoke)
	refused(t, err, miss)
}

func TestOutboundRulesComeAndGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	flat := ecs.CreateAuthorizeSecurityGroupEgressRequest()
	flat.SecurityGroupId, flat.IpProtocol, flat.PortRange, flat.DestCidrIp = w.app, "tcp", "443/443", "0.0.0.0/0"
	_, err := w.AuthorizeSecurityGroupEgress(flat)
	require.NoError(t, err)
	many := ecs.CreateAuthorizeSecurityGroupEgressRequest()
	many.SecurityGroupId, many.Permissions = w.app, &[]ecs.AuthorizeSecurityGroupEgressPermissions{
		{IpProtocol: "tcp", PortRange: "3306/3306", DestGroupId: w.web},
		{IpProtocol: "all", PortRange: "-1/-1", Ipv6DestCidrIp: "::/0"},
	}
	_, err = w.AuthorizeSecurityGroupEgress(many)
	require.NoError(t, err)
	ids := map[string]string{}
	for _, rule := range w.rules(w.app) {
		require.Equal(t, "egress", rule.Direction)
		ids[rule.DestCidrIp+rule.DestGroupId+rule.Ipv6DestCidrIp] = rule.SecurityGroupRuleId
	}
	require.Len(t, ids, 3)

	revoke := ecs.CreateRevokeSecurityGroupEgressRequest()
	revoke.SecurityGroupId, revoke.IpProtocol, revoke.PortRange, revoke.DestCidrIp = w.app, "tcp", "443/443", "0.0.0.0/0"
	_, err = w.RevokeSecurityGroupEgress(revoke)
	require.NoError(t, err)
	byID := ecs.CreateRevokeSecurityGroupEgressRequest()
	byID.SecurityGroupId, byID.SecurityGroupRuleId = w.app, &[]string{ids[w.web]}
	_, err = w.RevokeSecurityGroupEgress(byID)
	require.NoError(t, err)
	revokeMany := ecs.CreateRevokeSecurityGroupEgressRequest()
	revokeMany.SecurityGroupId = w.app
	revokeMany.Permissions = &[]ecs.RevokeSecurityGroupEgressPermissions{{IpProtocol: "all", PortRange: "-1/-1", Ipv6DestCidrIp: "::/0"}}
	_, err = w.RevokeSecurityGroupEgress(revokeMany)
	require.NoError(t, err)
	assert.Empty(t, w.rules(w.app))
}
