package store

import (
	"sync"
	"time"

	"github.com/ecsmock/ecsmock/internal/clock"
)

// nonceCap is how many nonces are remembered, those of all access keys together:
// there may be any number of keys, and one is enough for a nonce.
const nonceCap = 50_000

// Nonce uses a nonce of an access key up, and tells whether it was unused for as
// long as it is remembered, by the mock's clock.
func (w *World) Nonce(key, nonce string, life time.Duration) bool {
	return w.nonces.use(key+"\x00"+nonce, life)
}

// nonces are those that were used, each with its key, in the order of their use.
type nonces struct {
	source *clock.Source

	mu    sync.Mutex
	at    map[string]time.Time
	order []string
}

func (ns *nonces) use(n string, life time.Duration) bool {
	now := ns.source.Now()
	ns.mu.Lock()
	defer ns.mu.Unlock()
	if at, ok := ns.at[n]; ok && now.Sub(at) < life {
		return false
	}
	if ns.at == nil {
		ns.at = map[string]time.Time{}
	}
	for len(ns.order) > 0 && (len(ns.order) >= nonceCap || now.Sub(ns.at[ns.order[0]]) >= life) {
		delete(ns.at, ns.order[0])
		ns.order = ns.order[1:]
	}
	ns.at[n] = now
	ns.order = append(ns.order, n)
	return true
}

// forget makes every nonce an unused one.
func (ns *nonces) forget() {
	ns.mu.Lock()
	defer ns.mu.Unlock()
	ns.at, ns.order = nil, nil
}
