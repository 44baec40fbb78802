// Package linearizability drives a mock with clients that call all at once, and checks
// that what they were answered can be had from calls one after the other, each taking
// effect at one moment between its beginning and its end.
package linearizability

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"
)

// world is what an account has, as the readings of the document have it. It shares
// nothing with the mock, and is never changed: a step makes another.
type world struct {
	groups map[string][]rule // by id
	gone   map[string]bool   // ids of groups that were deleted
	tokens map[string]kept
}

// rule is a rule of a group. Its id is "" until a client knows it.
type rule struct{ port, peer, description, id string }

// kept is what a client token remembers.
type kept struct {
	asked string // all that the call asked for
	group string // that was created, "" where nobody knows its id
}

func newWorld(groups []string) *world {
	w := &world{map[string][]rule{}, map[string]bool{}, map[string]kept{}}
	for _, id := range groups {
		w.groups[id] = nil
	}
	return w
}

// with is the world with other rules of a group.
func (w *world) with(group string, rules []rule) *world {
	next := &world{maps.Clone(w.groups), w.gone, w.tokens}
	next.groups[group] = rules
	return next
}

// without is the world in which a group has been deleted.
func (w *world) without(group string) *world {
	next := &world{maps.Clone(w.groups), maps.Clone(w.gone), w.tokens}
	delete(next.groups, group)
	next.gone[group] = true
	return next
}

// reset is the world in which the account has nothing, and no token is remembered.
func (w *world) reset() *world {
	next := &world{map[string][]rule{}, maps.Clone(w.gone), map[string]kept{}}
	for id := range w.groups {
		next.gone[id] = true
	}
	return next
}

// keeping is the world in which a token remembers a call.
func (w *world) keeping(token string, k kept) *world {
	next := &world{w.groups, w.gone, maps.Clone(w.tokens)}
	next.tokens[token] = k
	return next
}

// named reports whether a rule of another group names this one.
func (w *world) named(group string) bool {
	for id, rules := range w.groups {
		if id != group && slices.ContainsFunc(rules, func(r rule) bool { return r.peer == group }) {
			return true
		}
	}
	return false
}

// lacks reports whether a rule's other side is a group that there is not.
func (w *world) lacks(peer string) bool {
	_, ok := w.groups[peer]
	return strings.HasPrefix(peer, "sg-") && !ok
}

// text is the same for equal worlds.
func (w *world) text() string {
	var b strings.Builder
	for _, id := range slices.Sorted(maps.Keys(w.groups)) {
		fmt.Fprintf(&b, "%s%v", id, sorted(w.groups[id]))
	}
	fmt.Fprint(&b, w.gone, w.tokens) // fmt sorts maps
	return b.String()
}

func sorted(rules []rule) []rule {
	return slices.SortedFunc(slices.Values(rules), func(a, b rule) int {
		return cmp.Or(cmp.Compare(a.port, b.port), cmp.Compare(a.peer, b.peer))
	})
}

// find is where a group's rule is, or -1.
func find(rules []rule, asked rule) int {
	return slices.IndexFunc(rules, func(r rule) bool { return r.port == asked.port && r.peer == asked.peer })
}

func findID(rules []rule, id string) int {
	return slices.IndexFunc(rules, func(r rule) bool { return id != "" && r.id == id })
}

func replaced(rules []rule, at int, by rule) []rule {
	rules = slices.Clone(rules)
	rules[at] = by
	return rules
}

func removed(rules []rule, at int) []rule { return slices.Delete(slices.Clone(rules), at, at+1) }

var seed = maphash.MakeSeed()

func hash(state any) uint64 { return maphash.String(seed, state.(*world).text()) }

func equal(a, b any) bool { return a.(*world).text() == b.(*world).text() }
