package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

const (
	hiddenCall = "/?Format=JSON&RegionId=cn-hangzhou&Action="
	hiddenRule = "&SecurityGroupId=sg-1&IpProtocol=tcp&SourceCidrIp=10.0.0.1&PortRange="
)

// newHiding returns a mock with a frozen clock and faults that hide what is added.
func newHiding(t *testing.T, faults string) *server.Server {
	t.Helper()
	s := start(t, server.Options{Seed: []byte(`{"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "vpc-1"}]}`)})
	got := send(s, http.MethodPut, "/_mock/clock", `{"Now": "2030-01-02T03:04:05Z", "Frozen": true}`)
	require.Equal(t, http.StatusOK, got.Status, got.Body)
	post(t, s, faults)
	return s
}

func advance(t *testing.T, s *server.Server, d string) {
	t.Helper()
	got := send(s, http.MethodPut, "/_mock/clock", `{"Advance": "`+d+`"}`)
	require.Equal(t, http.StatusOK, got.Status, got.Body)
}

// succeed makes a call that must succeed and returns the hint.
func succeed(t *testing.T, s *server.Server, call string) string {
	t.Helper()
	got := get(s, hiddenCall+call)
	require.Equal(t, http.StatusOK, got.Status, got.Body)
	return got.Header.Get("X-Ecsmock-Hint")
}

// described has the fields of answers about groups and rules.
type described struct {
	SecurityGroupId, NextToken string
	TotalCount                 int
	Permissions                struct{ Permission []struct{ PortRange string } }
	SecurityGroups             struct {
		SecurityGroup []struct {
			SecurityGroupId                  string
			RuleCount, GroupToGroupRuleCount int
		}
	}
	TagResources struct{ TagResource []struct{ ResourceId string } }
}

func describe(t *testing.T, s *server.Server, call string) (d described) {
	t.Helper()
	got := get(s, hiddenCall+call)
	require.Equal(t, http.StatusOK, got.Status, got.Body)
	require.NoError(t, json.Unmarshal([]byte(got.Body), &d))
	return d
}

func TestHiddenRules(t *testing.T) {
	s := newHiding(t, `{"Action": "*", "HideMs": 500}`)
	shown := func() (rules []int) {
		d := describe(t, s, "DescribeSecurityGroups&SecurityGroupId=sg-1").SecurityGroups.SecurityGroup[0]
		return []int{len(describe(t, s, "DescribeSecurityGroupAttribute&SecurityGroupId=sg-1").Permissions.Permission), d.RuleCount, d.GroupToGroupRuleCount}
	}
	assert.Equal(t, "fault 1 hides what was added for 500ms", succeed(t, s, "AuthorizeSecurityGroup"+hiddenRule+"1/1"))
	succeed(t, s, "AuthorizeSecurityGroup&SecurityGroupId=sg-1&IpProtocol=tcp&PortRange=1/1&SourceGroupId="+created(t, s))
	succeed(t, s, "AuthorizeSecurityGroupEgress&SecurityGroupId=sg-1&IpProtocol=all&PortRange=-1/-1&DestCidrIp=10.0.0.1")
	assert.Contains(t, succeed(t, s, "AuthorizeSecurityGroup"+hiddenRule+"1/1"), "nothing was added: ", "it is there")
	assert.Contains(t, get(s, hiddenCall+"AuthorizeSecurityGroup"+hiddenRule+"x").Header.Get("X-Ecsmock-Hint"), "fault 1 hides nothing, since nothing was added")
	assert.Equal(t, 3, strings.Count(world(s), "SecurityGroupRuleId"))
	assert.Equal(t, []int{0, 0, 0}, shown())
	succeed(t, s, "RevokeSecurityGroup"+hiddenRule+"1/1")
	advance(t, s, "499ms")
	assert.Equal(t, []int{0, 0, 0}, shown())
	send(s, http.MethodDelete, "/_mock/faults", "")
	succeed(t, s, "AuthorizeSecurityGroup"+hiddenRule+"2/2")
	assert.Equal(t, []int{1, 1, 0}, shown(), "without the fault")
	advance(t, s, "1ms")
	assert.Equal(t, []int{3, 3, 1}, shown())
}

// created makes a group and returns its id.
func created(t *testing.T, s *server.Server) string {
	t.Helper()
	return describe(t, s, "CreateSecurityGroup&VpcId=vpc-1&Tag.1.Key=a&Tag.1.Value=b").SecurityGroupId
}

