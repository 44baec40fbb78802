package store

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/clock"
)

func TestANonceIsUsedOnce(t *testing.T) {
	source := clock.New()
	w := New(source)
	assert.True(t, w.Nonces.Use("key", "n", time.Minute))
	assert.False(t, w.Nonces.Use("key", "n", time.Minute))
	assert.True(t, w.Nonces.Use("other", "n", time.Minute), "nonces are those of a key")
	source.Advance(time.Minute)
	assert.True(t, w.Nonces.Use("key", "n", time.Minute), "a nonce is remembered for so long only")
	assert.False(t, w.Nonces.Use("key", "n", time.Minute))
	w.Reset()
	assert.True(t, w.Nonces.Use("key", "n", time.Minute), "a reset forgets nonces")
	require.NoError(t, w.Load([]byte(`{"Version": 1}`)))
	assert.True(t, w.Nonces.Use("key", "n", time.Minute), "another world forgets nonces")
}

func TestNoncesAreBounded(t *testing.T) {
	w := New(clock.New())
	for i := range nonceCap + 1 {
		require.True(t, w.Nonces.Use("key"+strconv.Itoa(i%1000), strconv.Itoa(i), time.Hour))
	}
	assert.Len(t, w.Nonces.at, nonceCap, "of all keys together")
	assert.True(t, w.Nonces.Use("key0", "0", time.Hour), "the oldest is forgotten")
	assert.False(t, w.Nonces.Use("key0", strconv.Itoa(nonceCap), time.Hour))
}

func TestOneOfManyUsesANonce(t *testing.T) {
	w := New(clock.New())
	var won atomic.Int32
	var all sync.WaitGroup
	for range 50 {
		all.Add(1)
		go func() {
			defer all.Done()
			if w.Nonces.Use("key", "n", time.Hour) {
				won.Add(1)
			}
		}()
	}
	all.Wait()
	assert.EqualValues(t, 1, won.Load())
}
