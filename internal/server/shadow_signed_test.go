package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/ecs"
	"github.com/ecsmock/ecsmock/internal/server"
	"github.com/ecsmock/ecsmock/internal/shadow"
)

// A call that is signed with ACS3 for the mock is signed anew for the service, with another key.
// The mock carries it out in the account of that key.
func TestShadowSignsAnew(t *testing.T) {
	keys := []server.Credential{{ID: "testid", Secret: "testsecret", Account: "1234567890123456"}, {ID: "theirs", Secret: "other", Account: "1000000000000001"}}
	options := server.Options{Seed: ecs.Demo, Signatures: server.SignaturesRequire, Keys: keys}
	c := startCouple(t, options, options)
	s := c.shadowOf(t, options, shadow.Keys{ID: "theirs", Secret: "other"})
	assert.Equal(t, http.StatusOK, do(s, acs3(t, "testsecret", nil)).Status)
	r := found(t, s)
	assert.Equal(t, 1, r.Equal, "an account without groups: %v", r.Differences)
	var calls struct{ Calls []struct{ AccountId string } }
	require.NoError(t, json.Unmarshal([]byte(get(s, "/_mock/journal").Body), &calls))
	assert.Equal(t, "1000000000000001", calls.Calls[0].AccountId)
}

// shadowOf returns a mock in the shadow of the service, which signs with some keys.
func (c *couple) shadowOf(t *testing.T, o server.Options, keys shadow.Keys) *server.Server {
	t.Helper()
	o.Shadow = serve(t, c.service)
	o.Shadow.Keys = keys
	s, err := server.New(o)
	require.NoError(t, err)
	return s
}

// A token of a list of rules, whose ids each side has made, is the mock's own for the mock, but
// the signature is verified as it was made.
func TestShadowVerifiesWhatWasSent(t *testing.T) {
	options := server.Options{Seed: ecs.Demo, Signatures: server.SignaturesRequire}
	c := startCouple(t, options, options)
	nonces := 0
	call := func(params map[string]string) answer {
		nonces++
		params["SecurityGroupId"], params["SignatureNonce"] = "sg-crowd-1", fmt.Sprint(nonces)
		got := get(c.shadow, v1{"testsecret", params, nil}.query())
		require.Equal(t, http.StatusOK, got.Status, got.Body)
		return got
	}
	for n := range 11 {
		call(map[string]string{"Action": "AuthorizeSecurityGroup", "IpProtocol": "tcp", "SourceCidrIp": "10.0.0.0/8", "PortRange": fmt.Sprintf("1/%d", n+1)})
	}
	page := map[string]string{"Action": "DescribeSecurityGroupAttribute", "MaxResults": "10"}
	var first struct{ NextToken string }
	require.NoError(t, json.Unmarshal([]byte(call(page).Body), &first))
	require.NotEmpty(t, first.NextToken)
	page["NextToken"] = first.NextToken
	call(page)
	r := found(t, c.shadow)
	assert.Equal(t, 13, r.Equal, "%v", r.Differences)
}

// What a browser tells of other pages stays here.
func TestShadowSendsNoCookies(t *testing.T) {
	var sent http.Header
	service := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { sent = r.Header }))
	s, err := server.New(server.Options{Shadow: service})
	require.NoError(t, err)
	r := httptest.NewRequest(http.MethodGet, "/?Action=DescribeRegions", nil)
	for _, name := range []string{"Cookie", "Origin", "Referer", "X-Other"} {
		r.Header.Set(name, "http://example.com")
	}
	do(s, r)
	assert.Equal(t, http.Header{"X-Other": {"http://example.com"}, "Connection": {"close"}}, sent)
}
