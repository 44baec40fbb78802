package clients_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGenericRuleComesAndGoes(t *testing.T) {
	t.Parallel()
	p := newPlain(t)
	rules := p.rules(p.web)
	require.Len(t, rules, 1)
	assert.Subset(t, rules[0], map[string]any{
		"Direction": "ingress", "IpProtocol": "TCP", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8", "SourceGroupId": "",
		"Policy": "Accept", "Priority": json.Number("1"), "NicType": "intranet",
	})
	p.does("RevokeSecurityGroup", p.ssh())
	assert.Empty(t, p.rules(p.web))
	_, err := p.call("RevokeSecurityGroup", params{"RegionId": region}, p.ssh())
	refusedGeneric(t, err, miss.Status, miss.Code, "^"+miss.Message+"$")
}

func TestGenericSeveralSourcesComeAndGoAtOnce(t *testing.T) {
	t.Parallel()
	p := newPlain(t)
	app := p.create("app")
	rules := params{
		"SecurityGroupId":          app,
		"Permissions.1.IpProtocol": "tcp", "Permissions.1.PortRange": "80/80", "Permissions.1.SourceCidrIp": "192.0.2.0/24",
		"Permissions.2.IpProtocol": "tcp", "Permissions.2.PortRange": "80/80", "Permissions.2.Ipv6SourceCidrIp": "2001:db8::/32",
		"Permissions.3.IpProtocol": "udp", "Permissions.3.PortRange": "53/53", "Permissions.3.SourceGroupId": p.web,
	}
	p.does("AuthorizeSecurityGroup", rules)
	sources := map[string]any{}
	for _, rule := range p.rules(app) {
		sources[rule["SourceCidrIp"].(string)+rule["Ipv6SourceCidrIp"].(string)+rule["SourceGroupId"].(string)] = rule["IpProtocol"]
	}
	assert.Equal(t, map[string]any{"192.0.2.0/24": "TCP", "2001:db8::/32": "TCP", p.web: "UDP"}, sources)
	p.does("RevokeSecurityGroup", rules)
	assert.Empty(t, p.rules(app))
}

func TestGenericRulesGoByTheirIds(t *testing.T) {
	t.Parallel()
	p := newPlain(t)
	p.does("AuthorizeSecurityGroupEgress", params{"SecurityGroupId": p.web, "IpProtocol": "all", "PortRange": "-1/-1", "DestCidrIp": "0.0.0.0/0"})
	for _, rule := range p.rules(p.web) {
		action := map[any]string{"ingress": "RevokeSecurityGroup", "egress": "RevokeSecurityGroupEgress"}[rule["Direction"]]
		p.does(action, params{"SecurityGroupId": p.web, "SecurityGroupRuleId.1": rule["SecurityGroupRuleId"].(string)})
	}
	assert.Empty(t, p.rules(p.web))
}

func TestGenericOutboundRulesComeAndGo(t *testing.T) {
	t.Parallel()
	p := newPlain(t)
	app := p.create("app")
	flat := params{"SecurityGroupId": app, "IpProtocol": "tcp", "PortRange": "443/443", "DestCidrIp": "0.0.0.0/0"}
	many := params{
		"SecurityGroupId":          app,
		"Permissions.1.IpProtocol": "tcp", "Permissions.1.PortRange": "3306/3306", "Permissions.1.DestGroupId": p.web,
		"Permissions.2.IpProtocol": "all", "Permissions.2.PortRange": "-1/-1", "Permissions.2.Ipv6DestCidrIp": "::/0",
	}
	p.does("AuthorizeSecurityGroupEgress", flat)
	p.does("AuthorizeSecurityGroupEgress", many)
	require.Len(t, p.rules(app), 3)
	p.does("RevokeSecurityGroupEgress", flat)
	require.Len(t, p.rules(app), 2)
	p.does("RevokeSecurityGroupEgress", many)
	assert.Empty(t, p.rules(app))
}

func TestGenericErrorsAreTyped(t *testing.T) {
	t.Parallel()
	for _, test := range mistakes {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := newPlain(t)
			_, err := p.call("RevokeSecurityGroup", nil, p.changed(test.change))
			refusedGeneric(t, err, test.Status, test.Code, "^"+regexp.QuoteMeta(test.Message)+"$")
			assert.Len(t, p.rules(p.web), 1, "a refused revoke has changed nothing")
		})
	}
}

// changed is the revoke of the rule that there is, with some parameters otherwise.
func (p *plain) changed(change changes) params {
	all := with(p.ssh(), params{"RegionId": region})
	for name, value := range change {
		if value == nil {
			delete(all, name)
			continue
		}
		all[name] = strings.ReplaceAll(*value, "{group}", p.web)
	}
	return all
}

func unmarshal(t *testing.T, text string, into any) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(text), into), text)
}
