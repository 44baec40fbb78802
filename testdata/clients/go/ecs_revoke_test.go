package clients_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestARuleComesAndGoes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rules := w.rules(w.web)
	require.Len(t, rules, 1)
	rule := rules[0]
	assert.Regexp(t, `^sgr-`, rule.SecurityGroupRuleId)
	assert.Regexp(t, `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`, rule.CreateTime)
	rule.SecurityGroupRuleId, rule.CreateTime = "", ""
	assert.Equal(t, ecs.Permission{
		Direction: "ingress", IpProtocol: "TCP", PortRange: "22/22", SourceCidrIp: "10.0.0.0/8",
		Policy: "Accept", Priority: "1", NicType: "intranet", Description: "ssh from inside",
	}, rule)

	answer, err := w.RevokeSecurityGroup(w.revokeSSH())
	require.NoError(t, err)
	assert.NotEmpty(t, answer.RequestId)
	assert.Equal(t, answer.RequestId, http.Header(answer.GetHttpHeaders()).Get("x-acs-request-id"))
	assert.Empty(t, w.rules(w.web))

	_, err = w.RevokeSecurityGroup(w.revokeSSH())
	refused(t, err, miss)
}

func TestGetAndPostAreAlike(t *testing.T) {
	t.Parallel()
	for _, method := range []string{requests.GET, requests.POST} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			request := w.revokeSSH()
			request.Method = method
			_, err := w.RevokeSecurityGroup(request)
			require.NoError(t, err)
			assert.Empty(t, w.rules(w.web))
			_, err = w.RevokeSecurityGroup(request)
			refused(t, err, miss)
		})
	}
}

// A script copies what Describe tells into a revoke.
func TestWhatIsDescribedCanBeRevoked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rule := w.rules(w.web)[0]
	request := ecs.CreateRevokeSecurityGroupRequest()
	request.SecurityGroupId = w.web
	request.IpProtocol, request.PortRange, request.SourcePortRange = rule.IpProtocol, rule.PortRange, rule.SourcePortRange
	request.SourceCidrIp, request.SourceGroupId, request.DestCidrIp = rule.SourceCidrIp, rule.SourceGroupId, rule.DestCidrIp
	request.Policy, request.Priority, request.NicType = rule.Policy, rule.Priority, rule.NicType
	request.Description = rule.Description
	_, err := w.RevokeSecurityGroup(request)
	require.NoError(t, err)
	assert.Empty(t, w.rules(w.web))
}

func TestManyRulesGoAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.AuthorizeSecurityGroup(w.ssh()) // a second time adds nothing
	require.NoError(t, err)
	unwanted := []ecs.RevokeSecurityGroupPermissions{{IpProtocol: "tcp", PortRange: "22/22", SourceCidrIp: "10.0.0.0/8"}}
	for port := 8000; port < 8020; port++ {
		more := w.ssh()
		more.PortRange = fmt.Sprintf("%d/%d", port, port)
		_, err := w.AuthorizeSecurityGroup(more)
		require.NoError(t, err)
		unwanted = append(unwanted, ecs.RevokeSecurityGroupPermissions{IpProtocol: "TCP", PortRange: more.PortRange, SourceCidrIp: "10.0.0.0/8"})
	}
	require.Len(t, w.rules(w.web), 21)
	request := ecs.CreateRevokeSecurityGroupRequest()
	request.SecurityGroupId, request.Permissions = w.web, &unwanted
	_, err = w.RevokeSecurityGroup(request)
	require.NoError(t, err)
	assert.Empty(t, w.rules(w.web))
}

func TestARuleGoesByItsId(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	request := ecs.CreateRevokeSecurityGroupRequest()
	request.SecurityGroupId, request.SecurityGroupRuleId = w.web, &[]string{w.rules(w.web)[0].SecurityGroupRuleId}
	_, err := w.RevokeSecurityGroup(request)
	require.NoError(t, err)
	assert.Empty(t, w.rules(w.web))
}

func TestAGroupThatIsNamedCannotGo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	grant := ecs.CreateAuthorizeSecurityGroupRequest()
	grant.SecurityGroupId, grant.IpProtocol, grant.PortRange, grant.SourceGroupId = w.web, "tcp", "80/80", w.app
	_, err := w.AuthorizeSecurityGroup(grant)
	require.NoError(t, err)
	remove := ecs.CreateDeleteSecurityGroupRequest()
	remove.SecurityGroupId = w.app
	_, err = w.DeleteSecurityGroup(remove)
	refused(t, err, refusal{403, "DependencyViolation", "The specified security group has been authorized in another one."})

	revoke := ecs.CreateRevokeSecurityGroupRequest()
	revoke.SecurityGroupId, revoke.IpProtocol, revoke.PortRange, revoke.SourceGroupId = w.web, "tcp", "80/80", w.app
	_, err = w.RevokeSecurityGroup(revoke)
	require.NoError(t, err)
	_, err = w.DeleteSecurityGroup(remove)
	require.NoError(t, err)

	list := ecs.CreateDescribeSecurityGroupsRequest()
	list.SecurityGroupId = w.app
	groups, err := w.DescribeSecurityGroups(list)
	require.NoError(t, err)
	assert.Zero(t, groups.TotalCount)
	assert.Empty(t, groups.SecurityGroups.SecurityGroup)
}

func TestAccountsDoNotSeeEachOther(t *testing.T) {
	needsOwnKeys(t)
	t.Parallel()
	w, other := newWorld(t), newWorld(t)
	_, err := other.RevokeSecurityGroup(w.revokeSSH())
	refused(t, err, refusal{404, "InvalidSecurityGroupId.NotFound", "The specified SecurityGroupId does not exist."})
	assert.Len(t, w.rules(w.web), 1)
}
