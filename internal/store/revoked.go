package store

import (
	"sync/atomic"
	"time"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// revokedCap is how many revoked rules of an account are remembered.
const revokedCap = 10_000

// A Revocation is a call that revoked rules.
type Revocation struct {
	At     time.Time    // of the mock's clock
	Number atomic.Int64 // the call's in the journal, 0 until it is there
}

// Revoke removes rules of a group of the namespace at a time, and remembers them. The
// caller stores the call's number in the Revocation when it is known.
func (ns *Namespace) Revoke(g *secgroup.Group, rules []*secgroup.Rule, at time.Time) *Revocation {
	past := ns.all.revoked[ns.Account]
	if past == nil {
		past = &revoked{byID: map[string]int{}, byKey: map[revokedKey]int{}}
		ns.all.revoked[g.Account] = past
	}
	by := past.revocation(at)
	for _, rule := range rules {
		past.add(revokedRule{key: revokedKey{g.Region, g.ID, rule.Key()}, id: rule.ID, by: by})
		ns.RemoveRule(g, rule)
	}
	return by
}

// RevokedID returns the call that revoked the group's rule with an id, or nil. It is for
// Update only, as RevokedKey is: both index the rules that were revoked since.
func (ns *Namespace) RevokedID(g *secgroup.Group, id string) *Revocation {
	past := ns.all.revoked[ns.Account]
	if past == nil {
		return nil
	}
	past.index()
	n, ok := past.byID[id]
	if !ok {
		return nil
	}
	if rule := past.at(n); rule.key.group == g.ID && rule.key.region == g.Region {
		return rule.by
	}
	return nil
}

// RevokedKey returns the id of the group's rule with a key that was revoked, and the
// call that revoked it, or nil.
func (ns *Namespace) RevokedKey(g *secgroup.Group, k secgroup.Key) (id string, by *Revocation) {
	past := ns.all.revoked[ns.Account]
	if past == nil {
		return "", nil
	}
	past.index()
	n, ok := past.byKey[revokedKey{g.Region, g.ID, k}]
	if !ok {
		return "", nil
	}
	return past.at(n).id, past.at(n).by
}

// revoked are the rules that an account has revoked last. They are indexed only when a
// call looks for one: that costs more than to revoke one, and most are never looked for.
type revoked struct {
	ring    []revokedRule // grows to revokedCap; a rule's number decides on its index
	last    int           // number of the newest
	indexed int           // up to which number they are in the maps
	byID    map[string]int
	byKey   map[revokedKey]int
	spare   []Revocation // made many at once, since each call takes one
}

type revokedRule struct {
	key revokedKey
	id  string
	by  *Revocation
}

// A revokedKey is a rule's key among all of an account.
type revokedKey struct {
	region, group string
	key           secgroup.Key
}

func (past *revoked) at(number int) *revokedRule { return &past.ring[(number-1)%revokedCap] }

func (past *revoked) add(rule revokedRule) {
	past.last++
	if len(past.ring) < revokedCap {
		past.ring = append(past.ring, rule)
		return
	}
	if oldest := past.last - revokedCap; oldest <= past.indexed {
		past.drop(oldest)
	}
	*past.at(past.last) = rule
}

// index adds the rules to the maps that were revoked since the last time.
func (past *revoked) index() {
	past.indexed = max(past.indexed, past.last-revokedCap)
	for past.indexed < past.last {
		past.indexed++
		rule := past.at(past.indexed)
		past.byID[rule.id], past.byKey[rule.key] = past.indexed, past.indexed
	}
}

// drop removes a rule from the maps, unless a later one has its id or its key.
func (past *revoked) drop(number int) {
	rule := past.at(number)
	if past.byID[rule.id] == number {
		delete(past.byID, rule.id)
	}
	if past.byKey[rule.key] == number {
		delete(past.byKey, rule.key)
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
