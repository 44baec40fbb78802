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

// How long, and how many of an account, answers are kept for their client tokens.
const (
	tokenLife = 24 * time.Hour
	tokenCap  = 10_000
)

// A TokenKey is a use of a client token: the same token for another action, region or
// account is another key.
type TokenKey struct{ Account, Region, Action, Token string }

// Tokens are the calls with a client token that succeeded or are under way. They have
// a lock apart from the world's, which a call takes while it runs.
type Tokens struct {
	clock *clock.Source

	// underWay is locked for reading by a call from its claim to its end, and for
	// writing by a reset of the world: a call whose token was forgotten in between
	// would change the new world, and its repetition would change it again.
	underWay sync.RWMutex

	mu     sync.Mutex
	byKey  map[TokenKey]*token
	oldest map[string]*list.List // *token of each account in the order they were kept
}

type token struct {
	key         TokenKey
	fingerprint string
	done        chan struct{} // closed when the call is over; what follows does not change then

	kept    bool
	answer  any
	at      time.Time     // of the mock's clock, when kept
	element *list.Element // of the account's list
}

// Once runs do once for a key and a fingerprint of the parameters: after it has
// succeeded, each later call within a day of the mock's clock gets its answer, replayed.
// A key with another fingerprint is ErrTokenMismatch. A concurrent call with the same
// key waits for the first, or until ctx is done; if the first fails it runs itself.
func (ts *Tokens) Once(ctx context.Context, k TokenKey, fingerprint string, do func() (any, error)) (answer any, replayed bool, err error) {
	for {
		t, claimed := ts.claim(k, fingerprint)
		if claimed {
			answer, err = ts.run(t, do)
			return answer, false, err
		}
		if err := t.wait(ctx); err != nil {
			return nil, false, err
		}
		switch {
		case !t.kept: // it failed: claim again
		case t.fingerprint != fingerprint:
			return nil, false, ErrTokenMismatch
		default:
			return t.answer, true, nil
		}
	}
}

// claim returns the token of a key. If there is none it makes one, and the caller has
// to run it.
func (ts *Tokens) claim(k TokenKey, fingerprint string) (t *token, claimed bool) {
	ts.underWay.RLock()
	if t, claimed = ts.take(k, fingerprint); !claimed {
		ts.underWay.RUnlock()
	}
	return t, claimed
}

func (ts *Tokens) take(k TokenKey, fingerprint string) (t *token, claimed bool) {
	now := ts.clock.Now()
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if t, ok := ts.byKey[k]; ok {
		if !t.kept || now.Sub(t.at) < tokenLife {
			return t, false
		}
		ts.drop(t)
	}
	if ts.byKey == nil {
		ts.byKey, ts.oldest = map[TokenKey]*token{}, map[string]*list.List{}
	}
	k = TokenKey{strings.Clone(k.Account), strings.Clone(k.Region), strings.Clone(k.Action), strings.Clone(k.Token)}
	t = &token{key: k, fingerprint: strings.Clone(fingerprint), done: make(chan struct{})}
	ts.byKey[k] = t
	return t, true
}

// run runs a claimed call. Those that wait for it go on even if it panics.
func (ts *Tokens) run(t *token, do func() (any, error)) (answer any, err error) {
	defer ts.underWay.RUnlock()
	succeeded := false
	defer func() { ts.finish(t, answer, succeeded) }()
	answer, err = do()
	succeeded = err == nil
	return answer, err
}

// finish keeps the answer of a success, and drops the token of a failure.
func (ts *Tokens) finish(t *token, answer any, succeeded bool) {
	now := ts.clock.Now()
	ts.mu.Lock()
	defer ts.mu.Unlock()
	defer close(t.done)
	if !succeeded {
		delete(ts.byKey, t.key)
		return
	}
	t.kept, t.answer, t.at = true, answer, now
	queue := ts.oldest[t.key.Account]
	if queue == nil {
		queue = list.New()
		ts.oldest[t.key.Account] = queue
	}
	t.element = queue.PushBack(t)
	if queue.Len() > tokenCap {
		ts.drop(queue.Front().Value.(*token))
	}
}

func (ts *Tokens) drop(t *token) {
	delete(ts.byKey, t.key)
	ts.oldest[t.key.Account].Remove(t.element)
}

// forget drops all tokens. None is under way.
func (ts *Tokens) forget() {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	ts.byKey, ts.oldest = nil, nil
}

// forgetAccount drops the tokens of an account. None is under way.
func (ts *Tokens) forgetAccount(id string) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	maps.DeleteFunc(ts.byKey, func(k TokenKey, _ *token) bool { return k.Account == id })
	delete(ts.oldest, id)
}

// wait waits for the end of the call. If that is over, ctx does not matter.
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

// nonceCap is how many nonces are remembered, of all access keys together: there may
// be any number of keys with one nonce each.
const nonceCap = 50_000

// Nonces are the nonces that were used.
type Nonces struct {
	mu     sync.Mutex
	signed map[string]time.Time // the timestamps of calls, by access key and nonce
	order  []string             // of their use
}

// Use uses a nonce of an access key for a call with a timestamp, and reports whether no
// other call with a timestamp that is still valid has used it.
func (ns *Nonces) Use(key, nonce string, signed time.Time, valid func(time.Time) bool) bool {
	n := key + "\x00" + nonce
	ns.mu.Lock()
	defer ns.mu.Unlock()
	if used, ok := ns.signed[n]; ok && valid(used) {
		return false
	}
	if ns.signed == nil {
		ns.signed = map[string]time.Time{}
	}
	for len(ns.order) > 0 && (len(ns.order) >= nonceCap || !valid(ns.signed[ns.order[0]])) {
		delete(ns.signed, ns.order[0])
		ns.order = ns.order[1:]
	}
	if _, ok := ns.signed[n]; !ok {
		ns.order = append(ns.order, n)
	}
	ns.signed[n] = signed
	return true
}

// forget makes every nonce unused.
func (ns *Nonces) forget() {
	ns.mu.Lock()
	defer ns.mu.Unlock()
	ns.signed, ns.order = nil, nil
}
