package store

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

var key = TokenKey{Account: "1", Region: "cn-hangzhou", Action: "RevokeSecurityGroup", Token: "token"}

// counter makes calls that answer how many of them ran.
func counter() func() (any, error) {
	var n atomic.Int64
	return func() (any, error) { return n.Add(1), nil }
}

func once(t testing.TB, w *World, k TokenKey, fingerprint string, do func() (any, error)) (any, bool) {
	answer, replayed, err := w.Tokens.Once(t.Context(), k, fingerprint, do)
	require.NoError(t, err)
	return answer, replayed
}

func assertRan(t testing.TB, w *World, k TokenKey, do func() (any, error), n int, replayed bool) {
	t.Helper()
	answer, again := once(t, w, k, "same", do)
	assert.EqualValues(t, n, answer)
	assert.Equal(t, replayed, again)
}

func TestATokenRunsOnce(t *testing.T) {
	w, do := frozen(t), counter()
	assertRan(t, w, key, do, 1, false)
	assertRan(t, w, key, do, 1, true)
	_, _, err := w.Tokens.Once(t.Context(), key, "other", do)
	assert.ErrorIs(t, err, ErrTokenMismatch)
	assertRan(t, w, key, do, 1, true)

	for i, k := range []TokenKey{
		{"2", key.Region, key.Action, key.Token},
		{key.Account, "cn-beijing", key.Action, key.Token},
		{key.Account, key.Region, "AuthorizeSecurityGroup", key.Token},
		{key.Account, key.Region, key.Action, "another"},
	} {
		assertRan(t, w, k, do, i+2, false)
	}
}

func TestFailuresAreNotKept(t *testing.T) {
	w, do, failure := frozen(t), counter(), errors.New("no")
	_, _, err := w.Tokens.Once(t.Context(), key, "other", func() (any, error) { return nil, failure })
	assert.ErrorIs(t, err, failure)
	assert.Panics(t, func() { w.Tokens.Once(t.Context(), key, "other", func() (any, error) { panic("bug") }) })
	assertRan(t, w, key, do, 1, false)
	assertRan(t, w, key, do, 1, true)
}

func TestTokensExpireByTheMocksClock(t *testing.T) {
	w, do := frozen(t), counter()
	assertRan(t, w, key, do, 1, false)
	w.clock.Advance(24*time.Hour - time.Second)
	assertRan(t, w, key, do, 1, true)
	w.clock.Advance(time.Second)
	assertRan(t, w, key, do, 2, false)
	w.clock.Advance(24*time.Hour - time.Second)
	assertRan(t, w, key, do, 2, true)
	w.clock.Advance(-48 * time.Hour)
	assertRan(t, w, key, do, 2, true)
	assert.Equal(t, 1, w.Tokens.oldest[key.Account].Len())
}

func TestTheOldestTokenGoes(t *testing.T) {
	w, do := frozen(t), counter()
	other := key
	other.Account = "2"
	assertRan(t, w, other, do, 1, false)
	nth := func(i int) TokenKey { k := key; k.Token = strconv.Itoa(i); return k }
	for i := range tokenCap + 1 {
		assertRan(t, w, nth(i), do, i+2, false)
	}
	assertRan(t, w, nth(1), do, 3, true)
	assertRan(t, w, nth(tokenCap), do, tokenCap+2, true)
	assertRan(t, w, nth(0), do, tokenCap+3, false)
	assertRan(t, w, nth(1), do, tokenCap+4, false)
	assertRan(t, w, other, do, 1, true)
	assert.Len(t, w.Tokens.byKey, tokenCap+1)
}

func TestLoadAndResetForgetTokens(t *testing.T) {
	w, do := frozen(t), counter()
	for i, forget := range []func(){
		w.Reset,
		func() { require.NoError(t, w.Load([]byte("{}"))) },
		func() { require.NoError(t, w.Seed([]byte("{}"))) },
	} {
		assertRan(t, w, key, do, i+1, false)
		assertRan(t, w, key, do, i+1, true)
		forget()
	}
	assertRan(t, w, key, do, 4, false)
	require.NoError(t, w.Merge([]byte("{}")))
	require.Error(t, w.Load([]byte("")))
	assertRan(t, w, key, do, 4, true)
}

// A world is replaced before a call with a token or after it. Else the call could
// change the new world under a token that is forgotten, and its repetition again.
func TestAResetWaitsForCallsUnderWay(t *testing.T) {
	w := frozen(t)
	for name, replace := range map[string]func() error{
		"reset":            func() error { w.Reset(); return nil },
		"reset of account": func() error { return w.ResetAccount(key.Account) },
		"load":             func() error { return w.Load([]byte("{}")) },
	} {
		done := make(chan error, 1)
		work := func() (any, error) {
			go func() { done <- replace() }()
			select {
			case err := <-done:
				assert.Fail(t, "the call is under way", name)
				done <- err
			case <-time.After(10 * time.Millisecond):
			}
			return nil, w.Update(key.Account, "cn-hangzhou", func(r *Namespace) error {
				r.AddGroup(&secgroup.Group{ID: "sg-1"})
				return nil
			})
		}
		once(t, w, key, "same", work)
		require.NoError(t, <-done)
		assert.Zero(t, w.Groups(), name)
		assertRan(t, w, key, counter(), 1, false)
		w.Reset()
	}
}

