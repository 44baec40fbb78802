package server_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// familyDescribed is what DescribeSecurityGroupAttribute tells.
type familyDescribed struct {
	SecurityGroupId, VpcId, InnerAccessPolicy, NextToken string
	Permissions                                          struct{ Permission []map[string]any }
}

// compare wants a group to be what the model has of it: all its rules, of both
// directions and, of a classic group, both NIC types, in the order of their creation.
func (m *familyModel) compare(t *testing.T, s *server.Server, g *familyGroup, about string) {
	t.Helper()
	nics := []string{"intranet"}
	if g.vpc == "" {
		nics = []string{"internet", "intranet"}
	}
	for i, nic := range nics {
		query := "Action=DescribeSecurityGroupAttribute&SecurityGroupId=" + g.id
		if g.vpc == "" && nic == "intranet" {
			query += "&NicType=intranet"
		}
		body := familyDescribe(t, s, g, query)
		_, fields, _ := strings.Cut(body, ",") // what follows the RequestId
		if g.compared[i] == fields {
			continue // neither has changed since
		}
		g.compared[i] = fields
		var told familyDescribed
		familyDecode(t, body, &told)
		require.Equal(t, g.id+" in "+g.vpc, told.SecurityGroupId+" in "+told.VpcId, about)
		require.Equal(t, map[bool]string{false: "Accept", true: "Drop"}[g.enterprise], told.InnerAccessPolicy, about)
		require.Empty(t, told.NextToken, about)
		m.compareRules(t, g, nic, told.Permissions.Permission, about)
	}
}

func (m *familyModel) compareRules(t *testing.T, g *familyGroup, nic string, told []map[string]any, about string) {
	t.Helper()
	require.NotNil(t, told, about) // "an empty list keeps the inner key with []"
	var due []map[string]any
	for _, r := range g.rules {
		if r.nic != nic {
			continue
		}
		if i := len(due); i < len(told) {
			m.learn(t, r, told[i], about)
		}
		due = append(due, r.told(m))
	}
	for i := range min(len(due), len(told)) {
		require.Equal(t, due[i], told[i], "%s rule %d of %s\n%s", nic, i, g.id, about)
	}
	require.Len(t, told, len(due), "%s rules of %s\n%s", nic, g.id, about)
}

// learn takes from an answer what only the mock can know: the id of a rule and the
// time of its creation, which then stay what they are.
func (m *familyModel) learn(t *testing.T, r *familyRule, told map[string]any, about string) {
	t.Helper()
	id, _ := told["SecurityGroupRuleId"].(string)
	created, _ := told["CreateTime"].(string)
	if r.id == "" {
		require.Regexp(t, "^sgr-[a-z0-9]{20}$", id, about)
		for _, g := range m.groups {
			require.False(t, slices.ContainsFunc(g.rules, func(o *familyRule) bool { return o.id == id }), "%s is the id of two rules\n%s", id, about)
		}
		r.id = id
	}
	if r.created == "" {
		_, err := time.Parse("2006-01-02T15:04:05Z", created)
		require.NoError(t, err, about)
		r.created = created
	}
}

// compareFormats wants a group to be told alike in JSON and in XML.
func (m *familyModel) compareFormats(t *testing.T, s *server.Server, g *familyGroup, about string) {
	t.Helper()
	query := "/?Action=DescribeSecurityGroupAttribute&RegionId=cn-hangzhou&AccessKeyId=" + familyKey(g.account) + "&SecurityGroupId=" + g.id
	inJSON, err := leaves(get(s, query+"&Format=JSON").Body)
	require.NoError(t, err, about)
	inXML, err := leaves(get(s, query+"&Format=XML").Body)
	require.NoError(t, err, about)
	require.Equal(t, inJSON[1:], inXML[1:], about) // but for the RequestId
}

// compareReferences wants those groups to be told that have rules which name this
// one, of whatever account, and nothing where there are none.
func (m *familyModel) compareReferences(t *testing.T, s *server.Server, g *familyGroup, about string) {
	t.Helper()
	type referrer struct{ SecurityGroupId, AliUid string }
	var due []referrer
	for _, by := range m.groups {
		if slices.ContainsFunc(by.rules, func(r *familyRule) bool { return r.group == g.id && r.owner == g.account }) {
			due = append(due, referrer{by.id, by.account})
		}
	}
	var told struct {
		SecurityGroupReferences struct {
			SecurityGroupReference []struct {
				SecurityGroupId           string
				ReferencingSecurityGroups struct{ ReferencingSecurityGroup []referrer }
			}
		}
	}
	familyTold(t, s, g, "Action=DescribeSecurityGroupReferences&SecurityGroupId.1="+g.id, &told)
	list := told.SecurityGroupReferences.SecurityGroupReference
	if due == nil {
		require.Empty(t, list, "%s\n%s", g.id, about)
		return
	}
	require.Len(t, list, 1, "%s\n%s", g.id, about)
	require.Equal(t, g.id, list[0].SecurityGroupId)
	require.ElementsMatch(t, due, list[0].ReferencingSecurityGroups.ReferencingSecurityGroup, "%s\n%s", g.id, about)
}

func familyTold(t *testing.T, s *server.Server, g *familyGroup, query string, told any) {
	t.Helper()
	familyDecode(t, familyDescribe(t, s, g, query), told)
}

func familyDescribe(t *testing.T, s *server.Server, g *familyGroup, query string) string {
	t.Helper()
	got := get(s, "/?Format=JSON&RegionId=cn-hangzhou&AccessKeyId="+familyKey(g.account)+"&"+query)
	require.Equal(t, http.StatusOK, got.Status, got.Body)
	return got.Body
}

func familyDecode(t *testing.T, body string, told any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	require.NoError(t, d.Decode(told), body)
}
