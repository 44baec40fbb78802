package param

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDistance(t *testing.T) {
	for _, row := range []struct {
		a, b string
		far  int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"Priority", "Priority", 0}, {"Prioritiy", "Priority", 1},
		{"PortRagne", "PortRange", 2}, {"kitten", "sitting", 3}, {"tcp", "udp", 2}, {"abc", "xabc", 1}, {"ab", "ba", 2},
	} {
		assert.Equal(t, row.far, Distance(row.a, row.b), "%s → %s", row.a, row.b)
		assert.Equal(t, row.far, Distance(row.b, row.a), "%s → %s", row.b, row.a)
	}
}