func TestConcurrentCallsWaitForTheFirst(t *testing.T) {
	w := frozen(t)
	var ran, reruns atomic.Int64
	begun, goOn := make(chan struct{}), make(chan struct{})
	do := func() (any, error) {
		close(begun)
		<-goOn
		return ran.Add(1), nil
	}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			answer, replayed, err := w.Tokens.Once(t.Context(), key, "same", do)
			assert.NoError(t, err)
			assert.EqualValues(t, 1, answer)
			if !replayed {
				reruns.Add(1)
			}
		})
	}
	<-begun
	all.Go(func() {
		_, _, err := w.Tokens.Once(t.Context(), key, "other", do)
		assert.ErrorIs(t, err, ErrTokenMismatch)
	})
	left, leave := context.WithCancel(t.Context())
	leave()
	_, _, err := w.Tokens.Once(left, key, "same", do)
	assert.ErrorIs(t, err, context.Canceled)
	close(goOn)
	all.Wait()
	assert.EqualValues(t, 1, ran.Load())
	assert.EqualValues(t, 1, reruns.Load())
	answer, replayed, err := w.Tokens.Once(left, key, "same", do)
	assert.NoError(t, err, "an answer that is there beats a client that left")
	assert.True(t, replayed)
	assert.EqualValues(t, 1, answer)
}

func TestAfterAFailureAWaitingCallRuns(t *testing.T) {
	w := frozen(t)
	var ran atomic.Int64
	var all sync.WaitGroup
	var failed, reruns, replays atomic.Int64
	for range 50 {
		all.Go(func() {
			_, replayed, err := w.Tokens.Once(t.Context(), key, "same", func() (any, error) {
				if ran.Add(1) < 10 {
					return nil, errors.New("not yet")
				}
				return nil, nil
			})
			switch {
			case err != nil:
				failed.Add(1)
			case replayed:
				replays.Add(1)
			default:
				reruns.Add(1)
			}
		})
	}
	all.Wait()
	assert.Equal(t, []int64{10, 9, 1, 40}, []int64{ran.Load(), failed.Load(), reruns.Load(), replays.Load()})
}

// A call under way may use the world, as all of them do.
func TestOnceRunsWithoutTheLock(t *testing.T) {
	w := frozen(t)
	once(t, w, key, "same", func() (any, error) {
		return nil, w.Update("1", "cn-hangzhou", func(*Namespace) error { return nil })
	})
}

func TestANonceIsUsedOnce(t *testing.T) {
	w, signed := New(clock.New()), time.Unix(1_000_000, 0)
	after := func(now time.Time) func(time.Time) bool {
		return func(signed time.Time) bool { return now.Sub(signed) <= time.Minute }
	}
	use := func(key string) bool { return w.Nonces.Use(key, "n", signed, after(signed)) }
	assert.True(t, use("key"))
	assert.False(t, use("key"))
	assert.True(t, use("other"), "nonces are those of a key")
	later := signed.Add(2 * time.Minute)
	assert.True(t, w.Nonces.Use("key", "n", later, after(later)), "the first timestamp is not valid any more")
	assert.False(t, w.Nonces.Use("key", "n", later, after(later)))
	w.Reset()
	assert.True(t, use("key"), "a reset forgets nonces")
	require.NoError(t, w.Load([]byte(`{"Version": 1}`)))
	assert.True(t, use("key"), "another world forgets nonces")
}

func always(time.Time) bool { return true }

func TestNoncesAreBounded(t *testing.T) {
	w := New(clock.New())
	for i := range nonceCap + 1 {
		require.True(t, w.Nonces.Use("key"+strconv.Itoa(i%1000), strconv.Itoa(i), time.Time{}, always))
	}
	assert.Len(t, w.Nonces.signed, nonceCap, "of all keys together")
	assert.True(t, w.Nonces.Use("key0", "0", time.Time{}, always), "the oldest is forgotten")
	assert.False(t, w.Nonces.Use("key0", strconv.Itoa(nonceCap), time.Time{}, always))
}

func TestOneConcurrentCallUsesANonce(t *testing.T) {
	w := New(clock.New())
	var won atomic.Int32
	var all sync.WaitGroup
	for range 50 {
		all.Add(1)
		go func() {
			defer all.Done()
			if w.Nonces.Use("key", "n", time.Time{}, always) {
				won.Add(1)
			}
		}()
	}
	all.Wait()
	assert.EqualValues(t, 1, won.Load())
}
