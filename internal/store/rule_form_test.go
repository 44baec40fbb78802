package store

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/account"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// A rule that is read has the key of the rule that a state with it loads.
func TestReadRuleFindsTheRule(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.Load([]byte(`{"Accounts": [{"AccountId": "2", "Email": "two@example.com"}], "SecurityGroups": [
		{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", "VpcId": "vpc-1", "Permissions": [
			{"SecurityGroupRuleId": "sgr-1", "IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.1/32"},
			{"SecurityGroupRuleId": "sgr-2", "IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2"},
			{"SecurityGroupRuleId": "sgr-3", "IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2", "SourceGroupOwnerAccount": "2", "Priority": 5},
			{"SecurityGroupRuleId": "sgr-4", "Direction": "egress", "IpProtocol": "gre", "PortRange": "-1/-1", "DestPrefixListId": "pl-1", "CreateTime": "2029-01-01T00:00:00Z"}]}]}`)))
	require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(ns *Namespace) error {
		g, err := ns.Group("sg-1")
		require.NoError(t, err)
		for text, id := range map[string]string{
			`{"IpProtocol": "TCP", "PortRange": "22/22", "SourceCidrIp": "10.0.0.1", "Priority": "1", "Policy": "accept", "NicType": "internet"}`:                "sgr-1",
			`{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2"}`:                                                                               "sgr-2",
			`{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2", "SourceGroupOwnerAccount": "test@aliyun.com"}`:                                 "sgr-2",
			`{"IpProtocol": "all", "PortRange": "-1/-1", "SourceGroupId": "sg-2", "SourceGroupOwnerAccount": "two@example.com", "Priority": 5}`:                  "sgr-3",
			`{"Direction": "egress", "IpProtocol": "gre", "PortRange": "-1/-1", "DestPrefixListId": "pl-1", "Description": "x", "SecurityGroupRuleId": "sgr-9"}`: "sgr-4",
		} {
			rule, err := ns.ReadRule(g, []byte(text))
			require.NoError(t, err, text)
			found := g.Find(rule.Key())
			require.NotNil(t, found, text)
			assert.Equal(t, id, found.ID, text)
			again, err := ns.ReadRule(g, ns.WriteRule(g, found))
			require.NoError(t, err)
			assert.Equal(t, found.Key(), again.Key())
		}
		rule, err := ns.ReadRule(g, []byte(`{"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.2"}`))
		require.NoError(t, err)
		assert.Nil(t, g.Find(rule.Key()))
		assert.Equal(t, "sgr-1", g.Miss(rule.Key()).Nearest)
		assert.Equal(t, `{"SecurityGroupRuleId": "sgr-3", "IpProtocol": "ALL", "PortRange": "-1/-1", "Priority": 5, "SourceGroupId": "sg-2", "SourceGroupOwnerAccount": "2", "CreateTime": "2030-01-02T03:04:05Z"}`,
			string(ns.WriteRule(g, g.Rule("sgr-3"))))
		return nil
	}))
}

func TestReadRuleRefusesWhatAStateWould(t *testing.T) {
	w := frozen(t)
	require.NoError(t, w.View(account.DefaultID, "cn-hangzhou", func(ns *Namespace) error {
		g := &secgroup.Group{ID: "sg-1", Account: account.DefaultID, Region: "cn-hangzhou"}
		for text, says := range map[string]string{
			"": "the document is empty",
			`{"IpProtocol": "tcp", "PortRange": "22"}`:                             "PortRange: " + secgroup.ErrPorts.Error(),
			`{"IpProtocol": "gre", "PortRange": "1/1"}`:                            "PortRange: " + secgroup.ErrPorts.Error(),
			`{"IpProtocol": "tcp", "PortRange": "1/1", "Ipv6SourceCidrIp": "::1"}`: secgroup.ErrIPv6Classic.Error(),
			`{"Protocol": "tcp"}`:                                                  "Protocol: there is no such field; did you mean IpProtocol?",
		} {
			_, err := ns.ReadRule(g, []byte(text))
			assert.EqualError(t, err, says, text)
		}
		return nil
	}))
}
