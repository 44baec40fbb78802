package store

import (
	"sync"
	"time"

	"github.com/ecsmock/ecsmock/internal/ambient"
)

// nonceCap is how many nonces of one access key are remembered.
const nonceCap = 10_000

// Nonce uses a nonce of an access key up, and tells whether it was unused for as
// long as it is remembered, by the mock's clock.
func (w *World) Nonce(key, nonce string, life time.Duration) bool {
	return w.nonces.use(key, nonce, life)
}

// nonces are those that were used, by access key, in the order of their use.
type nonces struct {
	source *ambient.Source

	mu    sync.Mutex
	byKey map[string]*usedNonces
}

type usedNonces struct {
	at    map[string]time.Time
	order []string
}

func (ns *nonces) use(key, nonce string, life time.Duration) bool {
	now := ns.source.Now()
	ns.mu.Lock()
	defer ns.mu.Unlock()
	if ns.byKey == nil {
		ns.byKey = map[string]*usedNonces{}
	}
	u, ok := ns.byKey[key]
	if !ok {
		u = &usedNonces{at: map[string]time.Time{}}
		ns.byKey[key] = u
	}
	if at, ok := u.at[nonce]; ok && now.Sub(at) < life {
		return false
	}
	u.keep(nonce, now, life)
	return true
}

func (u *usedNonces) keep(nonce string, now time.Time, life time.Duration) {
	for len(u.order) > 0 && (len(u.order) >= nonceCap || now.Sub(u.at[u.order[0]]) >= life) {
		delete(u.at, u.order[0])
		u.order = u.order[1:]
	}
	u.at[nonce] = now
	u.order = append(u.order, nonce)
}

// forget makes every nonce an unused one.
func (ns *nonces) forget() {
	ns.mu.Lock()
	defer ns.mu.Unlock()
	ns.byKey = nil
}
