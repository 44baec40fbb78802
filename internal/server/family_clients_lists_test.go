package server_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFamilyClientsLibcloud: everything is read from XML, over GET.
func TestFamilyClientsLibcloud(t *testing.T) {
	c := newFamilyClient(t, familyGroups(`{"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8", "Description": "a < b & c"}`), byGet)
	inXML := func(answer any, root, action string, parameters ...string) int {
		got := c.ask(action, append(parameters, "Format=XML")...) // the later of two counts
		require.Equal(t, "text/xml;charset=utf-8", got.Header.Get("Content-Type"))
		require.True(t, strings.HasPrefix(got.Body, "<?xml version='1.0' encoding='UTF-8'?><"+root+"><RequestId>"), got.Body)
		require.NoError(t, xml.Unmarshal([]byte(got.Body), answer), got.Body)
		return got.Status
	}
	var regions struct {
		Regions struct {
			Region []struct{ RegionId, LocalName string }
		}
	}
	require.Equal(t, http.StatusOK, inXML(&regions, "DescribeRegionsResponse", "DescribeRegions"))
	assert.NotEmpty(t, regions.Regions.Region)
	var made struct{ RequestId, SecurityGroupId string }
	require.Equal(t, http.StatusOK, inXML(&made, "CreateSecurityGroupResponse", "CreateSecurityGroup", "Description=made", "ClientToken=1"))
	var groups struct {
		PageNumber, TotalCount, PageSize int
		SecurityGroups                   struct {
			SecurityGroup []struct{ SecurityGroupId, SecurityGroupName, Description, VpcId, CreationTime string }
		}
	}
	require.Equal(t, http.StatusOK, inXML(&groups, "DescribeSecurityGroupsResponse", "DescribeSecurityGroups", "PageSize=50"))
	assert.Equal(t, 2, groups.TotalCount)
	require.Len(t, groups.SecurityGroups.SecurityGroup, 2)
	var attribute struct {
		Permissions struct {
			Permission []struct {
				IpProtocol, PortRange, SourceCidrIp, SourceGroupId, DestCidrIp, DestGroupId, Policy, NicType, Description string
				Priority                                                                                                  int
			}
		}
	}
	require.Equal(t, http.StatusOK, inXML(&attribute, "DescribeSecurityGroupAttributeResponse", "DescribeSecurityGroupAttribute", "SecurityGroupId=sg-1", "NicType=internet"))
	require.Len(t, attribute.Permissions.Permission, 1)
	r := attribute.Permissions.Permission[0]
	assert.Equal(t, []string{"TCP", "22/22", "10.0.0.0/8", "", "Accept", "intranet", "a < b & c"}, []string{r.IpProtocol, r.PortRange, r.SourceCidrIp, r.SourceGroupId, r.Policy, r.NicType, r.Description})
	var done struct{ RequestId string }
	require.Equal(t, http.StatusOK, inXML(&done, "ModifySecurityGroupAttributeResponse", "ModifySecurityGroupAttribute", "SecurityGroupId="+made.SecurityGroupId, "SecurityGroupName=named"))
	require.Equal(t, http.StatusOK, inXML(&done, "DeleteSecurityGroupResponse", "DeleteSecurityGroup", "SecurityGroupId="+made.SecurityGroupId))
	var failure struct{ RequestId, HostId, Code, Message string }
	require.Equal(t, http.StatusNotFound, inXML(&failure, "Error", "DeleteSecurityGroup", "SecurityGroupId="+made.SecurityGroupId))
	assert.Equal(t, "InvalidSecurityGroup.NotFound", failure.Code)
	assert.NotEmpty(t, failure.HostId)
	assert.NotEmpty(t, failure.Message)
}