func TestHiddenGroups(t *testing.T) {
	s := newHiding(t, `{"Action": "CreateSecurityGroup", "HideMs": 60000, "Times": 1}`)
	id := created(t, s)
	missing := get(s, hiddenCall+"DescribeSecurityGroupAttribute&SecurityGroupId="+id)
	assert.Equal(t, http.StatusNotFound, missing.Status)
	assert.Contains(t, missing.Body, "InvalidSecurityGroupId.NotFound")
	assert.Contains(t, missing.Header.Get("X-Ecsmock-Hint"), "the group exists, but a fault hides it")
	succeed(t, s, "AuthorizeSecurityGroup&IpProtocol=tcp&PortRange=1/1&SourceCidrIp=10.0.0.1&SecurityGroupId="+id)
	for _, want := range []int{0, 1} {
		list := describe(t, s, "DescribeSecurityGroups&SecurityGroupIds="+url.QueryEscape(`["`+id+`"]`))
		assert.Equal(t, want, list.TotalCount)
		assert.Len(t, list.SecurityGroups.SecurityGroup, want)
		assert.Len(t, describe(t, s, "ListTagResources&ResourceType=securitygroup&Tag.1.Key=a").TagResources.TagResource, want)
		advance(t, s, "1m")
	}
	assert.Len(t, describe(t, s, "DescribeSecurityGroupAttribute&SecurityGroupId="+id).Permissions.Permission, 1)
}

// Hidden elements do not shorten a page, and the last page has no token.
func TestPagesWithHiddenElements(t *testing.T) {
	s := newHiding(t, `{"Action": "*", "HideMs": 1000, "Params": {"Description": "late"}}`)
	for i := range 40 {
		call, group := fmt.Sprintf("AuthorizeSecurityGroup%s1/%d", hiddenRule, i+1), "CreateSecurityGroup&VpcId=vpc-1&Tag.1.Key=a"
		if i >= 20 || i%2 == 1 { // ten are shown
			call, group = call+"&Description=late", group+"&Description=late"
		}
		succeed(t, s, call)
		succeed(t, s, group)
	}
	rules := "DescribeSecurityGroupAttribute&SecurityGroupId=sg-1&MaxResults=10"
	first := describe(t, s, rules)
	assert.Len(t, first.Permissions.Permission, 10)
	assert.Empty(t, first.NextToken, "there are no more that are shown")
	groups := describe(t, s, "DescribeSecurityGroups&MaxResults=10")
	assert.Equal(t, 11, groups.TotalCount)
	assert.Len(t, groups.SecurityGroups.SecurityGroup, 10)
	rest := describe(t, s, "DescribeSecurityGroups&MaxResults=10&NextToken="+groups.NextToken)
	assert.Len(t, rest.SecurityGroups.SecurityGroup, 1)
	assert.Empty(t, rest.NextToken)
	assert.Len(t, describe(t, s, "ListTagResources&ResourceType=securitygroup").TagResources.TagResource, 10)
	advance(t, s, "1s")
	seen := 0
	for token := ""; ; {
		page := describe(t, s, rules+"&NextToken="+token)
		if seen += len(page.Permissions.Permission); page.NextToken == "" {
			break
		}
		token = page.NextToken
	}
	assert.Equal(t, 40, seen)
	assert.Equal(t, 41, describe(t, s, "DescribeSecurityGroups").TotalCount)
}

// A call that a client token repeats does not hide what is shown by now, and what
// replaces the world hides nothing.
func TestHidingEnds(t *testing.T) {
	s := newHiding(t, `{"Action": "*", "HideMs": 1000}`)
	count := func() int { return describe(t, s, "DescribeSecurityGroups").TotalCount }
	const create = "CreateSecurityGroup&VpcId=vpc-1&ClientToken=once"
	succeed(t, s, create)
	assert.Equal(t, 1, count())
	advance(t, s, "1s")
	succeed(t, s, create)
	assert.Equal(t, 2, count())
	created(t, s)
	assert.Equal(t, 2, count())
	got := send(s, http.MethodPut, "/_mock/state", world(s))
	require.Equal(t, http.StatusOK, got.Status, got.Body)
	assert.Equal(t, 3, count())
}
