package param

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestEditDistance(t *testing.T) {
	for _, row := range []struct {
		a, b string
		far  int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"Priority", "Priority", 0}, {"Prioritiy", "Priority", 1},
		{"PortRagne", "PortRange", 2}, {"kitten", "sitting", 3}, {"tcp", "udp", 2}, {"abc", "xabc", 1}, {"ab", "ba", 2},
	} {
		assert.Equal(t, row.far, distance(row.a, row.b), "%s → %s", row.a, row.b)
		assert.Equal(t, row.far, distance(row.b, row.a), "%s → %s", row.b, row.a)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"RevokeSecurityGroup", "RevokeSecurityGroupEgress", "DescribeZones", "JoinSecurityGroup", "LeaveSecurityGroup"}
	for text, want := range map[string][]string{
		"RevokeSecurityGruop": {"RevokeSecurityGroup"},
		"revokesecuritygroup": {"RevokeSecurityGroup"},
		"SecurityGroup":       {"JoinSecurityGroup", "LeaveSecurityGroup", "RevokeSecurityGroup"},
		"zones":               {"DescribeZones"},
		"Zo":                  nil,
		"":                    nil,
		"DescribeInstances":   nil,
	} {
		assert.Equal(t, want, Nearest(text, names), text)
	}
	assert.Nil(t, Nearest(strings.Repeat("x", 129), []string{strings.Repeat("x", 129)}), "a text that long stands for no name")
}
