package compute

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

func TestStatus(t *testing.T) {
	var s Status
	assert.Equal(t, "Running", s.String(), "by default")
	for i, name := range s.Values() {
		var s Status
		assert.NoError(t, s.Set(name))
		assert.Equal(t, Status(i), s)
		assert.Equal(t, name, s.String())
	}
	assert.NoError(t, s.Set("sTOPPED"))
	assert.Equal(t, Stopped, s)
	for _, text := range []string{"", "Halted", "Running "} {
		assert.ErrorIs(t, s.Set(text), ErrStatus, text)
		assert.Equal(t, Stopped, s, "a refused text changes nothing")
	}
}

func TestTransition(t *testing.T) {
	now := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	var s Transition[Status]
	assert.Equal(t, Running, s.At(now), "the zero value")
	s.Through(Stopping, Stopped, now.Add(time.Second))
	assert.Equal(t, Stopping, s.At(now))
	assert.Equal(t, Stopped, s.At(now.Add(time.Second)))
	assert.Equal(t, Stopped, s.End())
	s.To(Pending)
	assert.Equal(t, Pending, s.At(now))
}

func TestPrimary(t *testing.T) {
	i := &Instance{Member: secgroup.Member{ID: "i-bp1abcdefghijklmnopq", VPC: "vpc-1", Groups: []string{"sg-1"}}, VSwitch: "vsw-1"}
	e := i.Primary()
	assert.Equal(t, "eni-bp1abcdefghijklmnopq", e.ID)
	assert.Contains(t, InstanceIDs(e.ID), i.ID)
	assert.Equal(t, "Primary", e.Type())
	assert.Equal(t, "InUse", e.State.At(time.Time{}).String())
	assert.Equal(t, i.Groups, e.Groups)
	assert.Regexp(t, "^00:16:3e(:[0-9a-f]{2}){3}$", e.MAC())
	assert.Equal(t, e.MAC(), i.Primary().MAC())
	for _, id := range []string{"web", "i-web"} {
		other := &Instance{Member: secgroup.Member{ID: id}}
		assert.Equal(t, "eni-web-primary", other.PrimaryID())
		assert.Contains(t, InstanceIDs(other.PrimaryID()), id)
	}
}

func TestCatalogue(t *testing.T) {
	_, ok := FindType(DefaultType)
	assert.True(t, ok)
	_, ok = FindImage(DefaultImage)
	assert.True(t, ok)
	assert.Contains(t, DiskCategories(), DefaultDisk)
	_, ok = FindType("ecs.x")
	assert.False(t, ok)
}
