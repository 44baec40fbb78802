package clients_test

import (
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const region = "cn-hangzhou"

// newClient is the SDK's client for an account. Where to, and by http, is all that
// a user changes.
func newClient(t *testing.T, account, host string) *ecs.Client {
	t.Helper()
	client := newV1(t, "HTTP", key{id: account, secret: secret})
	client.Domain = host
	return client
}

// newV1 is the SDK's client for a key. It signs by version 1.0.
func newV1(t *testing.T, scheme string, k key) *ecs.Client {
	t.Helper()
	var credential auth.Credential = credentials.NewAccessKeyCredential(k.id, k.secret)
	if k.token != "" {
		credential = credentials.NewStsTokenCredential(k.id, k.secret, k.token)
	}
	client, err := ecs.NewClientWithOptions(region, sdk.NewConfig().WithScheme(scheme), credential)
	require.NoError(t, err)
	client.Domain = endpoint
	return client
}

// world is what most tests begin with: two groups in a VPC, of which web lets ssh
// in from a block of addresses.
type world struct {
	*ecs.Client
	t        *testing.T
	web, app string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{Client: newClient(t, newAccount(t), endpoint), t: t}
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
func refused(t *testing.T, err error, status int, code, message string) {
	t.Helper()
	var server *errors.ServerError
	require.ErrorAs(t, err, &server)
	assert.Equal(t, status, server.HttpStatus())
	assert.Equal(t, code, server.ErrorCode())
	assert.Equal(t, message, server.Message())
	assert.Regexp(t, `^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$`, server.RequestId())
	assert.Equal(t, endpoint, server.HostId())
	assert.NotEmpty(t, server.Recommend())
}