// TestFamilyClientsOpenShift: rules that name groups are revoked without Policy and
// Priority; the groups go when no reference to them is left.
func TestFamilyClientsOpenShift(t *testing.T) {
	c := newFamilyClient(t, familyGroups(
		`{"IpProtocol": "tcp", "PortRange": "6443/6443", "SourceGroupId": "sg-2"}, {"IpProtocol": "all", "PortRange": "-1/-1", "SourceCidrIp": "10.0.0.0/8"}`,
		`{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-2", "VpcId": "vpc-1", "Permissions": [{"IpProtocol": "udp", "PortRange": "1/65535", "SourceGroupId": "sg-1"}]}`,
	), byPostInQuery)
	references := func() int {
		var answer struct {
			SecurityGroupReferences struct {
				SecurityGroupReference []struct {
					SecurityGroupId           string
					ReferencingSecurityGroups struct {
						ReferencingSecurityGroup []struct{ SecurityGroupId, AliUid string }
					}
				}
			}
		}
		c.done(&answer, "DescribeSecurityGroupReferences", "SecurityGroupId.1=sg-1", "SecurityGroupId.2=sg-2")
		require.NotNil(t, answer.SecurityGroupReferences.SecurityGroupReference)
		return len(answer.SecurityGroupReferences.SecurityGroupReference)
	}
	require.Equal(t, 2, references())
	c.refused(http.StatusForbidden, "DependencyViolation", "DeleteSecurityGroup", "SecurityGroupId=sg-1")
	for i, group := range []string{"sg-1", "sg-2"} {
		for _, r := range c.rules(group) {
			if r.SourceGroupId != "" {
				c.done(nil, "RevokeSecurityGroup", "SecurityGroupId="+group, "SourceGroupId="+r.SourceGroupId, "IpProtocol="+r.IpProtocol, "PortRange="+r.PortRange, "NicType="+r.NicType)
			}
		}
		require.Equal(t, 1-i, references())
	}
	for _, group := range []string{"sg-1", "sg-2"} {
		c.done(nil, "DeleteSecurityGroup", "SecurityGroupId="+group)
	}
	var left clientGroups
	c.done(&left, "DescribeSecurityGroups", `SecurityGroupIds=["sg-1","sg-2"]`)
	assert.Zero(t, left.TotalCount)
}

// TestFamilyClientsPacker: NicType internet is sent for a VPC group, and the rules are
// of the intranet all the same.
func TestFamilyClientsPacker(t *testing.T) {
	c := newFamilyClient(t, familyGroups(""), byPostInQuery)
	var listed clientGroups
	c.done(&listed, "DescribeSecurityGroups", "SecurityGroupId=sg-1", "VpcId=vpc-1")
	require.Len(t, listed.SecurityGroups.SecurityGroup, 1)
	var made struct{ SecurityGroupId string }
	c.done(&made, "CreateSecurityGroup", "VpcId=vpc-1", "SecurityGroupName=packer", "ClientToken=1")
	group := "SecurityGroupId=" + made.SecurityGroupId
	c.done(nil, "AuthorizeSecurityGroupEgress", group, "IpProtocol=all", "PortRange=-1/-1", "NicType=internet", "DestCidrIp=0.0.0.0/0")
	c.done(nil, "AuthorizeSecurityGroup", group, "IpProtocol=all", "PortRange=-1/-1", "NicType=internet", "SourceCidrIp=0.0.0.0/0")
	rules := c.rules(made.SecurityGroupId)
	require.Len(t, rules, 2)
	assert.Equal(t, []string{"egress", "intranet", "ingress", "intranet"}, []string{rules[0].Direction, rules[0].NicType, rules[1].Direction, rules[1].NicType})
	c.done(nil, "DeleteSecurityGroup", group)
}

// TestFamilyClientsScripts: old scripts and aliyungo leave out what has a default, or
// send it in some other case.
func TestFamilyClientsScripts(t *testing.T) {
	const rule = `{"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "0.0.0.0/0"}`
	for _, asked := range [][]string{
		{"IpProtocol=tcp", "PortRange=22/22", "SourceCidrIp=0.0.0.0/0"},
		{"IpProtocol=TCP", "PortRange=22/22", "SourceCidrIp=0.0.0.0/0", "Policy=Accept", "Priority=1", "NicType=internet"},
		{"IpProtocol=Tcp", "PortRange=22/22", "SourceCidrIp=0.0.0.0/0", "Policy=accept", "NicType=intranet", "Description=not the rule's"},
	} {
		c := newFamilyClient(t, familyGroups(rule), byGet)
		assert.Equal(t, 1, c.rules("sg-1")[0].Priority, "a number, or aliyungo fails")
		c.done(nil, "RevokeSecurityGroup", append(asked, "SecurityGroupId=sg-1")...)
		assert.Empty(t, c.rules("sg-1"), "%v", asked)
	}
}

