package store

import (
	"maps"
	"sync"
	"time"

	"github.com/ecsmock/ecsmock/internal/clock"
)

// A Key is a temporary access key, of a role that was assumed.
type Key struct {
	ID, Secret, Token string
	Account           string
	Role              string // its name
	Session           string
	Expires           time.Time // of the mock's clock
}

// keyCap is how many temporary keys are remembered.
const keyCap = 10_000

// Keys are the temporary access keys that were made. They have a lock apart from the
// world's: each call of such a key asks for it.
type Keys struct {
	clock *clock.Source
	mu    sync.RWMutex
	byID  map[string]*Key
	order []string // of their making
}

// Make returns a new key of a role that lasts for a time of the mock's clock.
func (ks *Keys) Make(account, role, session string, life time.Duration) Key {
	k := &Key{
		ID: ks.clock.ID("STS.N", ""), Secret: ks.clock.ID("", "") + ks.clock.ID("", ""), Token: ks.clock.ID("CAIS", "") + ks.clock.ID("", ""),
		Account: account, Role: role, Session: session, Expires: ks.clock.Now().Add(life),
	}
	ks.mu.Lock()
	defer ks.mu.Unlock()
	if ks.byID == nil {
		ks.byID = map[string]*Key{}
	}
	if len(ks.order) == keyCap {
		delete(ks.byID, ks.order[0])
		ks.order = ks.order[1:]
	}
	ks.byID[k.ID], ks.order = k, append(ks.order, k.ID)
	return *k
}

// Get returns a key, expired or not.
func (ks *Keys) Get(id string) (Key, bool) {
	ks.mu.RLock()
	defer ks.mu.RUnlock()
	if k, ok := ks.byID[id]; ok {
		return *k, true
	}
	return Key{}, false
}

// forget drops all keys.
func (ks *Keys) forget() {
	ks.mu.Lock()
	defer ks.mu.Unlock()
	ks.byID, ks.order = nil, nil
}

// forgetAccount drops the keys of an account.
func (ks *Keys) forgetAccount(id string) {
	ks.mu.Lock()
	defer ks.mu.Unlock()
	maps.DeleteFunc(ks.byID, func(_ string, k *Key) bool { return k.Account == id })
}
