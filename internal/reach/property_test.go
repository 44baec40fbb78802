package reach

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// question makes the question of the domain.
func (q *naiveQuestion) question(domain map[string]*secgroup.Group) *Question {
	out := &Question{From: q.from.end(domain), To: q.to.end(domain), Port: int32(q.port), Egress: q.egress, Ingress: q.ingress}
	out.Protocol.Set(q.protocol)
	return out
}

func (e *naiveEnd) end(domain map[string]*secgroup.Group) End {
	out := End{Name: e.kind, Anyone: e.kind == "anyone"}
	for _, text := range e.addresses {
		if !strings.Contains(text, "/") {
			a := netip.MustParseAddr(text)
			text += fmt.Sprintf("/%d", a.BitLen())
		}
		out.Blocks = append(out.Blocks, netip.MustParsePrefix(text))
	}
	for _, path := range e.groups {
		out.Groups = append(out.Groups, domain[path])
	}
	return out
}

// families are those in which the naive reader looks, in the order of preference.
func (q *naiveQuestion) families() (families []bool) {
	for _, six := range []bool{false, true} {
		fits := q.protocol != "icmpv6"
		if six {
			fits = q.protocol != "icmp"
		}
		for _, e := range []naiveEnd{q.from, q.to} {
			fits = fits && (e.kind != "blocks" || len(e.known(six)) > 0)
		}
		if fits {
			families = append(families, six)
		}
	}
	switch other := &q.to; {
	case len(families) < 2:
	case q.to.kind == "anyone":
		other = &q.from
		fallthrough
	case q.from.kind == "anyone":
		if len(other.addresses) > 0 {
			families = slices.DeleteFunc(families, func(six bool) bool { return len(other.known(six)) == 0 })
		}
	default:
		families = families[:1]
	}
	return families
}

func (w *naiveWorld) lookup() *Lookup {
	return &Lookup{
		Addresses: func(p secgroup.Peer) (all []netip.Addr) {
			for _, m := range w.members {
				if slices.Contains(m.groups, p.Owner+"/"+p.Group) {
					for _, text := range m.addresses {
						all = append(all, netip.MustParseAddr(text))
					}
				}
			}
			return all
		},
		PrefixList: func(account, id string) *secgroup.PrefixList {
			texts, ok := w.lists[account+"/"+id]
			if !ok {
				return nil
			}
			l := &secgroup.PrefixList{}
			for _, text := range texts {
				var b secgroup.ListedCIDR
				if err := b.Set(text); err != nil {
					panic(err)
				}
				l.Entries = append(l.Entries, secgroup.Entry{CIDR: b.Block})
			}
			return l
		},
		PortRangeList: func(account, id string) *secgroup.PortRangeList {
			l := &secgroup.PortRangeList{}
			for _, text := range w.ports[account+"/"+id] {
				var p secgroup.ListedPorts
				if err := p.Set(text); err != nil {
					panic(err)
				}
				l.Entries = append(l.Entries, secgroup.PortEntry{Ports: p})
			}
			return l
		},
	}
}

// Add a seed that failed to the list.
func TestAnswersAreThoseOfANaiveReader(t *testing.T) {
	outcomes := map[string]int{}
	for _, seed := range []uint64{1, 2, 3, rand.Uint64()} {
		rnd := rand.New(rand.NewPCG(seed, 0))
		for world := range 20 {
			w, domain := drawWorld(rnd)
			for range 25 {
				q := w.drawQuestion(rnd)
				at := fmt.Sprintf("seed %d, world %d: %+v in %s", seed, world, *q, w)
				outcomes[compare(t, w, q, domain, at)]++
			}
		}
	}
	for _, o := range []string{"all", "some", "none", "mixed families"} {
		require.Greater(t, outcomes[o], 50, "too few questions with the answer %s to prove anything: %v", o, outcomes)
	}
}

// compare wants one answer of both readers, and returns it.
func compare(t *testing.T, w *naiveWorld, q *naiveQuestion, domain map[string]*secgroup.Group, at string) string {
	got, err := Ask(q.question(domain), w.lookup())
	rank, deciders := -1, map[string]bool{}
	for i, six := range q.families() {
		all, some, by := w.answer(q, six)
		switch {
		case i == 0 && all:
			rank, deciders = 2, by
		case i == 0 && some:
			rank, deciders = 1, by
		case i == 0:
			rank, deciders = 0, by
		case rank == 0 && some: // only addresses of IPv6 reach
			rank = 1
			maps.Copy(deciders, by)
		}
	}
	if rank < 0 {
		require.ErrorIs(t, err, ErrFamily, at)
		return "mixed families"
	}
	require.NoError(t, err, at)
	require.Equal(t, []bool{rank == 2, rank == 1}, []bool{got.Reaches, got.Partly}, "%s: %s", at, got.Why)
	decided := map[string]bool{}
	for _, r := range got.Rules {
		if r.Decides {
			decided[r.Rule.ID] = true
		}
	}
	require.Equal(t, deciders, decided, "%s: %s", at, got.Why)
	require.Equal(t, rank == 2, strings.HasPrefix(got.Why, "Yes: "), got.Why)
	return []string{"none", "some", "all"}[rank]
}

func (w *naiveWorld) String() string {
	var b strings.Builder
	for _, g := range w.groups {
		fmt.Fprintf(&b, "\n%s enterprise=%t classic=%t drop=%t", g.path(), g.enterprise, g.classic, g.drop)
		for _, r := range g.rules {
			fmt.Fprintf(&b, "\n  %v", r)
		}
	}
	return b.String() + fmt.Sprintf("\nmembers %v", w.members)
}
