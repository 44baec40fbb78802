package server_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/server"
)

// What real clients send, and what they read, as short sequences over HTTP. Each
// client has habits of its own; what its test is named after is what it needs.

// familyClient calls a server as one of the clients does.
type familyClient struct {
	t   *testing.T
	url string
	way func(pairs [][2]string) (method, query, body string)
}

// The ways in which clients spread parameters. common are those of the envelope.
func byGet(pairs [][2]string) (string, string, string) { return http.MethodGet, encoded(pairs), "" }

func byPostInQuery(pairs [][2]string) (string, string, string) {
	return http.MethodPost, encoded(pairs), ""
}

func byPostInBody(pairs [][2]string) (string, string, string) {
	return http.MethodPost, "", encoded(pairs)
}

// byPostSplit puts the common parameters into the query and the others into the
// body, and the region into both.
func byPostSplit(pairs [][2]string) (string, string, string) {
	var query, body [][2]string
	for _, p := range pairs {
		common := strings.Contains(" Action AccessKeyId Format Version SignatureMethod SignatureNonce SignatureType SignatureVersion Timestamp ", " "+p[0]+" ")
		if common || p[0] == "RegionId" {
			query = append(query, p)
		}
		if !common {
			body = append(body, p)
		}
	}
	return http.MethodPost, encoded(query), encoded(body)
}

func encoded(pairs [][2]string) string {
	var all []string
	for _, p := range pairs {
		all = append(all, url.QueryEscape(p[0])+"="+url.QueryEscape(p[1]))
	}
	return strings.Join(all, "&")
}

// familyEdition is today's service, whose clients these are.
const familyEdition = rpc.Edition2025

func newFamilyClient(t *testing.T, seed string, way func([][2]string) (string, string, string)) *familyClient {
	t.Helper()
	return newFamilyClientOf(t, server.Options{Seed: []byte(seed), Edition: familyEdition}, way)
}

func newFamilyClientOf(t *testing.T, o server.Options, way func([][2]string) (string, string, string)) *familyClient {
	t.Helper()
	l := httptest.NewServer(start(t, o))
	t.Cleanup(l.Close)
	return &familyClient{t, l.URL, way}
}

// bothWays runs a test of a client with and without -strict: what the client sends is
// documented.
func bothWays(t *testing.T, seed string, way func([][2]string) (string, string, string), test func(c *familyClient)) {
	for _, strict := range []bool{false, true} {
		t.Run(fmt.Sprintf("strict=%t", strict), func(t *testing.T) {
			test(newFamilyClientOf(t, server.Options{Seed: []byte(seed), Edition: familyEdition, Strict: strict}, way))
		})
	}
}

// familyGroups is a state of one group with rules, and whatever else is given.
func familyGroups(rules string, more ...string) string {
	group := `{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "SecurityGroupName": "one", "VpcId": "vpc-1", "Permissions": [` + rules + `]}`
	return `{"Version": 1, "SecurityGroups": [` + strings.Join(append([]string{group}, more...), ",") + `]}`
}

