package store

import (
	"container/list"
	"context"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/ecsmock/ecsmock/internal/clock"
)

// How long, and how many an account, answers are kept for their client tokens.
const (
	tokenLife = 24 * time.Hour
	tokenCap  = 10_000
)

// OnceKey is one use of a client token: the same token is another one for
// another action, region or account.
type OnceKey struct{ Account, Region, Action, Token string }

// Once does what a client token promises: of all calls with one key and one
// fingerprint, the fingerprint of the parameters, do runs until it succeeds once,
// and every later call within a day of the mock's clock gets that answer, replayed.
// A key used with another fingerprint is ErrTokenMismatch. A twin waits for the
// call that is under way, unless its client leaves, which is ctx's error; if that
// call fails the twin runs itself.
func (w *World) Once(ctx context.Context, k OnceKey, fingerprint string, do func() (any, error)) (answer any, replayed bool, err error) {
	for {
		t, mine := w.tokens.claim(k, fingerprint)
		if mine {
			answer, err = w.tokens.run(t, do)
			return answer, false, err
		}
		if err := t.wait(ctx); err != nil {
			return nil, false, err
		}
		switch {
		case !t.kept: // it failed: the next claim is a fresh one
		case t.fingerprint != fingerprint:
			return nil, false, ErrTokenMismatch
		default:
			return t.answer, true, nil
		}
	}
}

// tokens are the calls with a client token that succeeded or are under way. They
// have a lock of their own: a call takes the world's while it runs.
type tokens struct {
	source *clock.Source

	// underWay is held for reading by a call from its claim to its end, and for
	// writing by who replaces the world: a call whose token was forgotten in between
	// would change the new world, and its repetition would change it again.
	underWay sync.RWMutex

	mu     sync.Mutex
	byKey  map[OnceKey]*token
	oldest map[string]*list.List // *token of each account in the order they were kept
}

type token struct {
	key         OnceKey
	fingerprint string
	done        chan struct{} // closed when the call is over; what follows is fixed then

	kept   bool
	answer any
	at     time.Time     // of the mock's clock, when kept
	place  *list.Element // among the account's
}

// claim is the token of a key, made anew and the caller's to run if there is none.
func (ts *tokens) claim(k OnceKey, fingerprint string) (t *token, mine bool) {
	ts.underWay.RLock()
	if t, mine = ts.take(k, fingerprint); !mine {
		ts.underWay.RUnlock()
	}
	return t, mine
}

func (ts *tokens) take(k OnceKey, fingerprint string) (t *token, mine bool) {
	now := ts.source.Now()
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if t, ok := ts.byKey[k]; ok {
		if !t.kept || now.Sub(t.at) < tokenLife {
			return t, false
		}
		ts.drop(t)
	}
	if ts.byKey == nil {
		ts.byKey, ts.oldest = map[OnceKey]*token{}, map[string]*list.List{}
	}
	k = OnceKey{strings.Clone(k.Account), strings.Clone(k.Region), strings.Clone(k.Action), strings.Clone(k.Token)}
	t = &token{key: k, fingerprint: strings.Clone(fingerprint), done: make(chan struct{})}
	ts.byKey[k] = t
	return t, true
}

// run runs a claimed call. Its twins are let go even if it panics.
func (ts *tokens) run(t *token, do func() (any, error)) (answer any, err error) {
	defer ts.underWay.RUnlock()
	succeeded := false
	defer func() { ts.finish(t, answer, succeeded) }()
	answer, err = do()
	succeeded = err == nil
	return answer, err
}

// finish keeps the answer of a success, or the token goes.
func (ts *tokens) finish(t *token, answer any, succeeded bool) {
	now := ts.source.Now()
	ts.mu.Lock()
	defer ts.mu.Unlock()
	defer close(t.done)
	if !succeeded {
		delete(ts.byKey, t.key)
		return
	}
	t.kept, t.answer, t.at = true, answer, now
	ts.keep(t)
}

// keep files a token as its account's newest; beyond the cap the oldest goes.
func (ts *tokens) keep(t *token) {
	queue := ts.oldest[t.key.Account]
	if queue == nil {
		queue = list.New()
		ts.oldest[t.key.Account] = queue
	}
	t.place = queue.PushBack(t)
	if queue.Len() > tokenCap {
		ts.drop(queue.Front().Value.(*token))
	}
}

func (ts *tokens) drop(t *token) {
	delete(ts.byKey, t.key)
	ts.oldest[t.key.Account].Remove(t.place)
}

// forget drops all. None is under way.
func (ts *tokens) forget() {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	ts.byKey, ts.oldest = nil, nil
}

// forgetAccount drops those of one account. None is under way.
func (ts *tokens) forgetAccount(id string) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	maps.DeleteFunc(ts.byKey, func(k OnceKey, _ *token) bool { return k.Account == id })
	delete(ts.oldest, id)
}

// wait waits for the end of the call; one that is over already beats a client
// that left.
func (t *token) wait(ctx context.Context) error {
	select {
	case <-t.done:
		return nil
	default:
	}
	select {
	case <-t.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
