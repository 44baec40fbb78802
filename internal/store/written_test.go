package store

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/clock"
)

// A rule may keep the text of its IPv6 blocks.
func TestIPv6BlocksAsTheyAreWritten(t *testing.T) {
	const field = `"Ipv6SourceCidrIp": "2001:DB8:0::1/32", "Ipv6DestCidrIp": "2001:DB8::/32"`
	state := strings.Replace(oneRule(`"Priority": 2`), `"SourceCidrIp": "10.0.0.0/8"`, field, 1)
	w := New(clock.New())
	require.NoError(t, w.Load([]byte(state)))
	assert.Contains(t, string(w.State()), `"Ipv6SourceCidrIp": "2001:db8::1/32", "Ipv6DestCidrIp": "2001:db8::/32"`)
	require.NoError(t, w.Load([]byte(strings.Replace(state, field, `"Ipv6AsWritten": true, `+field, 1))))
	assert.Contains(t, string(w.State()), `"Ipv6AsWritten": true`)
	assert.Contains(t, string(w.State()), field)
	again := New(clock.New())
	require.NoError(t, again.Load(w.State()))
	assert.Equal(t, string(w.State()), string(again.State()))
}