// ask makes a call. Parameters are "Name=value", the value as it is, not encoded.
func (c *familyClient) ask(action string, parameters ...string) answer {
	c.t.Helper()
	pairs := [][2]string{
		{"Action", action}, {"AccessKeyId", "LTAItestid"}, {"Format", "JSON"}, {"Version", "2014-05-26"}, {"RegionId", "cn-hangzhou"},
		{"SignatureMethod", "HMAC-SHA1"}, {"SignatureNonce", "1"}, {"SignatureType", ""}, {"SignatureVersion", "1.0"}, {"Timestamp", "2026-11-22T10:00:00Z"},
	}
	for _, p := range parameters {
		name, value, _ := strings.Cut(p, "=")
		pairs = append(pairs, [2]string{name, value})
	}
	method, query, body := c.way(pairs)
	r, err := http.NewRequest(method, c.url+"/?"+query, strings.NewReader(body))
	require.NoError(c.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded") // also where there is no body
	r.Header.Set("x-acs-action", action)
	return c.send(r)
}

func (c *familyClient) send(r *http.Request) answer {
	c.t.Helper()
	got, err := http.DefaultClient.Do(r)
	require.NoError(c.t, err)
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	require.NoError(c.t, err)
	return answer{got.StatusCode, got.Header, string(body)}
}

// done makes a call that succeeds, and reads its answer strictly: numbers are
// numbers and texts are texts.
func (c *familyClient) done(answer any, action string, parameters ...string) {
	c.t.Helper()
	got := c.ask(action, parameters...)
	require.Equal(c.t, http.StatusOK, got.Status, "%s %v\n%s", action, parameters, got.Body)
	var keys map[string]any
	require.NoError(c.t, json.Unmarshal([]byte(got.Body), &keys), got.Body)
	require.NotContains(c.t, keys, "Code", "a client takes every answer with a Code for an error")
	require.NotEmpty(c.t, keys["RequestId"])
	if answer != nil {
		require.NoError(c.t, json.Unmarshal([]byte(got.Body), answer), got.Body)
	}
}

// refused makes a call that fails, and wants what clients read of a failure.
func (c *familyClient) refused(status int, code, action string, parameters ...string) {
	c.t.Helper()
	got := c.ask(action, parameters...)
	require.Equal(c.t, status, got.Status, "%s %v\n%s", action, parameters, got.Body)
	var answer struct{ RequestId, HostId, Code, Message, Recommend string }
	require.NoError(c.t, json.Unmarshal([]byte(got.Body), &answer), got.Body)
	require.Equal(c.t, code, answer.Code, got.Body)
	require.NotEmpty(c.t, answer.RequestId)
	require.NotEmpty(c.t, answer.HostId)
	require.NotEmpty(c.t, answer.Message)
	require.NotRegexp(c.t, `\b[A-Z][A-Za-z]+\.[A-Z][A-Za-z.]+\b`, answer.Message, "clients look for codes in the message")
}

// clientRule is a rule as clients read it: aliyungo fails on a Priority in quotes.
type clientRule struct {
	SecurityGroupRuleId, Direction, IpProtocol, PortRange, SourcePortRange, Policy, NicType string
	Priority                                                                                int
	SourceCidrIp, Ipv6SourceCidrIp, SourceGroupId, SourceGroupOwnerAccount                  string
	DestCidrIp, Ipv6DestCidrIp, DestGroupId, DestGroupOwnerAccount                          string
	Description, CreateTime                                                                 string
}

// clientAttribute is DescribeSecurityGroupAttribute as clients read it.
type clientAttribute struct {
	SecurityGroupId, VpcId, RegionId, InnerAccessPolicy, NextToken string
	Permissions                                                    struct{ Permission []clientRule }
}

// rules are those that a group has.
func (c *familyClient) rules(group string, parameters ...string) []clientRule {
	c.t.Helper()
	var answer clientAttribute
	c.done(&answer, "DescribeSecurityGroupAttribute", append([]string{"SecurityGroupId=" + group}, parameters...)...)
	require.Equal(c.t, group, answer.SecurityGroupId)
	return answer.Permissions.Permission
}

// clientGroups is DescribeSecurityGroups as clients read it.
type clientGroups struct {
	TotalCount, PageNumber, PageSize int
	NextToken, RegionId              string
	SecurityGroups                   struct {
		SecurityGroup []struct {
			SecurityGroupId, SecurityGroupName, Description, VpcId, SecurityGroupType, CreationTime, ResourceGroupId string
			EcsCount, AvailableInstanceAmount, RuleCount, GroupToGroupRuleCount                                      int
			ServiceID                                                                                                int64
			ServiceManaged                                                                                           bool
			Tags                                                                                                     struct {
				Tag []struct{ TagKey, TagValue string }
			}
		}
	}
}

// TestFamilyClientsSpreadParameters: "Params anywhere", of one request in every way.
func TestFamilyClientsSpreadParameters(t *testing.T) {
	for name, way := range map[string]func([][2]string) (string, string, string){
		"GET": byGet, "POST, in the query": byPostInQuery, "POST, in the body": byPostInBody, "POST, in both": byPostSplit,
	} {
		t.Run(name, func(t *testing.T) {
			c := newFamilyClient(t, familyGroups(""), way)
			c.done(nil, "AuthorizeSecurityGroup", "SecurityGroupId=sg-1", "IpProtocol=tcp", "PortRange=22/22", "SourceCidrIp=10.0.0.0/8", "Description=a b+c", "NicType=", "SourceGroupId=")
			rules := c.rules("sg-1")
			require.Len(t, rules, 1)
			assert.Equal(t, "a b+c", rules[0].Description)
			c.done(nil, "RevokeSecurityGroup", "SecurityGroupId=sg-1", "IpProtocol=tcp", "PortRange=22/22", "SourceCidrIp=10.0.0.0/8")
			assert.Empty(t, c.rules("sg-1"))
		})
	}
}

// TestFamilyClientsOfACS3: the action stands in a header, parameters in the query or
// in a chunked body, and nothing says that the answer should be JSON.
func TestFamilyClientsOfACS3(t *testing.T) {
	c := newFamilyClient(t, familyGroups(`{"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}`), nil)
	const rule = "RegionId=cn-hangzhou&SecurityGroupId=sg-1&Permissions.1.IpProtocol=TCP&Permissions.1.PortRange=22%2F22&Permissions.1.SourceCidrIp=10.0.0.0%2F8"
	for _, step := range []struct{ action, query, body string }{
		{"RevokeSecurityGroup", rule, ""},
		{"AuthorizeSecurityGroup", "RegionId=cn-hangzhou", rule},
		{"RevokeSecurityGroup", "", rule},
	} {
		body := io.Reader(http.NoBody)
		if step.body != "" {
			body = io.MultiReader(strings.NewReader(step.body)) // of unknown length: it goes in chunks
		}
		r, err := http.NewRequest(http.MethodPost, c.url+"/?"+step.query, body)
		require.NoError(t, err)
		r.Header = http.Header{
			"X-Acs-Action": {step.action}, "X-Acs-Version": {"2014-05-26"}, "X-Acs-Date": {"2026-11-22T10:00:00Z"}, "X-Acs-Signature-Nonce": {"1"},
			"Authorization": {"ACS3-HMAC-SHA256 Credential=LTAItestid,SignedHeaders=host,Signature=00"}, "Content-Type": {"application/x-www-form-urlencoded"},
		}
		got := c.send(r)
		require.Equal(t, http.StatusOK, got.Status, got.Body)
		assert.Equal(t, "application/json;charset=utf-8", got.Header.Get("Content-Type"))
		assert.JSONEq(t, fmt.Sprintf(`{"RequestId": %q}`, got.Header.Get("X-Acs-Request-Id")), got.Body)
	}
}

// TestFamilyClientsCLI: the aliyun CLI sends a list as one parameter of JSON.
func TestFamilyClientsCLI(t *testing.T) {
	c := newFamilyClient(t, familyGroups(""), byPostInQuery)
	const list = `Permissions=[{"IpProtocol":"TCP","PortRange":"22/22","SourceCidrIp":"10.0.0.0/8","Priority":7},{"IpProtocol":"all","PortRange":"-1/-1","SourceCidrIp":"10.0.0.1"}]`
	c.done(nil, "AuthorizeSecurityGroup", "SecurityGroupId=sg-1", list)
	rules := c.rules("sg-1")
	require.Len(t, rules, 2)
	assert.Equal(t, 7, rules[0].Priority)
	c.done(nil, "RevokeSecurityGroup", "SecurityGroupId=sg-1", list)
	assert.Empty(t, c.rules("sg-1"))
	c.refused(http.StatusBadRequest, "InvalidSecurityGroupRule.RuleNotExist", "RevokeSecurityGroup", "SecurityGroupId=sg-1", list)
}
