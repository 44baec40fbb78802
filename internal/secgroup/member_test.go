package secgroup

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMemberStatus(t *testing.T) {
	var s MemberStatus
	assert.Equal(t, "Running", s.String(), "by default")
	for i, name := range s.Values() {
		var s MemberStatus
		assert.NoError(t, s.Set(name))
		assert.Equal(t, MemberStatus(i), s)
		assert.Equal(t, name, s.String())
	}
	assert.NoError(t, s.Set("sTOPPED"))
	assert.Equal(t, Stopped, s)
	for _, text := range []string{"", "Halted", "Running "} {
		assert.ErrorIs(t, s.Set(text), ErrStatus, text)
		assert.Equal(t, Stopped, s, "a refused text changes nothing")
	}
}
