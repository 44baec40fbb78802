package shadow

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/clock"
)

// What the mock cannot have is left out: a rule as a whole, of other things the field if
// there is a usual value.
func TestFit(t *testing.T) {
	var log bytes.Buffer
	r := &reading{Import: &Import{Log: &log, Clock: clock.New()}}
	odd, err := os.ReadFile("testdata/odd.json")
	require.NoError(t, err)
	want, err := os.ReadFile("testdata/fitted.json")
	require.NoError(t, err)
	state, err := r.fit(odd)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(state))
	for _, what := range []string{
		"VSwitches vsw-1 VpcId", "SecurityGroups sg-1 SecurityGroupName", "SecurityGroups sg-1 Tags a TagKey", "SecurityGroups sg-1 Permissions sgr-2",
		"SecurityGroups sg-1 Permissions sgr-3 SourcePortRange", "SecurityGroups sg-1 Permissions sgr-4 Description", "Instances i-1 Status", "Instances i-1 SecurityGroupIds sg-2",
	} {
		assert.Contains(t, log.String(), "left out, for the mock cannot have it: "+what+": ")
	}
	assert.Equal(t, 8, strings.Count(log.String(), "\n"), log.String())
	_, err = r.fit([]byte(`{"Colour": "red"}`))
	assert.Error(t, err, "not for ever")
}
