package clients_test

import (
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const region = "cn-hangzhou"

// newECS is the older SDK's client for a key. It signs by version 1.0. Where to and
// by what scheme is all that a user changes; README shows it.
func newECS(t *testing.T, scheme string, k key) *ecs.Client {
	t.Helper()
	credential := credentials.NewAccessKeyCredential(k.id, k.secret)
	config := sdk.NewConfig().WithScheme(scheme).WithAutoRetry(true) // HTTP or HTTPS; calls that fail with 5xx are repeated
	client, err := ecs.NewClientWithOptions("cn-hangzhou", config, credential)
	require.NoError(t, err)
	client.Domain = endpoint // 127.0.0.1:2014
	return client
}

// world is what most tests begin with: two groups in a VPC, of which web lets ssh
// in from a block of addresses.
type world struct {
	*ecs.Client
	key
	t        *testing.T
	web, app string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	k := newKey(t, ofECS)
	w := &world{Client: newECS(t, "HTTP", k), key: k, t: t}
	w.web, w.app = w.create("web"), w.create("app")
	_, err := w.AuthorizeSecurityGroup(w.ssh())
	require.NoError(t, err)
	return w
}

func (w *world) create(name string) string {
	w.t.Helper()
	request := ecs.CreateCreateSecurityGroupRequest()
	request.SecurityGroupName, request.VpcId = name, "vpc-1"
	answer, err := w.CreateSecurityGroup(request)
	require.NoError(w.t, err)
	require.Regexp(w.t, `^sg-\w{20}$`, answer.SecurityGroupId)
	return answer.SecurityGroupId
}

func (w *world) ssh() *ecs.AuthorizeSecurityGroupRequest {
	request := ecs.CreateAuthorizeSecurityGroupRequest()
	request.SecurityGroupId, request.IpProtocol, request.PortRange = w.web, "tcp", "22/22"
	request.SourceCidrIp, request.Description = "10.0.0.0/8", "ssh from inside"
	return request
}

func (w *world) revokeSSH() *ecs.RevokeSecurityGroupRequest {
	request := ecs.CreateRevokeSecurityGroupRequest()
	request.SecurityGroupId, request.IpProtocol, request.PortRange = w.web, "tcp", "22/22"
	request.SourceCidrIp = "10.0.0.0/8"
	return request
}

// rules are the rules that a group has.
func (w *world) rules(group string) []ecs.Permission {
	w.t.Helper()
	request := ecs.CreateDescribeSecurityGroupAttributeRequest()
	request.SecurityGroupId = group
	answer, err := w.DescribeSecurityGroupAttribute(request)
	require.NoError(w.t, err)
	assert.Equal(w.t, group, answer.SecurityGroupId)
	return answer.Permissions.Permission
}

// refused checks that an error is the service's own.
func refused(t *testing.T, err error, want refusal) {
	t.Helper()
	var server *errors.ServerError
	require.ErrorAs(t, err, &server)
	assert.Equal(t, want.Status, server.HttpStatus())
	assert.Equal(t, want.Code, server.ErrorCode())
	assert.Equal(t, want.Message, server.Message())
	assert.Regexp(t, requestID, server.RequestId())
	assert.Equal(t, hosts()[0], server.HostId())
	recommend := ""
	if edition >= "2025" {
		recommend = "https://api.aliyun.com/troubleshoot?q=" + want.Code + "&product=Ecs&requestId=" + server.RequestId()
	}
	assert.Equal(t, recommend, server.Recommend())
}

const requestID = `^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$`
