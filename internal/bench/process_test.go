//go:build linux

package main

import (
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What /proc tells of a process is what the process is told of itself.
func TestAProcessIsKnown(t *testing.T) {
	const tick = time.Second / ticks
	for used() < 20*tick { // there has to be something to tell
	}
	least := used()
	got, err := spent(os.Getpid())
	require.NoError(t, err)
	assert.GreaterOrEqual(t, got, least-2*tick)
	assert.LessOrEqual(t, got, used()+2*tick)
	mib, err := resident(os.Getpid())
	require.NoError(t, err)
	assert.Greater(t, mib, 1.0)
	_, err = spent(-1)
	assert.ErrorContains(t, err, "Linux")
}

// used is what the process has taken of the processors.
func used() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
