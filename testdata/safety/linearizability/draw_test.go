package linearizability

import (
	"fmt"
	"math/rand/v2"
	"sync"
)

// plan is what a history is to be like. All of it follows from the seed, but for
// which call comes first.
type plan struct {
	seed    uint64
	year    int
	clients int
	calls   int  // of each client
	groups  int  // that there are from the beginning
	apart   bool // no call is about two groups
	tokens  bool
	faults  bool
	network bool // calls go over connections; else straight to the handler, which lets more of them meet
}

func planOf(seed uint64, years []int) plan {
	r := rand.New(rand.NewPCG(seed, 1))
	return plan{
		seed: seed, year: years[seed%uint64(len(years))],
		clients: 2 + r.IntN(4), calls: 4 + r.IntN(5), groups: 2 + r.IntN(2),
		apart: seed/2%2 == 0, tokens: seed/4%2 == 0, faults: seed/8%2 == 0,
		network: seed/16%4 == 0,
	}
}

// known is what the clients of a history know. They share it: a call that
// uses an id begins after another ended that answered it.
type known struct {
	mu     sync.Mutex
	groups []string
	ids    []string // of rules
}

func (k *known) add(groups []string, rules []rule) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.groups = append(k.groups, groups...)
	for _, r := range rules {
		k.ids = append(k.ids, r.id)
	}
}

// drawer draws the calls of one client.
type drawer struct {
	*rand.Rand
	plan
	known *known
	again *call // with a token, whose answer was lost
}

func newDrawer(p plan, client int, k *known) *drawer {
	return &drawer{rand.New(rand.NewPCG(p.seed, uint64(client)+2)), p, k, nil}
}

func one[T any](d *drawer, of ...T) T { return of[d.IntN(len(of))] }

var verbs = []string{
	"Authorize", "Authorize", "Authorize", "Revoke", "Revoke", "Revoke", "Describe", "Describe",
	"Modify", "ModifyID", "RevokeID", "Count", "Delete", "Create",
}

func (d *drawer) next() *call {
	if c := d.again; c != nil && d.IntN(3) > 0 {
		d.again = nil
		return c
	}
	verb := one(d, verbs...)
	switch {
	case verb == "Create" && !d.apart && d.IntN(3) == 0:
		verb = "Reset"
	case verb == "Create" && d.apart, verb == "Delete" && d.IntN(2) == 0:
		verb = "Describe"
	}
	return d.call(verb)
}

func (d *drawer) call(verb string) *call {
	d.known.mu.Lock()
	defer d.known.mu.Unlock()
	c := &call{verb: verb, year: d.year, group: one(d, d.known.groups...)}
	switch verb {
	case "Create", "Reset":
		c.group = ""
	case "Authorize":
		c.rules = d.rules(c.group, 3)
	case "Revoke":
		c.rules = d.rules(c.group, 1+d.IntN(2))
	case "Modify":
		c.rules, c.description = d.rules(c.group, 1), one(d, "a", "b")
	case "ModifyID", "RevokeID":
		if len(d.known.ids) == 0 {
			return &call{verb: "Describe", year: d.year, group: c.group}
		}
		c.id = one(d, d.known.ids...)
		if verb == "ModifyID" {
			c.port = d.port()
		}
	}
	if _, takes := map[string]bool{"Describe": true, "Count": true, "Delete": true, "Reset": true}[verb]; !takes && d.tokens && d.IntN(2) == 0 {
		d.tokened(c)
	}
	return c
}

// tokened gives a call one of few tokens. Mostly that is the only call with it, but
// for its twins.
func (d *drawer) tokened(c *call) {
	n := d.IntN(3)
	c.token = fmt.Sprint("token", n)
	if d.apart {
		c.token += c.group // else two groups would meet in it
	}
	if d.IntN(5) == 0 || c.verb == "RevokeID" || c.verb == "ModifyID" {
		return
	}
	r := *d
	r.Rand, r.tokens = rand.New(rand.NewPCG(d.seed, uint64(100+n))), false
	if c.verb != "Create" {
		c.rules = r.rules(c.group, len(c.rules))
	}
}

const block = "10.0.0.0/8"

// rules draws up to so many rules, none of them twice.
func (d *drawer) rules(group string, most int) (list []rule) {
	for range 1 + d.IntN(most) {
		r := rule{port: d.port(), peer: block}
		if peer := one(d, d.known.groups...); !d.apart && peer != group && d.IntN(3) == 0 {
			r.peer = peer
		}
		if find(list, r) < 0 {
			list = append(list, r)
		}
	}
	return list
}

func (d *drawer) port() string { return one(d, "1", "2", "3") }
