package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/server"
)

// lists are the lists of the state form with the kind and the id of what they hold.
var lists = map[string][2]string{
	"SecurityGroups":    {"group", "SecurityGroupId"},
	"Permissions":       {"rule", "SecurityGroupRuleId"},
	"Instances":         {"instance", "InstanceId"},
	"NetworkInterfaces": {"interface", "NetworkInterfaceId"},
	"PrefixLists":       {"prefix-list", "PrefixListId"},
	"PortRangeLists":    {"port-range-list", "PortRangeListId"},
	"Vpcs":              {"vpc", "VpcId"},
	"VSwitches":         {"vswitch", "VSwitchId"},
	"ResourceGroups":    {"resource-group", "ResourceGroupId"},
}

// things are the things of a world by kind, id and group, each as JSON.
type things map[string]string

// add adds a thing of a kind, and the rules that a group has.
func (all things) add(kind, id, group string, thing map[string]any) {
	rules, _ := thing["Permissions"].([]any)
	delete(thing, "Permissions")
	text, _ := json.Marshal(thing)
	where := fmt.Sprint(kind, " ", id)
	if group != "" {
		where += " of " + group
	}
	all[where] = string(text)
	for _, r := range rules {
		rule := r.(map[string]any)
		all.add("rule", rule["SecurityGroupRuleId"].(string), id, rule)
	}
}

// thingsOf returns the things of a state.
func thingsOf(t *testing.T, state string) things {
	t.Helper()
	var document map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(state), &document))
	all := things{}
	for name, of := range lists {
		var list []map[string]any
		if document[name] != nil {
			require.NoError(t, json.Unmarshal(document[name], &list))
		}
		for _, thing := range list {
			all.add(of[0], thing[of[1]].(string), "", thing)
		}
	}
	return all
}

// changed is a change as the journal has it.
type changed struct {
	Kind, Id, SecurityGroupId, AccountId, RegionId string
	Was, Is                                        map[string]any
}

// lastChanges returns what the newest call changed.
func lastChanges(t *testing.T, s *server.Server) []changed {
	t.Helper()
	var journal struct{ Calls []struct{ Changes []changed } }
	require.NoError(t, json.Unmarshal([]byte(get(s, "/_mock/journal?limit=1").Body), &journal))
	require.Len(t, journal.Calls, 1)
	require.NotNil(t, journal.Calls[0].Changes)
	return journal.Calls[0].Changes
}

// checkChanges proves that the newest call changed what differs between two states, and
// nothing else.
func checkChanges(t *testing.T, s *server.Server, before, after, about string) {
	t.Helper()
	changes := lastChanges(t, s)
	if before == after {
		assert.Empty(t, changes, about)
		return
	}
	was, is := things{}, things{}
	for _, c := range changes {
		assert.NotEmpty(t, c.AccountId, about)
		if c.Was != nil {
			was.add(c.Kind, c.Id, c.SecurityGroupId, c.Was)
		}
		if c.Is != nil {
			is.add(c.Kind, c.Id, c.SecurityGroupId, c.Is)
		}
	}
	wantWas, wantIs := thingsOf(t, before), thingsOf(t, after)
	for key, thing := range wantWas {
		if wantIs[key] == thing {
			delete(wantWas, key)
			delete(wantIs, key)
		}
	}
	assert.Equal(t, wantWas, was, "%s\nwhat the call changed, before", about)
	assert.Equal(t, wantIs, is, "%s\nwhat the call changed, after", about)
}

// TestChangesOfARule shows the form of changes.
func TestChangesOfARule(t *testing.T) {
	s := demo(t)
	rule := "&RegionId=cn-hangzhou&SecurityGroupId=sg-web&IpProtocol=udp&PortRange=53/53&SourceCidrIp=10.0.0.0/8"
	require.Equal(t, http.StatusOK, get(s, "/?Action=AuthorizeSecurityGroup"+rule).Status)
	added := lastChanges(t, s)
	require.Len(t, added, 1)
	assert.Nil(t, added[0].Was)
	assert.Equal(t, "udp", strings.ToLower(added[0].Is["IpProtocol"].(string)))
	require.Equal(t, http.StatusOK, get(s, "/?Action=RevokeSecurityGroup"+rule).Status)
	removed := lastChanges(t, s)
	require.Len(t, removed, 1)
	assert.Equal(t, added[0].Is, removed[0].Was)
	assert.Equal(t, changed{Kind: "rule", Id: added[0].Id, SecurityGroupId: "sg-web", AccountId: "1234567890123456", RegionId: "cn-hangzhou", Was: added[0].Is}, removed[0])
	get(s, "/?Action=RevokeSecurityGroup"+rule)
	assert.Empty(t, lastChanges(t, s))
}