// familyMany is a state of many groups, beyond any quota.
func familyMany(n int) string {
	var groups []string
	for i := range n {
		groups = append(groups, fmt.Sprintf(`{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-%03d", "VpcId": "vpc-1"}`, i))
	}
	return `{"Version": 1, "SecurityGroups": [` + strings.Join(groups, ",") + `]}`
}

// TestFamilyClientsByPageNumber: alicloud-nuke, prowler and the Terraform data sources
// ask for pages of fifty until they have as many groups as TotalCount tells.
func TestFamilyClientsByPageNumber(t *testing.T) {
	for _, n := range []int{0, 1, 50, 51, 100, 120} {
		c := newFamilyClient(t, familyMany(n), byPostInQuery)
		seen := map[string]bool{}
		for page := 1; ; page++ {
			var answer clientGroups
			c.done(&answer, "DescribeSecurityGroups", "PageNumber="+strconv.Itoa(page), "PageSize=50")
			assert.Equal(t, []int{n, page, 50}, []int{answer.TotalCount, answer.PageNumber, answer.PageSize})
			for _, g := range answer.SecurityGroups.SecurityGroup {
				assert.False(t, seen[g.SecurityGroupId], "%s is on two pages", g.SecurityGroupId)
				seen[g.SecurityGroupId] = true
			}
			assert.Equal(t, len(seen) >= answer.TotalCount, answer.NextToken == "")
			if len(seen) >= answer.TotalCount {
				break
			}
			require.LessOrEqual(t, page, n/50+1, "the pages do not end")
		}
		assert.Len(t, seen, n)
	}
}

// TestFamilyClientsByToken: steampipe, karpenter and the Kubernetes provider ask for
// pages by MaxResults and NextToken, which is blank on the last.
func TestFamilyClientsByToken(t *testing.T) {
	for _, n := range []int{0, 1, 100, 101, 250} {
		c := newFamilyClient(t, familyMany(n), byPostInQuery)
		seen, token, pages := map[string]bool{}, "", max(1, (n+99)/100)
		for page := 1; ; page++ {
			var answer clientGroups
			c.done(&answer, "DescribeSecurityGroups", "MaxResults=100", "IsQueryEcsCount=true", "NextToken="+token)
			require.NotNil(t, answer.SecurityGroups.SecurityGroup)
			for _, g := range answer.SecurityGroups.SecurityGroup {
				assert.False(t, seen[g.SecurityGroupId], "%s is on two pages", g.SecurityGroupId)
				seen[g.SecurityGroupId] = true
			}
			token = answer.NextToken
			require.Equal(t, page == pages, token == "", "page %d of %d has the token %q", page, pages, token)
			if token == "" {
				break
			}
		}
		assert.Len(t, seen, n)
	}
}

// TestFamilyClientsProwler: the directions are asked for one after the other.
func TestFamilyClientsProwler(t *testing.T) {
	c := newFamilyClient(t, familyGroups(`{"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "0.0.0.0/0"}, {"Direction": "egress", "IpProtocol": "all", "PortRange": "-1/-1", "DestCidrIp": "0.0.0.0/0"}`), byPostInQuery)
	for _, direction := range []string{"ingress", "egress"} {
		rules := c.rules("sg-1", "Direction="+direction)
		require.Len(t, rules, 1)
		assert.Equal(t, direction, rules[0].Direction)
	}
	assert.Len(t, c.rules("sg-1", "Direction=all"), 2)
}

// TestFamilyClientsUnknownGroups: a list without the group, and errors elsewhere.
func TestFamilyClientsUnknownGroups(t *testing.T) {
	c := newFamilyClient(t, familyGroups(""), byGet)
	var answer clientGroups
	c.done(&answer, "DescribeSecurityGroups", "SecurityGroupId=sg-gone")
	assert.Empty(t, answer.SecurityGroups.SecurityGroup)
	for _, action := range []string{"DescribeSecurityGroupAttribute", "RevokeSecurityGroup", "RevokeSecurityGroupEgress"} {
		c.refused(http.StatusNotFound, "InvalidSecurityGroupId.NotFound", action, "SecurityGroupId=sg-gone", "IpProtocol=tcp", "PortRange=22/22", "SourceCidrIp=10.0.0.0/8", "DestCidrIp=10.0.0.0/8")
	}
	c.refused(http.StatusNotFound, "InvalidSecurityGroup.NotFound", "DeleteSecurityGroup", "SecurityGroupId=sg-gone")
}
