package store

import (
	"hash/maphash"
	"sync/atomic"
	"time"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// revokedCap is how many revoked rules of one account are remembered.
const revokedCap = 10_000

// Revocation is a call that revoked rules.
type Revocation struct {
	At     time.Time    // of the mock's clock
	Number atomic.Int64 // the call's in the journal, 0 until it is there
}

// Revoke takes rules of a group of the namespace out at a time, and remembers that they
// were there. The call's number is to be told to what it returns, once it is known.
func (r *Namespace) Revoke(g *secgroup.Group, rules []*secgroup.Rule, at time.Time) *Revocation {
	past := r.held.revoked[r.Account]
	if past == nil {
		past = &revoked{byID: map[string]int{}, byKey: map[uint64]int{}, seed: maphash.MakeSeed()}
		r.held.revoked[g.Account] = past
	}
	by := past.revocation(at)
	for _, rule := range rules {
		past.add(pastRule{whole: wholeKey{g.Region, g.ID, rule.Key()}, id: rule.ID, by: by})
		r.RemoveRule(g, rule)
	}
	return by
}

// RevokedID is what revoked the group's rule that had an id, or nil. It is for
// Update only, as RevokedKey is: they file what was revoked since they were last asked.
func (r *Namespace) RevokedID(g *secgroup.Group, id string) *Revocation {
	past := r.held.revoked[r.Account]
	if past == nil {
		return nil
	}
	past.file()
	n, ok := past.byID[id]
	if !ok || past.at(n).whole.group != g.ID || past.at(n).whole.region != g.Region {
		return nil
	}
	return past.at(n).by
}

// RevokedKey is what revoked the group's rule that had a key, and the rule's id, or nil.
func (r *Namespace) RevokedKey(g *secgroup.Group, k secgroup.Key) (id string, by *Revocation) {
	past := r.held.revoked[r.Account]
	if past == nil {
		return "", nil
	}
	past.file()
	whole := wholeKey{g.Region, g.ID, k}
	n, ok := past.byKey[past.hash(whole)]
	if !ok || past.at(n).whole != whole {
		return "", nil
	}
	return past.at(n).id, past.at(n).by
}

// revoked is the rules that an account has revoked last. They are filed only when
// somebody looks for one: most are never looked for, and to file one costs more than
// to revoke it.
type revoked struct {
	ring  []pastRule // grows to revokedCap; a rule's number tells its place
	last  int        // number of the newest
	filed int        // up to which number they are in the maps
	byID  map[string]int
	byKey map[uint64]int // by hash: of two that clash the later is found
	seed  maphash.Seed
	spare []Revocation // they are made many at once, for each call takes one
}

// pastRule is a rule that is gone. Its strings are those that the rule kept.
type pastRule struct {
	whole wholeKey
	hash  uint64 // of whole, once it is filed
	id    string
	by    *Revocation
}

// wholeKey is a rule's key among all of an account.
type wholeKey struct {
	region, group string
	key           secgroup.Key
}

func (past *revoked) hash(k wholeKey) uint64 { return maphash.Comparable(past.seed, k) }

func (past *revoked) at(number int) *pastRule { return &past.ring[(number-1)%revokedCap] }

func (past *revoked) add(rule pastRule) {
	past.last++
	if len(past.ring) < revokedCap {
		past.ring = append(past.ring, rule)
		return
	}
	if oldest := past.last - revokedCap; oldest <= past.filed {
		past.drop(oldest)
	}
	*past.at(past.last) = rule
}

// file makes the rules findable that were revoked since.
func (past *revoked) file() {
	past.filed = max(past.filed, past.last-revokedCap)
	for past.filed < past.last {
		past.filed++
		rule := past.at(past.filed)
		rule.hash = past.hash(rule.whole)
		past.byID[rule.id], past.byKey[rule.hash] = past.filed, past.filed
	}
}

// drop makes a rule unknown, unless a later one took its id or its key.
func (past *revoked) drop(number int) {
	rule := past.at(number)
	if past.byID[rule.id] == number {
		delete(past.byID, rule.id)
	}
	if past.byKey[rule.hash] == number {
		delete(past.byKey, rule.hash)
	}
}

func (past *revoked) revocation(at time.Time) *Revocation {
	if len(past.spare) == 0 {
		past.spare = make([]Revocation, 64)
	}
	by := &past.spare[0]
	past.spare, by.At = past.spare[1:], at
	return by
}
