package server_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// assumed is the part of an answer of AssumeRole that signs.
type assumed struct {
	Credentials struct{ AccessKeyId, AccessKeySecret, SecurityToken string }
}

func assume(t *testing.T, s *server.Server, nonce string) (role assumed) {
	t.Helper()
	got := get(s, v1{secret: "testsecret", before: map[string]string{
		"Action": "AssumeRole", "Version": "2015-04-01", "RoleArn": "acs:ram::2222222222222222:role/reader", "RoleSessionName": "alice", "SignatureNonce": nonce,
	}}.query())
	require.Equal(t, http.StatusOK, got.Status, got.Body)
	require.NoError(t, json.Unmarshal([]byte(got.Body), &role))
	return role
}

// signs returns a call that is signed by the key of a role.
func (a *assumed) signs(nonce string, changes map[string]string) string {
	call := v1{secret: a.Credentials.AccessKeySecret, before: map[string]string{
		"AccessKeyId": a.Credentials.AccessKeyId, "SecurityToken": a.Credentials.SecurityToken, "SignatureNonce": nonce,
	}}
	change(call.before, changes)
	return call.query()
}

// The key of a role signs calls until it expires by the mock's clock, and is gone after a
// reset.
func TestKeysOfRolesSign(t *testing.T) {
	s := requiring(t)
	role := assume(t, s, "a")
	got := get(s, role.signs("1", map[string]string{"Action": "GetCallerIdentity", "Version": "2015-04-01"}))
	assert.Contains(t, got.Body, `"AccountId":"2222222222222222"`)
	assert.Contains(t, got.Body, "assumed-role/reader/alice")
	assert.Contains(t, get(s, role.signs("2", map[string]string{"SecurityToken": "another"})).Body, "InvalidSecurityToken.Malformed")
	assert.Contains(t, get(s, role.signs("3", map[string]string{"SecurityToken": "-"})).Body, "MissingSecurityToken")

	later := time.Now().Add(2 * time.Hour).UTC().Format(time.RFC3339)
	send(s, http.MethodPut, "/_mock/clock", `{"Now": "`+later+`"}`)
	got = get(s, role.signs("4", nil))
	assert.Equal(t, http.StatusBadRequest, got.Status)
	assert.Contains(t, got.Body, `"Code":"InvalidSecurityToken.Expired","Message":"Specified SecurityToken is expired."`)

	role = assume(t, s, "b")
	assert.Equal(t, http.StatusOK, get(s, role.signs("5", nil)).Status)
	send(s, http.MethodPost, "/_mock/reset", "")
	assert.Contains(t, get(s, role.signs("6", nil)).Body, "InvalidAccessKeyId.NotFound")
}
